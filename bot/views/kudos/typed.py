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
PLACE = re.compile(rf"^\s*{CHANNEL.pattern}|{CHANNEL.pattern}[\s.!]*$")
BEGINNING = re.compile(r"(?:\s|,|\band\b|\+|<@[^>]+>|<!subteam\^[^>]+>)*")


@dataclass(frozen=True, slots=True)
class TypedKudos:
    """`users`, `groups`: Slack ids of whom it is for. `text`: people and channels in it stand there as Slack's ids.

    `tags`: words after a #; a channel's name may be meant as one.
    """

    users: tuple[str, ...]
    groups: tuple[str, ...]
    text: str
    tags: tuple[str, ...]


def read_typed(line: str) -> TypedKudos:
    """Whoever stands at the beginning is thanked, whoever comes later only mentioned; nobody at the beginning:
    everybody mentioned is.
    """
    beginning = BEGINNING.match(line)
    head = beginning.group() if beginning else ""
    rest = line[len(head) :]
    addressed = head if USER.search(head) or GROUP.search(head) else line
    channels = (name for _, name in CHANNEL.findall(rest) if name)
    return TypedKudos(
        users=tuple(dict.fromkeys(USER.findall(addressed))),
        groups=tuple(dict.fromkeys(group for group, _ in GROUP.findall(addressed))),
        text=_readable(rest),
        tags=tuple(dict.fromkeys([*HASHTAG.findall(CHANNEL.sub("", rest)), *channels])),
    )


def _readable(text: str) -> str:
    """Everything but people and channels as it was typed."""
    text = GROUP.sub(lambda found: f"@{found[2]}" if found[2] else "", text)
    text = BROADCAST.sub(r"@\1", text)
    return LINK.sub(lambda found: found[1], text).strip()


def people_in(text: str) -> list[str]:
    """Slack ids of whom the text still mentions."""
    return USER.findall(text)


def placed(text: str, *, tag: str = "") -> tuple[str | None, str]:
    """The channel it is for, if one stands right after the people or at the very end, and the words without it and
    without the value's #tag. Any other channel is part of a sentence.
    """
    words = _without(tag, text) if tag else text
    places = list(PLACE.finditer(words))
    if not places:
        return None, words
    place = places[-1]
    return place[1] or place[3], f"{words[: place.start()]} {words[place.end() :]}".strip()


def _without(tag: str, text: str) -> str:
    word = re.escape(tag)
    return re.sub(rf"(?<![\w&])#{word}(?![\w-])|<#[CG][A-Z0-9]+\|{word}>", "", text)


def with_names(text: str, names: Mapping[str, str]) -> str:
    """Names for mentions, so that nobody is pinged."""
    return USER.sub(lambda found: names.get(found[1], "a colleague"), text)


def spelled_out(text: str, names: Mapping[str, str]) -> str:
    """The text of a command line as it will be read."""
    text = with_names(text, names)
    text = CHANNEL.sub(lambda found: f"#{found[2]}" if found[2] else "a private channel", text)
    words = " ".join(text.split())
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
