"""Windows to open, and opening them."""

from typing import Any

from playground.triggers import Trigger
from playground.views import View
from tests.playground.office import Office


def text(words: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": words}


def question(block_id: str, label: str = "Words", **element: Any) -> dict[str, Any]:
    return {
        "type": "input",
        "block_id": block_id,
        "label": text(label),
        "element": {"type": "plain_text_input", "action_id": "value", **element},
    }


def modal(*blocks: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "type": "modal",
        "title": text("Say"),
        "submit": text("Say it"),
        "blocks": list(blocks) or [question("words")],
        **fields,
    }


HOME: dict[str, Any] = {"type": "home", "blocks": [{"type": "section", "text": text("Hello")}]}


def trigger(office: Office, **options: Any) -> Trigger:
    return office.team.triggers.issue(office.ana.id, **options)


async def opened(office: Office, view: dict[str, Any] | None = None) -> View:
    answer = await office.client.views_open(trigger_id=trigger(office).id, view=view or modal())
    found = office.team.views.get(answer["view"]["id"])
    assert found
    return found


async def pushed(office: Office, origin: View) -> Any:
    from_inside = trigger(office, view_id=origin.id)
    return await office.client.views_push(trigger_id=from_inside.id, view=modal())
