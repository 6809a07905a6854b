"""How long the first round takes, before HR starts it."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.courier import Pace
from bot.db import insert_rows
from bot.errors import BotError
from bot.models import Person, PersonKind
from bot.services import nudges
from bot.services.notifications.pace import FAST, SLOW
from tests.cli.conftest import Rapport
from tests.cli.nudges.builders import Office
from tests.conftest import NOW


def test_before_the_start_one_sees_how_long_slack_makes_it_take(rapport: Rapport, office: Office) -> None:
    async def crowd(session: AsyncSession) -> None:
        people = [
            {"name": f"P{n}", "slack_user_id": f"U{n}", "kind": PersonKind.MEMBER, "title_from_csv": False}
            for n in range(14_400)
        ]
        for first in range(0, len(people), 1000):
            await insert_rows(session, Person, people[first : first + 1000])

    office.do(crowd)
    looked = rapport("nudges", "start").stdout.splitlines()
    assert looked == [
        "14,401 people: Slack's limits make the first round take 49 min to 4 h 01 min, within office hours.",
        "Nothing is started. To start: rapport nudges start --yes",
    ]
    assert office.do(nudges.started_at) is None
    assert rapport("nudges", "start", "--yes").stdout.splitlines() == [looked[0], "Started."]
    assert office.do(nudges.started_at) == NOW
    again = rapport("nudges", "start", "--yes").stdout
    assert again == "The weekly check-in has been running since 18 November 2026, 15:00 UTC.\n"
    assert office.do(nudges.started_at) == NOW


def test_one_person_is_asked_within_the_minute(rapport: Rapport, office: Office) -> None:
    (said, _) = rapport("nudges", "start").stdout.splitlines()
    assert said == "1 person: Slack's limits make the first round take 1 min, within office hours."


def test_with_nobody_to_ask_there_is_nothing_to_start(rapport: Rapport) -> None:
    with pytest.raises(BotError, match=r"nobody to ask yet\. Start the bot once"):
        rapport("nudges", "start", "--yes")


def test_the_estimate_is_that_of_the_couriers_own_pace() -> None:
    pace = Pace()
    assert (pace.rate, pace.ceiling) == (SLOW, FAST)
