"""Slack refuses, is busy, breaks or hangs: a calm sentence where there is a place for one, else Slack's own sign."""

import pytest

from playground.delivery.reply import Delivery, Reply
from playground.faults import Faults
from tests.routes.kudos.builders import LONG
from tests.routes.steps import a_channel, open_check_in, write
from tests.routes.trouble import BROKEN, BUSY, EXPIRED, SLACK_SECONDS, Unwell, UsedUp
from tests.routes.world import Company

WINDOWS = ("views.open", "views.push", "views.update")
SAID = {
    "expired": (EXPIRED, "took too long for Slack. Please try once more"),
    "busy": (BUSY, "Slack is busy right now"),
    "broken": (BROKEN, "Slack did not confirm that"),
    "hanging": (None, "Slack did not confirm that"),
}
refusals = pytest.mark.parametrize("refusal", SAID)
only_http = pytest.mark.parametrize("mode", ["http"], indirect=True)
only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def ack_seconds() -> float:
    return SLACK_SECONDS


class LostAnswers(Faults):
    """The bot has done what it was asked; Slack never hears of it."""

    async def after_delivery(self, delivery: Delivery, reply: Reply) -> Reply:
        return Reply(problem="http_timeout")


class Late(Faults):
    """The bot answers when Slack has long given up."""

    async def before_delivery(self, delivery: Delivery) -> Reply | None:
        return Reply(problem="http_timeout")


@only_sqlite
@refusals
async def test_a_command_that_could_not_open_its_window_says_why(acme: Company, refusal: str) -> None:
    answer, said = SAID[refusal]
    acme.playground.ground.faults = Unwell(answer, *WINDOWS)
    ana = acme.slack.person("Ana Silva")
    await ana.command("/checkin")
    acme.playground.ground.faults = Faults()
    assert said in ana.ephemeral.last.text
    assert ana.notices == []
    await ana.command("/checkin")
    assert ana.modal.title == "Your check-in"


@only_sqlite
@only_http
@refusals
async def test_a_button_in_a_message_says_it_privately_beside_it(acme: Company, refusal: str) -> None:
    answer, said = SAID[refusal]
    await write(acme, "Ana Silva", "Fine")
    await acme.delivered()
    ben = acme.slack.person("Ben Okafor")
    acme.playground.ground.faults = Unwell(answer, *WINDOWS)
    await ben.dm.last.press("Open")
    acme.playground.ground.faults = Faults()
    assert said in ben.ephemeral.last.text
    assert "1 of 2 shared" in ben.dm.last.text
    assert ben.notices == []


@only_sqlite
@only_http
@refusals
async def test_a_button_on_home_shows_slacks_own_sign_because_there_is_no_other_place(
    acme: Company, refusal: str
) -> None:
    answer, _ = SAID[refusal]
    ana = acme.slack.person("Ana Silva")
    home = await ana.open_home()
    acme.playground.ground.faults = Unwell(answer, *WINDOWS)
    await home.press("Write")
    acme.playground.ground.faults = Faults()
    assert ana.notices == ["Something went wrong. Please try again."]
    await home.press("Write")
    assert ana.modal.title == "Your check-in"


@only_sqlite
@only_http
@pytest.mark.parametrize("refusal", ["busy", "broken"])
async def test_what_a_button_saved_stays_saved_when_its_window_cannot_be_refreshed(
    acme: Company, refusal: str
) -> None:
    answer, _ = SAID[refusal]
    await write(acme, "Ana Silva", "Fine", stuck="The build is slow")
    await acme.delivered()
    ben = acme.slack.person("Ben Okafor")
    await ben.dm.last.press("Open")
    acme.playground.ground.faults = Unwell(answer, *WINDOWS)
    await ben.modal.press("I'll take this on")
    assert "I'll take this on" in ben.modal.text
    acme.playground.ground.faults = Faults()
    await ben.modal.press("I'll take this on")
    assert "You took this on" in ben.modal.text
    await acme.delivered()
    assert len(acme.slack.person("Ana Silva").dm) == 1


async def test_a_correction_after_a_lost_answer_is_what_gets_saved(acme: Company) -> None:
    """Slack shows trouble although it was saved; the person changes a word and submits again."""
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await ana.command("/checkin")
    ana.modal.fill("What moved forward this week?", "First words")
    ana.modal.fill("What matters most next week?", "Ship it")
    acme.playground.ground.faults = LostAnswers()
    await ana.modal.submit()
    assert ana.notices == ["We had some trouble connecting. Try again?"]
    acme.playground.ground.faults = Faults()
    ana.modal.fill("What moved forward this week?", "Second thoughts")
    await ana.modal.submit()
    assert ana.modal.title == "Changes saved"
    await acme.delivered()
    await open_check_in(ben)
    assert "Second thoughts" in ben.modal.text
    assert len(ben.dm) == 1


async def test_a_comment_whose_answer_got_lost_is_there_once_after_the_second_try(acme: Company) -> None:
    await write(acme, "Ana Silva", "Fine")
    await acme.delivered()
    ben = acme.slack.person("Ben Okafor")
    await open_check_in(ben)
    ben.modal.fill("Comment", "Well done")
    acme.playground.ground.faults = LostAnswers()
    await ben.modal.submit()
    acme.playground.ground.faults = Faults()
    await ben.modal.submit()
    ben.modal.fill("Comment", "")
    assert ben.modal.text.count("Well done") == 1


@only_sqlite
@only_http
async def test_a_bot_that_answers_too_late_shows_what_slack_shows(acme: Company) -> None:
    ana = acme.slack.person("Ana Silva")
    acme.playground.ground.faults = Late()
    await ana.command("/checkin")
    assert ana.notices == ['/checkin failed with the error "operation_timeout"']


@only_sqlite
@only_http
async def test_what_was_done_about_thanks_is_not_to_be_tried_again_because_slack_refuses_to_say_so(
    acme: Company,
) -> None:
    a_channel(acme)
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    trouble = UsedUp(acme.playground.team(acme.bot.workspace_id).response_urls)
    await ana.command(f"/kudos @Ben Okafor for {LONG}", channel="thanks")
    await ana.ephemeral.last.press("Send kudos")
    await ana.command("/kudos @Ben Okafor for the coffee afterwards", channel="thanks")
    preview, undo = ana.ephemeral.messages[-1], ana.ephemeral.messages[-2]
    await acme.delivered()
    acme.playground.ground.faults = trouble
    await preview.press("Send kudos")
    await acme.delivered()
    await ben.dm.last.press("Thank me in private")
    await undo.press("Undo")
    await acme.delivered()
    coffee = ana.channel("thanks").last
    assert "coffee" in coffee.text and "was taken back" in ana.channel("thanks").messages[0].text
    await coffee.choose_overflow("Take it back")
    await ana.modal.submit()
    await acme.delivered()
    assert "was taken back" in ana.channel("thanks").last.text
    assert ana.notices == ben.notices == []
