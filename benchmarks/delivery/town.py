"""A local Slack with real limits, everybody in it hired, and a clock that skips the waits."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from benchmarks.company import TEAM
from benchmarks.traffic import WORKSPACE, ZONE
from bot import schema
from bot.config import Settings
from bot.context import Bot
from bot.db import Database, insert_rows
from bot.models import Person, PersonKind, Workspace
from bot.packs import shipped_packs
from bot.services import notifications, people
from bot.services.nudges.kinds import NUDGE, key
from bot.slack import Slack
from playground.app import App
from playground.clock import MovableClock, wall_clock
from playground.manifest import AppManifest
from playground.server import Playground
from playground.types import Clock

THURSDAY = datetime(2026, 11, 19, 10, tzinfo=UTC)  # in the middle of a working morning in Lisbon
WEEK = date(2026, 11, 16)
MANIFEST = AppManifest.read(Path(__file__).parents[2] / "app.yaml")


@dataclass(frozen=True, slots=True)
class Town:
    """`people`: Slack ids, hired in this order, in teams whose first member leads."""

    bot: Bot
    playground: Playground
    clock: MovableClock
    people: Sequence[str]

    async def owe_nudges(self, *, to: Sequence[str]) -> None:
        """A nudge that is due now for each of these."""
        async with self.bot.work() as session:
            found = await session.execute(select(Person.slack_user_id, Person.id))
            ids = {slack_user_id: person_id for slack_user_id, person_id in found if slack_user_id}
            await notifications.plan_many(session, (self._nudge(ids[one]) for one in to))

    def _nudge(self, person_id: int) -> notifications.Plan:
        return notifications.Plan(
            person_id=person_id,
            kind=NUDGE,
            key=key(NUDGE, person_id, WEEK),
            subject={"week": WEEK.isoformat()},
            due_at=self.clock.now(),
            expires_at=self.clock.now() + timedelta(days=3),
        )


@asynccontextmanager
async def town(
    database_url: str, size: int, *, limited: bool = True, wall: Clock = wall_clock
) -> AsyncIterator[Town]:
    """Its clock runs on from a Thursday morning as the wall does, and skips what is slept."""
    clock = MovableClock(THURSDAY.timestamp(), wall=wall)
    settings = Settings(_env_file=None, database_url=database_url)
    await schema.upgrade(settings.sqlalchemy_url)
    database = Database(settings.sqlalchemy_url)
    async with Playground(clock=clock, sleep=clock.pass_time, limited=limited) as playground:
        workspace = playground.workspace("Bench")
        installed = playground.install(App.create(MANIFEST), workspace)
        slack_user_ids = [workspace.add_person(f"Person {number}").id for number in range(1, size + 1)]
        async with Slack.connect(installed.token, playground.api_url) as slack:
            bot = Bot(WORKSPACE, settings, database, slack, shipped_packs(), clock.now)
            try:
                await _hire(bot, slack_user_ids)
                yield Town(bot, playground, clock, slack_user_ids)
            finally:
                await database.close()


async def _hire(bot: Bot, slack_user_ids: Sequence[str]) -> None:
    async with bot.work() as session:
        session.add(Workspace(name="Bench", installed_at=bot.now(), checkins_started_at=bot.now()))
        await session.flush()
        for some in people.chunked(enumerate(slack_user_ids, start=1)):
            await insert_rows(session, Person, [_member(number, user_id) for number, user_id in some])


def _member(number: int, slack_user_id: str) -> Mapping[str, object]:
    leader = number - (number - 1) % TEAM
    return {
        "slack_user_id": slack_user_id,
        "name": f"Person {number}",
        "email": f"person{number}@example.com",
        "kind": PersonKind.MEMBER,
        "timezone": ZONE,
        "title_from_csv": False,
        "manager_id": leader if leader != number else None,
    }
