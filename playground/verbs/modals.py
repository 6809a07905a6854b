"""Submitting and closing modals: what the client checks itself, and what the app may answer."""

from collections.abc import Mapping
from typing import Any

from playground.client_checks import mistakes
from playground.delivery.reply import Delivery, Reply
from playground.errors import SlackError
from playground.form_state import with_choices
from playground.team import Team
from playground.types import Payload
from playground.verbs.outcome import Outcome
from playground.verbs.payloads import origin
from playground.views import View

TROUBLE = "We had some trouble connecting. Try again?"
Choices = Mapping[str, Mapping[str, Any]]


class NotOnScreen(LookupError):
    """The person has no such modal open: a mistake of the test, not of the app."""


async def submit_view(team: Team, user_id: str, view_id: str, choices: Choices) -> Outcome:
    """Sends the form. Empty required fields and the like stay in the client; the app never hears of them."""
    view = _open_view(team, user_id, view_id)
    view.values = with_choices(view.blocks, view.values, choices)
    if wrong := mistakes(view.blocks, view.values):
        return Outcome(view=view, errors=wrong)
    trigger = team.triggers.issue(user_id, view_id=view.id)
    payload: Payload = {"type": "view_submission"} | origin(team, user_id)
    payload |= {
        "trigger_id": trigger.id,
        "view": team.views.as_slack(view),
        "response_urls": _response_urls(team, view),
    }
    reply = await team.post.send(Delivery("interactive", payload))
    try:
        errors = _follow(team, view, _answer_in(reply))
    except (SlackError, ValueError):
        notice = team.show_notice(user_id, TROUBLE, "modal")
        return Outcome(view=team.views.top(user_id), notice=notice)
    finally:
        team.ground.activity.changed()
    return Outcome(view=team.views.top(user_id), errors=errors)


async def close_view(team: Team, user_id: str, view_id: str, *, all_views: bool = False) -> Outcome:
    """Cancel closes one view; the x (`all_views`) the whole stack, and Slack then speaks of the first."""
    view = _open_view(team, user_id, view_id)
    if all_views:
        view = team.views.stack_of(user_id)[0]
        team.views.clear(user_id)
    else:
        team.views.close(view)
    team.ground.activity.changed()
    if view.content.get("notify_on_close"):
        payload: Payload = {"type": "view_closed"} | origin(team, user_id)
        payload |= {"view": team.views.as_slack(view, with_values=False), "is_cleared": all_views}
        await team.post.send(Delivery("interactive", payload))
    return Outcome(view=team.views.top(user_id))


def _open_view(team: Team, user_id: str, view_id: str) -> View:
    for view in team.views.stack_of(user_id):
        if view.id == view_id:
            return view
    raise NotOnScreen(f"{user_id} has no modal {view_id} open")


def _answer_in(reply: Reply) -> Payload:
    """An empty body closes the view; anything else must be a JSON object with a `response_action`."""
    if not reply.taken:
        raise ValueError(reply.problem)
    if not reply.body.strip():
        return {"response_action": "close"}
    answer = reply.parsed()
    if not isinstance(answer, dict):
        raise ValueError("not an object")
    return answer


def _follow(team: Team, view: View, answer: Payload) -> dict[str, str]:
    """Does what the app asked for. Of two submits at once, the later answer finds the view closed: no effect."""
    if not view.is_open:
        return {}
    match answer.get("response_action"):
        case "errors":
            return _errors_in(view, answer.get("errors"))
        case "clear":
            team.views.clear(view.user_id)
        case "close":
            team.views.close(view)
        case "update":
            team.views.update(view, answer.get("view"))
        case "push":
            team.views.push(view.user_id, answer.get("view"))
        case unknown:
            raise ValueError(f"unknown response_action {unknown!r}")
    return {}


def _errors_in(view: View, errors: object) -> dict[str, str]:
    """Keys must name input blocks of the view."""
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        raise ValueError("errors must map block_ids of inputs to sentences")
    if not all(isinstance(sentence, str) and sentence for sentence in errors.values()):
        raise ValueError("each error must be a sentence")
    return errors


def _response_urls(team: Team, view: View) -> list[Payload]:
    """For conversation menus in inputs that asked for one."""
    issued = []
    for block in view.blocks:
        element = block.get("element", {})
        if block["type"] == "input" and element.get("response_url_enabled"):
            entry = view.values[block["block_id"]][element["action_id"]]
            channel_id = entry.get("selected_conversation") or entry.get("selected_channel")
            if channel_id:
                url = team.response_urls.issue("app", view.user_id, channel_id)
                issued.append(
                    {
                        "block_id": block["block_id"],
                        "action_id": element["action_id"],
                        "channel_id": channel_id,
                        "response_url": team.ground.url + url.path,
                    }
                )
    return issued
