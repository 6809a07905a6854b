"""Steps that several stories take: a check-in, a channel, time that passes."""

from datetime import UTC, datetime, timedelta

from bot.handlers.nudges.jobs import plan_nudges
from bot.services import notifications
from playground.driver.person import Person
from playground.workspace import Channel
from tests.routes.world import Clock, Company

THURSDAY = datetime(2026, 11, 19, 12, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 20, 16, 35, tzinfo=UTC)  # everybody here is asked between 16:00 and 16:30
MONDAY = datetime(2026, 11, 23, 9, 35, tzinfo=UTC)
LOOK_AHEAD = timedelta(hours=12)
A_MOMENT = timedelta(minutes=5)


async def write(company: Company, name: str, moved: str, *, stuck: str = "") -> None:
    person = company.slack.person(name)
    await person.command("/checkin")
    person.modal.fill("What moved forward this week?", moved)
    person.modal.fill("What matters most next week?", "Finish the importer")
    if stuck:
        person.modal.fill("What is in your way?", stuck)
    await person.modal.submit()
    await person.modal.close_all()


async def open_check_in(reader: Person) -> None:
    """From the message about the team's week, through the team's page, to the first check-in in it."""
    await reader.dm.last.press("Open my team")
    await reader.modal.press("Open")


def a_channel(company: Company, name: str = "thanks", *, with_bot: bool = True, **fields: object) -> Channel:
    """With everybody in it."""
    workspace = company.slack.workspace
    members = [one.id for one in workspace.members.values() if one.is_person]
    bot = company.playground.team(workspace.team_id).installed.bot.id
    return workspace.open_channel(name, members=[*members, *([bot] if with_bot else [])], **fields)


def not_granted(company: Company, scope: str) -> None:
    """The company has installed the app without this scope."""
    installed = company.playground.team(company.bot.workspace_id).installed
    installed.scopes -= {scope}


async def live_until(company: Company, clock: Clock, then: datetime) -> None:
    """Time passes from one thing that is due to the next, with a look ahead twice a day."""
    planned_at = clock.now - LOOK_AHEAD
    while True:
        if clock.now - planned_at >= LOOK_AHEAD:
            await plan_nudges(company.bot)
            planned_at = clock.now
        await company.delivered()
        if clock.now >= then:
            return
        async with company.bot.read() as session:
            due = await notifications.next_due(session)
        step = due - clock.now if due else LOOK_AHEAD
        clock.now = min(then, planned_at + LOOK_AHEAD, clock.now + max(step, A_MOMENT))


def texts(company: Company, name: str) -> list[str]:
    return [message.text for message in company.slack.person(name).dm.messages]
