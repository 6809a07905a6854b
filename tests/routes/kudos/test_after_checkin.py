"""Who helped, told in a check-in, is thanked from there: with its writer's words, and never by itself."""

import pytest
from sqlalchemy import select

from bot.models import Checkin
from playground.faults import Faults
from tests.routes.forgery import Forged
from tests.routes.kudos.builders import given
from tests.routes.steps import a_channel
from tests.routes.world import Clock, Company

HELPED = "Who helped you this week?"
WORDS = "@Pia stayed until the import ran; the customer renewed on Friday."


@pytest.fixture
async def acme(acme: Company, clock: Clock) -> Company:
    clock.move(weeks=3)  # to a week that asks who helped
    return acme


async def write(company: Company, helped: str, *, locked: bool = False) -> None:
    ana = company.slack.person("Ana Silva")
    await ana.command("/checkin")
    ana.modal.fill("What moved forward this week?", "The importer")
    ana.modal.fill("What matters most next week?", "Ship it")
    if "Add more" in ana.modal.text:
        await ana.modal.press("Add more")
    ana.modal.fill(HELPED, helped)
    if locked:
        await ana.modal.toggle("Only for Ben Okafor", beside=HELPED)
    await ana.modal.submit()


async def test_the_end_of_a_check_in_suggests_to_thank_who_helped(acme: Company) -> None:
    a_channel(acme)
    ana, pia = acme.slack.person("Ana Silva"), acme.slack.person("Pia Lund")
    await write(acme, WORDS, locked=True)
    assert "Somebody helped you: do they know?" in ana.modal.text and "Pia" not in ana.modal.text
    await ana.modal.press("Give kudos")
    assert ana.modal.title == "Give kudos" and WORDS in ana.modal.text
    assert "Who sees this: only you and Pia Lund" in ana.modal.text
    await acme.delivered()
    assert await given(acme) == 0 and "thanks" not in pia.dm.text
    await ana.modal.change("Where shall I say it?", "thanks")
    assert "everybody in #thanks" in ana.modal.text and WORDS in ana.modal.text
    await ana.modal.submit()
    await acme.delivered()
    assert "Ana Silva thanks Pia Lund" in ana.channel("thanks").last.text
    assert WORDS in pia.dm.last.text


async def test_nothing_is_suggested_to_who_names_nobody_or_said_it_before(acme: Company) -> None:
    ana = acme.slack.person("Ana Silva")
    for helped in ("", "-"):
        await write(acme, helped)
        assert "do they know?" not in ana.modal.text
    await write(acme, WORDS)
    assert "do they know?" in ana.modal.text
    await write(acme, WORDS)
    assert "do they know?" not in ana.modal.text and await given(acme) == 0


async def test_the_form_has_the_words_as_they_stand_and_names_for_mentions(acme: Company) -> None:
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await write(acme, "Somebody")
    suggestion = ana.modal
    async with acme.bot.work() as session:  # changed in another window
        checkin = (await session.scalars(select(Checkin))).one()
        answer = checkin.answer("helped")
        assert answer is not None
        others = tuple(one for one in checkin.answers if one.key != "helped")
        text = f"<@{ben.id}> and @Ana Silva, of course: <!channel>"
        checkin.answers = (*others, type(answer)(answer.key, answer.question, text, answer.locked))
    await suggestion.press("Give kudos")
    assert "Ben Okafor and @Ana Silva, of course: <!channel>" in ana.modal.text
    assert "only you and Ben Okafor" in ana.modal.text  # oneself is not thanked


async def test_nobody_elses_words_come_out_by_a_forged_button(acme: Company) -> None:
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await write(acme, WORDS)
    await ana.modal.close()
    async with acme.bot.read() as session:
        checkin_id = await session.scalar(select(Checkin.id))
    home = await ben.open_home()
    acme.playground.ground.faults = Forged(actions__0__value=f'{{"checkin":{checkin_id}}}')
    await home.press("Give kudos")
    acme.playground.ground.faults = Faults()
    assert "not available to you" in ben.modal.text and WORDS not in ben.modal.text
