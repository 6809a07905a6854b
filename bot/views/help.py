"""These blocks answer `/rapport`, help, mistyped commands, and plain words in the bot's own conversation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from slack_sdk.models.blocks import ActionsBlock, ButtonElement

from bot.slack import Message
from bot.spelling import command
from bot.views import kit
from bot.views.kit import Carried

RUN = "words.run"
ALL = "words.all"
VALUE_LIMIT = 1900  # Slack allows 2,000 characters, of which an escape sequence may take six
MOST_IN_MENU = 19
HERE = "Here you are:"
WITH_YOUR_WORDS = "A button opens the form with your words in it:"
INTO_A_FORM = "I cannot talk, but I can put your words into a form:"
MOST_DONE = "This is what people do most. All commands are behind the last button."
FEW_WORDS = "I know a few words only. Did you mean one of these?"
CUT = "Your message is long: only its beginning fits."


class Offered(Carried):
    """The button does what typing the command `typed` does. `words` is what the person wrote: only they see the button,
    and a message gives no other way to open a form with them.
    """

    gone: ClassVar[str] = f"This button no longer works. Send {command('rapport')} to see what there is."

    typed: str = ""
    words: str = ""

    def within_limit(self) -> "Offered":
        """The words are cut to what a button can carry."""
        fits = self.words
        while len(self.model_copy(update={"words": fits}).encode()) > VALUE_LIMIT:
            fits = fits[: len(fits) * 9 // 10]
        return self.model_copy(update={"words": fits})


@dataclass(frozen=True, slots=True)
class Offer:
    """A button with this label stands for this command."""

    label: str
    offered: Offered


def overview(lines: Sequence[tuple[str, str]]) -> Message:
    """Each line pairs a command with what it does."""
    return kit.message(
        "Rapport: " + _plain(lines),
        kit.section(f"*What you can type*\n{_typed(lines)}"),
        kit.small("My Home tab shows what waits for you. Each form names who will read what you write."),
    )


def about(lines: Sequence[tuple[str, str]]) -> Message:
    """One command is explained, and a button leads to the others."""
    return kit.message(_plain(lines), kit.section(_typed(lines)), kit.buttons(_all()))


def menu(offers: Sequence[Offer]) -> Message:
    sentence = "What would you like to do?"
    return kit.message(sentence, kit.section(sentence), _buttons(offers[:MOST_IN_MENU], with_all=True))


def did_you_mean(typed: str, closest: Offered | None) -> Message:
    """The button keeps what stood behind the mistyped word."""
    sentence = f"I do not know “{kit.short(typed, 60)}”. "
    if closest is None:
        sentence += f"Send {command('rapport help')} to see what there is."
        return kit.message(sentence, kit.typed(sentence), kit.buttons(_all()))
    sentence += f"Did you mean {command(closest.typed)}?"
    near = Offer(command(closest.typed), closest)
    return kit.message(sentence, kit.typed(sentence), _buttons([near], with_all=True))


def greeting(name: str) -> str:
    first_name = name.split()[0] if name.split() else ""
    return f"Hello {first_name}. What would you like to do?"


def plain_answer(sentence: str, offers: Sequence[Offer], *, with_all: bool) -> Message:
    """One line, and up to three buttons."""
    if any(one.offered != one.offered.within_limit() for one in offers):
        sentence = f"{CUT} {sentence}"
    return kit.message(sentence, kit.section(kit.escape(sentence)), _buttons(offers, with_all=with_all))


def _buttons(offers: Sequence[Offer], *, with_all: bool) -> ActionsBlock:
    shown = [
        kit.button(one.label, f"{RUN}:{number}", one.offered.within_limit().encode())
        for number, one in enumerate(offers)
    ]
    return kit.buttons(*shown, *([_all()] if with_all else []))


def _all() -> ButtonElement:
    return kit.button("All commands", ALL)


def _typed(lines: Sequence[tuple[str, str]]) -> str:
    return "\n".join(f"`{typed}`  {does}" for typed, does in lines)


def _plain(lines: Sequence[tuple[str, str]]) -> str:
    return "; ".join(f"{typed}: {does}" for typed, does in lines)
