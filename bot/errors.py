"""Errors that a person can do something about.

Each error carries the sentence that person reads; `handlers/errors.py` shows it in the place where they are.
"""


class BotError(Exception):
    """Base of all errors with a sentence for the person. Never holds text that somebody typed."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Invalid(BotError):
    """An input cannot be used. `field` is its block_id: Slack shows the sentence under it."""

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class NotAllowed(BotError):
    """The person may know that it exists, but may not see or do this."""


class NotFound(BotError):
    """It does not exist, or this person may not know that it does: both read the same."""


class AlreadyDone(BotError):
    """The same request arrived before and had its effect: a calm answer, no second effect."""


class Conflict(BotError):
    """Somebody else changed the same thing first. The sentence says what it is now; the person decides anew."""


class CannotStart(BotError):
    """A setting, the database or Slack stops the start; the sentence names the remedy."""
