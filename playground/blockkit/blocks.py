"""The table of blocks: what each may contain on each surface, and the rules about the list as a whole."""

from collections.abc import Iterator
from functools import cache

from playground.blockkit.composition import ID, SLACK_FILE, WEB_URL, any_text, plain_text
from playground.blockkit.elements import elements_in
from playground.blockkit.problem import Problem, broken, unsupported
from playground.blockkit.rich_text import RICH_TEXT_PARTS, RICH_TEXT_VALUE
from playground.blockkit.shape import (
    CrossCheck,
    Fields,
    Json,
    Rule,
    anything,
    array,
    boolean,
    choice,
    exactly_one_of,
    number,
    one_of,
    record,
    string,
    variant,
)
from playground.blockkit.whole import problems_together

MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}


def _block(required: Fields, optional: Fields | None = None, *cross_checks: CrossCheck) -> Rule:
    return record({"type": anything, **required}, {"block_id": ID, **(optional or {})}, *cross_checks)


def _files_do_not_dispatch(value: Json, at: str) -> Iterator[Problem]:
    if value.get("dispatch_action") and value["element"]["type"] == "file_input":
        yield broken(f"{at}/dispatch_action", "cannot be used with `file_input`")


_IMAGE = _block(
    {"alt_text": string(2000)},
    {"image_url": WEB_URL, "slack_file": SLACK_FILE, "title": plain_text(2000)},
    exactly_one_of("image_url", "slack_file"),
)

_CELL = variant(
    {
        "raw_text": record({"type": anything, "text": string(3000)}),
        "raw_number": record({"type": anything, "value": number, "text": string(3000)}),
        "rich_text": RICH_TEXT_VALUE,
    }
)
_COLUMN = record({}, {"align": choice("left", "center", "right"), "is_wrapped": boolean})

_VIDEO = _block(
    {"alt_text": string(2000), "title": plain_text(199), "video_url": WEB_URL, "thumbnail_url": WEB_URL},
    {
        "author_name": string(49),
        "description": plain_text(200),
        "provider_name": string(255),
        "provider_icon_url": WEB_URL,
        "title_url": WEB_URL,
    },
)


def _not_sent(_value: object, at: str) -> Iterator[Problem]:
    """`file` blocks are read in messages; nobody may post one."""
    yield unsupported(at, "file")


def _on_every_surface(surface: str) -> dict[str, Rule]:
    return {
        "actions": _block({"elements": array(elements_in("actions", surface), least=1, most=25)}),
        "context": _block({"elements": array(elements_in("context", surface), least=1, most=10)}),
        "divider": _block({}),
        "header": _block({"text": plain_text(150)}),
        "image": _IMAGE,
        "input": _block(
            {"label": plain_text(2000), "element": elements_in("input", surface)},
            {"hint": plain_text(2000), "optional": boolean, "dispatch_action": boolean},
            _files_do_not_dispatch,
        ),
        "rich_text": _block({"elements": array(RICH_TEXT_PARTS)}),
        "section": _block(
            {},
            {
                "text": any_text(3000),
                "fields": array(any_text(2000), least=1, most=10),
                "accessory": elements_in("section", surface),
                "expand": boolean,
            },
            one_of("text", "fields"),
        ),
        "video": _VIDEO,
    }


_ONLY_IN_MESSAGES: dict[str, Rule] = {
    "file": _not_sent,
    "markdown": _block({"text": string(12_000)}),
    "table": _block(
        {"rows": array(array(_CELL, least=1, most=20), least=1, most=100)},
        {"column_settings": array(_COLUMN, most=20)},
    ),
}


@cache
def _blocks_on(surface: str) -> Rule:
    table = _on_every_surface(surface) | (_ONLY_IN_MESSAGES if surface == "message" else {})
    least = 0 if surface == "message" else 1
    return array(variant(table), least=least, most=MOST_BLOCKS[surface])


def blocks_on(surface: str) -> Rule:
    """The blocks of a whole message or view: each by itself, and, once those are sound, all together."""

    def check(value: object, at: str) -> Iterator[Problem]:
        problems = list(_blocks_on(surface)(value, at))
        yield from problems
        if not problems and isinstance(value, list):
            yield from problems_together(value, at, surface)

    return check
