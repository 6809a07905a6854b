"""The operator asks for an unsent notification to be sent after all, if it still makes sense."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.errors import Invalid, NotFound
from bot.models import Notification, NotificationState, Person
from bot.services import pauses, people
from bot.services.notifications.kinds import Kind, Over
from bot.services.notifications.marks import NOT_THIS_WEEK
from bot.services.notifications.reasons import words

UNSETTLED = "unsettled"
LARGEST_ID = 2**31 - 1  # the largest of PostgreSQL's integer
IN_DELIVERY = (NotificationState.SENDING, NotificationState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Resent:
    """The notification that is planned again, with the state and the reason it had before."""

    notification: Notification
    person: Person
    state: NotificationState
    reason: str | None


async def resend(
    session: AsyncSession,
    notification_id: int,
    *,
    kinds: Mapping[str, Kind],
    now: datetime,
    even_if_arrived: bool = False,
) -> Resent:
    """It is due now, and the courier checks it again. `even_if_arrived`: the first message may have arrived,
    and the operator accepts a second one.
    """
    found = select(Notification).where(Notification.id == notification_id).with_for_update()
    notification = await session.scalar(found) if 0 < notification_id <= LARGEST_ID else None
    if notification is None:
        raise NotFound(
            f"The ledger has no notification {notification_id}. For the numbers, run: rapport nudges ledger"
        )
    person = await people.by_id(session, notification.person_id)
    before = Resent(notification, person, notification.state, notification.reason)
    _require_unsaid(notification, even_if_arrived)
    _require_reachable(person)
    kind = kinds.get(notification.kind)
    if kind is None:
        raise Invalid(f"This version does not know the kind of notification {notification.id}.")
    await _require_wanted(session, notification, kind, person, now)
    await _require_useful(session, notification, kind, person, now)
    await _plan_again(session, notification, kind, person, now)
    return before


def _require_unsaid(notification: Notification, even_if_arrived: bool) -> None:
    if notification.state == NotificationState.PLANNED:
        raise Invalid(f"Notification {notification.id} is planned already; the bot sends it when it is due.")
    if notification.state in IN_DELIVERY:
        raise Invalid(
            f"Notification {notification.id} is in delivery; sent again, it might arrive twice. Wait a few minutes."
        )
    if notification.state == NotificationState.SENT:
        raise Invalid(f"Notification {notification.id} has arrived; nothing is said twice.")
    if notification.reason == UNSETTLED and not even_if_arrived:
        raise Invalid(
            f"Notification {notification.id} may have arrived. Ask whom it was for, or insist with --yes."
        )


def _require_reachable(person: Person) -> None:
    if not person.is_active:
        raise Invalid(f"{person.name} is {people.standing(person)}, so nothing reaches them.")
    if person.slack_user_id is None:
        raise Invalid(f"{person.name} has no Slack account yet; the bot links it by e-mail when they join.")


async def _require_wanted(
    session: AsyncSession, notification: Notification, kind: Kind, person: Person, now: datetime
) -> None:
    """A person who does not want the message now is left alone, and the operator does not learn why."""
    if kind.rank is None:
        return
    silent = await pauses.silence_of(session, [person], now)
    if person.id in silent or notification.reason == NOT_THIS_WEEK:
        raise Invalid(f"{person.name} is away or has asked for silence. Resend it when that is over.")


async def _require_useful(
    session: AsyncSession, notification: Notification, kind: Kind, person: Person, now: datetime
) -> None:
    over = await kind.over(session, notification, person, now) if kind.over else None
    if isinstance(over, Over):
        raise Invalid(
            f"Notification {notification.id} to {person.name} is needless: {words(over.reason, kind)}."
        )
    until = kind.is_useful_until(notification, person)
    if until is not None and until <= now:
        there = clock.local(until, person.timezone)
        raise Invalid(
            f"Notification {notification.id} is outdated: it was of use until {there:%-d %B, %H:%M} there."
        )


async def _plan_again(
    session: AsyncSession, notification: Notification, kind: Kind, person: Person, now: datetime
) -> None:
    """The nonce stays, so that a first message that did arrive can still be found. It counts as an attempt, so
    that a late mark of an older one has no effect and planning leaves the row alone.
    """
    notification.state, notification.reason = NotificationState.PLANNED, None
    notification.due_at, notification.expires_at = now, kind.is_useful_until(notification, person)
    notification.local_date = clock.local(now, person.timezone).date()
    notification.timezone = clock.zone(person.timezone).key
    notification.attempts += 1
    notification.merged_into_id = notification.lease_until = notification.tried_since = None
    await session.flush()
    await _let_go(session, notification)


async def _let_go(session: AsyncSession, carrier: Notification) -> None:
    """Notifications that failed inside its message stay in the ledger on their own; each can be resent."""
    await session.execute(
        update(Notification)
        .where(Notification.merged_into_id == carrier.id)
        .values(merged_into_id=None)
        .execution_options(synchronize_session=False)
    )
