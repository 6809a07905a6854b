"""A thank-you typed as one line: `/kudos @ana @ben for the import #craft`. Slack hands names over as ids."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

USER = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
GROUP = re.compile(r"<!subteam\^(S[A-Z0-9]+)(?:\|@?([^>]*))?>")
CHANNEL = re.compile(r"<#([CG][A-Z0-9]+)(?:\|([^>]*))?>")
BROADCAST = re.compile(r"<!(here|channel|everyone)(?:\|[^>]*)?>")
LINK = re.compile(r"<((?:https?|mailto):[^>|]+)(?:\|[^>]*)?>")
HASHTAG = re.compile(r"(?<![\w&])#(\w[\w-]*)")
BEGINNING = re.compile(r"(?:\s|,|\band\b|\+|<@[^>]+>|<!subteam\^[^>]+>)*")


@dataclass(frozen=True, slots=True)
class Line:
    """`users`, `groups`: Slack ids of whom it is for. `tags`: words after a #; a channel's name may be meant as one.

    `channels`: name (empty for a private one) → id.
    """

    users: tuple[str, ...]
    groups: tuple[str, ...]
    text: str
    tags: tuple[str, ...]
    channels: dict[str, str]


def read_line(line: str) -> Line:
    """Whoever stands at the beginning is thanked, whoever comes later only mentioned; nobody at the beginning:
    everybody mentioned is.
    """
    beginning = BEGINNING.match(line)
    head = beginning.group() if beginning else ""
    rest = line[len(head) :]
    addressed = head if USER.search(head) or GROUP.search(head) else line
    channels = {name: channel for channel, name in CHANNEL.findall(rest)}
    plain = CHANNEL.sub("", rest)
    return Line(
        users=tuple(dict.fromkeys(USER.findall(addressed))),
        groups=tuple(dict.fromkeys(group for group, _ in GROUP.findall(addressed))),
        text=_readable(plain),
        tags=tuple(HASHTAG.findall(plain)),
        channels=channels,
    )


def _readable(text: str) -> str:
    """Everything but people as it was typed."""
    text = GROUP.sub(lambda found: f"@{found[2]}" if found[2] else "", text)
    text = BROADCAST.sub(r"@\1", text)
    return LINK.sub(lambda found: found[1], text).strip()


def people_in(text: str) -> list[str]:
    """Slack ids of whom the text still mentions."""
    return USER.findall(text)


def spelled_out(text: str, names: Mapping[str, str], *, tag: str = "") -> str:
    """The text as it will be read: names for mentions, so that nobody is pinged, and without the value's #tag."""
    text = USER.sub(lambda found: names.get(found[1], "a colleague"), text)
    if tag:
        text = re.sub(rf"(?<![\w&])#{re.escape(tag)}(?![\w-])", "", text)
    words = " ".join(text.split())
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
