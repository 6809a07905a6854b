"""Sentences about thanks take their names and states from here."""

from collections.abc import Sequence

from bot.models import KudosEvent, Person
from bot.views import kit
from bot.views.checkins import names as first_ten

TAKEN_BACK = {
    KudosEvent.UNDONE: "was taken back",
    KudosEvent.WITHDRAWN: "was withdrawn by whoever gave it",
    KudosEvent.REMOVED: "was removed by HR",
}
GONE = "Nobody can read these thanks any more. Where they stood, it says that they were taken back."


def names(people: Sequence[Person]) -> str:
    """The names are ready for mrkdwn. None is a mention, so nobody is pinged."""
    return _in_a_row([kit.name(person.name) for person in people])


def you_and(people: Sequence[Person]) -> str:
    return _in_a_row(["you", *(kit.name(person.name) for person in people)])


def plain_names(people: Sequence[Person]) -> str:
    """The names go into a message's plain text, which escapes them itself."""
    return _in_a_row([kit.short(person.name, 80) for person in people])


def _in_a_row(words: Sequence[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def unthanked_sentence(people: Sequence[Person]) -> list[str]:
    """A manager's digest says with this sentence whom nobody has thanked in a channel for a long time."""
    if not people:
        return []
    return [
        f"Not thanked in a channel for 60 days: {first_ten(people)}. Is there something to thank them for?"
    ]
