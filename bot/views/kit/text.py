"""Typed text on its way in and out: made harmless, cleaned, cut."""


def escape(text: str) -> str:
    """Makes typed text harmless in mrkdwn: no mention, channel, link or date can start."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def clean(value: object) -> str:
    """A string from a payload without what databases cannot store: NUL and half characters."""
    if not isinstance(value, str):
        return ""
    return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def short(text: str, limit: int) -> str:
    """At most `limit` characters, cut with an ellipsis. Cut before escaping, never inside an entity."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def name(text: str) -> str:
    """A person's name inside mrkdwn, harmless and of bearable length."""
    return escape(short(text, 80))


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
