"""Home as a newcomer, an employee, a manager, HR, and a manager in HR find it."""

from bot.models.goals import Level, NewGoal
from bot.services import goals, people
from tests.routes.awards.builders import nominate
from tests.routes.kudos.builders import give
from tests.routes.steps import FRIDAY, a_channel, live_until, write
from tests.routes.words.conftest import Reads
from tests.routes.world import Clock, Company


async def test_home_of_newcomers(acme: Company, clock: Clock, reads: Reads) -> None:
    await live_until(acme, clock, FRIDAY)
    for role, name in (("employee", "Ana Silva"), ("manager", "Ben Okafor"), ("in HR", "Hana Ito")):
        reads(f"new, {role}", await acme.slack.person(name).open_home())


async def test_home_in_the_middle_of_the_week(acme: Company, clock: Clock, reads: Reads) -> None:
    await _what_has_happened(acme)
    ana, ben, hana = (acme.slack.person(name) for name in ("Ana Silva", "Ben Okafor", "Hana Ito"))
    await write(acme, "Pia Lund", "All of it")
    reads("before sharing", await ana.open_home())
    await write(acme, "Ana Silva", "The importer", stuck="The build is slow")
    reads("after sharing", await ana.open_home())
    reads("manager for whom things wait", await ben.open_home())
    await ben.home.press("Show all")
    reads("all that waits", ben.home)
    reads("HR", await hana.open_home())
    dee = acme.slack.person("Dee Park")
    async with acme.bot.work() as session:
        await people.grant_hr(session, await people.by_slack_id(session, dee.id), now=clock.now)
    reads("HR who is a manager", await dee.open_home())


async def _what_has_happened(acme: Company) -> None:
    """A goal of the company, goals that wait for Ben's word, thanks, and a nomination."""
    now = acme.bot.now()
    async with acme.bot.work() as session:
        ana, pia, hana = [
            await people.by_slack_id(session, acme.slack.person(name).id)
            for name in ("Ana Silva", "Pia Lund", "Hana Ito")
        ]
        await goals.create(session, hana, NewGoal("Grow in Portugal", level=Level.COMPANY), now=now)
        for person, title in ((ana, "Half the tickets"), (ana, "A faster build"), (pia, "A calmer pager")):
            await goals.create(session, person, NewGoal(title), now=now)
    a_channel(acme)
    ben, pia_lund = acme.slack.person("Ben Okafor"), acme.slack.person("Pia Lund")
    await give(
        ben, "Ana Silva", text="You kept the *importer* alive on Friday,\nand nobody noticed. Thank you."
    )
    await nominate(pia_lund, "Ana Silva")
    await ben.modal.close_all()
    await pia_lund.modal.close_all()
