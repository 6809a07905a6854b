"""Blocks as HTML: what a person reads as text, what they fill in or press as plain form controls."""

import json
from collections.abc import Callable, Mapping

from playground.blockkit import elements_of
from playground.driver.screen import Screen
from playground.driver.world import World
from playground.form_state import SHAPES, options_of
from playground.page.html import Html, inside, tag
from playground.types import Payload

TYPED = {"datepicker": "date", "timepicker": "time", "number_input": "number", "datetimepicker": "number"}
TICKED = {"radio_buttons": "radio", "checkboxes": "checkbox"}


def field_name(block: Payload, element: Payload) -> str:
    return json.dumps([block["block_id"], element["action_id"]])


class Controls:
    """Everything on one screen, to be put inside one form: pressing a button also sends what was typed."""

    def __init__(self, world: World, screen: Screen) -> None:
        self._world = world
        self._reader = screen.reader
        self._blocks = screen.blocks

    def html(self) -> Html:
        return inside(self._block(block) for block in self._blocks)

    def _block(self, block: Payload) -> Html:
        if block["type"] == "input":
            return self._input(block)
        if block["type"] == "divider":
            return tag("hr")
        readable = {**block, "accessory": None} if "accessory" in block else block
        words = "" if block["type"] == "actions" else self._reader.block(readable)
        controls = [self._element(block, one) for one, _ in elements_of(block) if "action_id" in one]
        return tag(
            "div",
            tag("p", words) if words else None,
            tag("div", controls, class_="row"),
            class_=block["type"],
        )

    def _input(self, block: Payload) -> Html:
        read, error = self._reader.text, self._reader.errors.get(block["block_id"])
        return tag(
            "fieldset",
            tag("legend", read(block["label"]), " (optional)" if block.get("optional") else None),
            self._field(block, block["element"]),
            tag("small", read(block.get("hint"))),
            tag("strong", error, role="alert") if error else None,
        )

    def _element(self, block: Payload, element: Payload) -> Html:
        """A button, a menu, or a field that tells the app at once and so needs a button of its own."""
        if element["type"] == "button":
            return self._press(block, element, self._reader.text(element["text"]))
        if element["type"] == "overflow":
            options = element["options"]
            return inside(
                self._press(block, element, self._reader.text(one["text"]), one["value"]) for one in options
            )
        if element["type"] in SHAPES:
            return inside(self._field(block, element), self._press(block, element, "Set"))
        return tag("span", self._reader.element(element))

    def _press(self, block: Payload, element: Payload, label: str, choice: str | None = None) -> Html:
        what = json.dumps([block["block_id"], element["action_id"], choice])
        return tag("button", label, name="press", value=what, class_=element.get("style"))

    def _field(self, block: Payload, element: Payload) -> Html:
        kind, name = element["type"], field_name(block, element)
        chosen = self._reader.chosen(element, block["block_id"])
        if kind in TICKED:
            return inside(self._tick(name, TICKED[kind], option, chosen) for option in options_of(element))
        if kind.endswith("_select") and kind not in ("external_select", "multi_external_select"):
            return self._menu(name, block, element, chosen)
        if kind == "file_input":
            return tag("span", "[files are not part of this page]")
        hint = self._reader.text(element.get("placeholder"))
        text = "\n".join(chosen)
        if element.get("multiline") or kind == "rich_text_input":
            return tag("textarea", text, name=name, rows=3, placeholder=hint, aria_label=self._label(block))
        typed = TYPED.get(kind, "text")
        return tag(
            "input",
            type=typed,
            name=name,
            value=text,
            placeholder=hint,
            step="any",
            aria_label=self._label(block),
        )

    def _tick(self, name: str, kind: str, option: Payload, chosen: list[str]) -> Html:
        words = self._reader.text(option["text"])
        box = tag("input", type=kind, name=name, value=option["value"], checked=words in chosen)
        return tag("label", box, " ", words, " ", tag("small", self._reader.text(option.get("description"))))

    def _menu(self, name: str, block: Payload, element: Payload, chosen: list[str]) -> Html:
        several = element["type"].startswith("multi_")
        first = [] if several else [("", self._reader.text(element.get("placeholder")) or "Choose …")]
        entries = [*first, *self._entries(element)]
        options = (tag("option", words, value=value, selected=words in chosen) for value, words in entries)
        return tag("select", options, name=name, multiple=several, aria_label=self._label(block))

    def _entries(self, element: Payload) -> list[tuple[str, str]]:
        workspace, kind = self._world.team.workspace, element["type"]
        if "users" in kind:
            return [(one.id, f"@{one.shown_name}") for one in workspace.members.values() if not one.deleted]
        if "channels" in kind or "conversations" in kind:
            return [(one.id, f"#{one.name}") for one in workspace.channels.values() if one.name]
        return [(one["value"], self._reader.text(one["text"])) for one in options_of(element)]

    def _label(self, block: Payload) -> str:
        return self._reader.text(block.get("label"))


def read_fields(blocks: list[Payload], sent: Mapping[str, list[str]]) -> dict[str, dict[str, object]]:
    """What the browser sent, as block_id → action_id → value. Fields that are not on the page stay as they are."""
    choices: dict[str, dict[str, object]] = {}
    for block in blocks:
        for element, _ in elements_of(block):
            read = _READ.get(element["type"])
            if read:
                value = read(sent.get(field_name(block, element), []))
                choices.setdefault(block["block_id"], {})[element["action_id"]] = value
    return choices


def _one(values: list[str]) -> object:
    return values[0].replace("\r\n", "\n") or None if values else None


_UNREAD = ("file_input", "external_select", "multi_external_select")
_READ: Mapping[str, Callable[[list[str]], object]] = {
    kind: list if isinstance(untouched, list) else _one
    for kind, (_, _, untouched) in SHAPES.items()
    if kind not in _UNREAD
}
