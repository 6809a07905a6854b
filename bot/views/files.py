"""What is said around a picture or a file that somebody asked for."""

from slack_sdk.models.views import View

from bot.views import kit

ONLY_YOU = "Only you and I are in this conversation."


def on_its_way(what: str) -> View:
    """Drawing and sending takes longer than a window waits."""
    said = f"{what} comes into our direct messages in a moment. Only you see it there."
    return kit.modal("files.on_its_way", "On its way", [kit.section(kit.escape(said))])
