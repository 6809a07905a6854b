"""The `rich_text` block as a person reads it."""

from collections.abc import Callable, Mapping

from playground.driver.mrkdwn import Eyes, read_date
from playground.types import Payload


def read_rich_text(parts: list[Payload], eyes: Eyes) -> str:
    return "\n".join(_part(part, eyes) for part in parts)


def _part(part: Payload, eyes: Eyes) -> str:
    kind = part["type"]
    if kind == "rich_text_list":
        return _list(part, eyes)
    if kind not in ("rich_text_section", "rich_text_quote", "rich_text_preformatted"):
        return f"[unreadable: {kind}]"
    said = "".join(_inline(one, eyes) for one in part["elements"])
    return "\n".join(f"> {line}" for line in said.splitlines()) if kind == "rich_text_quote" else said


def _list(part: Payload, eyes: Eyes) -> str:
    indent, first = "  " * part.get("indent", 0), part.get("offset", 0) + 1
    ordered = part["style"] == "ordered"
    lines = (_part(item, eyes) for item in part["elements"])
    return "\n".join(
        f"{indent}{f'{place}.' if ordered else '•'} {line}" for place, line in enumerate(lines, first)
    )


def _inline(part: Payload, eyes: Eyes) -> str:
    read = INLINE.get(part["type"])
    return read(part, eyes) if read else f"[unreadable: {part['type']}]"


def _date(part: Payload, eyes: Eyes) -> str:
    return read_date([str(part["timestamp"]), part["format"]], part.get("fallback", ""), eyes)


INLINE: Mapping[str, Callable[[Payload, Eyes], str]] = {
    "broadcast": lambda part, _eyes: f"@{part['range']}",
    "channel": lambda part, eyes: f"#{eyes.name_of(part['channel_id']) or 'private channel'}",
    "color": lambda part, _eyes: str(part["value"]),
    "date": _date,
    "emoji": lambda part, _eyes: f":{part['name']}:",
    "link": lambda part, _eyes: str(part.get("text") or part["url"]),
    "team": lambda part, _eyes: str(part["team_id"]),
    "text": lambda part, _eyes: str(part["text"]),
    "user": lambda part, eyes: f"@{eyes.name_of(part['user_id']) or part['user_id']}",
    "usergroup": lambda part, eyes: f"@{eyes.name_of(part['usergroup_id']) or part['usergroup_id']}",
}
