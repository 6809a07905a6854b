"""A few colleagues, a local Slack, a database, and processes that may be killed: what all crash tests start from."""

import asyncio
import copy
import json
import shutil
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from bot.db import Database, insert_rows
from bot.models import Checkin, Notification, NotificationState, Person, Rhythm
from bot.services import notifications, nudges
from bot.views.checkins import FORM, Ref
from playground.app import App
from playground.manifest import AppManifest
from playground.server import Playground
from playground.team import Team
from playground.weather import Weather
from tests.clock import Clock
from tests.conftest import HOME, NOW
from tests.crash.child import Fate, Order

ROOT = Path(__file__).parents[2]
MANIFEST = AppManifest.read(ROOT / "app.yaml")
WEEK = date(2026, 11, 16)  # that of NOW, a Wednesday afternoon
ASKED = datetime(2026, 11, 18, 16, 31, tzinfo=UTC)  # at 16:00, spread over half an hour
BETWEEN = timedelta(seconds=90)  # longer than any lease: the next life may take over what the last one held
MOST_LIVES = 8


class Undertaker:
    """The process that brings forth lives and sees them end."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    @asynccontextmanager
    async def at_work(cls) -> AsyncIterator["Undertaker"]:
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.crash.child", cwd=ROOT, stdin=pipe, stdout=pipe
        )
        yield cls(process)
        assert process.stdin
        process.stdin.close()
        await process.wait()

    async def live(self, order: Order) -> Fate:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(asdict(order)).encode() + b"\n")
        fate = Fate(**json.loads(await asyncio.wait_for(self._process.stdout.readline(), timeout=30)))
        assert not fate.problem, fate.problem
        return fate


@dataclass
class Outcome:
    """What became of everything: by key, whose phones made a sound, and how many check-ins there are.

    What one message says to somebody may be said in two after a death: their own question does not wait for the other.
    """

    states: dict[str, str]
    pinged: frozenset[str]
    checkins: int


@dataclass
class Scene:
    url: str
    database: Database
    clock: Clock
    weather: Weather
    playground: Playground
    team: Team
    people: list[str]
    _kept: Any = field(default=None)

    def order(self, *doing: str, die_at: int = 0, who: str = "") -> Order:
        return Order(
            self.url,
            self.playground.api_url,
            self.team.installed.token,
            self.clock.now().isoformat(),
            list(doing),
            die_at,
            submission(who) if who else None,
        )

    async def recover(self, undertaker: Undertaker, *doing: str, who: str = "") -> None:
        """New processes, one after the other, for as long as something is due; at least one."""
        for _ in range(MOST_LIVES):
            self.clock.advance(BETWEEN)
            await undertaker.live(self.order(*doing, who=who))
            async with self.database.read(HOME) as session:
                due = await notifications.next_due(session)
            if due is None or due > self.clock.now() + BETWEEN:
                return
        raise AssertionError("there is no end to it")

    # What has been, and may be again

    def keep(self) -> None:
        self._kept = (self.clock.now(), copy.deepcopy(self._channels()), list(self._pings()))
        for file in self._files():
            shutil.copy(file, f"{file}.kept")

    def go_back(self) -> None:
        moment, channels, pings = self._kept
        self.clock.advance(moment - self.clock.now())
        self.team.workspace.restore(self.team.workspace.members.values(), copy.deepcopy(channels))
        self._pings()[:] = pings
        for file in self._files():
            file.unlink()
        for ending in ("", "-wal", "-shm"):
            kept = Path(f"{self._path()}{ending}.kept")
            if kept.exists():
                shutil.copy(kept, self._path() + ending)

    def _channels(self) -> list[Any]:
        return list(self.team.workspace.channels.values())

    def _pings(self) -> list[Any]:
        return self.team.workspace.ledger.pings

    def _path(self) -> str:
        return str(self.database.url.database)

    def _files(self) -> list[Path]:
        paths = (Path(self._path() + ending) for ending in ("", "-wal", "-shm"))
        return [path for path in paths if path.exists()]

    # How it went

    async def outcome(self) -> Outcome:
        async with self.database.read(HOME) as session:
            rows = list(await session.scalars(select(Notification)))
            checkins = await session.scalar(select(func.count()).select_from(Checkin))
        self._said_once(rows)
        pinged = frozenset(ping.user_id for ping in self._pings())
        return Outcome({row.key: str(row.state) for row in rows}, pinged, checkins or 0)

    def _said_once(self, rows: list[Notification]) -> None:
        """No nonce twice; and whatever counts as sent stands in a conversation."""
        messages = {one.ts: one for channel in self._channels() for one in channel.messages.values()}
        nonces = Counter(one.metadata["event_payload"]["nonce"] for one in messages.values() if one.metadata)
        assert set(nonces.values()) <= {1}, "a message was doubled"
        for row in rows:
            if row.state == NotificationState.SENT:
                assert row.slack_ts in messages, f"{row.key} counts as sent, and nobody can have seen it"


def submission(who: str) -> dict[str, Any]:
    """The form as Slack hands it over; the same key when it hands it over again."""
    block = {"type": "input", "block_id": "done", "label": {"type": "plain_text", "text": "What moved?"}}
    view = {
        "private_metadata": Ref(week=WEEK).encode(),
        "blocks": [block],
        "state": {"values": {"done": {"value": {"type": "plain_text_input", "value": "The importer"}}}},
    }
    return {
        "kind": "submission",
        "name": FORM,
        "key": f"form of {who}",
        "team_id": HOME,
        "user_id": who,
        "view": view,
    }


@asynccontextmanager
async def open_scene(database: Database, url: str, *, people: int, seed: object = 0) -> AsyncIterator[Scene]:
    """The first leads the others. All are asked on Wednesdays at 16:00."""
    clock = Clock()
    weather = Weather(clock, seed=seed)
    async with Playground(clock=clock, sleep=clock.sleep, faults=weather, limited=False) as playground:
        workspace = playground.workspace("Example")
        playground.install(App.create(MANIFEST), workspace)
        members = [workspace.add_person(f"Person {n}", tz="Europe/Lisbon") for n in range(people)]
        async with database.work(HOME) as session:
            rows = [
                {"name": one.real_name, "slack_user_id": one.id, "timezone": one.tz, "kind": "member"}
                for one in members
            ]
            leader, *others = await insert_rows(session, Person, rows)
            for person in await session.scalars(select(Person).where(Person.id.in_(others))):
                person.manager_id = leader
            rhythm = {"person_id": None, "department_id": None, "weekday": 2, "minute": 16 * 60}
            await insert_rows(session, Rhythm, [rhythm | {"every_weeks": 1, "chosen_at": NOW}])
            await nudges.start(session, None, now=NOW)
        team = playground.team(workspace.team_id)
        ids = [one.id for one in members]
        yield Scene(url, database, clock, weather, playground, team, ids)
