"""What is pressed under an unasked message is saved first; Slack's mood decides only how soon it shows."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot import clock as calendar
from bot.db import Database
from bot.handlers.notifications import comes_back
from bot.handlers.nudges.jobs import plan_nudges
from bot.models import Notification, NotificationState, Person
from bot.services import nudges
from bot.views.notifications import MenuItem
from playground.faults import Faults
from playground.server import Playground
from playground.web_api.call import Answer, Request
from tests.conftest import settings
from tests.routes.world import Clock, Company, company


class Refusing(Faults):
    """Slack refuses some methods, until told otherwise."""

    def __init__(self) -> None:
        self.methods: set[str] = set()

    async def before_call(self, request: Request) -> Answer | None:
        return Answer({"ok": False, "error": "internal_error"}) if request.method in self.methods else None


@pytest.fixture
def faults() -> Refusing:
    return Refusing()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def acme(
    database: Database, database_url: str, clock: Clock, faults: Refusing, ack_seconds: float
) -> AsyncIterator[Company]:
    async with (
        Playground(
            clock=clock.seconds, sleep=clock.sleep, limited=False, faults=faults, ack_seconds=ack_seconds
        ) as playground,
        company(playground, database, settings(database_url), clock, name="Acme") as running,
    ):
        yield running


async def test_a_snooze_holds_though_slack_does_not_show_it_at_once(
    acme: Company, clock: Clock, faults: Refusing
) -> None:
    """On a Friday afternoon; the courier catches up as soon as Slack lets it."""
    ana = acme.slack.person("Ana Silva")
    for moment in ("18T15:00", "18T15:40", "20T16:00", "20T16:40"):
        clock.now = datetime.fromisoformat(f"2026-11-{moment}:00+00:00")
        await plan_nudges(acme.bot)
        await acme.delivered()
    nudge = ana.dm.last
    faults.methods = {"chat.update"}
    await nudge.choose_overflow("Snooze 1 hour")
    assert not ana.has_modal
    assert "How was your week?" in nudge.text
    async with acme.bot.read() as session:
        saved = await session.scalar(
            select(Notification)
            .join(Person, Person.id == Notification.person_id)
            .where(Person.name == "Ana Silva", Notification.kind == nudges.NUDGE.name)
        )
    assert saved is not None
    assert (saved.state, saved.reason) == (NotificationState.PLANNED, "snoozed")
    faults.methods = set()
    clock.move(minutes=2)
    await acme.delivered()
    assert "Snoozed until today 17:40" in nudge.text


async def test_a_pause_is_saved_though_home_cannot_be_shown(acme: Company, faults: Refusing) -> None:
    ana = acme.slack.person("Ana Silva")
    faults.methods = {"views.publish"}
    await ana.command("/rapport pause until Monday")
    assert "I pause you until Monday 23 November" in ana.ephemeral.last.text
    faults.methods = set()
    assert "You are paused until Monday 23 November" in (await ana.open_home()).text


@pytest.mark.parametrize(
    ("wish", "pressed", "back"),
    [
        (MenuItem.HOUR, "2026-11-18T10:15:42", "2026-11-18T11:15:00"),
        (MenuItem.HOUR, "2026-11-18T17:30:00", "2026-11-19T08:00:00"),
        (MenuItem.HOUR, "2026-11-20T17:30:00", "2026-11-23T08:00:00"),
        (MenuItem.MORNING, "2026-11-18T10:15:42", "2026-11-19T09:00:00"),
        (MenuItem.MORNING, "2026-11-20T10:15:42", "2026-11-23T09:00:00"),
        (MenuItem.MORNING, "2026-11-30T10:15:42", "2026-12-02T09:00:00"),
        (MenuItem.MONDAY, "2026-11-18T10:15:42", "2026-11-23T09:00:00"),
        (MenuItem.MONDAY, "2026-11-23T10:15:42", "2026-11-30T09:00:00"),
        (MenuItem.MONDAY, "2026-12-05T10:15:42", "2026-12-07T09:00:00"),
    ],
)
def test_what_was_snoozed_comes_back_on_a_working_day_at_a_waking_hour(
    wish: MenuItem, pressed: str, back: str
) -> None:
    """In Lisbon, where 1 December is a holiday."""
    ana = Person(name="Ana", timezone="Europe/Lisbon", country="PT")
    now = datetime.fromisoformat(f"{pressed}+00:00")
    until = comes_back(wish, ana, now)
    assert until.isoformat() == f"{back}+00:00"
    assert calendar.is_open(until, ana.timezone, ana.country)
    assert until - now > timedelta(minutes=59)
