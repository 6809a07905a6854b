"""Names and states in the sentences about thanks."""

from collections.abc import Sequence

from bot.models import KudosEvent, Person
from bot.views import kit

TAKEN_BACK = {
    KudosEvent.UNDONE: "was taken back",
    KudosEvent.WITHDRAWN: "was withdrawn by whoever gave it",
    KudosEvent.REMOVED: "was removed by HR",
}


def names(people: Sequence[Person]) -> str:
    """Ready for mrkdwn, and no mention among them: nobody is pinged."""
    *most, last = (kit.name(person.name) for person in people)
    return f"{', '.join(most)} and {last}" if most else last


def plain_names(people: Sequence[Person]) -> str:
    """For a message's plain text, which escapes them itself."""
    *most, last = (kit.short(person.name, 80) for person in people)
    return f"{', '.join(most)} and {last}" if most else last
