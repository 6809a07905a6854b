"""Planning, cancelling and claiming notifications."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    String,
    bindparam,
    case,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.db import THE_WORKSPACE, Prepared, UtcDateTime, insert_rows
from bot.models import Notification, NotificationState, Person, Workspace
from bot.services.notifications.kinds import Kind

# Written out in the SQL: neither database uses a partial index for a value it cannot see when it plans.
IS_PLANNED = Notification.state == literal(NotificationState.PLANNED.value, String, literal_execute=True)
IS_OPEN = Notification.state.in_(
    bindparam(
        "open_states",
        [NotificationState.SENDING.value, NotificationState.UNKNOWN.value],
        String,
        expanding=True,
        literal_execute=True,
    )
)

KEEPS_HOURS = Notification.rank.is_not(None)  # every message to a person; a post in a channel has no rank

THE_TIME = bindparam("the_time", type_=UtcDateTime)
LEASED_UNTIL = bindparam("leased_until", type_=UtcDateTime)
IS_OVER = Notification.expires_at <= THE_TIME


def _soonest(at: InstrumentedAttribute[Any], *which: ColumnElement[bool]) -> ScalarSelect[datetime]:
    of_workspace = Notification.workspace_id == Workspace.workspace_id
    return select(func.min(at)).where(of_workspace, *which).correlate(Workspace).scalar_subquery()


def _first(name: str, at: InstrumentedAttribute[Any], *which: ColumnElement[bool]) -> Select[tuple[int]]:
    """The ids of the notifications that have been due longest and that no other process is about to take."""
    rows = (
        select(Notification.id)
        .where(Notification.workspace_id == THE_WORKSPACE, *which, at <= THE_TIME)
        .order_by(at, Notification.id)
        .limit(bindparam("most", type_=Integer))
        .with_for_update(skip_locked=True)
        .cte(name)
    )
    return select(rows.c.id)


CLAIM = Prepared(
    Notification,
    update(Notification)
    .where(Notification.id.in_(_first("due", Notification.due_at, IS_PLANNED)))
    .values(
        state=case((IS_OVER, NotificationState.EXPIRED.value), else_=NotificationState.SENDING.value),
        attempts=case((IS_OVER, Notification.attempts), else_=Notification.attempts + 1),
        tried_since=case(
            (IS_OVER, Notification.tried_since), else_=func.coalesce(Notification.tried_since, THE_TIME)
        ),
        lease_until=case((IS_OVER, None), else_=LEASED_UNTIL),
    )
    .returning(Notification),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A notification to be planned. `key` names its occasion, once and for all; `subject` holds ids and no text.

    `answers_at` makes it a direct answer: the time when the person did what it answers. `to_channel` makes it a post
    there; the person is the owner of the post. Only posts have a kind without a rank: no message to a person escapes
    their hours and pauses.
    """

    person_id: int
    to_channel: str | None = None
    kind: Kind
    key: str
    subject: Mapping[str, Any]
    due_at: datetime
    expires_at: datetime | None = None
    answers_at: datetime | None = None

    def __post_init__(self) -> None:
        if (self.to_channel is None) is (self.kind.rank is None):
            raise ValueError(f"{self.kind.name}: a message to a person needs a rank, and a post has none")


async def plan(
    session: AsyncSession,
    *,
    person_id: int,
    kind: Kind,
    key: str,
    subject: Mapping[str, Any],
    due_at: datetime,
    expires_at: datetime | None = None,
    answers_at: datetime | None = None,
    to_channel: str | None = None,
) -> bool:
    """False if the key was ever used, whatever became of that notification."""
    one = Plan(
        person_id=person_id,
        to_channel=to_channel,
        kind=kind,
        key=key,
        subject=subject,
        due_at=due_at,
        expires_at=expires_at,
        answers_at=answers_at,
    )
    return await plan_many(session, [one]) == 1


async def plan_many(session: AsyncSession, plans: Iterable[Plan]) -> int:
    """Returns how many were new."""
    rows = [
        {
            "person_id": one.person_id,
            "to_channel": one.to_channel,
            "kind": one.kind.name,
            "rank": one.kind.rank,
            "key": one.key,
            "subject": dict(one.subject),
            "nonce": secrets.token_hex(16),
            "due_at": one.due_at,
            "expires_at": one.expires_at,
            "answers_at": one.answers_at,
            "state": NotificationState.PLANNED,
            "attempts": 0,
        }
        for one in plans
    ]
    return len(await insert_rows(session, Notification, rows))


async def cancel(session: AsyncSession, *keys: str, reason: str) -> int:
    """Returns how many will now never be sent. Notifications on their way or sent stay as they are."""
    cancelled = await session.scalars(
        update(Notification)
        .where(Notification.key.in_(keys), IS_PLANNED)
        .values(state=NotificationState.SKIPPED, reason=reason)
        .returning(Notification.id)
    )
    return len(cancelled.all())


async def want_again(session: AsyncSession, key: str, *, skipped_as: str, now: datetime) -> None:
    """A message that was skipped for this reason is planned after all."""
    await session.execute(
        update(Notification)
        .where(
            Notification.key == key,
            Notification.state == NotificationState.SKIPPED,
            Notification.reason == skipped_as,
        )
        .values(state=NotificationState.PLANNED, reason=None, due_at=now)
        .execution_options(synchronize_session=False)
    )


async def waiting_since(session: AsyncSession, key: str) -> datetime | None:
    """When it is due, while it is to be sent or nobody knows yet whether it arrived; None after that."""
    waiting = select(Notification.due_at).where(Notification.key == key, IS_PLANNED | IS_OPEN)
    return await session.scalar(waiting)


async def next_due(session: AsyncSession) -> datetime | None:
    """The time of the next work: a notification to send, an unknown one to settle, or a message to update."""
    is_outdated = (Notification.update_due_at.is_not(None), Notification.slack_ts.is_not(None))
    times = select(
        _soonest(Notification.due_at, IS_PLANNED),
        _soonest(Notification.lease_until, IS_OPEN),
        _soonest(Notification.update_due_at, *is_outdated),
    )
    soonest = (await session.execute(times.select_from(Workspace))).one()
    return min(filter(None, soonest), default=None)


async def recipients_due(session: AsyncSession, *, now: datetime, limit: int) -> dict[int, str]:
    """Person id → Slack id, for people with a due notification that keeps their hours."""
    rows = await session.execute(
        select(Person.id, Person.slack_user_id)
        .join(Notification, Notification.person_id == Person.id)
        .where(IS_PLANNED, Notification.due_at <= now, KEEPS_HOURS, Person.slack_user_id.is_not(None))
        .order_by(Notification.due_at, Notification.id)
        .limit(limit)
    )
    return {one.id: one.slack_user_id for one in rows}


async def claim(
    session: AsyncSession, *, now: datetime, lease: timedelta, limit: int
) -> Sequence[Notification]:
    """Takes due notifications for sending, the longest due first. No other process gets them before the lease
    ends.

    Commit before sending: after a crash they must be found marked.
    """
    values = {"the_time": now, "leased_until": now + lease, "most": limit}
    taken = await CLAIM.scalars(session, **values)
    claimed = [notification for notification in taken if notification.state == NotificationState.SENDING]
    if len(claimed) < len(taken):
        # all other expired rows follow in one statement
        await session.execute(
            update(Notification)
            .where(IS_PLANNED, Notification.expires_at <= now)
            .values(state=NotificationState.EXPIRED)
            .execution_options(synchronize_session=False)
        )
        claimed = claimed or [*await CLAIM.scalars(session, **values)]
    return sorted(claimed, key=lambda notification: (notification.due_at, notification.id))


async def unknown_to_settle(
    session: AsyncSession, *, now: datetime, lease: timedelta, limit: int
) -> Sequence[Notification]:
    """Takes notifications that may have arrived, once enough time has passed to find out.

    This includes notifications whose sender did not come back within its lease.
    """
    taken = await session.scalars(
        update(Notification)
        .where(Notification.id.in_(_first("waiting", Notification.lease_until, IS_OPEN)))
        .values(state=NotificationState.UNKNOWN, lease_until=now + lease)
        .returning(Notification),
        {"the_time": now, "most": limit, "the_workspace": session.info["workspace_id"]},
        execution_options={"populate_existing": True, "synchronize_session": False},
    )
    return taken.all()
