"""Random weeks of one reader: whatever else is said, what has a right to its time keeps it."""

import asyncio
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import SectionBlock
from sqlalchemy import select

from bot import clock
from bot.courier.letters import Amendment, Letter, Spoken, Telling, Writer
from bot.db import Database
from bot.models import Notification, NotificationState, Person
from bot.packs import shipped_packs
from bot.services import notifications
from bot.services.notifications import Plan, Rank
from bot.slack import Message
from tests.conftest import HOME
from tests.conftest import settings as bot_settings
from tests.courier.builders import LEASE
from tests.kinds import a_kind
from tests.selection import examples

MONDAY = datetime(2026, 11, 16, tzinfo=clock.zone("Europe/Lisbon"))
MANY = 300  # things to do; more of them mean that somebody waits for themselves
END = MONDAY + timedelta(weeks=3)
MINUTES = st.builds(
    lambda day, minute: day * 24 * 60 + minute, st.integers(0, 6), st.integers(7 * 60, 19 * 60)
)
UNSHRUNK = (
    Phase.explicit,
    Phase.generate,
)  # a failing week is short enough to read, and shrinking takes minutes


async def say(telling: Telling) -> Message:
    return Message("News", [SectionBlock(text=telling.notification.key)])


SPOKEN = {rank.name: Spoken(a_kind(rank.name, rank), say) for rank in Rank}


@dataclass(frozen=True)
class Owed:
    rank: Rank
    minute: int
    number: int

    @property
    def key(self) -> str:
        return f"{self.rank.name}:{self.number}"


owed = st.builds(Owed, st.sampled_from(Rank), MINUTES, st.integers(0, 99))
weeks = st.lists(owed, min_size=4, max_size=14, unique_by=lambda one: (one.rank, one.number))


async def live(template: Path, folder: Path, week: Sequence[Owed]) -> list[Notification]:
    """The rows as they are three weeks later, sent at the times when the courier would have sent them."""
    database = Database(bot_settings(f"sqlite:///{shutil.copy(template, folder / 'week.db')}").sqlalchemy_url)
    try:
        await _plan(database, week)
        for _ in range(MANY):
            if (now := await _next(database)) is None:
                break
            await _step(database, now)
        async with database.read(HOME) as session:
            return list(await session.scalars(select(Notification)))
    finally:
        await database.close()


async def _plan(database: Database, week: Sequence[Owed]) -> None:
    async with database.work(HOME) as session:
        ana = Person(name="Ana", slack_user_id="UANA", timezone="Europe/Lisbon", country="PT")
        session.add(ana)
        await session.flush()
        plans = [
            Plan(
                person_id=ana.id,
                kind=SPOKEN[one.rank.name].kind,
                key=one.key,
                subject={},
                due_at=MONDAY + timedelta(minutes=one.minute),
            )
            for one in week
        ]
        await notifications.plan_many(session, plans)


async def _next(database: Database) -> datetime | None:
    async with database.read(HOME) as session:
        due = await notifications.next_due(session)
    return due if due and due < END else None


async def _step(database: Database, now: datetime) -> None:
    async with database.work(HOME) as session:
        writer = Writer(session, SPOKEN, shipped_packs(), now=now, lease=LEASE, undisturbed={})
        match await writer.take():
            case Letter(notification):
                await notifications.mark_sent(
                    session, notification, channel="D1", ts=str(notification.id), now=now
                )
            case Amendment(said):
                await notifications.updated(session, said, seen=now)


def test_every_week_keeps_its_promises_whatever_comes_together(sqlite_template: Path, tmp_path: Path) -> None:
    @settings(max_examples=examples(150), phases=UNSHRUNK)
    @given(week=weeks)
    def check(week: list[Owed]) -> None:
        together, *alone = asyncio.run(_lives(sqlite_template, tmp_path, week))
        assert {row.state for row in together} <= {NotificationState.SENT}
        for rank, rows in zip((Rank.OWN, Rank.WAITS), alone, strict=True):
            nothing_is_late_because_of_another(rank, together, rows)
        what_waits_has_messages_of_its_own(together)
        news_keep_the_budget(together)
        news_leave_the_readers_own_question_its_day(together)

    check()


async def _lives(template: Path, folder: Path, week: Sequence[Owed]) -> list[list[Notification]]:
    """The week as a whole, and what it would be with one's own questions only, or only with what waits."""
    lives = [week, *([one for one in week if one.rank == rank] for rank in (Rank.OWN, Rank.WAITS))]
    return [await live(template, folder, one) for one in lives]


def nothing_is_late_because_of_another(
    rank: Rank, together: Sequence[Notification], alone: Sequence[Notification]
) -> None:
    came, would_come = (
        {row.key: row.sent_at for row in rows if row.rank == rank} for rows in (together, alone)
    )
    assert came == would_come


def what_waits_has_messages_of_its_own(rows: Sequence[Notification]) -> None:
    assert all(row.merged_into_id is None for row in rows if row.rank == Rank.WAITS)


def news_keep_the_budget(rows: Sequence[Notification]) -> None:
    """A place in the week is kept for a question that is still to come."""
    so_far: Counter[date] = Counter()
    own = [row for row in pings(rows) if row.rank == Rank.OWN]
    for row in pings(rows):
        day = _day(row)
        week = [day_of for day_of in so_far.elements() if clock.week_of(day_of) == clock.week_of(day)]
        kept = any(
            clock.week_of(_day(one)) == clock.week_of(day) and _sent_at(one) > _sent_at(row) for one in own
        )
        assert is_urgent(row) or (so_far[day] == 0 and len(week) < (2 if kept else 3)), row.key
        so_far[day] += 1


def news_leave_the_readers_own_question_its_day(rows: Sequence[Notification]) -> None:
    asked = {_day(row): _sent_at(row) for row in reversed(pings(rows)) if row.rank == Rank.OWN}
    for row in pings(rows):
        assert is_urgent(row) or _sent_at(row) >= asked.get(_day(row), MONDAY), row.key


def pings(rows: Sequence[Notification]) -> list[Notification]:
    return sorted((row for row in rows if row.merged_into_id is None), key=_sent_at)


def is_urgent(row: Notification) -> bool:
    return row.rank in (Rank.OWN, Rank.WAITS)


def _day(row: Notification) -> date:
    return clock.local(_sent_at(row), "Europe/Lisbon").date()


def _sent_at(row: Notification) -> datetime:
    assert row.sent_at is not None
    return row.sent_at
