"""A bot with two colleagues, a local Slack behind a bad line, and a clock: all a courier needs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from slack_sdk.models.blocks import SectionBlock
from sqlalchemy import select

from bot.context import Bot
from bot.courier import Composer, Courier, Pace, Skip, Spoken, Telling
from bot.db import Database
from bot.errors import NotAllowed
from bot.models import Notification, Person
from bot.packs import shipped_packs
from bot.services import notifications
from bot.services.notifications import Kind, Plan
from bot.slack import FIELD_SCOPES, METHOD_SCOPES, Message, Slack
from playground.app import App
from playground.manifest import AppManifest
from playground.server import Playground
from playground.team import Team
from playground.workspace import Member
from tests.bad_line import BadLine
from tests.clock import Clock
from tests.conftest import HOME, settings
from tests.kinds import a_kind

MANIFEST = {
    "display_information": {"name": "Rapport"},
    "oauth_config": {
        "scopes": {"bot": sorted({*filter(None, METHOD_SCOPES.values()), *FIELD_SCOPES.values()})}
    },
}


async def greet(telling: Telling) -> Message | Skip:
    """Says the notification's key, so that a test sees which one arrived."""
    key = telling.notification.key
    return Message(f"{key} for {telling.recipient.name}", [SectionBlock(text=key)])


async def over(telling: Telling) -> Message | Skip:
    return Skip("answered")


async def refused(telling: Telling) -> Message | Skip:
    raise NotAllowed("Only the manager can read this.")


async def broken(telling: Telling) -> Message | Skip:
    raise ZeroDivisionError


async def too_long(telling: Telling) -> Message | Skip:
    return Message("Hello", [SectionBlock(text="x" * 3001)])


COMPOSERS: dict[str, Composer] = {
    "greeting": greet,
    "over": over,
    "refused": refused,
    "broken": broken,
    "too_long": too_long,
}
SPOKEN = {name: Spoken(a_kind(name), composer) for name, composer in COMPOSERS.items()}


@dataclass
class Mailroom:
    bot: Bot
    clock: Clock
    playground: Playground
    team: Team
    line: BadLine
    ana: Member
    ben: Member
    composers: dict[str, Spoken]

    def courier(self, *, bot: Bot | None = None, pace: Pace | None = None, **options: Any) -> Courier:
        """A new one, as after a restart."""
        options.setdefault("sleep", self.clock.sleep)
        return Courier(bot or self.bot, self.composers, pace=pace, **options)

    def speak(self, kind: Kind, composer: Composer) -> None:
        self.composers[kind.name] = Spoken(kind, composer)

    def with_slack(self, slack: Slack) -> Bot:
        return replace(self.bot, slack=slack)

    async def plan(self, *keys: str, kind: str = "greeting", to: Member | None = None, **values: Any) -> None:
        known = self.composers.get(kind)
        values["kind"] = known.kind if known else a_kind(kind)
        async with self.bot.work() as session:
            person = await session.scalar(select(Person).where(Person.slack_user_id == (to or self.ana).id))
            assert person is not None
            usual: dict[str, Any] = {"subject": {}, "due_at": self.clock.now()}
            plans = [Plan(person_id=person.id, key=key, **usual | values) for key in keys]
            await notifications.plan_many(session, plans)

    async def change(self, person: Member, **values: Any) -> None:
        async with self.bot.work() as session:
            row = await session.scalar(select(Person).where(Person.slack_user_id == person.id))
            for name, value in values.items():
                setattr(row, name, value)

    async def mark(self, key: str, **values: Any) -> None:
        """Whatever else would have made the row so."""
        async with self.bot.work() as session:
            row = (await session.scalars(select(Notification).where(Notification.key == key))).one()
            for name, value in values.items():
                setattr(row, name, value)

    async def notification(self, key: str = "a") -> Notification:
        async with self.bot.read() as session:
            return (await session.scalars(select(Notification).where(Notification.key == key))).one()

    async def states(self) -> dict[str, str]:
        async with self.bot.read() as session:
            rows = (
                await session.execute(select(Notification.key, Notification.state).order_by(Notification.key))
            ).all()
        return {row.key: row.state for row in rows}

    async def state(self, key: str = "a") -> tuple[str, str | None]:
        notification = await self.notification(key)
        return notification.state, notification.reason

    def seen(self, person: Member | None = None) -> list[str]:
        """What stands in that person's DM, in order."""
        return [message.text for message in self.team.dm_of((person or self.ana).id).messages.values()]

    def counted(self, outcome: str) -> float:
        return float(self.bot.metrics.notifications.labels(outcome)._value.get())

    def wait(self, time: timedelta) -> None:
        self.clock.advance(time)


@asynccontextmanager
async def open_mailroom(database: Database, *, runs: bool = False) -> AsyncIterator[Mailroom]:
    """`runs`: on a running clock, for couriers that really wait."""
    clock = Clock(runs=runs)
    playground = Playground(clock=clock, sleep=clock.sleep, limited=False)
    async with playground, BadLine.to(playground.api_url) as line:
        workspace = playground.workspace("Example")
        installed = playground.install(App.create(AppManifest.parse(MANIFEST)), workspace)
        ana, ben = workspace.add_person("Ana"), workspace.add_person("Ben")
        async with Slack.connect(installed.token, line.url, seconds=30.0) as slack:
            bot = Bot(
                workspace_id=HOME,
                settings=settings(database.url.render_as_string(hide_password=False)),
                database=database,
                slack=slack,
                packs=shipped_packs(),
                now=clock.now,
            )
            async with bot.work() as session:
                session.add_all(Person(name=one.real_name, slack_user_id=one.id) for one in (ana, ben))
            team = playground.team(workspace.team_id)
            yield Mailroom(bot, clock, playground, team, line, ana, ben, dict(SPOKEN))
