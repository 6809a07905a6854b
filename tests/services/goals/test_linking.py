"""What is linked to a goal: messages, and what a check-in says comes next."""

from datetime import date

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from bot.models import Answer, Person
from bot.services import checkins, goals
from tests.conftest import NOW, PersonBuilder
from tests.services.goals.builders import set_goal

LINK = "https://acme.slack.com/archives/C1/p1700000000000100"


async def test_a_message_is_kept_as_a_link_once(
    session: AsyncSession, a_person: PersonBuilder, ana: Person, ben: Person
) -> None:
    goal_id = await set_goal(session, ana)
    await goals.add_evidence(session, ana, goal_id, permalink=LINK, now=NOW)
    with pytest.raises(AlreadyDone):
        await goals.add_evidence(session, ana, goal_id, permalink=LINK, now=NOW)
    with pytest.raises(Invalid):
        await goals.add_evidence(session, ana, goal_id, permalink="javascript:alert(1)", now=NOW)
    with pytest.raises(NotAllowed):
        await goals.add_evidence(session, ben, goal_id, permalink=LINK, now=NOW)
    (kept,) = (await goals.read(session, ben, goal_id, now=NOW)).evidence
    assert (kept.permalink, kept.added_by, kept.added_at) == (LINK, "Ana", NOW)


async def test_what_matters_next_serves_a_goal(session: AsyncSession, ana: Person, ben: Person) -> None:
    goal_id = await set_goal(session, ana)
    answers = (Answer("next", "What next?", "Call them"),)
    checkin_id = await checkins.submit(
        session, ana, week=date(2026, 11, 16), answers=answers, energy=None, load=None, now=NOW
    )
    await goals.serve(session, ana, checkin_id=checkin_id, goal_id=goal_id)
    await goals.serve(session, ana, checkin_id=checkin_id, goal_id=goal_id)
    assert await goals.served(session, checkin_id) == goal_id
    with pytest.raises(NotFound):
        await goals.serve(session, ben, checkin_id=checkin_id, goal_id=goal_id)
    await goals.serve(session, ana, checkin_id=checkin_id, goal_id=None)
    assert await goals.served(session, checkin_id) is None
