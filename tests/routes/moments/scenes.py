"""How each kind of message comes to stand in a conversation, and how its moment then ends.

A kind whose messages have buttons needs scenes here; `test_every_kind.py` asks for those of each kind there is.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import update

from bot.models import Person
from bot.services import goals
from bot.timetable import in_one_transaction
from playground.driver.conversation import SeenMessage
from tests.routes.awards.builders import decide, nominate
from tests.routes.goals.builders import agreed_goal, set_goal
from tests.routes.goals.builders import update as update_goal
from tests.routes.steps import FRIDAY, MONDAY, THURSDAY, a_channel, live_until, write
from tests.routes.test_anniversaries import began
from tests.routes.test_anniversaries import plan as plan_anniversaries
from tests.routes.world import Clock, Company

Deed = Callable[[Company, Clock], Awaitable[None]]
Comes = Callable[[Company, Clock], Awaitable[SeenMessage]]


@dataclass(frozen=True)
class Scene:
    """`comes` brings the message, `ends` ends its moment, and `line` is what then stands below it."""

    what: str
    comes: Comes
    ends: Deed
    line: str


def last_of(company: Company, name: str) -> SeenMessage:
    return company.slack.person(name).dm.last


async def leaves(company: Company, name: str) -> None:
    async with company.bot.work() as session:
        left = update(Person).where(Person.name == name).values(deactivated_at=company.bot.now())
        await session.execute(left)


def left(name: str) -> Deed:
    async def deed(company: Company, clock: Clock) -> None:
        await leaves(company, name)

    return deed


def press(name: str, button: str) -> Deed:
    async def deed(company: Company, clock: Clock) -> None:
        await last_of(company, name).press(button)

    return deed


def later(then: datetime) -> Deed:
    async def deed(company: Company, clock: Clock) -> None:
        clock.now = then

    return deed


# Check-ins


async def team_shared(company: Company, clock: Clock) -> SeenMessage:
    await write(company, "Pia Lund", "All of it")
    await company.delivered()
    return last_of(company, "Ben Okafor")


async def obstacle(company: Company, clock: Clock) -> SeenMessage:
    await team_shared(company, clock)
    await write(company, "Ana Silva", "The importer works", stuck="The build is slow")
    await company.delivered()
    return last_of(company, "Ben Okafor")


async def asks_for_help(company: Company, clock: Clock) -> SeenMessage:
    await team_shared(company, clock)
    ana = company.slack.person("Ana Silva")
    await ana.command("/checkin")
    ana.modal.fill("What moved forward this week?", "The importer works")
    ana.modal.fill("What matters most next week?", "Ship it")
    await ana.modal.press("Add more")
    ana.modal.choose("What would help from your manager?", "Time to talk")
    await ana.modal.submit()
    await company.delivered()
    return last_of(company, "Ben Okafor")


async def takes_it_back(company: Company, clock: Clock) -> None:
    await write(company, "Ana Silva", "The importer works", stuck="-")


async def _opens_her_checkin(company: Company) -> None:
    ben = company.slack.person("Ben Okafor")
    await ben.command("/checkin team")
    await ben.modal.press("Open", beside="Ana Silva")


async def takes_it_on(company: Company, clock: Clock) -> None:
    await _opens_her_checkin(company)
    await company.slack.person("Ben Okafor").modal.press("I'll take this on")


async def comments(company: Company, clock: Clock) -> None:
    await _opens_her_checkin(company)
    ben = company.slack.person("Ben Okafor")
    ben.modal.fill("Comment", "Let us look at it together")
    await ben.modal.submit()


async def reacts(company: Company, clock: Clock) -> None:
    await _opens_her_checkin(company)
    await company.slack.person("Ben Okafor").modal.press(":tada:")


async def checkin_answered(company: Company, clock: Clock) -> SeenMessage:
    await obstacle(company, clock)
    await comments(company, clock)
    await company.delivered()
    return last_of(company, "Ana Silva")


async def asked(company: Company, clock: Clock) -> SeenMessage:
    await live_until(company, clock, FRIDAY)
    return last_of(company, "Ana Silva")


async def reminded(company: Company, clock: Clock) -> SeenMessage:
    await live_until(company, clock, MONDAY)
    return last_of(company, "Pia Lund")


async def digested(company: Company, clock: Clock) -> SeenMessage:
    await live_until(company, clock, FRIDAY)
    for name in ("Ben Okafor", "Ana Silva", "Pia Lund"):
        await write(company, name, "The importer works")
    await live_until(company, clock, MONDAY)
    return last_of(company, "Ben Okafor")


async def welcomed(company: Company, clock: Clock) -> SeenMessage:
    await live_until(company, clock, THURSDAY)
    return last_of(company, "Ana Silva")


async def writes(company: Company, clock: Clock) -> None:
    await write(company, "Ana Silva", "The importer works")


# Goals


async def goal_proposed(company: Company, clock: Clock) -> SeenMessage:
    await set_goal(company, "Ana Silva")
    await company.delivered()
    return last_of(company, "Ben Okafor")


async def agrees_from_the_list(company: Company, clock: Clock) -> None:
    ben = company.slack.person("Ben Okafor")
    await ben.command("/goals team")
    await ben.modal.press("Open")
    await ben.modal.press("Looks good")


async def goal_answered(company: Company, clock: Clock) -> SeenMessage:
    await goal_proposed(company, clock)
    await agrees_from_the_list(company, clock)
    await company.delivered()
    return last_of(company, "Ana Silva")


async def goal_off_track(company: Company, clock: Clock) -> SeenMessage:
    await agreed_goal(company)
    clock.move(days=1)
    await update_goal(company, "Ana Silva", "34", "Off track", note="The vendor left")
    await company.delivered()
    return last_of(company, "Ben Okafor")


async def back_on_track(company: Company, clock: Clock) -> None:
    await update_goal(company, "Ana Silva", "30", "On track")


async def period_over(company: Company, clock: Clock) -> SeenMessage:
    await agreed_goal(company)
    clock.now = datetime(2027, 1, 4, 10, 0, tzinfo=UTC)
    await in_one_transaction(goals.plan_closings)(company.bot)
    await company.delivered()
    return last_of(company, "Ana Silva")


async def closes_from_the_list(company: Company, clock: Clock) -> None:
    ana = company.slack.person("Ana Silva")
    await ana.command("/goals")
    await ana.modal.press("Open")
    await ana.modal.press("Finish goal")
    ana.modal.choose("Which score do you propose?", "40 %")
    ana.modal.fill("What came of it?", "Half way; the vendor cost us a month")
    await ana.modal.submit()
    await ana.modal.close_all()


async def goal_closed(company: Company, clock: Clock) -> SeenMessage:
    await period_over(company, clock)
    await closes_from_the_list(company, clock)
    await company.delivered()
    return last_of(company, "Ben Okafor")


async def confirms(company: Company, clock: Clock) -> None:
    ben = company.slack.person("Ben Okafor")
    await ben.dm.last.press("Confirm")
    await ben.modal.submit()


# Awards, kudos, anniversaries


async def awards_waiting(company: Company, clock: Clock) -> SeenMessage:
    await nominate(company.slack.person("Ana Silva"), "Ben Okafor")
    await company.delivered()
    return last_of(company, "Hana Ito")


async def hr_decides(company: Company, clock: Clock) -> None:
    await decide(company.slack.person("Hana Ito"))


async def award_decided(company: Company, clock: Clock) -> SeenMessage:
    await awards_waiting(company, clock)
    await hr_decides(company, clock)
    await company.delivered()
    return last_of(company, "Ana Silva")


async def anniversary_coming(company: Company, clock: Clock) -> SeenMessage:
    await began(company, "Ana Silva", date(2023, 12, 2))
    await plan_anniversaries(company)
    clock.move(hours=24)
    await company.delivered()
    return last_of(company, "Ben Okafor")


async def _thanks(company: Company) -> None:
    ana = company.slack.person("Ana Silva")
    a_channel(company)
    await ana.command("/kudos @Ben Okafor for the calm release on Friday night", channel="thanks")
    await ana.ephemeral.last.press("Send kudos")
    await company.delivered()


async def kudos_posted(company: Company, clock: Clock) -> SeenMessage:
    await _thanks(company)
    return company.slack.person("Ana Silva").channel("thanks").last


async def kudos_received(company: Company, clock: Clock) -> SeenMessage:
    await _thanks(company)
    return last_of(company, "Ben Okafor")


async def takes_thanks_back(company: Company, clock: Clock) -> None:
    ana = company.slack.person("Ana Silva")
    await ana.channel("thanks").last.choose_overflow("Take it back")
    await ana.modal.submit()


async def kudos_removed(company: Company, clock: Clock) -> SeenMessage:
    await _thanks(company)
    hana = company.slack.person("Hana Ito")
    await hana.channel("thanks").last.choose_overflow("Remove it (HR admins)")
    hana.modal.fill("Why?", "It names a customer")
    await hana.modal.submit()
    await company.delivered()
    return last_of(company, "Ana Silva")


async def thanks_again(company: Company, clock: Clock) -> None:
    clock.move(minutes=5)
    ana = company.slack.person("Ana Silva")
    await ana.command("/kudos @Ben Okafor for the calm release last Friday", channel="thanks")
    await ana.ephemeral.last.press("Send kudos")


async def post_refused(company: Company, clock: Clock) -> SeenMessage:
    room = a_channel(company, kind="private_channel")
    ana = company.slack.person("Ana Silva")
    await ana.command("/kudos @Ben Okafor for the calm release on Friday night", channel="thanks")
    await ana.ephemeral.last.press("Send kudos")
    room.members.pop()
    await company.delivered()
    return last_of(company, "Ana Silva")


async def takes_back_from_the_list(company: Company, clock: Clock) -> None:
    ana = company.slack.person("Ana Silva")
    await ana.ephemeral.last.press("Undo")


ANA_LEFT = "Ana Silva left; nothing waits here any more."
CLOSED_WEEK = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
NEXT_MONDAY = MONDAY + timedelta(days=7)
SCENES: dict[str, tuple[Scene, ...]] = {
    "checkins.shared": (
        Scene("week closed", team_shared, later(CLOSED_WEEK), "Week of 16 November closed: 1 of 2 shared."),
    ),
    "checkins.obstacle": (
        Scene("taken on from a page", obstacle, takes_it_on, "You took this on, 15:00."),
        Scene("taken back", obstacle, takes_it_back, "Ana Silva took this back, 15:00."),
        Scene("author left", obstacle, left("Ana Silva"), ANA_LEFT),
        Scene("commented", asks_for_help, comments, "You answered this, 15:00."),
        Scene("reacted", asks_for_help, reacts, "You answered this, 15:00."),
    ),
    "checkins.answered": (
        Scene("opened", checkin_answered, press("Ana Silva", "Open"), "You opened this, 15:00."),
    ),
    "checkins.nudge": (
        Scene("shared by command", asked, writes, "You shared this, 16:35."),
        Scene("week closed", asked, later(CLOSED_WEEK), "The week closed before this was answered."),
    ),
    "checkins.reminder": (
        Scene("week closed", reminded, later(CLOSED_WEEK), "The week closed before this was answered."),
    ),
    "checkins.digest": (
        Scene("opened", digested, press("Ben Okafor", "Open my team"), "You opened this, 09:35."),
        Scene("week closed", digested, later(NEXT_MONDAY), "A newer digest has come."),
    ),
    "welcome": (Scene("shared", welcomed, writes, "You shared a first check-in, 12:00."),),
    "goals.proposed": (
        Scene("agreed from a page", goal_proposed, agrees_from_the_list, "You agreed to this, 15:00."),
        Scene("owner left", goal_proposed, left("Ana Silva"), ANA_LEFT),
    ),
    "goals.answered": (
        Scene("opened", goal_answered, press("Ana Silva", "Open"), "You opened this, 15:00."),
    ),
    "goals.off_track": (
        Scene("opened", goal_off_track, press("Ben Okafor", "Open"), "You opened this, 15:00."),
        Scene("on track again", goal_off_track, back_on_track, "The goal is on track again."),
        Scene("owner left", goal_off_track, left("Ana Silva"), ANA_LEFT),
    ),
    "goals.closed": (
        Scene("confirmed", goal_closed, confirms, "You confirmed this, 10:00."),
        Scene("owner left", goal_closed, left("Ana Silva"), ANA_LEFT),
    ),
    "goals.period_ended": (
        Scene("all closed", period_over, closes_from_the_list, "You closed what was left, 10:00."),
    ),
    "awards.waiting": (
        Scene("decided", awards_waiting, hr_decides, "Nothing waits for a decision any more."),
    ),
    "awards.decided": (
        Scene("opened", award_decided, press("Ana Silva", "Open"), "You opened this, 15:00."),
    ),
    "anniversaries.coming": (
        Scene("left", anniversary_coming, left("Ana Silva"), ANA_LEFT),
        Scene(
            "passed",
            anniversary_coming,
            later(datetime(2026, 12, 4, 9, tzinfo=UTC)),
            "That day has passed.",
        ),
    ),
    "kudos.posted": (Scene("taken back", kudos_posted, takes_thanks_back, "A thank-you was"),),
    "kudos.received": (Scene("taken back", kudos_received, takes_thanks_back, "A thank-you was"),),
    "kudos.removed": (Scene("given anew", kudos_removed, thanks_again, "You gave kudos anew, 15:05."),),
    "posts.refused": (Scene("undone", post_refused, takes_back_from_the_list, "was taken back"),),
}
