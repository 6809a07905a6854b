"""What a `Prepared` statement brings on the way that it is part of: the processor time with it, beside the time with a
plain statement in its place. Both take turns in one process, so that a busy machine meets both alike.

A `Prepared` stays in the code while a row here says `yes`: it has to save 15 % of its way.
"""

import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

import uvloop
from sqlalchemy import Update, and_, case, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from benchmarks import databases
from benchmarks.company import found, hired_bot
from benchmarks.rows import HEAD, Row
from benchmarks.traffic import WORDS, ZONE
from bot import clock
from bot.context import Bot
from bot.db import UtcDateTime
from bot.models import Answer, Notification, NotificationState
from bot.services import checkins, notifications, people
from bot.services.checkins.kinds import ANSWERED
from bot.services.notifications import ledger, marks
from bot.services.nudges import answered

ROUNDS, TURNS = 10, 40  # and one round before them to warm up
SIZE = 2 * (1 + ROUNDS) * TURNS
GOAL = 0.85

Turn = Callable[[Bot, int], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Plain:
    """Stands in for a `Prepared`: the statement is put together anew each time and goes through the session."""

    build: Callable[..., Update]

    async def execute(self, session: AsyncSession, **values: Any) -> Any:
        options = {"synchronize_session": False}
        return await session.execute(self.build(**values), execution_options=options)

    async def scalars(self, session: AsyncSession, **values: Any) -> Sequence[Any]:
        options = {"synchronize_session": False, "populate_existing": True}
        return (await session.scalars(self.build(**values), execution_options=options)).all()


def take_back(nudge: str, reminder: str, answered_at: datetime) -> Update:
    is_planned = Notification.state == NotificationState.PLANNED
    is_being_said = Notification.state.in_((NotificationState.SENDING, NotificationState.UNKNOWN))
    stands_there = Notification.slack_ts.is_not(None)
    was_said = and_(Notification.state == NotificationState.SENT, stands_there)
    outdated = or_(stands_there, is_being_said)
    return (
        update(Notification)
        .where(Notification.key.in_((nudge, reminder)), or_(is_planned, is_being_said, was_said))
        .values(
            state=case((is_planned, NotificationState.SKIPPED.value), else_=Notification.state),
            reason=case((is_planned, "answered"), else_=Notification.reason),
            update_due_at=case((outdated, answered_at), else_=Notification.update_due_at),
        )
    )


def claim(the_time: datetime, leased_until: datetime, most: int) -> Update:
    is_over = Notification.expires_at <= the_time
    tried = func.coalesce(Notification.tried_since, literal(the_time, UtcDateTime))
    due = (
        select(Notification.id)
        .where(ledger.IS_PLANNED, Notification.due_at <= the_time)
        .order_by(Notification.due_at, Notification.id)
        .limit(most)
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    return (
        update(Notification)
        .where(Notification.id.in_(select(due.c.id)))
        .values(
            state=case((is_over, NotificationState.EXPIRED.value), else_=NotificationState.SENDING.value),
            attempts=case((is_over, Notification.attempts), else_=Notification.attempts + 1),
            tried_since=case((is_over, Notification.tried_since), else_=tried),
            lease_until=case((is_over, None), else_=literal(leased_until, UtcDateTime)),
        )
        .returning(Notification)
    )


def marking(_: tuple[str, ...], states: Sequence[NotificationState]) -> Plain:
    def build(marked_id: int, attempt: int, **new: object) -> Update:
        this = (Notification.id == marked_id, Notification.attempts == attempt)
        changed = update(Notification).where(*this, Notification.state.in_(states)).values(_values(new))
        return changed.returning(Notification.id)

    return Plain(build)


def sharing(_: tuple[str, ...]) -> Plain:
    def build(marked_id: int, **new: object) -> Update:
        on_its_way = Notification.state.in_(marks.ON_ITS_WAY)
        merged = Notification.merged_into_id == marked_id
        return update(Notification).where(merged, on_its_way).values(_values(new))

    return Plain(build)


def _values(new: dict[str, object]) -> dict[str, object]:
    values = {name.removeprefix("new_"): value for name, value in new.items()}
    unwanted = Notification.reason == marks.NOT_THIS_WEEK
    return values | {"reason": case((unwanted, marks.NOT_THIS_WEEK), else_=values["reason"])}


async def check_in(bot: Bot, number: int) -> None:
    """The service's part of a submit, with its transaction."""
    now = bot.now()
    async with bot.work() as session:
        me = await people.by_slack_id(session, f"U{number:07}")
        answers = [Answer("moved", "What moved forward?", WORDS)]
        week = clock.open_weeks(now, ZONE)[0]
        await checkins.submit(session, me, week=week, answers=answers, energy=None, load=None, now=now)


async def claim_and_mark(bot: Bot, _: int) -> None:
    """The ledger's part of sending one message, with its two transactions."""
    now = bot.now()
    async with bot.work() as session:
        (taken,) = await notifications.claim(session, now=now, lease=timedelta(minutes=1), limit=1)
    async with bot.work() as session:
        assert await notifications.mark_sent(session, taken, channel="D1", ts="1.1", now=now)


@contextmanager
def swapped(*stand_ins: tuple[object, str, object]) -> Iterator[None]:
    before = [(module, name, getattr(module, name)) for module, name, _ in stand_ins]
    for module, name, stand_in in stand_ins:
        setattr(module, name, stand_in)
    try:
        yield
    finally:
        for module, name, prepared in before:
            setattr(module, name, prepared)


CASES: Sequence[tuple[str, Turn, Sequence[tuple[object, str, object]]]] = (
    ("a check-in saved; floor: TAKE_BACK plain", check_in, ((answered, "TAKE_BACK", Plain(take_back)),)),
    (
        "a notification claimed and marked; floor: CLAIM plain",
        claim_and_mark,
        ((ledger, "CLAIM", Plain(claim)),),
    ),
    (
        "a notification claimed and marked; floor: marks plain",
        claim_and_mark,
        ((marks, "_marking", marking), (marks, "_sharing", sharing)),
    ),
)


async def milliseconds(
    bot: Bot, turn: Turn, numbers: Iterator[int], using: AbstractContextManager[None]
) -> float:
    with using:
        started = time.process_time()
        for _ in range(TURNS):
            await turn(bot, next(numbers))
        return (time.process_time() - started) * 1000 / TURNS


async def owe(bot: Bot) -> None:
    async with bot.work() as session:
        plans = (
            notifications.Plan(person_id=1, kind=ANSWERED, key=str(number), subject={}, due_at=bot.now())
            for number in range(2 * SIZE)
        )
        await notifications.plan_many(session, plans)


async def measure(kind: str, url: str) -> None:
    await found(url, SIZE)
    async with hired_bot(url) as bot:
        await owe(bot)
        await databases.settle(bot.database)
        for what, turn, stand_ins in CASES:
            numbers, ours, floor = iter(range(1, SIZE + 1)), list[float](), list[float]()
            for _ in range(1 + ROUNDS):
                ours.append(await milliseconds(bot, turn, numbers, nullcontext()))
                floor.append(await milliseconds(bot, turn, numbers, swapped(*stand_ins)))
            row = Row(f"{kind}: {what}", median(ours[1:]), median(floor[1:]), GOAL, "ms", at_most=True)
            print(row, flush=True)


async def main() -> None:
    print(HEAD)
    with databases.addresses() as urls:
        for kind, url in urls.items():
            await measure(kind, url)


if __name__ == "__main__":
    uvloop.run(main())
