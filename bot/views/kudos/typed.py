"""A line such as `/kudos @ana @ben for the import #craft` is read here. Slack sends names as ids."""

import re
from collections.abc import Mapping, Sequence
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
    """`users` and `groups` are Slack ids of the people thanked. `text` holds people and channels as Slack's ids.

    `tags` are words after a #; a tag may be the name of a channel.
    """

    users: tuple[str, ...]
    groups: tuple[str, ...]
    text: str
    tags: tuple[str, ...]


def read_typed(line: str) -> TypedKudos:
    """The people named at the beginning are thanked, later ones only mentioned. If the line does not begin with people,
    everybody mentioned is thanked.
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
    """Links and other markup become the text that was typed; people and channels stay as ids."""
    text = GROUP.sub(lambda found: f"@{found[2]}" if found[2] else "", text)
    text = BROADCAST.sub(r"@\1", text)
    return LINK.sub(lambda found: found[1], text).strip()


def people_in(text: str) -> list[str]:
    """These are the Slack ids of the people whom the text still mentions."""
    return USER.findall(text)


def placed(text: str, *, tag: str = "") -> tuple[str | None, str]:
    """A channel right after the people or at the very end is where the thanks go; it and the value's #tag are taken out
    of the text. Any other channel is part of a sentence.
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


def without_name(text: str, names: Sequence[str]) -> str:
    """The name of the person thanked, full or first, is taken off the beginning: "ana for the import"."""
    spellings = [spelling for name in names for spelling in (name, *name.split()[:1])]
    said = next((one for one in spellings if text.casefold().startswith(one.casefold())), "")
    return text[len(said) :].lstrip(" ,:!")


def with_names(text: str, names: Mapping[str, str]) -> str:
    """Mentions are replaced by names, so that nobody is pinged."""
    return USER.sub(lambda found: names.get(found[1], "a colleague"), text)


def spelled_out(text: str, names: Mapping[str, str]) -> str:
    """The text of a command line is spelled out as its readers will see it."""
    text = with_names(text, names)
    text = CHANNEL.sub(lambda found: f"#{found[2]}" if found[2] else "a private channel", text)
    words = " ".join(text.split())
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
