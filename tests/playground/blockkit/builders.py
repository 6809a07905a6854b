"""Blocks and views in one word each."""

from typing import Any

from playground.blockkit import Problem

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(**fields: Any) -> Json:
    return {"type": "section", "text": mrkdwn("Hello"), **fields}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def button(**fields: Any) -> Json:
    return {"type": "button", "text": plain("Open"), "action_id": "open", **fields}


def option(value: str, text: str = "Good", **fields: Any) -> Json:
    return {"text": plain(text), "value": value, **fields}


def entry(element: Json, **fields: Any) -> Json:
    return {"type": "input", "label": plain("How is it?"), "element": element, **fields}


def modal(*blocks: Json, **fields: Any) -> Json:
    return {"type": "modal", "title": plain("Check-in"), "blocks": list(blocks), **fields}


def said(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.pointer, problem.message) for problem in problems]
