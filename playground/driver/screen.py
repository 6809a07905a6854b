"""A list of blocks as one screen: its text, and the controls on it, found by their words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from playground.blockkit import elements_of
from playground.driver.finding import alike, the_one
from playground.driver.reading import Reader
from playground.form_state import SHAPES, options_of
from playground.types import Payload

Place: TypeAlias = tuple[str, str]
"""A field: its block_id and action_id."""


@dataclass(frozen=True)
class Control:
    """Something to press or to fill in, with the words it is known by and those it stands beside."""

    label: str
    beside: str
    block: Payload
    element: Payload

    @property
    def block_id(self) -> str:
        return str(self.block["block_id"])

    @property
    def action_id(self) -> str:
        return str(self.element["action_id"])

    @property
    def kind(self) -> str:
        return str(self.element["type"])

    @property
    def acts_at_once(self) -> bool:
        """A choice outside an input block reaches the app as soon as it is made."""
        return self.block["type"] != "input" or bool(self.block.get("dispatch_action"))


@dataclass(frozen=True)
class Screen:
    blocks: list[Payload]
    reader: Reader
    heading: str = ""
    footing: str = ""
    offered: Mapping[Place, list[Payload]] = field(default_factory=dict)
    """What menus that ask the app have offered so far."""

    @property
    def text(self) -> str:
        return "\n".join(
            part for part in (self.heading, self.reader.blocks(self.blocks), self.footing) if part
        )

    def button(self, label: str, beside: str = "") -> Control:
        buttons = (one for one in self._controls() if one.kind in ("button", "workflow_button"))
        return self._find(label, "button", buttons, beside)

    def overflow_option(self, label: str, beside: str = "") -> tuple[Control, Payload]:
        menus = (one for one in self._controls() if one.kind == "overflow")
        found = self._find(label, "menu entry", _per_option(self.reader, menus), beside)
        return found, option_reading(self.reader, found.element, label)

    def field_called(self, label: str, beside: str = "") -> Control:
        fields = (one for one in self._controls() if one.kind in SHAPES)
        return self._find(label, "field", fields, beside)

    def tick_box(self, label: str, beside: str = "") -> tuple[Control, Payload]:
        groups = (one for one in self._controls() if one.kind == "checkboxes")
        found = self._find(label, "checkbox", _per_option(self.reader, groups), beside)
        return found, option_reading(self.reader, found.element, label)

    def labels(self) -> dict[str, str]:
        """block_id → the label a person reads there."""
        return {one.block_id: one.label for one in self._controls() if one.block["type"] == "input"}

    def _find(self, label: str, what: str, controls: Iterator[Control], beside: str) -> Control:
        candidates = [(one.label, one) for one in controls if not beside or alike(one.beside, beside)]
        return the_one(label, candidates, f"{what} beside {beside!r}:" if beside else what, self.text)

    def _controls(self) -> Iterator[Control]:
        above = self.heading
        for block in self.blocks:
            words = _words(self.reader, block)
            for element, _ in elements_of(block) if block["type"] != "context" else ():
                label = self.reader.text(element.get("text") or element.get("placeholder"))
                known_by = words if element["type"] in SHAPES and words else label
                yield Control(known_by, words or above, block, self._with_offered(block, element))
            above = words or above

    def _with_offered(self, block: Payload, element: Payload) -> Payload:
        offered = self.offered.get((block.get("block_id", ""), element.get("action_id", "")))
        return {**element, "options": offered} if offered else element


def option_reading(reader: Reader, element: Payload, words: str) -> Payload:
    options = [(reader.text(option["text"]), option) for option in options_of(element)]
    return the_one(words, options, "option", reader.block({"type": "actions", "elements": [element]}))


def _words(reader: Reader, block: Payload) -> str:
    """The words a control of this block stands beside; a row of buttons has none of its own."""
    if block["type"] == "input":
        return reader.text(block["label"])
    if block["type"] in ("actions", "divider"):
        return ""
    return reader.block({**block, "accessory": None} if "accessory" in block else block)


def _interactive(block: Payload) -> Iterator[Payload]:
    """Slack gives every control an action_id; texts and images have none."""
    return (element for element, _ in elements_of(block) if "action_id" in element)


def _per_option(reader: Reader, controls: Iterator[Control]) -> Iterator[Control]:
    for control in controls:
        for option in options_of(control.element):
            yield Control(reader.text(option["text"]), control.beside, control.block, control.element)
