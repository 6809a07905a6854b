"""The doctor, on a local Slack: every ailment is named together with its remedy."""

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import installation, schema
from bot.config import CHECKOUT, Settings
from bot.db import Database
from bot.doctor import Finding, examine
from bot.models import Person
from bot.services import people
from bot.slack import OPTIONAL_SCOPES, Slack
from playground.app import App, Installed
from playground.manifest import AppManifest
from playground.server import Playground

MANIFEST = AppManifest.read(CHECKOUT / "app.yaml")
NOW = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)


@dataclass
class Practice:
    """One installation; each test spoils something and asks the doctor."""

    slack: Playground
    database_url: str
    installed: Installed
    now: datetime = NOW
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        healthy = {
            "slack_bot_token": self.installed.token,
            "slack_signing_secret": "secret",
            "slack_api_url": self.slack.api_url,
            "database_url": self.database_url,
        }
        return Settings(**{**healthy, **self.values})

    async def examine(self) -> dict[str, Finding]:
        return {finding.what: finding for finding in await examine(self.settings, lambda: self.now)}

    async def name_an_hr_admin(self) -> None:
        database = Database(self.settings.sqlalchemy_url)
        async with Slack.connect(self.installed.token, self.slack.api_url) as slack:
            workspace_id = await installation.register(database, await slack.identity(), now=NOW)
        async with database.work(workspace_id) as session:
            ada = Person(name="Ada", email="ada@example.com", slack_user_id="UADA")
            session.add(ada)
            await session.flush()
            await people.grant_hr(session, ada, now=NOW)
        await database.close()


@pytest.fixture
async def practice(tmp_path: Path) -> AsyncIterator[Practice]:
    async with Playground(clock=NOW.timestamp) as slack:
        installed = slack.install(App.create(MANIFEST, seed="doctor"), slack.workspace("Home"))
        practice = Practice(slack, f"sqlite:///{tmp_path}/rapport.db", installed)
        await schema.upgrade(practice.settings.sqlalchemy_url)
        yield practice


async def test_a_healthy_installation_has_no_problem(practice: Practice) -> None:
    await practice.name_an_hr_admin()
    practice.values["slack_app_token"] = practice.installed.app.app_token
    findings = await practice.examine()
    assert list(findings) == ["token", "scopes", "clock", "Socket Mode", "database", "HR admins"]
    assert [finding for finding in findings.values() if not finding.ok] == []
    assert str(findings["token"]).startswith("ok       token: belongs to Home")


async def test_a_missing_setting_is_named(practice: Practice) -> None:
    practice.values["slack_signing_secret"] = None
    assert "SLACK_SIGNING_SECRET" in (await practice.examine())["settings"].remedy


async def test_a_wrong_token_is_told_apart_from_a_slack_that_does_not_answer(practice: Practice) -> None:
    practice.values["slack_bot_token"] = "xoxb-wrong"
    assert "SLACK_BOT_TOKEN" in (await practice.examine())["token"].remedy
    practice.values["slack_api_url"] = "http://127.0.0.1:9/api/"
    assert "SLACK_API_URL" in (await practice.examine())["token"].remedy


async def test_a_scope_that_was_not_granted_is_named(practice: Practice) -> None:
    elsewhere = practice.slack.workspace("Elsewhere")
    granted = frozenset(MANIFEST.scopes) - {"im:history"}
    practice.installed = practice.slack.install(practice.installed.app, elsewhere, scopes=granted)
    finding = (await practice.examine())["scopes"]
    assert "im:history" in finding.fact
    assert "reinstall" in finding.remedy


async def test_without_a_scope_that_a_company_may_leave_out_it_says_what_is_lost(practice: Practice) -> None:
    elsewhere = practice.slack.workspace("Elsewhere")
    granted = frozenset(MANIFEST.scopes) - OPTIONAL_SCOPES.keys()
    practice.installed = practice.slack.install(practice.installed.app, elsewhere, scopes=granted)
    finding = (await practice.examine())["scopes"]
    assert finding.ok and "without chat:write.public, thanks and awards reach only" in finding.fact


@pytest.mark.parametrize(("seconds", "fine"), [(59, True), (-61, False), (61, False)])
async def test_a_clock_that_is_a_minute_off_is_a_problem(
    practice: Practice, seconds: int, fine: bool
) -> None:
    practice.now = NOW + timedelta(seconds=seconds)
    finding = (await practice.examine())["clock"]
    assert finding.ok is fine
    assert fine or f"{seconds:+d} s" in finding.fact


async def test_a_wrong_app_token_is_a_problem_of_socket_mode(practice: Practice) -> None:
    practice.values["slack_app_token"] = "xapp-wrong"
    assert "connections:write" in (await practice.examine())["Socket Mode"].remedy


async def test_a_database_that_was_not_migrated_is_sent_to_migrate(
    practice: Practice, tmp_path: Path
) -> None:
    practice.database_url = f"sqlite:///{tmp_path}/other.db"
    assert (await practice.examine())["database"].remedy == "Run: rapport migrate"
    assert not os.path.exists(tmp_path / "other.db"), "asking creates nothing"


async def test_a_database_that_is_away_is_one_line(practice: Practice) -> None:
    practice.database_url = "postgresql://nobody@127.0.0.1:9/rapport"
    assert "DATABASE_URL" in (await practice.examine())["database"].remedy


async def test_nobody_in_hr_is_a_problem_because_refusals_name_them(practice: Practice) -> None:
    assert "rapport hr grant" in (await practice.examine())["HR admins"].remedy
