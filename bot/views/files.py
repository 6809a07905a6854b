"""People who asked for a picture or a file read these sentences."""

from slack_sdk.models.views import View

from bot.views import kit

ONLY_YOU = "Only you and I are in this conversation."


def on_its_way(file: str) -> View:
    """Drawing and sending take longer than Slack waits for an answer."""
    said = f"{file} comes into our direct messages in a moment. Only you see it there."
    return kit.modal("files.on_its_way", "On its way", [kit.section(kit.escape(said))])
