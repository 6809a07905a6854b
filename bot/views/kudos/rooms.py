"""A giver may choose a channel the bot cannot post in; these sentences say why, and what helps."""

from bot.errors import Invalid
from bot.slack import Room

FIELD = "where"


def require_open(room: Room) -> None:
    if room.archived:
        raise Invalid(
            f"#{room.name} is archived, so nobody can post there. Choose another channel, or none for private.",
            field=FIELD,
        )
    if room.shared:
        raise Invalid(
            f"#{room.name} is shared with another company, and thanks stay within ours. "
            "Choose a channel of our own, or none for private.",
            field=FIELD,
        )
    if not room.joined:
        raise not_there(f"#{room.name}")


def not_there(channel: str = "that channel") -> Invalid:
    """`channel` is its name or a description: Slack hides a private channel's name from apps outside it."""
    return Invalid(
        f"I am not in {channel}. Type /invite @Rapport there, then try again; what you typed stays here.",
        field=FIELD,
    )
