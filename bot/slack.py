"""The one gateway to Slack's Web API: what is called, what an error means, and that nothing is sent twice.

Handlers answer through it, the courier speaks through it, the directory sync reads through it.
"""


from bot.errors import BotError

TIMEOUT_SECONDS = 10.0


class SlackRefused(BotError):
    """Slack said no and nothing happened. `code` is Slack's error code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"Slack did not accept that ({code}).")
        self.code = code


class SlackUnsure(BotError):
    """The call may or may not have had its effect: time-out, reset, 5xx, `internal_error`, `fatal_error`."""


class SlackBusy(BotError):
    """429: this method must rest in this workspace for `retry_after` seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__("Slack is busy right now. Try again in a minute.")
        self.retry_after = retry_after


class TriggerExpired(SlackRefused):
    """More than 3 s passed since the click, or the trigger was used already: the person has to click again."""
