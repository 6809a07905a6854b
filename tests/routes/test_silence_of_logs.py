"""What people type, and every secret, stays out of the log: also when everything goes wrong."""

import io
import logging
import re
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest
from sqlalchemy.engine import URL

from bot import logs
from bot.db import Database
from bot.db.engine import WAIT_SECONDS
from playground.activity import A_HANG
from playground.app import App
from playground.clock import wall_clock
from playground.driver import Slack as Driver
from playground.faults import Faults
from playground.server import Playground
from playground.web_api.call import Answer, Request
from tests.conftest import settings
from tests.routes import child
from tests.routes.forgery import Forged
from tests.routes.outage import outage, refusing
from tests.routes.trouble import SLACK_SECONDS
from tests.routes.world import MANIFEST, Company, Mode

CANARY = "canary"  # every word that somebody types below has it in it
MOVED, NEXT, STUCK = (
    "What moved forward this week?",
    "What matters most next week?",
    "What is in your way?",
)
QUOTING = f"failed to match all allowed schemas: {CANARY}quoted [json-pointer:/view/blocks/0]"
REFERENCE = re.compile(r"the reference ([0-9A-F]{6})")


@pytest.fixture
def ack_seconds() -> float:
    return SLACK_SECONDS


@pytest.fixture
def wait_seconds() -> float:
    return WAIT_SECONDS


class Quoting(Faults):
    """Slack refuses, and quotes what it was sent."""

    def __init__(self, *methods: str) -> None:
        self._methods = methods

    async def before_call(self, request: Request) -> Answer | None:
        if request.method not in self._methods:
            return None
        return Answer(
            {"ok": False, "error": "invalid_arguments", "response_metadata": {"messages": [QUOTING]}}
        )


@dataclass
class Stage:
    """Where it all goes wrong: people, the bot's database, and a way to wait for the courier."""

    slack: Driver
    playground: Playground
    app: App
    database_url: URL
    delivered: Callable[[], Awaitable[object]]
    references: list[str] = field(default_factory=list)

    @contextmanager
    def faults(self, faults: Faults) -> Iterator[None]:
        self.playground.ground.faults = faults
        yield
        self.playground.ground.faults = Faults()

    def apologised(self, *sentences: str) -> None:
        self.references += REFERENCE.findall("\n".join(sentences))

    @property
    def secrets(self) -> Sequence[str]:
        installed = self.playground.team(self.slack.workspace.team_id).installed
        app = self.app
        return (installed.token, app.signing_secret, app.app_token, app.verification_token)


async def all_goes_well(stage: Stage) -> None:
    ana, ben = stage.slack.person("Ana Silva"), stage.slack.person("Ben Okafor")
    for line in (f"/checkin {CANARY}typed", f"/rapport {CANARY}typed", f"/rapport checkin {CANARY}typed"):
        await ana.command(line)
    for words in (f"{CANARY}said", f"I finished {CANARY}said today", f"thanks ben {CANARY}said"):
        await ana.say(words)
    await ana.dm.last.press("Kudos with these words")
    await ana.modal.close_all()
    await ana.command(f"/goals new {CANARY}typed {CANARY}words")
    await ana.modal.close_all()
    await ana.become(status_text=f"{CANARY}status", title=f"{CANARY}title")
    await ana.command("/checkin")
    for label in (MOVED, NEXT, STUCK):
        ana.modal.fill(label, f"{CANARY}answer")
    await ana.modal.submit()
    await stage.delivered()
    await ben.dm.last.press("Open")
    assert f"{CANARY}answer" in ben.modal.text
    await ben.modal.press("I'll take this on")
    ben.modal.fill("Comment", f"{CANARY}comment")
    await ben.modal.submit()
    await ana.command("/checkin history")
    await ana.command("/checkin export")
    await ana.command("/goals new")
    ana.modal.fill("What will be true at the end?", f"{CANARY}goal")
    ana.modal.fill("How will you see it?", f"{CANARY}result")
    ana.modal.fill("From", "4")
    ana.modal.fill("To", f"4 {CANARY}unit")
    await ana.modal.submit()  # refused
    ana.modal.fill("To", f"2 {CANARY}unit")
    await ana.modal.submit()
    await ana.modal.close_all()
    await ana.command("/goals")
    await ana.modal.press("Update")
    ana.modal.choose("How sure are you?", "At risk")
    ana.modal.fill("In a sentence", f"{CANARY}note")
    await ana.modal.submit()
    await ben.open_home()


async def all_goes_wrong(stage: Stage) -> None:
    """Each kind of failure with somebody's words in hand: ours, the database's, Slack's, and rubbish."""
    ana, ben = stage.slack.person("Ana Silva"), stage.slack.person("Ben Okafor")
    for trouble in ("locked", "gone"):
        await ana.command("/checkin")
        ana.modal.fill(MOVED, f"{CANARY}unsaved")
        async with outage(stage.database_url, trouble):
            await ana.modal.submit()
            stage.apologised(*ana.modal.errors.values())
            await ben.command(f"/checkin history {CANARY}typed")
    stage.apologised(ben.ephemeral.last.text)
    async with refusing(stage.database_url, f"{CANARY}quoted is not acceptable"):
        await ana.modal.submit()
        stage.apologised(*ana.modal.errors.values())
    with stage.faults(Forged(view__blocks=[{"type": "input", "block_id": [f"{CANARY}shape"]}])):
        await ana.modal.submit()
    stage.apologised(ana.modal.text)
    await ana.command("/checkin")
    with stage.faults(Forged(view__state__values__moved__value={"value": CANARY * 1000})):
        await ana.modal.submit()
    with stage.faults(Quoting("views.open", "views.push", "views.publish", "files.completeUploadExternal")):
        for line in ("/checkin", "/checkin history", "/checkin export", "/rapport home"):
            await ana.command(line)
        await ben.open_home()
    with stage.faults(Quoting("chat.postMessage", "views.update")):
        await ana.command("/checkin history")
        await ana.modal.press("Open")
        ana.modal.fill("Answer", f"{CANARY}reply")
        await ana.modal.submit()
        await stage.delivered()


async def rubbish(stage: Stage) -> None:
    """At the door itself, signed by nobody."""
    bodies = [
        f'{{"type": "{CANARY}',
        f"payload={CANARY}",
        f"command={CANARY}&text={CANARY}",
        CANARY * 200_000,
    ]
    async with httpx.AsyncClient(timeout=A_HANG) as client:
        for body in bodies:
            answer = await client.post(
                stage.app.request_url, content=body, headers={"X-Slack-Signature": CANARY}
            )
            assert 400 <= answer.status_code < 500
        for path in ("/metrics", "/readyz", "/healthz"):
            numbers = await client.get(stage.app.request_url.replace("/slack/events", path))
            assert CANARY not in numbers.text


def assert_silent(output: str, stage: Stage) -> None:
    assert [line for line in output.splitlines() if CANARY in line] == []
    assert [secret for secret in stage.secrets if secret in output] == []
    assert len(set(stage.references)) == 5
    assert [reference for reference in stage.references if f'"reference": "{reference}"' not in output] == []


@contextmanager
def everything_logged() -> Iterator[io.StringIO]:
    """Set up as in earnest, but down to the last detail of every library."""
    stream, root = io.StringIO(), logging.getLogger()
    before = (root.handlers[:], root.level, logging.raiseExceptions)
    hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    logs.configure(stream, "DEBUG")
    root.setLevel(logging.DEBUG)
    yield stream
    root.handlers[:], root.level, logging.raiseExceptions = before
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    logging.captureWarnings(False)


async def test_nothing_that_somebody_typed_is_ever_logged(
    acme: Company, database: Database, mode: Mode, capfd: pytest.CaptureFixture[str]
) -> None:
    with everything_logged() as log:
        stage = Stage(acme.slack, acme.playground, acme.app, database.url, acme.delivered)
        await all_goes_well(stage)
        await all_goes_wrong(stage)
        if mode == "http":
            await rubbish(stage)
    assert_silent(log.getvalue() + "".join(capfd.readouterr()), stage)


PEOPLE = """slack_user_id,name,manager_email,email,timezone
{dee},Dee Park,,dee@example.com,Europe/Lisbon
{ben},Ben Okafor,dee@example.com,ben@example.com,Europe/Lisbon
{ana},Ana Silva,ben@example.com,ana@example.com,Europe/Lisbon
"""


def until_a_working_day() -> float:
    """Seconds until ten o'clock on the next Wednesday in Lisbon: colleagues' news waits for office hours."""
    lisbon = datetime.fromtimestamp(wall_clock(), ZoneInfo("Europe/Lisbon"))
    day = lisbon.date() + timedelta(days=(2 - lisbon.weekday()) % 7 or 7)
    return (datetime.combine(day, time(10), lisbon.tzinfo) - lisbon).total_seconds()


@asynccontextmanager
async def staffed(mode: Mode, ahead: float) -> AsyncIterator[tuple[Playground, App, Driver]]:
    """A local Slack whose time runs by itself, with three people in it."""
    async with Playground(clock=lambda: wall_clock() + ahead, limited=False) as playground:
        workspace = playground.workspace("Acme")
        app = App.create(MANIFEST, seed="Acme")
        app.socket_mode = mode == "socket"
        playground.install(app, workspace)
        for word in ("dee", "ben", "ana"):
            name = {"dee": "Dee Park", "ben": "Ben Okafor", "ana": "Ana Silva"}[word]
            workspace.add_person(name, handle=word, tz="Europe/Lisbon", email=f"{word}@example.com")
        yield playground, app, Driver(playground, workspace)


async def test_nothing_that_somebody_typed_is_ever_printed_by_a_real_process(
    tmp_path: Path, mode: Mode
) -> None:
    ahead = until_a_working_day()
    async with staffed(mode, ahead) as (playground, app, slack):
        environment = {
            "SLACK_BOT_TOKEN": playground.team(slack.workspace.team_id).installed.token,
            "SLACK_API_URL": playground.api_url,
            "DATABASE_URL": f"sqlite:///{tmp_path}/rapport.db",
            "PORT": "0",
            **(
                {"SLACK_APP_TOKEN": app.app_token}
                if mode == "socket"
                else {"SLACK_SIGNING_SECRET": app.signing_secret}
            ),
        }
        csv = tmp_path / f"{CANARY}.csv"
        csv.write_text(PEOPLE.format(**{word: slack.person(word).id for word in ("dee", "ben", "ana")}))
        printed = await child.run(tmp_path, environment, "migrate")
        printed += await child.run(tmp_path, environment, "people", "import", str(csv))
        async with child.running(tmp_path, environment, "run", ahead=ahead) as bot:
            port = (await bot.event("bot.started"))["port"]
            if mode == "http":
                await playground.save_request_url(app, f"http://127.0.0.1:{port}/slack/events")
            else:
                await playground.until(lambda: bool(playground.sockets_of(app).connections))
            ben = slack.person("Ben Okafor")

            async def delivered() -> None:
                await playground.until(lambda: len(ben.dm) > 0)
                await playground.quiet()

            stage = Stage(
                slack, playground, app, settings(environment["DATABASE_URL"]).sqlalchemy_url, delivered
            )
            await all_goes_well(stage)
            await all_goes_wrong(stage)
            if mode == "http":
                await rubbish(stage)
            assert await bot.stopped() == 0
    assert_silent(printed + bot.output, stage)
