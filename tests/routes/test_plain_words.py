"""People type what comes to mind: plain words to the bot, a command with a mistake, or a command with their words."""

import re
from collections.abc import Iterator

import pytest

from playground.driver import Person, SeenMessage
from tests.routes.forgery import Recorded, deliver, last, recorded
from tests.routes.world import Clock, Company

BUTTON = re.compile(r"\[[^\]]+\]")
DEED = "for the importer, which lets support sleep on weekends"


async def answered(person: Person, text: str) -> SeenMessage:
    """There is one answer, and no answer to the answer."""
    before = len(person.dm)
    await person.say(text)
    assert len(person.dm) == before + 2
    return person.dm.last


@pytest.mark.parametrize(
    ("text", "label", "title"),
    [
        ("checkin", "Check in", "Your check-in"),
        ("Check-in please!", "Check in", "Your check-in"),
        ("/kudos", "Give kudos", "Give kudos"),
        ("my goals", "My goals", "Your goals"),
        ("preferences", "Preferences", "Your preferences"),
        ("hello", "Check in", "Your check-in"),
        ("cehckin", "Check in", "Your check-in"),
    ],
)
async def test_a_plain_word_is_answered_with_a_button(
    acme: Company, text: str, label: str, title: str
) -> None:
    ana = acme.slack.person("Ana Silva")
    answer = await answered(ana, text)
    await answer.press(label)
    assert ana.modal.title.startswith(title)


async def test_a_sentence_opens_the_form_with_these_words(acme: Company) -> None:
    ana = acme.slack.person("Ana Silva")
    answer = await answered(ana, "I finished the importer & told @Ben Okafor <3")
    await answer.press("Check-in with these words")
    assert "I finished the importer & told Ben Okafor <3" in ana.modal.text
    await ana.modal.close_all()
    await (await answered(ana, "The lake is cold today")).press("Goal with these words")
    assert "The lake is cold today" in ana.modal.text


@pytest.mark.parametrize(
    "text",
    [
        "thanks @Ben Okafor",
        "Thanks ben",
        "thank you Ben Okafor,",
    ],
)
async def test_thanks_name_whom_they_are_for(acme: Company, text: str) -> None:
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await (await answered(ana, f"{text} {DEED}")).press("Kudos with these words")
    assert "Ben Okafor" in ana.modal.text
    await ana.modal.submit()
    await ana.modal.close_all()
    await acme.delivered()
    assert DEED in ben.dm.last.text


async def test_whatever_is_said_there_are_at_most_three_buttons_and_one_line(acme: Company) -> None:
    ben = acme.slack.person("Ben Okafor")
    for text in (
        "help",
        "hi",
        "goals team week kudos awards",
        "???",
        "🎉",
        "what can you do for me",
        "x" * 5000,
    ):
        answer = await answered(ben, text)
        assert 1 <= len(BUTTON.findall(answer.text)) <= 3
    assert len(answer.text.splitlines()) <= 2


async def test_a_very_long_message_says_that_its_beginning_fits(acme: Company) -> None:
    ana = acme.slack.person("Ana Silva")
    answer = await answered(ana, 'I finished "the importer"\n' * 200)
    assert "only its beginning fits" in answer.text
    await answer.press("Check-in with these words")
    assert 'I finished "the importer"' in ana.modal.text


async def test_help_leads_to_all_commands(acme: Company) -> None:
    ana = acme.slack.person("Ana Silva")
    await (await answered(ana, "help")).press("All commands")
    assert "/checkin history" in ana.ephemeral.last.text


async def test_only_what_a_person_says_to_the_bot_is_answered_and_once(acme: Company, clock: Clock) -> None:
    ana = acme.slack.person("Ana Silva")
    await answered(ana, "hello")
    before = len(ana.dm)
    event = next(one for one in messages(acme) if one.payload["event"].get("user") == ana.id)
    clock.move(seconds=60)  # Slack signs a retry anew
    await deliver(acme, event)
    changes: list[dict[str, object]] = [
        {"event__subtype": "message_changed"},
        {"event__subtype": "message_deleted"},
        {"event__bot_id": "B1"},
        {"event__channel_type": "channel"},
    ]
    for number, change in enumerate(changes):
        await deliver(acme, event.changed(event_id=f"Ev{number}", **change))
    assert len(ana.dm) == before
    await deliver(acme, event.changed(event_id="EvNEW"))
    assert len(ana.dm) == before + 1


def messages(company: Company) -> Iterator[Recorded]:
    """All that Slack told the bot of what was said."""
    return (
        one for one in recorded(company) if one.kind == "event" and one.payload["event"]["type"] == "message"
    )


async def test_people_without_access_read_why(acme: Company) -> None:
    acme.slack.workspace.add_person("New Nora", handle="nora")
    nora = acme.slack.person("New Nora")
    assert "HR" in (await answered(nora, "hello")).text


async def test_a_typing_mistake_offers_a_button(acme: Company) -> None:
    ana = acme.slack.person("Ana Silva")
    await ana.command("/goals nwe Ship the importer")
    await ana.ephemeral.last.press("/goals new")
    assert ana.modal.title == "New goal"
    assert "Ship the importer" in ana.modal.text
    await ana.modal.close_all()
    await ana.command("/kudos toady")
    await ana.ephemeral.last.press("All commands")
    assert "/kudos mine" in ana.ephemeral.last.text


async def test_a_command_with_words_opens_the_form_with_them(acme: Company) -> None:
    ana = acme.slack.person("Ana Silva")
    await ana.command("/goals new Ship the importer")
    assert "Ship the importer" in ana.modal.text
    await ana.modal.close_all()
    await ana.command("/checkin I fixed the importer & its tests")
    assert "I fixed the importer & its tests" in ana.modal.text
    await ana.modal.submit()
    await ana.modal.close_all()
    await ana.command("/checkin Help")
    assert "/checkin history" in ana.ephemeral.last.text


async def test_help_about_one_command_is_short_and_by_role(acme: Company) -> None:
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await ana.command("/kudos help")
    assert len(ana.ephemeral.last.text.splitlines()) <= 7
    assert "/checkin" not in ana.ephemeral.last.text
    for person in (ana, ben):
        await person.command("/checkin help")
    assert "/checkin team" not in ana.ephemeral.last.text
    assert "/checkin team" in ben.ephemeral.last.text


async def test_rapport_alone_opens_a_menu_by_role(acme: Company) -> None:
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    for person in (ana, ben):
        await person.command("/rapport")
    assert "My team's week" not in ana.ephemeral.last.text
    await ben.ephemeral.last.press("My team's week")
    assert ben.has_modal
    await ana.ephemeral.last.press("My kudos")
    assert ana.has_modal


async def test_a_command_we_do_not_know_is_answered_as_a_command(acme: Company) -> None:
    ana = acme.slack.person("Ana Silva")
    await ana.command("/rapport help")
    typed = last(acme, "command")
    reply = await deliver(acme, typed.changed(command="/lunch"))
    assert "I do not know this command. Send /rapport" in reply.body
    reply = await deliver(acme, typed.changed(command="/Kudos", text="Help"))
    assert "/kudos mine" in reply.body
