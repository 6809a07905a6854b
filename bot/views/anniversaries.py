"""These views announce a work anniversary to the manager, show the draft, and offer the person's own choice on Home."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from slack_sdk.models.blocks import OverflowMenuElement
from slack_sdk.models.views import View

from bot import clock
from bot.anniversaries import Conversation
from bot.models.anniversaries import Anniversary
from bot.slack import Message
from bot.views import kit
from bot.views.home import Line

OPEN = "anniversaries.open"
TALK = "anniversaries.talk"
CHOOSE = "anniversaries.choose"
ON, OFF = "on", "off"


class Ref(kit.Carried):
    gone: ClassVar[str] = (
        "This button no longer works. I tell you two weeks before the next anniversary in your team."
    )

    person: kit.Id
    day: date


def coming_message(coming: Anniversary, *, more: Sequence[OverflowMenuElement] = ()) -> Message:
    """The manager gets this message two weeks before the anniversary."""
    ref = Ref(person=coming.person.id, day=coming.day).encode()
    first = f"{kit.short(coming.person.name, 80)}: {_years(coming)} on {coming.day:%-d %B}."
    return kit.message(
        f"{first} A draft and questions to talk about are ready.",
        kit.section(
            f"*{kit.escape(first)}*\nA draft and a few questions to talk about are ready.\n"
            "Only you see them. I congratulate nobody myself."
        ),
        kit.buttons(kit.button("Open the draft", OPEN, ref, primary=True), *more),
    )


def _years(coming: Anniversary) -> str:
    return kit.counted(coming.years, "year")


def talk_page(coming: Anniversary, words: Conversation, timezone: str | None) -> View:
    name = coming.person.name  # the whole name: which part somebody goes by is not known
    greeting = words.greeting_for(kit.short(name, 80), _years(coming))
    return kit.modal(
        TALK,
        "Work anniversary",
        [
            kit.section(f"*{kit.name(name)}* · {_years(coming)} on {coming.day:%A %-d %B}"),
            kit.section(_last_thanks(coming, timezone)),
            kit.rule(),
            kit.section("*A draft, to say in your own words*"),
            kit.typed(greeting),
            kit.section("*Worth an hour together*"),
            *(kit.small_plain(f"• {question}") for question in words.questions),
            kit.small("*Who sees this:* only you. I send nothing of it, and post nothing anywhere."),
        ],
    )


def _last_thanks(coming: Anniversary, timezone: str | None) -> str:
    if coming.thanked_at is None:
        return "Nobody has thanked them here where all can read it. Perhaps in private: I do not look there."
    when = f"{clock.local(coming.thanked_at, timezone):%-d %B %Y}"
    return f"Last thanked for all to read: {when}, by {kit.name(coming.thanked_by or '')}."


def preference(mentioned: bool) -> Line:
    """Home shows this choice among the person's preferences."""
    if mentioned:
        text = "Two weeks before your work anniversary I tell your manager, and nobody else."
        button = kit.button("No greeting for me", CHOOSE, OFF, spoken="Do not mention my work anniversary")
    else:
        text = "I mention your work anniversary to nobody."
        button = kit.button("Mention it again", CHOOSE, ON, spoken="Mention my work anniversary again")
    return Line(text, button)


def chosen_on(value: str) -> bool:
    return value == ON
