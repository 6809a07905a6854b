"""The demo put together: a company in a local Slack, its past, the bot at work there, and the page to look at it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import playground
from playground import past, snapshot
from playground.app import App
from playground.clock import MovableClock
from playground.colleagues import colleagues
from playground.hosting import HostedBot
from playground.listening import free_port
from playground.manifest import AppManifest
from playground.page import Page
from playground.page.switches import Switches
from playground.page.time_control import TimeControl
from playground.server import Playground
from playground.steps import step
from playground.team import Team
from playground.workspace import Message

HOST = "127.0.0.1"
CHECKOUT = Path(playground.__file__).resolve().parents[1]
COMPANY = CHECKOUT / "playground" / "company.csv"
FIRST = "U0ANASILVA"  # whose Slack opens first, and who waits for somebody to play her
# The two who are HR in company.csv: Nadia Rahman leads, Olu Adeyemi is her partner.
HR = ("nadia.rahman@lindenworks.example", "olu.adeyemi@lindenworks.example")
SEED = "Linden Works"


def beginning(today: datetime) -> datetime:
    """Wednesday morning of this week: its check-ins are still ahead, on whatever day somebody tries this."""
    zone = ZoneInfo("Europe/Lisbon")
    day = today.astimezone(zone).date()
    wednesday = day + timedelta(days=2 - day.weekday())
    return datetime.combine(wednesday, time(10), zone).astimezone(UTC)


class Demo:
    """`data` keeps the bot's database and the local Slack from one time to the next, and the bot's log."""

    def __init__(self, data: Path, *, port: int, today: datetime, weeks: int = past.WEEKS) -> None:
        self._data = data
        self._weeks = weeks
        self._people = colleagues(COMPANY)
        self._kept = self._what_was_kept()
        self._begins = self._kept.begins if self._kept else beginning(today)
        start = self._kept.at if self._kept else (self._begins - timedelta(weeks=weeks + 1)).timestamp()
        self.clock = MovableClock(start)
        self.switches = Switches()
        self.slack = Playground(host=HOST, port=port, clock=self.clock, faults=self.switches)
        self.team = self._move_in()
        self.read_until = self._kept.read_until if self._kept else {}
        self.bot = HostedBot(self.clock)

    @property
    def goes_on(self) -> bool:
        """Whether there was a demo in this folder before."""
        return self._kept is not None

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[str]:
        """Yields the address of the page."""
        self.slack.mount("", self._page().app())
        async with contextlib.AsyncExitStack() as stack:
            await stack.enter_async_context(self.slack)
            with step("Starting the bot", f"The whole log is in {self._data / 'demo.log'}."):
                await stack.enter_async_context(self._bot_at_work())
            if self._kept is None:
                await self._begin()
            await stack.enter_async_context(self._keeping())
            await stack.enter_async_context(self.bot.speaking())
            yield f"{self.slack.url}/"

    def _what_was_kept(self) -> snapshot.Snapshot | None:
        """Nothing, unless both halves are there: what Slack knows and what the bot knows belong together."""
        self._data.mkdir(parents=True, exist_ok=True)
        kept = snapshot.read(self._data / "demo-slack.json") if self._database.exists() else None
        if kept is None:
            forget(self._data)
        return kept

    def _move_in(self) -> Team:
        """The sample company in a workspace with the app installed, as it was if it was here before."""
        workspace = self.slack.workspace("Linden Works")
        workspace.load_people(COMPANY)
        for name, members in past.channels(self._people).items():
            workspace.open_channel(name, members=members)
        app = App.create(AppManifest.read(CHECKOUT / "app.yaml"))
        app.socket_mode = False  # the bot is on this machine: plain HTTP reaches it
        bot = self.slack.install(app, workspace).bot
        everybody = [one.id for one in self._people]
        workspace.open_channel("thanks", members=[*everybody, bot.id], purpose="Who made your week easier?")
        team = self.slack.team(workspace.team_id)
        if self._kept:
            snapshot.put_back(team, self._kept)
        return team

    @contextlib.asynccontextmanager
    async def _bot_at_work(self) -> AsyncIterator[None]:
        installed, port = self.team.installed, free_port(HOST)
        async with self.bot.at_work(
            installed, self._database, api_url=self.slack.api_url, host=HOST, port=port
        ):
            await self.slack.save_request_url(installed.app, f"{self.bot.url}/slack/events")
            yield

    async def _begin(self) -> None:
        with step("Importing the company", f"Correct {COMPANY} where the lines above say so."):
            await self.bot.import_people(COMPANY)
            await self.bot.grant_hr(*HR)
        with step(f"Living through its last {self._weeks} weeks", "Look into playground/past.yaml."):
            self._talk()
            await self.bot.remember(self._story(self.clock.now(), self._monday), self._monday)
            await self.bot.live_through(self._story(self._monday, self._begins), self._begins)

    def _story(self, since: datetime, until: datetime) -> Sequence[past.Happening]:
        """What colleagues do by themselves: all but those whom somebody plays."""
        first = self._monday.date() - timedelta(weeks=self._weeks)
        channel = self.team.workspace.channel_named("thanks")
        happenings = past.invent(
            self._people, first, since=since, until=until, seed=SEED, thanks_in=channel.id if channel else ""
        )
        played = {FIRST, *self.read_until}
        return [one for one in happenings if one.who not in played or one.at < self._monday]

    def _talk(self) -> None:
        for one in past.small_talk(until=self._begins):
            channel = self.team.workspace.channel_named(one.channel)
            if channel:
                ts = f"{one.at.timestamp():.6f}"
                self.team.workspace.post(Message(channel.id, ts, one.who, one.text))

    def _page(self) -> Page:
        return Page(
            self.slack,
            self.team.workspace,
            first=FIRST,
            time=TimeControl(self.clock, self.travel, self.slack.ground.activity.changed),
            switches=self.switches,
            read_until=self.read_until,
        )

    async def travel(self, until: datetime) -> None:
        await self.bot.travel(self._story(self.clock.now(), until), until)

    @contextlib.asynccontextmanager
    async def _keeping(self) -> AsyncIterator[None]:
        keeper = snapshot.Keeper(
            self.team, self._data / "demo-slack.json", begins=self._begins, read_until=self.read_until
        )
        keeping = asyncio.create_task(keeper.run())
        try:
            yield
        finally:
            keeping.cancel()
            keeper.keep()

    @property
    def _monday(self) -> datetime:
        """From here on the bot's messages are told one by one; older ones would only be scrolled past."""
        return self._begins.replace(hour=0, minute=0) - timedelta(days=self._begins.weekday())

    @property
    def _database(self) -> Path:
        return self._data / "demo.db"


def forget(data: Path) -> None:
    """So that the next demo begins anew."""
    for name in ("demo.db", "demo.db-wal", "demo.db-shm", "demo-slack.json"):
        (data / name).unlink(missing_ok=True)
