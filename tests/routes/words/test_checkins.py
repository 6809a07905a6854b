"""The weekly check-in: being welcomed, asked, reminded, read and answered; silence and preferences."""

from datetime import timedelta

from tests.routes.steps import FRIDAY, MONDAY, THURSDAY, live_until, write
from tests.routes.words.conftest import Reads
from tests.routes.world import Clock, Company

MOVED, NEXT, STUCK = "What moved forward this week?", "What matters most next week?", "What is in your way?"


async def test_a_week_of_check_ins(acme: Company, clock: Clock, reads: Reads) -> None:
    ana, ben, pia = (acme.slack.person(name) for name in ("Ana Silva", "Ben Okafor", "Pia Lund"))
    await live_until(acme, clock, THURSDAY)
    reads("welcome", ana.dm.last)

    await live_until(acme, clock, FRIDAY)
    nudge = ana.dm.last
    reads("nudge", nudge)
    await nudge.choose_overflow("Why did I get this?")
    reads("why a nudge came", ana.modal)
    await ana.modal.close_all()
    await pia.dm.last.choose_overflow("Not this week")
    reads("nudge, not this week", pia.dm.last)
    await nudge.choose_overflow("Snooze 1 hour")
    reads("nudge, snoozed", nudge)
    await live_until(acme, clock, FRIDAY + timedelta(minutes=61))

    await ana.dm.last.press("Write check-in")
    reads("check-in form", ana.modal)
    ana.modal.fill(MOVED, "The importer works")
    ana.modal.fill(NEXT, "Ship it")
    ana.modal.fill(STUCK, "The build is slow")
    await ana.modal.press("Add more")
    reads("check-in form, all added", ana.modal)
    ana.modal.choose("How is your energy?", "4 Good")
    await ana.modal.submit()
    reads("check-in shared, with an obstacle", ana.modal)
    await ana.modal.close()
    await acme.delivered()
    reads("nudge, done", ana.dm.last)
    reads("several things in one message", ben.dm.last)
    await ben.dm.last.press("Open")
    reads("a report's check-in, with its comment form", ben.modal)
    await ben.modal.press("I'll take this on")
    ben.modal.fill("Comment", "Let us look at it together")
    await ben.modal.submit()
    await ben.modal.close_all()
    await acme.delivered()
    reads("check-in answered", ana.dm.last)

    await live_until(acme, clock, MONDAY)
    reads("reminder", acme.slack.person("Dee Park").dm.last)
    reads("digest of the team", ben.dm.last)
    await ben.command("/checkin team")
    reads("the team's week", ben.modal)
    await ana.command("/checkin history")
    reads("history", ana.modal)


async def test_a_teams_week_in_one_message(acme: Company, clock: Clock, reads: Reads) -> None:
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await write(acme, "Pia Lund", "All of it")
    await acme.delivered()
    team = ben.dm.last
    reads("team, one has shared", team)
    await team.choose_overflow("Why did I get this?")
    reads("why the team's week came", ben.modal)
    await ben.modal.close_all()
    await write(acme, "Ana Silva", "Some of it", stuck="The build is slow")
    await acme.delivered()
    reads("team, all have shared", team)
    obstacle = ben.dm.last
    reads("obstacle", obstacle)
    await obstacle.choose_overflow("Why did I get this?")
    reads("why an obstacle came", ben.modal)
    await ben.modal.close_all()
    await obstacle.press("Open")
    await ben.modal.press("I'll take this on")
    await acme.delivered()
    reads("obstacle, taken on", obstacle)
    await ben.modal.press("It is out of the way")
    await acme.delivered()
    reads("obstacle, out of the way", obstacle)
    await write(acme, "Ana Silva", "Some of it", stuck="-")
    await acme.delivered()
    reads("obstacle, taken back", obstacle)
    await ana.command("/checkin")
    ana.modal.fill(STUCK, "The build is slow")
    await ana.modal.submit()
    await ana.modal.close_all()
    await live_until(acme, clock, MONDAY + timedelta(hours=3))
    reads("team, the week has closed", team)


async def test_a_form_remembers_what_its_author_uses(acme: Company, clock: Clock, reads: Reads) -> None:
    pia = acme.slack.person("Pia Lund")
    await live_until(acme, clock, THURSDAY)
    await pia.command("/checkin")
    pia.modal.fill(MOVED, "   ")
    pia.modal.fill(NEXT, "Call the second customer")
    await pia.modal.submit()
    reads("check-in form, with an error", pia.modal)
    pia.modal.fill(MOVED, "Called the first customer")
    await pia.modal.press("Add more")
    pia.modal.choose("How is your workload?", "Right")
    await pia.modal.submit()
    reads("check-in shared", pia.modal)
    await pia.modal.press("Edit")
    reads("check-in form, to edit", pia.modal)
    await pia.modal.toggle("Only for Ben Okafor", beside=NEXT)
    await pia.modal.submit()
    reads("check-in edited", pia.modal)
    clock.move(weeks=1)
    await pia.command("/checkin")
    reads("check-in form, a week later", pia.modal)


async def test_silence_and_preferences(acme: Company, clock: Clock, reads: Reads) -> None:
    ana, hana = acme.slack.person("Ana Silva"), acme.slack.person("Hana Ito")
    await ana.command("/rapport help")
    reads("help", ana.ephemeral.last)
    await ana.command("/rapport preferences")
    reads("preferences", ana.modal)
    await ana.modal.close_all()
    await ana.command("/rapport pause")
    reads("pause form", ana.modal)
    await ana.modal.close_all()
    await ana.command("/rapport pause until Monday")
    reads("paused", ana.ephemeral.last)
    await ana.command("/rapport resume")
    reads("resumed", ana.ephemeral.last)
    home = await hana.open_home()
    for button in ("Department rhythms", "Absence signs", "Check-in settings"):
        await home.press(button)
        reads(button.lower(), hana.modal)
        await hana.modal.close_all()
