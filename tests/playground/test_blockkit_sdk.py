"""A contract with Slack's own SDK: what its models let through, the local Slack accepts."""

from typing import Any

import pytest
from slack_sdk.models import blocks as kit
from slack_sdk.models.views import View

from playground.blockkit import check_blocks, check_view, with_defaults
from tests.playground.samples import BLOCKS, BUTTONS, MENUS, MESSAGE_ONLY, MODAL_INPUTS, Json, named


@pytest.mark.parametrize("made", BLOCKS + MESSAGE_ONLY, ids=named)
def test_blocks_of_the_sdk_are_accepted_in_messages(made: Any) -> None:
    assert check_blocks([made.to_dict()]) == []


@pytest.mark.parametrize("surface", ["modal", "home"])
@pytest.mark.parametrize("made", BLOCKS, ids=named)
def test_blocks_of_the_sdk_are_accepted_in_views(made: Any, surface: str) -> None:
    assert check_view(view_of(surface, made)) == []


@pytest.mark.parametrize("made", MENUS, ids=named)
def test_menus_of_the_sdk_are_accepted_wherever_menus_stand(made: Any) -> None:
    holders: list[Any] = [
        kit.InputBlock(label="l" * 2000, element=made, hint="h" * 2000, optional=True, dispatch_action=True),
        kit.SectionBlock(text="x", accessory=made),
        kit.ActionsBlock(elements=[made]),
    ]
    assert check_blocks([holder.to_dict() for holder in holders]) == []
    assert check_view(view_of("modal", *holders)) == []
    assert check_view(view_of("home", *holders)) == []


@pytest.mark.parametrize("made", MODAL_INPUTS, ids=named)
def test_inputs_of_the_sdk_are_accepted_in_modals(made: Any) -> None:
    assert check_view(view_of("modal", kit.InputBlock(label="l", element=made))) == []


@pytest.mark.parametrize("made", BUTTONS, ids=named)
def test_buttons_of_the_sdk_are_accepted_beside_a_section(made: Any) -> None:
    assert check_blocks([kit.SectionBlock(text="x", accessory=made).to_dict()]) == []


def test_a_view_of_the_sdk_is_accepted_at_its_limits() -> None:
    view = View(
        type="modal",
        title="t" * 24,
        submit="s" * 24,
        close="c" * 24,
        callback_id="c" * 255,
        external_id="e" * 255,
        private_metadata="p" * 3000,
        clear_on_close=True,
        notify_on_close=True,
        blocks=[kit.DividerBlock()] * 100,
    )
    assert check_view(view.to_dict()) == []


def test_what_slack_fills_in_is_accepted_when_sent_back() -> None:
    filled = with_defaults([made.to_dict() for made in BLOCKS])
    assert check_blocks(filled) == []


def test_missing_ids_are_made_up_and_given_ids_are_kept() -> None:
    blocks = [
        kit.ActionsBlock(elements=[kit.ButtonElement(text="A"), kit.ButtonElement(text="B", action_id="b")])
    ]
    [filled] = with_defaults([block.to_dict() for block in blocks])
    made, given = (element["action_id"] for element in filled["elements"])
    assert given == "b"
    assert made not in ("", "b")
    assert filled["block_id"]


def test_texts_come_back_with_the_defaults_slack_writes_into_them() -> None:
    sent = [
        kit.SectionBlock(text="x", accessory=kit.ButtonElement(text=kit.PlainTextObject(text="Go"))).to_dict()
    ]
    [section] = with_defaults(sent)
    assert section["text"]["verbatim"] is False
    assert section["accessory"]["text"]["emoji"] is True
    assert "verbatim" not in sent[0]["text"], "what the caller holds stays as it was"


def view_of(surface: str, *blocks: Any) -> Json:
    view: Json = {"type": surface, "blocks": [block.to_dict() for block in blocks]}
    if surface == "modal":
        text = {"type": "plain_text", "text": "x"}
        view |= {"title": text, "submit": text}
    return view
