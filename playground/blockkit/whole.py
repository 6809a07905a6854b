"""The rules about a list of blocks as a whole: what must be unique, what may be there only once."""

from collections.abc import Iterator
from typing import Any

from playground.blockkit.problem import Problem, broken
from playground.blockkit.shape import Json

MOST_MARKDOWN = 12_000


def elements_of(block: Json) -> Iterator[tuple[Json, str]]:
    """The elements that stand in a block, each with its place inside the block."""
    for name in ("accessory", "element"):
        if isinstance(element := block.get(name), dict):
            yield element, name
    if block.get("type") in ("actions", "context"):
        for place, element in enumerate(block.get("elements", [])):
            yield element, f"elements/{place}"


def problems_together(blocks: list[Json], at: str, surface: str) -> Iterator[Problem]:
    yield from _block_ids_are_unique(blocks, at)
    yield from _action_ids_are_unique_in_their_block(blocks, at)
    yield from _one_element_has_the_focus(blocks, at)
    yield from _response_urls_come_from_modal_inputs(blocks, at, surface)
    yield from _markdown_is_short_in_total(blocks, at)
    yield from _one_table(blocks, at)


def _block_ids_are_unique(blocks: list[Json], at: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id in seen:
            yield broken(
                f"{at}/{place}/block_id", f'`block_id` "{block_id}" already exists for another block'
            )
        seen |= {block_id} if block_id else set()


def _action_ids_are_unique_in_their_block(blocks: list[Json], at: str) -> Iterator[Problem]:
    for place, block in enumerate(blocks):
        seen: set[str] = set()
        for element, inside in elements_of(block):
            action_id = element.get("action_id")
            if action_id in seen:
                message = f'`action_id` "{action_id}" already exists for another action'
                yield broken(f"{at}/{place}/{inside}/action_id", message)
            seen |= {action_id} if action_id else set()


def _one_element_has_the_focus(blocks: list[Json], at: str) -> Iterator[Problem]:
    for pointer, _element in list(_with(blocks, "focus_on_load", at))[1:]:
        yield broken(f"{pointer}/focus_on_load", "only one element can set `focus_on_load`")


def _response_urls_come_from_modal_inputs(blocks: list[Json], at: str, surface: str) -> Iterator[Problem]:
    for pointer, _element in _with(blocks, "response_url_enabled", at):
        if surface != "modal" or not pointer.endswith("/element"):
            message = "`response_url_enabled` needs an `input` block in a modal"
            yield broken(f"{pointer}/response_url_enabled", message)


def _with(blocks: list[Json], switched_on: str, at: str) -> Iterator[tuple[str, Json]]:
    for place, block in enumerate(blocks):
        for element, inside in elements_of(block):
            if element.get(switched_on):
                yield f"{at}/{place}/{inside}", element


def _markdown_is_short_in_total(blocks: list[Json], at: str) -> Iterator[Problem]:
    total = sum(len(block["text"]) for block in _of_type("markdown", blocks))
    if total > MOST_MARKDOWN:
        yield broken(at, f"`markdown` blocks must be less than {MOST_MARKDOWN + 1} characters in total")


def _one_table(blocks: list[Json], at: str) -> Iterator[Problem]:
    if sum(1 for _ in _of_type("table", blocks)) > 1:
        yield broken(at, "no more than 1 `table` block allowed")


def _of_type(kind: str, blocks: list[Json]) -> Iterator[dict[str, Any]]:
    return (block for block in blocks if block["type"] == kind)
