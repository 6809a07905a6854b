"""The directory follows the local Slack: by event, and by reading everybody."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.capabilities import house
from bot.context import Bot
from bot.db import Database
from bot.handlers import answer
from bot.handlers.directory import Accounts
from bot.handlers.routing import Call
from bot.models import InboxEntry, Person, PersonKind, Workspace
from bot.services import people_import
from bot.services.directory import Mirrored
from bot.slack import SlackError
from playground.faults import Faults
from playground.server import Playground
from playground.web_api.call import Answer
from playground.workspace import Member
from tests.conftest import settings
from tests.routes.world import Clock, Company, company

COMPANY = Path(__file__).parents[2] / "playground" / "company.csv"

sync = Accounts(pass_on=()).sync


class ListingFaults(Faults):
    """What happens whenever the bot asks for a page of members."""

    def __init__(self) -> None:
        self.on_page: Callable[[], Awaitable[Any]] | None = None

    async def before_call(self, request: Any) -> Any:
        if request.method == "users.list" and self.on_page:
            return await self.on_page()
        return None


@pytest.fixture
def faults() -> ListingFaults:
    return ListingFaults()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def acme(
    database: Database, database_url: str, clock: Clock, faults: ListingFaults, ack_seconds: float
) -> AsyncIterator[Company]:
    async with (
        Playground(
            clock=clock.seconds, sleep=clock.sleep, limited=False, faults=faults, ack_seconds=ack_seconds
        ) as playground,
        company(playground, database, settings(database_url), clock, name="Acme") as running,
    ):
        yield running


async def found(bot: Bot, email: str) -> Person | None:
    async with bot.read() as session:
        return await session.scalar(select(Person).where(Person.email == email))


async def count(bot: Bot) -> int:
    async with bot.read() as session:
        return await session.scalar(select(func.count()).select_from(Person)) or 0


def member_named(acme: Company, word: str) -> Member:
    return next(one for one in acme.slack.workspace.members.values() if one.name == word)


async def test_somebody_who_joins_is_known_at_once(acme: Company) -> None:
    team_id = acme.bot.workspace_id
    newcomer = Member("UNEW", team_id, "nils", "Nils Berg", email="nils@example.com", tz="Asia/Kolkata")
    await acme.playground.join_user(team_id, newcomer)
    nils = await found(acme.bot, "nils@example.com")
    assert nils is not None
    assert (nils.name, nils.timezone, nils.is_active) == ("Nils Berg", "Asia/Kolkata", True)


async def test_a_status_a_move_and_leaving_are_heard(acme: Company, clock: Clock) -> None:
    team_id, ana_id = acme.bot.workspace_id, member_named(acme, "ana").id
    await sync(acme.bot)
    clock.move(hours=1)
    await acme.playground.change_user(team_id, ana_id, status_emoji=":palm_tree:", tz="America/Lima")
    ana = await found(acme.bot, "ana@example.com")
    assert ana is not None
    assert (ana.away_since, ana.timezone) == (clock.now, "America/Lima")
    clock.move(hours=1)
    await acme.playground.change_user(team_id, ana_id, status_emoji="", deleted=True)
    ana = await found(acme.bot, "ana@example.com")
    assert ana is not None
    assert (ana.away_since, ana.deactivated_at) == (None, clock.now)


async def test_the_same_event_counts_once_and_a_broken_one_does_no_harm(acme: Company, clock: Clock) -> None:
    user = {
        "id": "UNEW",
        "is_restricted": False,
        "profile": {"real_name": "Nils", "email": "nils@example.com"},
    }
    call = Call(
        kind="event", name="user_change", key="event:1", team_id=acme.bot.workspace_id, user_id="UNEW"
    )
    assert await answer(acme.bot, house().front, replace(call, event={"user": user})) is None
    renamed = {**user, "profile": {"real_name": "Nobody"}}
    assert await answer(acme.bot, house().front, replace(call, event={"user": renamed})) is None
    odd_ones: list[dict[str, Any]] = [{}, {"user": "UNEW"}, {"user": {"id": 7}}, {"user": {"profile": []}}]
    for number, odd in enumerate(odd_ones):
        assert (
            await answer(acme.bot, house().front, replace(call, key=f"event:odd{number}", event=odd)) is None
        )
    nils = await found(acme.bot, "nils@example.com")
    assert nils is not None
    assert nils.name == "Nils"
    async with acme.bot.read() as session:
        assert await session.scalar(select(func.count()).select_from(InboxEntry)) == 5


async def test_reading_everybody_takes_pages_and_reading_again_changes_nothing(
    acme: Company, clock: Clock
) -> None:
    known = await count(acme.bot)
    acme.slack.workspace.invent_people(1_000)
    first = await sync(acme.bot)
    assert await count(acme.bot) == known + first.new
    assert first.new >= 1_000
    assert len([call for call in acme.playground.calls if call.method == "users.list"]) >= 6
    again = await sync(acme.bot)
    assert (again.new, again.changed, again.departed) == (0, 0, 0)
    async with acme.bot.read() as session:
        assert await session.scalar(select(Workspace.last_synced_at)) == clock.now


async def test_the_sample_company_is_the_same_after_import_sync_and_import(acme: Company) -> None:
    acme.slack.workspace.load_people(COMPANY)
    text = COMPANY.read_text("utf-8")
    async with acme.bot.work() as session:
        await people_import.apply(session, await people_import.plan(session, text), now=acme.bot.now())
    await sync(acme.bot)
    async with acme.bot.read() as session:
        plan = await people_import.plan(session, text)
        outside = select(Person.name, Person.kind).where(Person.kind != PersonKind.MEMBER)
        known_as = {row.name: row.kind for row in await session.execute(outside)}
    assert (plan.problems, plan.new, plan.changed, plan.unchanged) == ((), (), (), 40)
    assert (known_as["Greta Holm"], known_as["Deploy Bot"]) == (PersonKind.GUEST, PersonKind.BOT)
    jonas = await found(acme.bot, "jonas.berzins@lindenworks.example")
    assert jonas is not None
    assert jonas.deactivated_at == acme.bot.now()


async def test_whoever_slack_no_longer_lists_is_deactivated_by_the_sync(acme: Company, clock: Clock) -> None:
    await sync(acme.bot)
    del acme.slack.workspace.members[member_named(acme, "pia").id]
    assert (await sync(acme.bot)).departed == 1
    pia = await found(acme.bot, "pia@example.com")
    assert pia is not None
    assert pia.deactivated_at == clock.now


async def test_no_transaction_is_open_while_slack_is_asked(acme: Company, faults: ListingFaults) -> None:
    """Somebody checks in while each page is on its way: with a transaction open, SQLite would lock them out."""
    written = 0

    async def somebody_writes() -> None:
        nonlocal written
        async with acme.bot.work() as session:
            session.add(Person(name=f"Writer {written}"))
        written += 1

    acme.slack.workspace.invent_people(300)
    faults.on_page = somebody_writes
    assert (await sync(acme.bot)).new >= 300
    assert written >= 2


async def test_a_listing_that_breaks_off_deactivates_nobody(acme: Company, faults: ListingFaults) -> None:
    acme.slack.workspace.invent_people(300)
    await sync(acme.bot)
    pages = 0

    async def breaks_off() -> Any:
        nonlocal pages
        pages += 1
        return Answer({"ok": False, "error": "fatal_error"}) if pages == 2 else None

    faults.on_page = breaks_off
    with pytest.raises(SlackError):
        await sync(acme.bot)
    async with acme.bot.read() as session:
        gone = await session.scalar(select(func.count()).where(Person.deactivated_at.is_not(None)))
    assert gone == 0


def test_the_counts_add_up() -> None:
    assert Mirrored(new=1, departed=2) + Mirrored(changed=3, doubted=4) == Mirrored(1, 3, 0, 2, 4)
