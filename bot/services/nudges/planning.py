"""Writes everything due soon into the ledger, many people at a time. Writing it again adds nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.expressions import look_up_by_index
from bot.models import Person, Workspace
from bot.packs import Packs
from bot.services import people, rhythms
from bot.services.nudges import audiences, rollout, slots, writing
from bot.services.nudges.kinds import REMINDER
from bot.services.nudges.slots import HOLIDAY, Slot, Where
from bot.services.rhythms import Rules

HORIZON = timedelta(hours=48)
BATCH = 4_000  # people in one transaction: a check-in that waits for its lock waits some 100 ms


@dataclass(frozen=True, slots=True)
class Planned:
    """The result of planning: new rows, and rows that moved or will not be sent after all."""

    new: int = 0
    changed: int = 0

    def __add__(self, other: "Planned") -> "Planned":
        return Planned(self.new + other.new, self.changed + other.changed)


@dataclass(frozen=True, slots=True)
class Round:
    """One round of planning, for a check-in that HR started at `started_at`. Every message due after `since`,
    up to `until`, gets a row.

    `since` lies in the past if nobody has planned for a while.
    """

    now: datetime
    started_at: datetime
    since: datetime
    until: datetime
    rules: Rules
    batches: Sequence[range]


async def plan(
    session: AsyncSession, *, now: datetime, packs: Packs, horizon: timedelta = HORIZON
) -> Planned:
    """Plans a whole round in one transaction."""
    turn = await begin(session, now=now, packs=packs, horizon=horizon)
    done = Planned()
    if turn is not None:
        for batch in turn.batches:
            done += await plan_batch(session, turn, batch)
        done += await finish(session, turn)
    return done


async def replan(session: AsyncSession, person: Person, *, now: datetime, packs: Packs) -> None:
    """A person who has just changed their rhythm is planned at once, so that nobody asks them at the old hour."""
    await session.flush()
    turn = await begin(session, now=now, packs=packs)
    if turn is not None:
        await plan_batch(session, turn, range(person.id, person.id + 1))


async def begin(
    session: AsyncSession, *, now: datetime, packs: Packs, horizon: timedelta = HORIZON
) -> Round | None:
    """None until HR has started the check-in. A small company's check-in starts here, by itself."""
    times = select(Workspace.checkins_started_at, Workspace.checkins_planned_until)
    started_at, planned_until = (await session.execute(times)).one()
    if started_at is None and await rollout.start_if_small(session, now=now):
        started_at = now
    if started_at is None:
        return None
    return Round(
        now=now,
        started_at=started_at,
        since=max(started_at, min(now, planned_until or started_at)),
        until=now + horizon,
        rules=await rhythms.rules(session, packs),
        batches=await _batches(session),
    )


async def plan_batch(session: AsyncSession, turn: Round, batch: range) -> Planned:
    """The same number of statements however many people there are in the batch.

    Planners take turns with each other and with the directory's sync, so that each sees people as they are.
    """
    await people.lock_directory(session)
    await look_up_by_index(session)
    audience = audiences.audience(session, turn.rules, batch)
    due = [
        (number, slot)
        for where, number in await audiences.groups(session, audience)
        for slot in _slots(turn, where, number)
        if slot.expires_at is None or slot.expires_at > turn.now
    ]
    new = [(number, slot) for number, slot in due if _is_new(turn, slot)]
    return Planned(
        new=await writing.insert(session, audience, new, turn.now),
        changed=await writing.bring_up_to_date(session, audience, due, turn.now),
    )


async def finish(session: AsyncSession, turn: Round) -> Planned:
    """Cancels the messages planned for leavers. The next round begins where this one ended."""
    await people.lock_directory(session)
    await session.execute(
        update(Workspace)
        .where(func.coalesce(Workspace.checkins_planned_until, turn.since) < turn.until)
        .values(checkins_planned_until=turn.until)
        .execution_options(synchronize_session=False)
    )
    return Planned(changed=await writing.take_back_from_leavers(session))


async def _batches(session: AsyncSession) -> Sequence[range]:
    last = await session.scalar(select(func.max(Person.id))) or 0
    return [range(first, first + BATCH) for first in range(1, last + 1, BATCH)]


def _slots(turn: Round, where: Where, number: int) -> Iterable[Slot]:
    if number == audiences.WELCOMED:
        return [slots.welcome(where, turn.now)]
    if number == audiences.MANAGING:
        return slots.managing(where, turn.since, turn.until)
    return slots.asked(where, audiences.beat(number), turn.since, turn.until)


def _is_new(turn: Round, slot: Slot) -> bool:
    """True for a slot of this round. Of the slots that will not be sent, only holidays get a row, as they are
    news.
    """
    if slot.week is None:
        return True
    if slot.is_void(turn.started_at):
        return False
    worth_a_row = slot.reason is None or (slot.reason == HOLIDAY and slot.kind != REMINDER)
    return worth_a_row and turn.since < slot.opens_at <= turn.until
