"""One's own nudge, sent to oneself and counted nowhere."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from typer.testing import Result

from bot.errors import BotError
from bot.models import Notification, Person
from playground.app import App
from playground.manifest import AppManifest
from playground.server import Playground
from playground.team import Team
from tests.cli.conftest import in_database, run
from tests.conftest import NOW
from tests.mailroom import MANIFEST


@dataclass
class Stage:
    """The command line beside a local Slack in which Ana and her manager Ben are."""

    url: str
    api_url: str
    token: str
    team: Team
    members: dict[str, str]

    async def rapport(self, *words: object, token: str | None = None) -> Result:
        values = {"slack_bot_token": token or self.token, "slack_api_url": self.api_url}
        return await asyncio.to_thread(run, self.url, *words, **values)

    def said_to(self, word: str) -> list[str]:
        return [message.text for message in self.team.dm_of(self.members[word]).messages.values()]

    async def ledger(self) -> int:
        async def count(session: AsyncSession) -> int:
            return await session.scalar(select(func.count(Notification.id))) or 0

        return await in_database(self.url, count)


@pytest.fixture
async def stage(new_database: str) -> AsyncIterator[Stage]:
    async with _stage(new_database) as stage:
        yield stage


@asynccontextmanager
async def _stage(url: str) -> AsyncIterator[Stage]:
    async with Playground(clock=lambda: NOW.timestamp(), limited=False) as slack:
        workspace = slack.workspace("Home")
        installed = slack.install(App.create(AppManifest.parse(MANIFEST)), workspace)
        members = {word: workspace.add_person(word.title()).id for word in ("ben", "ana")}

        async def hire(session: AsyncSession) -> None:
            ben = Person(name="Ben", email="ben@example.com", slack_user_id=members["ben"])
            session.add(ben)
            await session.flush()
            ana = Person(name="Ana", email="ana@example.com", slack_user_id=members["ana"], manager_id=ben.id)
            session.add(ana)

        await in_database(url, hire)
        team = slack.team(workspace.team_id)
        yield Stage(url, slack.api_url, installed.token, team, members)


@pytest.mark.parametrize(
    ("kind", "to", "words"),
    [
        ("nudge", "ana", "How was your week?"),
        ("checkins.reminder", "ana", "Your check-in is still open."),
        ("digest", "ben", "Your team's week of 9 November."),
        ("welcome", "ana", "Hello, I help you look back on each week."),
    ],
)
async def test_a_rehearsal_arrives_marked_as_one_and_counts_nowhere(
    stage: Stage, kind: str, to: str, words: str
) -> None:
    result = await stage.rapport("nudges", "rehearse", kind, "--to", f"{to}@example.com")
    assert result.stdout == f"Sent to {to.title()}, marked as a rehearsal.\n"
    (said,) = stage.said_to(to)
    assert said.startswith(f"Rehearsal: {words}")
    (message,) = stage.team.dm_of(stage.members[to]).messages.values()
    first = message.blocks[0]["elements"][0]["text"]
    assert first == "This is a rehearsal, sent by whoever runs Rapport. It counts nowhere."
    assert message.metadata is None
    assert "overflow" not in json.dumps(message.blocks)
    assert await stage.ledger() == 0


async def test_nothing_is_rehearsed_to_somebody_who_left(stage: Stage) -> None:
    async def leave(session: AsyncSession) -> None:
        await session.execute(update(Person).where(Person.name == "Ana").values(deactivated_at=NOW))

    await in_database(stage.url, leave)
    with pytest.raises(BotError, match="Ana is no longer active, so nothing reaches them"):
        await stage.rapport("nudges", "rehearse", "nudge", "--to", "ana@example.com")
    assert stage.said_to("ana") == []


async def test_what_slack_refuses_is_a_sentence(stage: Stage) -> None:
    with pytest.raises(BotError, match="invalid_auth"):
        await stage.rapport("nudges", "rehearse", "nudge", "--to", "ana@example.com", token="xoxb-wrong")
