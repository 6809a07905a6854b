"""What can go wrong in a way a person can do something about.

Each error carries the sentence that person reads; `handlers/errors.py` shows it where they are looking.
"""


class BotError(Exception):
    """Base of all errors with a sentence for the person. Never holds text that somebody typed."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Invalid(BotError):
    """Something typed cannot be used. `field` is the input's block_id, so the sentence appears under it."""

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class NotAllowed(BotError):
    """Exists, may be known to exist, but is not this person's to see or do."""


class NotFound(BotError):
    """Does not exist, or must not be known to exist: both read the same."""


class AlreadyDone(BotError):
    """The same request arrived before and had its effect: a calm answer, no second effect."""


class Conflict(BotError):
    """Somebody else changed the same thing first. The sentence says what it is now; the person decides anew."""


class CannotStart(BotError):
    """A setting, the database or Slack stops the start; the sentence names the remedy."""
