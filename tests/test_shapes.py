"""Shapes: whatever a signed payload holds, Bolt is never handed something it breaks on."""

import copy
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_bolt.app.async_app import AsyncApp

from bot import payload, shapes
from bot.bolt import Intake, bolt_app
from bot.metrics import Metrics
from bot.slack import Identity

USER = {"id": "UANA", "team_id": "T0HOME"}
VIEW = {
    "id": "V1",
    "type": "modal",
    "callback_id": "checkins.form",
    "state": {"values": {"wins": {"wins": {}}}},
}
COMMON = {"team": {"id": "T0HOME"}, "user": USER, "trigger_id": "1.2.3", "enterprise": None}
EXAMPLES: dict[str, dict[str, Any]] = {
    "command": {
        "command": "/checkin",
        "team_id": "T0HOME",
        "user_id": "UANA",
        "trigger_id": "1.2.3",
        "text": "",
    },
    "block_actions": {
        **COMMON,
        "type": "block_actions",
        "container": {"type": "message", "channel_id": "D1", "message_ts": "1.2"},
        "channel": {"id": "D1"},
        "message": {"ts": "1.2"},
        "actions": [{"action_id": "open", "block_id": "b", "value": "1", "action_ts": "1.2"}],
    },
    "block_suggestion": {
        **COMMON,
        "type": "block_suggestion",
        "action_id": "a",
        "block_id": "b",
        "value": "x",
    },
    "view_submission": {**COMMON, "type": "view_submission", "view": VIEW, "response_urls": []},
    "view_closed": {**COMMON, "type": "view_closed", "view": VIEW, "is_cleared": False},
    "shortcut": {**COMMON, "type": "shortcut", "callback_id": "checkins.form"},
    "message_action": {**COMMON, "type": "message_action", "callback_id": "x", "message": {"ts": "1.2"}},
    "event_callback": {
        "type": "event_callback",
        "team_id": "T0HOME",
        "event_id": "Ev1",
        "event": {"type": "app_home_opened", "user": "UANA", "tab": "home"},
        "authorizations": [{"team_id": "T0HOME", "user_id": "UBOT", "is_enterprise_install": False}],
    },
    "app_rate_limited": {"type": "app_rate_limited", "team_id": "T0HOME", "minute_rate_limited": 1518467820},
    "url_verification": {"type": "url_verification", "challenge": "x"},
}

junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "type", "x"]), inner),
    max_leaves=5,
)


@pytest.fixture(scope="module")
def intake() -> Intake:
    return Intake(listening_to_everything(), Metrics.new())


def listening_to_everything() -> AsyncApp:
    app = bolt_app(Identity("T0HOME", "Home", "UBOT", "BBOT", "", frozenset(), None), "http://127.0.0.1:9/")

    async def acknowledge(ack: Any) -> None:
        await ack()

    anything = re.compile(".*")
    app.command(anything)(acknowledge)
    app.action({"action_id": anything})(acknowledge)
    app.options({"action_id": anything})(acknowledge)
    app.view(anything)(acknowledge)
    app.view_closed(anything)(acknowledge)
    app.shortcut(anything)(acknowledge)
    app.event(anything)(acknowledge)
    return app


def test_every_kind_has_an_example() -> None:
    assert set(EXAMPLES) == {"command", *shapes.KINDS}


@pytest.mark.parametrize("kind", EXAMPLES)
async def test_what_slack_sends_is_let_through(intake: Intake, kind: str) -> None:
    assert shapes.kind_of(EXAMPLES[kind]) == kind
    checked = payload.checked(EXAMPLES[kind])
    if kind != "url_verification":  # the guard's to answer
        assert (await intake(checked, {})).status == 200


@given(kind=st.sampled_from(sorted(EXAMPLES)), data=st.data())
async def test_whatever_is_spoiled_bolt_does_not_break(
    intake: Intake, kind: str, data: st.DataObject
) -> None:
    spoiled = copy.deepcopy(EXAMPLES[kind])
    place = data.draw(st.sampled_from(list(places(spoiled))))
    spoil(spoiled, place, data.draw(junk | st.just(...)))
    try:
        checked = payload.checked(spoiled)
    except ValueError:
        return
    assert (await intake(checked, {})).status < 500


def places(value: Any, path: tuple[Any, ...] = ()) -> Any:
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        yield (*path, step)
        yield from places(inner, (*path, step))


def spoil(value: Any, place: tuple[Any, ...], by: object) -> None:
    for step in place[:-1]:
        value = value[step]
    if by is ...:
        del value[place[-1]]
    else:
        value[place[-1]] = by


@pytest.mark.parametrize(
    "kind", ["dialog_submission", "interactive_message", "workflow_step_edit", "made_up"]
)
def test_kinds_we_never_asked_for_are_refused(kind: str) -> None:
    with pytest.raises(ValueError, match="no kind"):
        payload.checked({"type": kind, "callback_id": "x", "actions": []})
