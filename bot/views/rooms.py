"""Somebody may choose a channel in which the bot cannot post; these sentences say why, and what helps."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import Invalid
from bot.slack import Room

INVITE = "Type /invite @Rapport there, then try again."


@dataclass(frozen=True, slots=True)
class Posts:
    """A capability posts these into channels. `what` names them in the plural ("thanks"), `otherwise` says what else
    can be chosen, and `field` is the field in which a channel is chosen.
    """

    what: str
    otherwise: str
    field: str = "where"

    def require_postable(self, rooms: Sequence[Room]) -> None:
        """Raises an error for the field. It names each channel that has the same trouble."""
        if archived := [room for room in rooms if room.archived]:
            raise self._refused(f"{_are(archived)} archived, so nobody can post there. {self.otherwise}")
        if shared := [room for room in rooms if room.shared]:
            kept = f"{self.what} stay within ours"
            raise self._refused(f"{_are(shared)} shared with another company, and {kept}. {self.otherwise}")
        if closed := [room for room in rooms if room.closed and not room.postable]:
            raise self._refused(f"I am not in {_named(closed)}. {INVITE}")
        if others := [room for room in rooms if not room.postable]:
            raise self._refused(f"I may not post in {_named(others)}. {self.otherwise}")

    def _refused(self, sentence: str) -> Invalid:
        return Invalid(sentence, field=self.field)


def is_free(room: Room) -> bool:
    """Nothing keeps the bot from posting in this channel."""
    return room.postable and not room.archived and not room.shared


def _are(rooms: Sequence[Room]) -> str:
    return f"{_named(rooms)} {'is' if len(rooms) == 1 else 'are'}"


def _named(rooms: Sequence[Room]) -> str:
    """Slack hides a private channel's name from apps outside it."""
    names = [f"#{room.name}" for room in rooms if room.name]
    hidden = len(rooms) - len(names)
    if hidden:
        names.append("that private channel" if hidden == 1 else f"{hidden} private channels")
    return ", ".join(names)
