"""Slack's text syntax turned into what a person reads: names for ids, labels for links, no markup."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo


@dataclass(frozen=True)
class Eyes:
    """Who is reading: the names their client knows, and the zone their clock is in."""

    name_of: Callable[[str], str | None]
    """From the id of a person, channel or user group to the name without `@` or `#`."""
    zone: tzinfo = UTC


def read_mrkdwn(text: str, eyes: Eyes) -> str:
    """Code is shown as it stands; everywhere else markup disappears and references become names."""
    pieces = _CODE.split(text)
    prose = [_prose(piece, eyes) for piece in pieces[::2]]
    code = [*(decode(_references(piece.strip("`"), eyes)) for piece in pieces[1::2]), ""]
    return "".join(part for pair in zip(prose, code, strict=True) for part in pair)


def read_plain(text: str) -> str:
    return decode(text)


def decode(text: str) -> str:
    """Exactly the three entities that Slack knows."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


_CODE = re.compile(r"(```.+?```|`[^`\n]+`)", re.DOTALL)
_REFERENCE = re.compile(r"<([^<>\n]+)>")
_MARKUP = [
    re.compile(rf"(?<![\w{mark}]){mark}(?=\S)([^{mark}\n]*?\S){mark}(?![\w{mark}])")
    for mark in (r"\*", "_", "~")
]


def _prose(text: str, eyes: Eyes) -> str:
    for markup in _MARKUP:
        text = markup.sub(r"\1", text)
    return decode(_references(text, eyes))


def _references(text: str, eyes: Eyes) -> str:
    return _REFERENCE.sub(lambda found: _reference(found[1], eyes), text)


def _reference(inside: str, eyes: Eyes) -> str:
    target, _, label = inside.partition("|")
    sign, rest = target[:1], target[1:]
    if sign == "@":
        return f"@{eyes.name_of(rest) or label or rest}"
    if sign == "#":
        return f"#{eyes.name_of(rest) or label or 'private channel'}"
    if sign == "!":
        return _special(rest, label, eyes)
    return label or target.removeprefix("mailto:")


def _special(target: str, label: str, eyes: Eyes) -> str:
    word, *details = target.split("^")
    if word == "date":
        return read_date(details, label, eyes)
    if word == "subteam":
        return f"@{eyes.name_of(details[0]) or label.lstrip('@') or details[0]}"
    return f"@{word}"


def read_date(details: list[str], fallback: str, eyes: Eyes) -> str:
    """`<!date^seconds^format^link|fallback>`, in the reader's zone; a broken one shows its fallback."""
    try:
        moment = datetime.fromtimestamp(int(details[0]), eyes.zone)
        return _TOKEN.sub(lambda found: DATE_TOKENS[found[1]](moment), details[1])
    except (LookupError, ValueError, OverflowError, OSError):
        return fallback


def _day(moment: datetime) -> str:
    suffix = "th" if 11 <= moment.day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(moment.day % 10, "th")
    return f"{moment.day}{suffix}"


def _time(moment: datetime) -> str:
    return f"{moment.hour % 12 or 12}:{moment:%M %p}"


def _date(moment: datetime) -> str:
    return f"{moment:%B} {_day(moment)}, {moment.year}"


def _long(moment: datetime) -> str:
    return f"{moment:%A}, {_date(moment)}"


def _short(moment: datetime) -> str:
    return f"{moment:%b} {moment.day}, {moment.year}"


DATE_TOKENS: dict[str, Callable[[datetime], str]] = {
    "date_num": lambda moment: f"{moment:%Y-%m-%d}",
    "date": _date,
    "date_pretty": _date,  # Slack says "today" or "yesterday" when it is; a reader of tests wants the date
    "date_short": _short,
    "date_short_pretty": _short,
    "date_long": _long,
    "date_long_pretty": _long,
    "time": _time,
    "time_secs": lambda moment: f"{moment.hour % 12 or 12}:{moment:%M:%S %p}",
}
_TOKEN = re.compile(r"\{(\w+)\}")
