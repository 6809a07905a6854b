"""The same thing done twice: at once, in a second window, on an old message. One effect, and a calm answer."""

import asyncio

import pytest
from sqlalchemy import func, select

from bot.db import Scoped
from bot.models import Checkin, CheckinComment, CheckinReaction, TakenObstacle
from playground.delivery.reply import Delivery
from tests.routes.forgery import deliver, last
from tests.routes.snapshot import snapshot
from tests.routes.steps import write
from tests.routes.world import Clock, Company


@pytest.fixture
async def acme(acme: Company) -> Company:
    """Ana has written, with an obstacle, and Ben has her check-in open."""
    await write(acme, "Ana Silva", "Fine", stuck="The build is slow")
    await acme.delivered()
    await acme.slack.person("Ben Okafor").dm.last.press("Open")
    return acme


async def count(company: Company, model: type[Scoped]) -> int:
    async with company.bot.read() as session:
        return await session.scalar(select(func.count()).select_from(model)) or 0


async def test_a_comment_sent_twice_at_once_stands_there_once(acme: Company) -> None:
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    ben.modal.fill("Comment", "Well done")
    await ben.modal.submit(times=3)
    ben.modal.fill("Comment", "")
    assert ben.modal.text.count("Well done") == 1
    await acme.delivered()
    assert (len(ana.dm), await count(acme, CheckinComment)) == (1, 1)
    assert ben.notices == []


async def test_the_same_words_again_later_are_a_second_comment(acme: Company) -> None:
    ben = acme.slack.person("Ben Okafor")
    for _ in range(2):
        ben.modal.fill("Comment", "Well done")
        await ben.modal.submit()
    assert await count(acme, CheckinComment) == 2


async def test_reacting_twice_leaves_one_reaction(acme: Company) -> None:
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await ben.modal.press(":tada:", times=3)
    await ben.modal.press(":tada:")
    await acme.delivered()
    assert (len(ana.dm), await count(acme, CheckinReaction)) == (1, 1)
    assert ben.notices == []


async def test_taking_an_obstacle_on_from_two_windows_counts_once_and_both_show_it(acme: Company) -> None:
    """Desktop and phone: the second still shows the button when the first has been pressed."""
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await ben.modal.press("I'll take this on", times=2)
    assert "You took this on" in ben.modal.text
    await deliver(acme, last(acme, "interactive", type="block_actions"))
    assert ben.modal.title == "Check-in"
    assert "You took this on" in ben.modal.text
    await acme.delivered()
    assert (len(ana.dm), await count(acme, TakenObstacle)) == (1, 1)
    assert ben.notices == []


async def test_an_obstacle_is_out_of_the_way_once(acme: Company) -> None:
    ben = acme.slack.person("Ben Okafor")
    await ben.modal.press("I'll take this on")
    await ben.modal.press("It is out of the way", times=2)
    assert "Ben Okafor got this out of the way" in ben.modal.text
    assert ben.notices == []


async def test_a_button_pressed_twice_opens_one_window(acme: Company) -> None:
    ben = acme.slack.person("Ben Okafor")
    await ben.modal.close_all()
    await ben.dm.last.press("Open", times=2)
    assert ben.modal.title == "Check-in"
    await ben.modal.close()
    assert not ben.has_modal
    assert ben.notices == []


async def test_an_obstacle_that_was_edited_away_can_no_longer_be_taken_on(acme: Company) -> None:
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await ana.command("/checkin")
    ana.modal.fill("What is in your way?", "")
    await ana.modal.submit()
    await ben.modal.press("I'll take this on")
    assert "There is no obstacle in this check-in any more" in ben.modal.text
    assert await count(acme, TakenObstacle) == 0


async def test_an_old_message_still_opens_what_the_author_made_of_it(acme: Company, clock: Clock) -> None:
    ben = acme.slack.person("Ben Okafor")
    await ben.modal.close_all()
    clock.move(weeks=8)
    await ben.dm.messages[0].press("Open")
    assert "The build is slow" in ben.modal.text
    assert ben.notices == []


async def test_a_button_of_an_older_version_says_so(acme: Company) -> None:
    ben = acme.slack.person("Ben Okafor")
    await ben.modal.close_all()
    pressed = last(acme, "interactive", type="block_actions")
    await deliver(acme, pressed.changed(actions__0__action_id="checkins.applaud"))
    assert "older version" in ben.modal.text


async def test_a_form_delivered_again_word_by_word_is_saved_once(acme: Company, clock: Clock) -> None:
    """Another process of the bot, or one that was restarted, does not know the signature; the inbox does."""
    before = await snapshot(acme)
    submitted = last(acme, "interactive", type="view_submission")
    clock.move(seconds=1)
    team = acme.playground.team(acme.slack.workspace.team_id)
    replies = await asyncio.gather(
        *(team.post.send(Delivery("interactive", submitted.payload)) for _ in range(2))
    )
    (ending,) = {reply.body for reply in replies if reply.taken}
    assert "Shared with Ben Okafor." in ending
    assert await snapshot(acme) == before
    assert await count(acme, Checkin) == 1
