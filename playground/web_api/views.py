"""views.*: opening, stacking and changing modals, publishing Home tabs."""

from typing import Any

from playground.errors import SlackError, invalid_arguments, missing_argument
from playground.json_argument import decoded
from playground.triggers import Trigger
from playground.types import Payload
from playground.views import View
from playground.web_api.call import Call


def open_modal(call: Call) -> Payload:
    content, trigger = _content(call), _trigger(call)
    view = call.team.views.open(trigger.user_id, content)
    trigger.opened = view.id
    return _shown(call, view)


def push(call: Call) -> Payload:
    """Needs a trigger from an interaction inside the modal that is open."""
    content, trigger = _content(call), _trigger(call)
    origin = call.team.views.get(trigger.view_id or "")
    if origin is None or not origin.is_open or origin.type != "modal":
        raise SlackError("not_found")
    view = call.team.views.push(trigger.user_id, content)
    trigger.opened = view.id
    return _shown(call, view)


def update(call: Call) -> Payload:
    content, view_id, external_id = _content(call), call.maybe("view_id"), call.maybe("external_id")
    if not (view_id or external_id):
        raise missing_argument("view_id")
    view = call.team.views.find(view_id, external_id)
    return _shown(call, call.team.views.update(view, content, call.maybe("hash")))


def publish(call: Call) -> Payload:
    user_id, content = call.text("user_id"), _content(call)
    if not call.team.installed.app.manifest.home_tab:
        raise SlackError("not_enabled")
    if user_id not in call.team.workspace.members:
        raise invalid_arguments("invalid `user_id` [json-pointer:/user_id]")
    return _shown(call, call.team.views.publish(user_id, content, call.maybe("hash")))


def _content(call: Call) -> Any:
    view = call.args.get("view")
    if view in (None, ""):
        raise missing_argument("view")
    return decoded(view, invalid_arguments("must be a valid JSON object [json-pointer:/view]"))


def _trigger(call: Call) -> Trigger:
    return call.team.triggers.check(call.text("trigger_id"))


def _shown(call: Call, view: View) -> Payload:
    call.ground.activity.changed()
    return {"view": call.team.views.as_slack(view)}
