"""Checks of typed text: it is stripped, not empty if required, and not too long."""

from bot.errors import Invalid


def required(text: str, *, field: str, most: int, ask: str, what: str = "This", count: str = "") -> str:
    """The stripped text. `ask` is the sentence for a person who wrote nothing; `optional` explains the rest."""
    if not text.strip():
        raise Invalid(ask, field=field)
    return optional(text, field=field, most=most, what=what, count=count)


def optional(text: str, *, field: str, most: int, what: str = "This", count: str = "") -> str:
    """The stripped text, which may be empty.

    Too long a text is refused with "`what` holds `most` characters. Shorten it a little." Where a person writes much,
    `count` adds how much they wrote: "; this one has" comes before the number.
    """
    text = text.strip()
    if len(text) > most:
        written = f"{count} {len(text)}" if count else ""
        raise Invalid(f"{what} holds {most} characters{written}. Shorten it a little.", field=field)
    return text
