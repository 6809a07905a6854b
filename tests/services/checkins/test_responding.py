"""Comments, reactions and obstacles that somebody takes on."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from bot.models import Answer, CheckinComment, Person
from bot.services import checkins
from tests.conftest import NOW
from tests.services.checkins.builders import notifications, write


async def test_comments_reactions_and_obstacles_tell_the_author_once_a_day(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    answers = (Answer("moved", "?", "a"), Answer("stuck", "?", "the build"))
    entry = await write(session, ana, answers=answers)
    await checkins.comment(session, ben, entry.id, text="Well done", now=NOW)
    await checkins.react(session, ben, entry.id, emoji="tada", now=NOW)
    await checkins.react(session, ben, entry.id, emoji="tada", now=NOW)
    await checkins.take_obstacle_on(session, ben, entry.id, now=NOW)
    reading = await checkins.read(session, ana, entry.id)
    assert [(remark.author, remark.text) for remark in reading.comments] == [("Ben", "Well done")]
    assert (reading.reactions, reading.obstacle_owner) == (("tada",), "Ben")
    told = [("checkins.obstacle", ben.id), ("checkins.shared", ben.id), ("checkins.answered", ana.id)]
    assert await notifications(session) == told
    await checkins.clear_obstacle(session, ben, entry.id, now=NOW + timedelta(days=1))
    assert (await notifications(session))[-1] == ("checkins.answered", ana.id)
    assert len(await notifications(session)) == 4


async def test_the_author_may_answer_back_but_not_react_to_themself(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    entry = await write(session, ana, answers=(Answer("stuck", "?", "x"),))
    await checkins.comment(session, ana, entry.id, text="Thanks", now=NOW)
    assert (await notifications(session))[-1] == ("checkins.answered", ben.id)
    with pytest.raises(NotAllowed):
        await checkins.react(session, ana, entry.id, emoji="tada", now=NOW)
    with pytest.raises(NotAllowed):
        await checkins.take_obstacle_on(session, ana, entry.id, now=NOW)


async def test_bad_responses_are_refused_with_a_sentence(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    entry = await write(session, ana)
    with pytest.raises(Invalid):
        await checkins.comment(session, ben, entry.id, text="  ", now=NOW)
    with pytest.raises(Invalid):
        await checkins.comment(session, ben, entry.id, text="x" * 2001, now=NOW)
    with pytest.raises(Invalid):
        await checkins.react(session, ben, entry.id, emoji="pile_of_poo", now=NOW)
    with pytest.raises(NotFound):
        await checkins.take_obstacle_on(session, ben, entry.id, now=NOW)
    with pytest.raises(NotFound):
        await checkins.clear_obstacle(session, ben, entry.id, now=NOW)
    assert (await session.scalars(select(CheckinComment))).all() == []


async def test_an_obstacle_is_taken_on_once(session: AsyncSession, ana: Person, ben: Person) -> None:
    entry = await write(session, ana, answers=(Answer("stuck", "?", "x"),))
    await checkins.take_obstacle_on(session, ben, entry.id, now=NOW)
    with pytest.raises(AlreadyDone):
        await checkins.take_obstacle_on(session, ben, entry.id, now=NOW)
