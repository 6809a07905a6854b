"""People read these sentences when something was refused or went wrong."""

from slack_sdk.models.views import View

from bot.slack import Message
from bot.spelling import command
from bot.views import kit

ELSEWHERE = "Rapport is not set up in this workspace. Ask whoever installed it."
OLDER_VERSION = f"This button belongs to an older version. Send {command('rapport help')}."
UNKNOWN_COMMAND = f"I do not know this command. Send {command('rapport')} to see what there is."


def apology(reference: str) -> str:
    """After an unexpected error, this says that nothing the person typed was saved."""
    return (
        "Sorry, something went wrong on our side and nothing was saved. "
        f"Try again in a moment; if it happens again, give your HR admin the reference {reference}."
    )


def unsure(reference: str) -> str:
    """After a timeout, this says that the change may have been saved, and that repeating it is safe."""
    return (
        "Sorry, that took too long, so I cannot say whether it was saved. "
        "Try again in a moment: nothing is saved twice. "
        f"If it happens again, give your HR admin the reference {reference}."
    )


def private(sentence: str) -> Message:
    return kit.message(sentence, kit.section(kit.escape(sentence)))


def window(sentence: str) -> View:
    return kit.modal("errors.window", "Rapport", [kit.section(kit.escape(sentence))])
