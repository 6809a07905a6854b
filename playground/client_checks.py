"""What the Slack client itself checks before it sends a form: the app never hears of these mistakes."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from playground.form_state import SHAPES, Values
from playground.types import Payload

REQUIRED = "Please complete this required field."
MOST_TYPED = 3000


def mistakes(blocks: list[Payload], values: Values) -> dict[str, str]:
    """block_id → the sentence shown under that input."""
    return dict(_mistakes(blocks, values))


def _mistakes(blocks: list[Payload], values: Values) -> Iterator[tuple[str, str]]:
    for block in blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        entry = values.get(block["block_id"], {}).get(element["action_id"], {})
        value = entry.get(SHAPES[element["type"]][0])
        if value in (None, "", []):
            if not block.get("optional"):
                yield block["block_id"], REQUIRED
        elif sentence := _wrong(element, value):
            yield block["block_id"], sentence


def _wrong(element: Payload, value: Any) -> str:
    checks = {
        "plain_text_input": _length,
        "number_input": _number,
        "email_text_input": _email,
        "url_text_input": _url,
    }
    check = checks.get(element["type"])
    return check(element, value) if check else ""


def _length(element: Payload, value: str) -> str:
    least, most = element.get("min_length", 0), element.get("max_length", MOST_TYPED)
    if len(value) < least:
        return f"Please enter at least {least} characters."
    return f"Please enter no more than {most} characters." if len(value) > most else ""


def _number(element: Payload, value: str) -> str:
    try:
        number = float(value) if element.get("is_decimal_allowed") else int(value)
    except ValueError:
        return "Please enter a valid number."
    if "min_value" in element and number < float(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and number > float(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return ""


def _email(_: Payload, value: str) -> str:
    name, at, host = value.partition("@")
    return "" if name and at and "." in host else "Please enter a valid email address."


def _url(_: Payload, value: str) -> str:
    parts = urlsplit(value)
    return "" if parts.scheme in ("http", "https") and parts.netloc else "Please enter a valid URL."
