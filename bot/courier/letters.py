"""The next thing to do is taken off the ledger here, and its message is written.

Everything is checked again, since what was true when a notification was planned may be over.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from slack_sdk.models.blocks import ButtonElement
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.courier import gate
from bot.errors import NotAllowed, NotFound
from bot.models import Notification, Person
from bot.packs import Packs
from bot.services import notifications, people
from bot.services.notifications import Ended, Kind, Over, Wait
from bot.slack import Message
from bot.views import notifications as views

log = logging.getLogger(__name__)

NOT_VISIBLE = "not_visible"
COMPANIONS = 4  # further notifications get a message of their own


@dataclass(frozen=True, slots=True)
class Skip:
    """There is nothing to say any more; `reason` is a code for the ledger."""

    reason: str


@dataclass(frozen=True, slots=True)
class Letter:
    """The message is ready to be sent. `to` is Slack's id of a person or a channel."""

    notification: Notification
    to: str
    message: Message


@dataclass(frozen=True, slots=True)
class Amendment:
    """A message already sent gets a new text. `seen` is the time up to which changes are in it.

    If Slack refuses the change for good, its news may go out in a message of their own at `otherwise_at`.
    """

    notifications: Sequence[Notification]
    message: Message
    seen: datetime
    otherwise_at: datetime


@dataclass(frozen=True, slots=True)
class Unsent:
    """Nothing is sent now: the notification is over, has to wait, or joins another message, as the ledger says."""

    notification: Notification
    outcome: Literal["skipped", "failed", "postponed", "merged"]
    reason: str | None


@dataclass(frozen=True, slots=True)
class Unsettled:
    """It is not known whether this notification arrived. `to` is the person or channel it was for, if Slack still knows
    them.
    """

    notification: Notification
    to: str | None


@dataclass(frozen=True, slots=True)
class NotComposed:
    """The message could not be written because of a bug of ours; `code` is for the ledger."""

    code: str


@dataclass(frozen=True, slots=True)
class Telling:
    """A composer gets the notification, its recipient and what else it may need.

    `ended`: the moment of this message is over. Its buttons go and a line is added, whatever the composer writes.
    """

    session: AsyncSession
    notification: Notification
    recipient: Person
    now: datetime
    packs: Packs
    ended: Ended | None = None

    @property
    def subject(self) -> Mapping[str, Any]:
        """The subject holds the ids of what the notification is about."""
        return self.notification.subject


Composer = Callable[[Telling], Awaitable[Message | Skip]]
"""A composer writes a notification's message for its recipient, with what they may see now."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Each kind of message has a composer. If it asks for a check-in, `answer_with` makes the button that opens it.

    `rehearse` writes the message as it would come now, with no row in the ledger: an operator can have it sent to see.
    """

    kind: Kind
    compose: Composer
    answer_with: Callable[[date], ButtonElement] | None = None
    rehearse: Callable[[Telling], Awaitable[Message]] | None = None


Step = Letter | Amendment | Unsettled | Unsent | None


@dataclass(frozen=True, slots=True)
class Writer:
    """Takes things off the ledger inside one transaction. `undisturbed` is explained in the gate."""

    session: AsyncSession
    composers: Mapping[str, Spoken]
    packs: Packs
    now: datetime
    lease: timedelta
    undisturbed: Mapping[int, datetime]

    async def take(self) -> Step:
        """The next thing to do is taken under a lease. The result is None if there is nothing, or other processes have
        it.

        Uncertain notifications come first, then changes to sent messages, then new letters.
        """
        for unknown in await notifications.unknown_to_settle(
            self.session, now=self.now, lease=self.lease, limit=1
        ):
            recipient = await people.by_id(self.session, unknown.person_id)
            return Unsettled(unknown, unknown.to_channel or recipient.slack_user_id)
        if outdated := await notifications.outdated(self.session, now=self.now):
            return await self._amend(outdated)
        for notification in await notifications.claim(self.session, now=self.now, lease=self.lease, limit=1):
            return await self._decide(notification)
        return None

    async def _decide(self, notification: Notification) -> Step:
        recipient = await people.by_id(self.session, notification.person_id)
        to = notification.to_channel or recipient.slack_user_id
        if not (notification.to_channel or recipient.is_active):
            return await self._skip(notification, "inactive")
        if to is None:
            return await self._skip(notification, "not_in_slack")
        spoken = self.composers.get(notification.kind)
        if spoken is None:
            return await self._give_up(notification, "unknown_kind")
        match await self._ask_gate(notification, spoken.kind, recipient):
            case Over(reason):
                return await self._skip(notification, reason)
            case Wait(until, reason):
                await notifications.wait(
                    self.session, notification, due_at=until, reason=reason, now=self.now
                )
                return Unsent(notification, "postponed", reason)
            case gate.Join(carrier):
                return await self._join(notification, carrier)
            case None:
                return await self._letter(notification, spoken.kind, recipient, to)

    async def _ask_gate(
        self, notification: Notification, kind: Kind, recipient: Person, *, beside: Notification | None = None
    ) -> gate.Verdict:
        return await gate.verdict(
            self.session,
            notification,
            kind,
            recipient,
            now=self.now,
            undisturbed=self.undisturbed,
            beside=beside,
            own_questions=[one.kind.comes_at for one in self.composers.values() if one.kind.comes_at],
        )

    async def _skip(self, notification: Notification, reason: str) -> Unsent:
        await notifications.mark_skipped(self.session, notification, reason)
        return Unsent(notification, "skipped", reason)

    async def _give_up(self, notification: Notification, code: str) -> Unsent:
        await notifications.give_up(self.session, notification, code, now=self.now)
        return Unsent(notification, "failed", code)

    async def _join(self, notification: Notification, carrier: Notification) -> Unsent:
        await notifications.join(self.session, carrier, notification, now=self.now)
        return Unsent(notification, "merged", None)

    async def _letter(
        self, notification: Notification, kind: Kind, recipient: Person, to: str
    ) -> Letter | Unsent:
        """Whatever else is due for the same person goes into the same message, unless it waits for their word."""
        message = await self._compose(notification, recipient)
        if isinstance(message, NotComposed):
            return await self._give_up(notification, message.code)
        if isinstance(message, Skip):
            return await self._skip(notification, message.reason)
        others = await self._companions(notification, recipient) if kind.rank is not None else []
        parts = [message, *others]
        return Letter(notification, to, views.merged_message(parts))

    async def _companions(self, notification: Notification, recipient: Person) -> list[Message]:
        parts = []
        for other in await notifications.companions(
            self.session, notification, now=self.now, limit=COMPANIONS
        ):
            spoken = self.composers.get(other.kind)
            if spoken is None or await self._ask_gate(other, spoken.kind, recipient, beside=notification):
                continue  # the gate is asked again when its own turn comes
            message = await self._compose(other, recipient)
            if isinstance(message, Message):
                await notifications.merge(self.session, notification, other)
                parts.append(message)
        return parts

    async def _amend(self, outdated: Notification) -> Step:
        said = await notifications.in_message_of(self.session, outdated)
        recipient = await people.by_id(self.session, outdated.person_id)
        kinds = {name: spoken.kind for name, spoken in self.composers.items()}
        over = await notifications.look_for_ends(self.session, said, recipient, kinds, now=self.now)
        parts = [await self._compose(one, recipient, over.get(one.id)) for one in said[: views.SHOWN]]
        messages = [part for part in parts if isinstance(part, Message)]
        reaches_nobody = outdated.to_channel is None and not recipient.is_active
        if not messages or reaches_nobody or said[0].slack_channel is None:
            await notifications.updated(self.session, said, seen=self.now)
            return Unsent(outdated, "skipped", "nothing_to_update")
        kept_in = [kind.kept_in for kind in self._kinds(said) if kind.kept_in]
        message = views.merged_message(messages, besides=max(0, len(said) - views.SHOWN), kept_in=kept_in)
        return Amendment(said, message, self.now, self._another_day(recipient))

    def _kinds(self, said: Sequence[Notification]) -> list[Kind]:
        return [self.composers[one.kind].kind for one in said if one.kind in self.composers]

    def _another_day(self, recipient: Person) -> datetime:
        """The person has been pinged today, so news wait for the next day."""
        tomorrow = notifications.next_day(self.now, recipient)
        return clock.next_open(tomorrow, recipient.timezone, recipient.country)

    async def _compose(
        self, notification: Notification, recipient: Person, ended: Ended | None = None
    ) -> Message | Skip | NotComposed:
        spoken = self.composers.get(notification.kind)
        if spoken is None:
            return NotComposed("unknown_kind")
        telling = Telling(self.session, notification, recipient, self.now, self.packs, ended)
        try:
            async with self.session.begin_nested():
                message = await spoken.compose(telling)
            if isinstance(message, Message):
                message = _checked(message, spoken.kind)
        except (NotAllowed, NotFound):
            message = Skip(NOT_VISIBLE)
        except Exception:  # one bug must not hold up the other messages
            log.exception(
                "notification.not_composed",
                extra={"notification": notification.id, "kind": notification.kind},
            )
            return NotComposed("not_composed")
        if ended is not None:
            return _over(message, ended, recipient, self.now)
        return views.signed(message, notification.id) if isinstance(message, Message) else message


def _checked(message: Message, kind: Kind) -> Message:
    message.check()
    if kind.ends is None and views.has_buttons(message):
        raise ValueError(f"{kind.name} has buttons, but does not say when it is over (Kind.ends)")
    return message


def _over(message: Message | Skip, ended: Ended, recipient: Person, now: datetime) -> Message:
    """What the reader may not see any more is not shown; that it is over is. A post is the channel's, and no line of
    one reader's stands below it.
    """
    if isinstance(message, Message) and not ended.says:
        return views.without_buttons(message)
    names_somebody = ended.by is not None and ended.by.is_active and ended.by.id != recipient.id
    if isinstance(message, Skip) and (not ended.says or (message.reason == NOT_VISIBLE and names_somebody)):
        return views.ended_message(None, views.NOTHING_WAITS)
    said = views.ended_words(ended.says, by=ended.by, at=ended.at, reader=recipient, now=now)
    return views.ended_message(message if isinstance(message, Message) else None, said)
