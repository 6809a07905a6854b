"""The command line as an operator meets it: its words, its exit codes, and the bot as a process."""

import asyncio
import json
import logging
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import yaml

from bot import schema
from bot.__main__ import main
from bot.config import CHECKOUT, Settings, read_settings
from playground.activity import A_HANG
from playground.app import App, Installed
from playground.manifest import AppManifest
from playground.server import Playground

MANIFEST = AppManifest.read(CHECKOUT / "app.yaml")


@dataclass
class Said:
    code: object
    out: str
    err: str


Rapport = Callable[..., Said]


@pytest.fixture
def rapport(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Rapport]:
    """`rapport("migrate", PORT="5")`: the command in an empty folder, with nothing set but what is given."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level, sys.excepthook, logging.raiseExceptions)
    monkeypatch.chdir(tmp_path)

    def say(*arguments: str, **environment: str) -> Said:
        with monkeypatch.context() as given:
            for name in Settings.model_fields:
                given.delenv(name.upper(), raising=False)
            for name, value in environment.items():
                given.setenv(name, value)
            given.setattr(sys, "argv", ["rapport", *arguments])
            with pytest.raises(SystemExit) as ended:
                main()
        return Said(ended.value.code, *capsys.readouterr())

    yield say
    root.handlers[:], root.level, sys.excepthook, logging.raiseExceptions = before


def test_the_version_and_every_command_are_listed_without_any_settings(rapport: Rapport) -> None:
    assert rapport("--version").out.startswith("rapport ")
    listed = rapport("--help").out
    for command in ("run", "migrate", "doctor", "manifest", "people", "hr", "nudges"):
        assert f"\n  {command} " in listed


def test_the_manifest_needs_no_settings_either(rapport: Rapport) -> None:
    printed = rapport("manifest", "--prefix", "acme", "--url", "https://bot.example.com")
    assert printed.code == 0
    assert "/acme-checkin" in printed.out
    assert "https://bot.example.com/slack/events" in printed.out


@pytest.mark.parametrize(
    ("arguments", "environment", "sentence"),
    [
        (["migrate"], {"DATABASE_URL": "mysql://x"}, "DATABASE_URL: "),
        (["run"], {}, "SLACK_BOT_TOKEN is missing"),
        (["run"], {"PORT": "many"}, "PORT: "),
        (["run"], {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"}, "rapport migrate"),
        (["people", "list"], {}, "rapport migrate"),
        (["nudges", "preview"], {}, "rapport migrate"),
        (["nudges", "preview", "--days", "61"], {}, "Choose a number from 1 to 60"),
        (["manifest", "--url", "http://x"], {}, "https"),
    ],
)
def test_what_can_be_put_right_is_one_sentence_and_exit_code_one(
    rapport: Rapport, arguments: list[str], environment: dict[str, str], sentence: str
) -> None:
    refused = rapport(*arguments, **environment)
    assert refused.code == 1
    assert sentence in refused.err
    assert refused.err.count("\n") == 1
    assert refused.out == ""


def test_a_database_that_is_away_is_one_sentence_without_its_password(rapport: Rapport) -> None:
    refused = rapport("migrate", DATABASE_URL="postgresql://ann:hunter2@127.0.0.1:9/x")
    assert refused.code == 1
    assert "DATABASE_URL" in refused.err
    assert "hunter2" not in refused.err
    assert refused.err.count("\n") == 1


def test_a_mistyped_command_is_exit_code_two(rapport: Rapport) -> None:
    assert rapport("migrat").code == 2


def test_migrate_can_be_repeated_and_makes_the_folder(rapport: Rapport, tmp_path: Path) -> None:
    for _ in range(2):
        assert rapport("migrate").out == "The database is up to date.\n"
    assert (tmp_path / "var" / "rapport.db").exists()


def test_the_doctors_problems_are_exit_code_one(rapport: Rapport) -> None:
    examined = rapport("doctor")
    assert examined.code == 1
    assert "PROBLEM  database: not up to date\n         → Run: rapport migrate" in examined.out


def test_the_unexpected_is_a_sentence_and_a_place_but_nobodys_words(
    rapport: Rapport, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise KeyError("my manager is unfair")

    monkeypatch.setattr(yaml, "safe_dump", break_down)
    broken = rapport("manifest")
    assert broken.code == 1
    assert "Something unexpected happened (KeyError)" in broken.err
    assert "unfair" not in broken.err


async def test_a_token_slack_refuses_stops_the_start(tmp_path: Path, rapport: Rapport) -> None:
    async with Playground() as slack:
        await migrated(tmp_path)
        refused = await asyncio.to_thread(
            rapport,
            "run",
            SLACK_BOT_TOKEN="xoxb-wrong",
            SLACK_SIGNING_SECRET="s",
            SLACK_API_URL=slack.api_url,
        )
    assert refused.code == 1
    assert refused.err.startswith("Slack refused SLACK_BOT_TOKEN (invalid_auth).")


async def migrated(folder: Path) -> None:
    await schema.upgrade(read_settings(folder, _env_file=None).sqlalchemy_url)


@dataclass
class Running:
    """`rapport run` as a child process, and the local Slack it talks with."""

    process: asyncio.subprocess.Process
    slack: Playground
    installed: Installed
    url: str

    async def stop(self, how: signal.Signals = signal.SIGTERM) -> str:
        self.process.send_signal(how)
        assert self.process.stderr is not None
        rest = (await self.process.stderr.read()).decode()
        await self.process.wait()
        return rest


@asynccontextmanager
async def running(tmp_path: Path, *, socket_mode: bool) -> AsyncIterator[Running]:
    async with Playground(clock=lambda: datetime.now(UTC).timestamp()) as slack:  # noqa: TID251 - the child has no other
        app = App.create(MANIFEST, seed="cli")
        app.socket_mode = socket_mode
        installed = slack.install(app, slack.workspace("Home"))
        environment = {
            "PYTHONPATH": str(CHECKOUT),
            "PYTHONPYCACHEPREFIX": sys.pycache_prefix or "",
            "SLACK_BOT_TOKEN": installed.token,
            "SLACK_SIGNING_SECRET": app.signing_secret,
            "SLACK_API_URL": slack.api_url,
            "SLACK_CLIENT_ID": "1.2",  # Bolt would turn its OAuth mode on
            "SLACK_CLIENT_SECRET": "x",
            "PORT": "0",
        }
        if socket_mode:
            environment["SLACK_APP_TOKEN"] = app.app_token
        await migrated(tmp_path)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=tmp_path, env=environment, stderr=-1
        )
        assert process.stderr is not None
        started = json.loads(await process.stderr.readline())
        assert started["event"] == "bot.started"
        yield Running(process, slack, installed, f"http://127.0.0.1:{started['port']}")
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_the_bot_starts_answers_slack_and_stops_calmly(tmp_path: Path) -> None:
    async with (
        running(tmp_path, socket_mode=False) as bot,
        httpx.AsyncClient(base_url=bot.url, timeout=A_HANG) as client,
    ):
        assert (await client.get("/readyz")).status_code == 200
        await bot.slack.save_request_url(bot.installed.app, f"{bot.url}/slack/events")
        said = await bot.stop()
        assert bot.process.returncode == 0
        events = [json.loads(line) for line in said.splitlines()]
        assert events[-1]["event"] == "bot.stopped"
        assert {event["level"] for event in events} == {"info"}


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
async def test_over_socket_mode_too(tmp_path: Path, how: signal.Signals) -> None:
    async with (
        running(tmp_path, socket_mode=True) as bot,
        httpx.AsyncClient(base_url=bot.url, timeout=A_HANG) as client,
    ):
        sockets = bot.slack.sockets_of(bot.installed.app)
        await bot.slack.until(lambda: bool(sockets.connections))
        assert (await client.post("/slack/events")).status_code == 404
        await bot.stop(how)
        assert bot.process.returncode == 0
