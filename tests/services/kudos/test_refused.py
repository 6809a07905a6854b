"""What is refused, and the field it is said under."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Invalid, NotAllowed
from bot.models import Kudos, Person, PersonKind
from bot.services import kudos
from tests.conftest import NOW, PersonBuilder
from tests.services.kudos.builders import give


async def refusal(session: AsyncSession, giver: Person, *receivers: Person, **changes: Any) -> Invalid:
    with pytest.raises(Invalid) as refused:
        await give(session, giver, *receivers, **changes)
    assert await session.scalar(select(func.count(Kudos.id))) == 0
    return refused.value


async def test_one_cannot_thank_oneself(session: AsyncSession, ana: Person, ben: Person) -> None:
    refused = await refusal(session, ana, ben, ana)
    assert (refused.field, "cannot thank yourself" in refused.sentence) == ("who", True)


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"kind": PersonKind.BOT}, "an app"),
        ({"kind": PersonKind.GUEST}, "a guest"),
        ({"deactivated_at": NOW}, "no longer active"),
    ],
)
async def test_apps_guests_and_leavers_are_named_in_the_refusal(
    session: AsyncSession, ana: Person, a_person: PersonBuilder, values: dict[str, Any], word: str
) -> None:
    refused = await refusal(session, ana, await a_person("Odd One", **values))
    assert refused.field == "who" and f"Odd One ({word})" in refused.sentence


async def test_whoever_slack_has_not_introduced_is_refused(session: AsyncSession, ana: Person) -> None:
    refused = await refusal(session, ana, Person(slack_user_id="U0NOBODY"))
    assert "somebody I do not know yet" in refused.sentence


async def test_two_hundred_people_are_too_many(session: AsyncSession, ana: Person) -> None:
    crowd = [Person(slack_user_id=f"U{number}") for number in range(200)]
    refused = await refusal(session, ana, *crowd)
    assert refused.field == "who" and "10 people at most, and this one to 200" in refused.sentence


async def test_nobody_and_nothing_are_asked_for(session: AsyncSession, ana: Person, ben: Person) -> None:
    assert (await refusal(session, ana)).sentence == "Nobody is named here. Choose whom you thank."
    refused = await refusal(session, ana, ben, text="   ")
    assert (refused.field, "one sentence is enough" in refused.sentence) == ("text", True)


async def test_a_text_that_is_too_long_says_by_how_much(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    assert "this one has 2001" in (await refusal(session, ana, ben, text="x" * 2001)).sentence


async def test_a_value_retired_meanwhile_is_named(
    session: AsyncSession, ana: Person, ben: Person, hana: Person
) -> None:
    value = await kudos.VALUES.add(session, hana, name="Speed", meaning="", now=NOW)
    await kudos.VALUES.retire(session, hana, value.id, now=NOW)
    refused = await refusal(session, ana, ben, value_id=value.id)
    assert refused.field == "value" and "“Speed” has been retired meanwhile" in refused.sentence


async def test_the_same_words_within_a_minute_are_a_slip(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    await give(session, ana, ben)
    with pytest.raises(Invalid, match="You thanked Ben in these words a moment ago"):
        await give(session, ana, ben, now=NOW + timedelta(seconds=59))
    assert await give(session, ana, ben, now=NOW + timedelta(seconds=61))


async def test_what_was_undone_may_be_said_again_at_once(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    await kudos.take_back(session, ana, await give(session, ana, ben), now=NOW)
    assert await give(session, ana, ben)


async def test_a_guest_thanks_nobody(session: AsyncSession, ben: Person, a_person: PersonBuilder) -> None:
    with pytest.raises(NotAllowed, match="active colleagues"):
        await give(session, await a_person("Gus", kind=PersonKind.GUEST), ben)
