"""Home of the whole house: quiet capabilities keep to one line, and a full one stays short for everybody."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass

import pytest

from bot.capabilities import CAPABILITIES, Capability, house
from bot.db import Database
from bot.handlers.home import Part, Visit
from bot.models.goals import Level, NewGoal
from bot.services import goals, nudges, people
from bot.views import kit
from bot.views.home import (
    MOST_BLOCKS,
    Fit,
    HomePart,
    HrEntry,
    HrGroup,
    Line,
    QuickAction,
    Urgency,
    WaitingLine,
)
from playground.blockkit import check_view
from playground.driver import Person as Somebody
from playground.server import Playground
from tests.conftest import StatementCount, settings
from tests.routes.steps import write
from tests.routes.world import Clock, Company, Hire, company

REPORTS = tuple(f"P{number} Report" for number in range(12))
HIRES = (
    Hire("Dee Park"),
    Hire("Ben Okafor", "Dee Park"),
    Hire("Hana Ito", "Dee Park", hr=True),
    Hire("Cem Kaya", "Dee Park", hr=True),
    *(Hire(name, "Cem Kaya") for name in REPORTS),
    Hire("Ana Silva", "Ben Okafor"),
)


def toy(number: int) -> Capability:
    """It has something to say in every zone, and more lines than fit."""
    name = f"toy{number}"

    async def part(visit: Visit) -> HomePart:
        lines = [Line(f"{name} {what}", kit.button(name, f"{name}.{what}")) for what in "abc"]
        return HomePart(
            waiting=[WaitingLine(f"{name} waits", kit.button("Go", name), urgency=Urgency.ASKED)] * 2,
            action=QuickAction(kit.button(name, name), Fit.NOW if number == 11 else Fit.ANY_TIME),
            team=lines,
            hr=[HrEntry(HrGroup.PEOPLE, kit.button(name, name))],
            mine=lines,
            company=Line("Another line for the company"),
            preference=Line(name, kit.button(name, f"{name}.preference")),
        )

    return Capability(name=name, home=part)


@dataclass
class Office:
    """A company that runs with twelve capabilities more than there are."""

    acme: Company
    clock: Clock

    def person(self, name: str) -> Somebody:
        return self.acme.slack.person(name)

    async def part(self, name: str, part: Part) -> HomePart:
        async with self.acme.bot.read() as session:
            me = await people.by_slack_id(session, self.person(name).id)
            is_hr = await people.is_hr(session, me)
            return await part(Visit(session, me, self.acme.bot.now(), self.acme.bot.packs, is_hr))

    def shown(self, name: str) -> Sequence[object]:
        view = self.acme.playground.team(self.acme.slack.workspace.team_id).views.home_of(
            self.person(name).id
        )
        assert view
        assert check_view(view.content) == []
        return view.blocks

    async def blocks(self, name: str) -> Sequence[object]:
        await self.person(name).open_home()
        return self.shown(name)


@pytest.fixture
async def office(database: Database, database_url: str, ack_seconds: float) -> AsyncIterator[Office]:
    clock = Clock()
    whole = house((*CAPABILITIES, *map(toy, range(12))))
    async with (
        Playground(
            clock=clock.seconds, sleep=clock.sleep, limited=False, ack_seconds=ack_seconds
        ) as playground,
        company(
            playground, database, settings(database_url), clock, name="Acme", hires=HIRES, whole=whole
        ) as acme,
    ):
        yield Office(acme, clock)


async def a_busy_quarter(office: Office) -> None:
    """The reports have goals to agree to, check-ins and obstacles; so has Cem, and the company has goals."""
    now = office.acme.bot.now()
    async with office.acme.bot.work() as session:
        cem = await people.by_slack_id(session, office.person("Cem Kaya").id)
        for report in await people.reports_of(session, cem, limit=20):
            await goals.create(session, report, NewGoal(f"Goal of {report.name}"), now=now)
        for number in range(8):
            await goals.create(session, cem, NewGoal(f"Goal {number}"), now=now)
            await goals.create(session, cem, NewGoal(f"Company {number}", level=Level.COMPANY), now=now)
    for name in REPORTS[:6]:
        await write(office.acme, name, "Fine", stuck="The build is slow")


@pytest.mark.parametrize("name", ["Ana Silva", "Ben Okafor", "Hana Ito"])
async def test_while_nothing_goes_on_a_capability_has_one_line_with_one_button(
    office: Office, name: str
) -> None:
    async with office.acme.bot.work() as session:
        hana = await people.by_slack_id(session, office.person("Hana Ito").id)
        await nudges.start(session, hana, now=office.acme.bot.now())
    for one in CAPABILITIES:
        if one.home is None:
            continue
        part = await office.part(name, one.home)
        lines = [*part.waiting, *part.mine, *([part.company] if part.company else [])]
        assert len(lines) <= 1, f"{one.name}: {[line.said for line in lines]}"
        assert len(part.team) <= (name == "Ben Okafor"), f"{one.name}: {part.team}"
        assert all("\n" not in line.said for line in (*lines, *part.team)), one.name


async def test_home_stays_short_for_a_busy_manager_in_hr_with_a_dozen_capabilities_more(
    office: Office,
) -> None:
    await a_busy_quarter(office)
    blocks = await office.blocks("Cem Kaya")
    assert len(blocks) == MOST_BLOCKS < 40
    text = office.person("Cem Kaya").home.text
    for number in range(12):
        assert f"[toy{number}]" in text, "each of them is one tap away"
    assert "HR\nPeople and rhythm\n" in text and "\nRecognition\n" in text and "\nGoals and cycles\n" in text


async def test_nobody_else_has_a_longer_home(office: Office) -> None:
    await a_busy_quarter(office)
    for name in ("Ana Silva", "Ben Okafor", "Hana Ito", "Dee Park"):
        assert len(await office.blocks(name)) < 40


async def test_the_row_of_quick_actions_has_the_five_that_fit_best(office: Office) -> None:
    await office.person("Ana Silva").open_home()
    assert "\n[New goal] [toy11] [Give kudos] [Nominate] [toy0]\n" in office.person("Ana Silva").home.text
    await write(office.acme, "Ana Silva", "Fine")
    await office.person("Ana Silva").open_home()
    first = "\n[Edit check-in] [New goal] [toy11] [Give kudos] [Nominate]\n"
    assert first in office.person("Ana Silva").home.text
    await office.person("Ana Silva").home.press("Edit check-in")
    assert office.person("Ana Silva").modal.title == "Edit your check-in"


async def test_what_waits_is_cut_and_one_tap_shows_all_of_it_and_the_way_back(office: Office) -> None:
    await a_busy_quarter(office)
    cem = office.person("Cem Kaya")
    home = await cem.open_home()
    assert "P3 Report" not in home.text and "And 34 more." in home.text
    await home.press("Show all")
    assert len(office.shown("Cem Kaya")) < 40
    assert "And 1 more." in cem.home.text
    await cem.home.press("Open", beside="P3 Report has something in the way")
    assert "The build is slow" in cem.modal.text
    await cem.modal.close_all()
    await cem.home.press("Back")
    assert "Pause and preferences" in cem.home.text


async def test_home_asks_the_database_a_few_times(
    office: Office, statements: Callable[[], StatementCount]
) -> None:
    """A new capability asks what it needs once; a query for each person or goal would be seen here."""
    await a_busy_quarter(office)
    for name, most in (("Ana Silva", 19), ("Cem Kaya", 29)):
        with statements() as counted:
            await house().front.home.publish(office.acme.bot, office.person(name).id)
        assert counted.total <= most, "\n".join(counted.statements)


async def test_home_keeps_up_with_what_is_shared_from_it_and_answered(office: Office) -> None:
    ana, ben = office.person("Ana Silva"), office.person("Ben Okafor")
    await (await ana.open_home()).press("Write")
    ana.modal.fill("What moved forward this week?", "Fine")
    ana.modal.fill("What matters most next week?", "Finish the importer")
    await ana.modal.submit()
    assert "[Edit check-in]" in ana.home.text and "[Write]" not in ana.home.text
    await (await ben.open_home()).press("Show all")
    await ben.home.press("Open", beside="Ana Silva shared a check-in")
    ben.modal.fill("Comment", "Well done")
    await ben.modal.submit()
    await ben.home.press("Show all")
    assert "toy0 waits" in ben.home.text
    assert "Ana Silva shared a check-in" not in ben.home.text
