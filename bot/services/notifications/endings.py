"""A message ends when its moment ends: its buttons go, and a line says what became of it.

Each kind says when that is (`Kind.ends`). Nothing else is needed: the platform finds the messages, whichever way
the deed was done, and answers somebody who still presses an old button.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import case, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Notification, Person
from bot.services.notifications.kinds import Ended, Kind

log = logging.getLogger(__name__)

AT_ONCE = 500
WATCHED = timedelta(days=35)  # older messages are left as they are; their buttons still answer

NOT_YOURS_ANY_MORE = Ended("Nothing waits for you here any more")
"""The reader may not see any more what the message is about, so nothing is said of others."""

STANDS = (Notification.slack_ts.is_not(None), Notification.ended_at.is_(None))


async def became(
    session: AsyncSession, notifications: Iterable[Notification], kinds: Mapping[str, Kind], *, now: datetime
) -> dict[int, Ended]:
    """What became of those among these whose moment is over. Each kind is asked once; one whose rule fails goes on
    as if nothing were over, so that a bug in it holds up no other message.
    """
    by_kind: dict[str, list[Notification]] = defaultdict(list)
    for notification in notifications:
        by_kind[notification.kind].append(notification)
    found: dict[int, Ended] = {}
    for name, those in by_kind.items():
        kind = kinds.get(name)
        if kind is not None and kind.ends is not None:
            try:
                async with session.begin_nested():
                    found.update(await kind.ends(session, those, now))
            except Exception:
                log.exception("notification.end_not_found", extra={"kind": name})
    return found


async def just_ended(
    session: AsyncSession, kinds: Mapping[str, Kind], *, after: int, now: datetime
) -> tuple[list[int], int | None]:
    """One page of messages that stand there: the ids of those whose moment is over, and where the next page begins.

    A reader who has left has nothing to read any more, so those messages are over, too.
    """
    page = await session.execute(
        select(Notification, Person.deactivated_at)
        .join(Person, Person.id == Notification.person_id)
        .where(*STANDS, Notification.id > after)
        .order_by(Notification.id)
        .limit(AT_ONCE)
    )
    rows = page.all()
    watched = [one for one, left_at in rows if left_at is None and _is_watched(one, now)]
    over = await became(session, watched, kinds, now=now)
    go_on = {one.id for one in watched} - over.keys()
    ended = [one.id for one, _ in rows if one.id not in go_on]
    return ended, rows[-1][0].id if len(rows) == AT_ONCE else None


def _is_watched(notification: Notification, now: datetime) -> bool:
    return notification.sent_at is not None and notification.sent_at > now - WATCHED


async def end(session: AsyncSession, ids: Sequence[int], *, now: datetime) -> None:
    """These messages are over and will be updated in place; old ones are left alone. A repeat changes nothing."""
    is_watched = Notification.sent_at > now - WATCHED
    await session.execute(
        update(Notification)
        .where(Notification.id.in_(ids), *STANDS)
        .values(ended_at=now, update_due_at=case((is_watched, now), else_=Notification.update_due_at))
        .execution_options(synchronize_session=False)
    )


async def look_for_ends(
    session: AsyncSession,
    said: Sequence[Notification],
    reader: Person,
    kinds: Mapping[str, Kind],
    *,
    now: datetime,
) -> dict[int, Ended]:
    """What became of the parts of one message that is written anew. A part that goes on after all, as after an undone
    deed, is watched again.
    """
    over = await became(session, said, kinds, now=now)
    for one in said:
        if one.id in over:
            one.ended_at = one.ended_at or now
        elif reader.is_active and _is_watched(one, now):
            one.ended_at = None
    await session.flush()
    return over


async def pressed_in(
    session: AsyncSession, reader: Person, notification_id: int, kinds: Mapping[str, Kind], *, now: datetime
) -> Ended | None:
    """What became of the reader's own message; None if it is not over. A post in a channel is everybody's, and answers
    by itself.
    """
    notification = await _own(session, reader, notification_id)
    if notification is None:
        return None
    return (await became(session, [notification], kinds, now=now)).get(notification.id)


async def look_again(
    session: AsyncSession, reader: Person, notification_id: int, *, opened: bool, now: datetime
) -> None:
    """A button of this message was pressed, so it is written anew. The first time it was `opened` is kept."""
    notification = await _own(session, reader, notification_id)
    if notification is None:
        return
    if opened and notification.opened_at is None:
        notification.opened_at = now
    if notification.slack_ts is not None:
        notification.update_due_at = now
    await session.flush()


async def reopen(session: AsyncSession, key: str, *, now: datetime) -> None:
    """There is more to see since the reader opened this message, so its button comes back, without a ping."""
    await session.execute(
        update(Notification)
        .where(Notification.key == key, Notification.opened_at.is_not(None))
        .values(opened_at=None, ended_at=None, update_due_at=now)
        .execution_options(synchronize_session=False)
    )


async def _own(session: AsyncSession, reader: Person, notification_id: int) -> Notification | None:
    notification = await session.get(Notification, notification_id)
    is_own = notification is not None and notification.person_id == reader.id
    return notification if notification and is_own and notification.to_channel is None else None


async def readers(session: AsyncSession, ids: Iterable[int | None]) -> dict[int, Person]:
    """The people with these ids, those who left among them."""
    wanted = {one for one in ids if one is not None}
    rows = await session.scalars(select(Person).where(Person.id.in_(wanted)))
    return {person.id: person for person in rows}


def left(person: Person | None) -> Ended | None:
    """Nothing waits in a message about somebody who has left."""
    if person is None or person.deactivated_at is None:
        return None
    return Ended("{who} left; nothing waits here any more", by=person)


def opened_by(reader: Person | None, notification: Notification) -> Ended | None:
    """A message that only tells something is over once its reader has opened what it tells of."""
    if reader is None or notification.opened_at is None:
        return None
    return Ended("{who} opened this", by=reader, at=notification.opened_at, may_open=True)
