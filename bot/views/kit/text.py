"""Typed text is cleaned on its way in, and escaped and cut on its way out."""

import re
from collections.abc import Mapping

MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
MARKUP = re.compile(r"<[#!]?([^>|]+)(?:\|([^>]*))?>")


def people_in(text: str) -> list[str]:
    """These are the Slack ids of the people whom a command or a message mentions."""
    return MENTION.findall(text)


def spelled_out(text: str, names: Mapping[str, str]) -> str:
    """The text of a command or a message, as the person who wrote it saw it."""
    text = MENTION.sub(lambda found: names.get(found[1], "a colleague"), text)
    text = MARKUP.sub(lambda found: found[2] or found[1], text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def escape(text: str) -> str:
    """Makes typed text harmless in mrkdwn: no mention, channel, link or date can start."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def clean(value: object) -> str:
    """Databases cannot store NUL and half surrogate pairs, so both are taken out of a payload's string."""
    if not isinstance(value, str):
        return ""
    return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def short(text: str, limit: int) -> str:
    """The text is cut to `limit` characters with an ellipsis. It must be cut before it is escaped, so that no entity is
    cut in two.
    """
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def name(text: str) -> str:
    """The name is escaped for mrkdwn and cut if it is very long."""
    return escape(short(text, 80))


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
