"""The two statements of planning: insert new rows, and update rows that have not gone out yet."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnClause,
    ColumnElement,
    CursorResult,
    Date,
    FromClause,
    Integer,
    Result,
    String,
    Subquery,
    Text,
    and_,
    case,
    cast,
    column,
    exists,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot import clock
from bot.db import UtcDateTime, insert_selected, update_rows
from bot.db.expressions import computed_once, later, opaque, rows_as_table
from bot.models import Checkin, Notification, NotificationState, Person
from bot.services import notifications
from bot.services.nudges import audiences
from bot.services.nudges.audiences import INACTIVE
from bot.services.nudges.kinds import DIGEST, KINDS, WELCOME
from bot.services.nudges.slots import HOLIDAY, OFF_WEEK, TOO_LATE, Slot
from bot.services.people import chunked

PAUSED, NO_REPORTS = "paused", "no_reports"
OURS = (
    HOLIDAY,
    OFF_WEEK,
    TOO_LATE,
    PAUSED,
    INACTIVE,
    NO_REPORTS,
)  # reasons set by planning, which may cease to hold

SLOT: tuple[ColumnClause[Any], ...] = (
    column("kind", String),
    column("rank", Integer),
    column("timezone", Text),
    column("country", Text),
    column("rhythm", Integer),
    column("ending", String),
    column("subject", JSON),
    column("zone_used", Text),
    column("day", Date),
    column("opens_at", UtcDateTime),
    column("seconds", Integer),
    column("shift", Integer),
    column("expires_at", UtcDateTime),
    column("asks_for", Date),
    column("reason", String),
)

Due = tuple[int, Slot]
"""A slot, after the number of the rhythm or audience it is for."""


async def insert(session: AsyncSession, people: Subquery, due: Sequence[Due], now: datetime) -> int:
    """Adds the new rows, except for people who have written that week's check-in already.

    Each round looks two days ahead, so most rows exist. The query leaves them out before the insert meets their
    key: PostgreSQL spends a number on each row it refuses, and a large company would run out of numbers in
    weeks.
    """
    if not due:
        return 0
    wanted = _wanted(session, people, due, now)
    written = exists().where(Checkin.person_id == wanted.c.person_id, Checkin.week == wanted.c.asks_for)
    row = aliased(Notification)
    known = select(row.id).where(row.person_id == wanted.c.person_id, row.key == wanted.c.key)
    fields = [field for field in wanted.c if field.name != "asks_for"]
    rows = (
        select(
            *fields,
            opaque(wanted.c.key).label("nonce"),
            _state(wanted.c.reason).label("state"),
            literal(0).label("attempts"),
        )
        .where(~written, known.scalar_subquery().is_(None))
        .order_by(wanted.c.person_id)  # two planners then wait for each other instead of locking up
    )
    return await insert_selected(session, Notification, rows)


async def bring_up_to_date(session: AsyncSession, people: Subquery, due: Sequence[Due], now: datetime) -> int:
    """Moves, skips and revives rows that nobody has tried to send yet: people change zones, rhythms and minds.

    A row does not move to a moment that has passed, unless the zone is new: the person would otherwise be left
    out.
    """
    if not due:
        return 0
    wanted = {
        one.notification_id: one for one in await _news(session, _wanted(session, people, due, now), now)
    }
    changed = 0
    for ids in chunked(wanted):
        rows = await _still_untried(session, ids)
        await update_rows(session, Notification, [_as_wanted(row, wanted[row.id], now) for row in rows])
        changed += len(rows)
    return changed


async def _news(session: AsyncSession, wanted: Subquery, now: datetime) -> Sequence[Any]:
    """The few people whose row differs. Each row is looked up by person and key, which keeps the database from
    choosing a slow join.
    """
    row = aliased(Notification)
    moves = and_(
        wanted.c.due_at != row.due_at, row.kind != WELCOME.name
    )  # a welcome keeps its hour: it is due "soon"
    stays_out = and_(row.state == NotificationState.PLANNED, or_(moves, wanted.c.reason.is_not(None)))
    lives_again = and_(
        row.state == NotificationState.SKIPPED, wanted.c.reason.is_(None), wanted.c.due_at > now
    )
    found = select(row.id).where(
        row.person_id == wanted.c.person_id,
        row.key == wanted.c.key,
        row.attempts == 0,
        or_(stays_out, and_(lives_again, row.reason.in_(OURS))),
    )
    looked_up = select(wanted, found.scalar_subquery().label("notification_id")).subquery("looked_up")
    return (await session.execute(select(looked_up).where(looked_up.c.notification_id.is_not(None)))).all()


async def _still_untried(session: AsyncSession, ids: Sequence[int]) -> Sequence[Notification]:
    """The rows stay locked until the end of the transaction. Rows the courier has in hand are left out."""
    untried = (
        Notification.attempts == 0,
        Notification.state.in_([NotificationState.PLANNED, NotificationState.SKIPPED]),
    )
    rows = select(Notification).where(Notification.id.in_(ids), *untried).with_for_update(skip_locked=True)
    return (await session.scalars(rows, execution_options={"populate_existing": True})).all()


def _as_wanted(row: Notification, wanted: Any, now: datetime) -> dict[str, object]:
    is_missed = wanted.due_at <= now and wanted.timezone == row.timezone
    reason = wanted.reason or (TOO_LATE if is_missed else None)
    return {
        "id": row.id,
        "state": NotificationState.SKIPPED if reason else NotificationState.PLANNED,
        "reason": reason,
        "due_at": wanted.due_at,
        "expires_at": wanted.expires_at,
        "local_date": wanted.local_date,
        "timezone": wanted.timezone,
    }


async def take_back_from_leavers(session: AsyncSession) -> int:
    """Leavers get no more messages, and managers without a team get no digest. One query reads only what is
    planned, however large the ledger is.
    """
    unreachable = Notification.person_id.not_in(select(Person.id).where(*audiences.REACHABLE))
    teamless = and_(Notification.kind == DIGEST.name, Notification.person_id.not_in(audiences.managers()))
    done = await session.execute(
        update(Notification)
        .where(
            notifications.IS_PLANNED,
            Notification.kind.in_([kind.name for kind in KINDS]),
            or_(unreachable, teamless),
        )
        .values(state=NotificationState.SKIPPED.value, reason=case((unreachable, INACTIVE), else_=NO_REPORTS))
        .execution_options(synchronize_session=False)
    )
    return rows_in(done)


def rows_in(result: Result[Any]) -> int:
    assert isinstance(result, CursorResult)  # noqa: S101  as that of every statement that writes
    return result.rowcount


def _wanted(session: AsyncSession, people: Subquery, due: Sequence[Due], now: datetime) -> Subquery:
    """One row per person and slot, with the columns of a notification."""
    slots = rows_as_table(session, "slots", SLOT, [_row(*one) for one in due])
    silent = audiences.paused(now)
    seconds = slots.c.seconds
    spread = (people.c.id % seconds * clock.SPREAD_PEOPLE + slots.c.shift) % seconds
    is_paused = and_(slots.c.reason.is_(None), silent.c.until >= slots.c.expires_at)
    wanted = (
        select(
            people.c.id.label("person_id"),
            slots.c.kind,
            slots.c.rank,
            (slots.c.kind + ":" + cast(people.c.id, String) + slots.c.ending).label("key"),
            slots.c.subject,
            later(slots.c.opens_at, spread).label("due_at"),
            slots.c.expires_at,
            slots.c.day.label("local_date"),
            slots.c.zone_used.label("timezone"),
            slots.c.asks_for,
            case((is_paused, PAUSED), else_=slots.c.reason).label("reason"),
        )
        .select_from(people)
        .join(slots, _same(people, slots))
        .outerjoin(silent, silent.c.person_id == people.c.id)
    )
    return computed_once(wanted, "wanted")


def _same(people: Subquery, slots: FromClause) -> ColumnElement[bool]:
    return and_(*(people.c[name] == slots.c[name] for name in ("timezone", "country", "rhythm")))


def _row(rhythm: int, slot: Slot) -> Sequence[object]:
    """The values in the order of `SLOT`."""
    return (
        slot.kind.name,
        slot.kind.rank,
        slot.where.timezone,
        slot.where.country,
        rhythm,
        f":{slot.week}" if slot.week else "",
        {"week": str(slot.week)} if slot.week else {},
        clock.zone(slot.where.timezone).key,
        slot.day,
        slot.opens_at,
        slot.seconds,
        clock.spread(0, slot.week or slot.day, slot.seconds),
        slot.expires_at,
        slot.asks_for,
        slot.reason,
    )


def _state(reason: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((reason.is_(None), NotificationState.PLANNED.value), else_=NotificationState.SKIPPED.value)
