"""Blocks as a person reads them: plain text, controls in brackets; the unreadable is named, not dropped."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from playground.blockkit import elements_of
from playground.driver.mrkdwn import Eyes, read_mrkdwn, read_plain
from playground.driver.rich_text import read_rich_text
from playground.form_state import SHAPES, Values, options_of
from playground.types import Payload

EMPTY_FIELD = "____"


@dataclass(frozen=True)
class Reader:
    eyes: Eyes
    values: Values = field(default_factory=dict)
    """What the person has typed and chosen so far."""
    errors: Mapping[str, str] = field(default_factory=dict)
    """block_id → the sentence that stands under that input."""

    def blocks(self, blocks: list[Payload]) -> str:
        return "\n".join(self.block(block) for block in blocks)

    def block(self, block: Payload) -> str:
        read = BLOCKS.get(block["type"])
        return read(self, block) if read else f"[unreadable: {block['type']}]"

    def text(self, text: Payload | None) -> str:
        if not text:
            return ""
        if text["type"] == "mrkdwn":
            return read_mrkdwn(text["text"], self.eyes)
        return read_plain(text["text"])

    def element(self, element: Payload, block_id: str = "") -> str:
        read = ELEMENTS.get(element["type"])
        if read:
            return read(self, element)
        if element["type"] not in SHAPES:
            return f"[unreadable: {element['type']}]"
        chosen = self.chosen(element, block_id)
        if element["type"] in TICKED:
            return self._ticked(element, chosen)
        shown = ", ".join(chosen) or self.text(element.get("placeholder")) or EMPTY_FIELD
        return f"[{shown} ▾]" if "select" in element["type"] else f"[{shown}]"

    def chosen(self, element: Payload, block_id: str) -> list[str]:
        """What stands in a field now, in words."""
        key, initial, untouched = SHAPES[element["type"]]
        entry = self.values.get(block_id, {}).get(element.get("action_id", ""))
        value = entry.get(key) if entry else element.get(initial, untouched)
        if value in (None, "", []):
            return []
        return [self._word(key, one) for one in (value if isinstance(value, list) else [value])]

    def _word(self, key: str, value: object) -> str:
        if isinstance(value, dict):
            return self._thing(key, value)
        if key.startswith("selected_") and (name := self.eyes.name_of(str(value))):
            return f"@{name}" if "user" in key else f"#{name}"
        return str(value)

    def _thing(self, key: str, value: Payload) -> str:
        if key == "rich_text_value":
            return read_rich_text(value["elements"], self.eyes)
        return self.text(value["text"]) if "text" in value else str(value.get("name", ""))

    def _ticked(self, element: Payload, chosen: list[str]) -> str:
        off, on = TICKED[element["type"]]
        return "  ".join(
            f"{on if (words := self.text(option['text'])) in chosen else off} {words}"
            + (f" ({self.text(option['description'])})" if "description" in option else "")
            for option in options_of(element)
        )


TICKED = {"checkboxes": ("[ ]", "[x]"), "radio_buttons": ("( )", "(•)")}


def _section(reader: Reader, block: Payload) -> str:
    lines = [reader.text(block.get("text")), *(reader.text(field) for field in block.get("fields", []))]
    said = "\n".join(line for line in lines if line)
    accessory = block.get("accessory")
    return f"{said}  {reader.element(accessory, block.get('block_id', ''))}" if accessory else said


def _row(reader: Reader, block: Payload) -> str:
    return " ".join(reader.element(element, block.get("block_id", "")) for element, _ in elements_of(block))


def _input(reader: Reader, block: Payload) -> str:
    block_id = block.get("block_id", "")
    label = reader.text(block["label"]) + (" (optional)" if block.get("optional") else "")
    below = [reader.element(block["element"], block_id), reader.text(block.get("hint"))]
    if block_id in reader.errors:
        below.append(f"! {reader.errors[block_id]}")
    return "\n".join([label, *(f"  {line}" for line in below if line)])


def _table(reader: Reader, block: Payload) -> str:
    return "\n".join(" | ".join(_cell(reader, cell) for cell in row) for row in block["rows"])


def _cell(reader: Reader, cell: Payload) -> str:
    if cell["type"] == "rich_text":
        return read_rich_text(cell["elements"], reader.eyes)
    return str(cell["text"])


def _picture(reader: Reader, thing: Payload) -> str:
    title = reader.text(thing.get("title"))
    return f"[image: {thing['alt_text']}]" + (f" {title}" if title else "")


BLOCKS: Mapping[str, Callable[[Reader, Payload], str]] = {
    "actions": _row,
    "context": _row,
    "divider": lambda _reader, _block: "---",
    "header": lambda reader, block: reader.text(block["text"]),
    "image": _picture,
    "input": _input,
    "markdown": lambda _reader, block: str(block["text"]),
    "rich_text": lambda reader, block: read_rich_text(block["elements"], reader.eyes),
    "section": _section,
    "table": _table,
    "video": lambda reader, block: f"[video: {reader.text(block['title'])}]",
}

ELEMENTS: Mapping[str, Callable[[Reader, Payload], str]] = {
    "button": lambda reader, element: f"[{reader.text(element['text'])}]",
    "image": _picture,
    "mrkdwn": lambda reader, element: reader.text(element),
    "overflow": lambda reader, element: (
        "[⋯ " + " · ".join(reader.text(option["text"]) for option in element["options"]) + "]"
    ),
    "plain_text": lambda reader, element: reader.text(element),
    "workflow_button": lambda reader, element: f"[{reader.text(element['text'])}]",
}
