"""Pressing buttons, choosing from menus, and menus that ask the app for their options."""

from collections.abc import Mapping
from typing import Any

from playground.delivery.reply import Delivery
from playground.errors import SlackError
from playground.form_state import (
    SHAPES,
    NoSuchElement,
    carried_over,
    find_element,
    options_of,
    shaped,
    with_choices,
)
from playground.team import Team
from playground.triggers import Trigger
from playground.types import Payload
from playground.verbs.outcome import Outcome
from playground.verbs.payloads import action_ts, channel_of, origin
from playground.views import View
from playground.workspace import Message

AT_THE_CONTROL = "Something went wrong. Please try again."  # Slack shows an error icon at the control
NO_RESULTS = "No results"
MOST_OPTIONS = 100


def fill(team: Team, user_id: str, target: Message | View, choices: Mapping[str, Mapping[str, Any]]) -> None:
    """Types into a form without sending it. Nothing reaches the app; its next interaction carries the values."""
    if isinstance(target, View):
        target.values = with_choices(target.blocks, target.values, choices)
    else:
        state = carried_over(target.states.get(user_id, {}), target.blocks)
        target.states[user_id] = with_choices(target.blocks, state, choices)
    team.ground.activity.changed()


async def press(
    team: Team, user_id: str, target: Message | View, block_id: str, action_id: str, choice: Any = None
) -> Outcome:
    element = find_element(target.blocks, block_id, action_id)
    if element["type"] in SHAPES:
        fill(team, user_id, target, {block_id: {action_id: choice}})
    if not team.installed.app.manifest.interactivity:
        return Outcome(notice=team.show_notice(user_id, AT_THE_CONTROL, "control"))
    trigger = team.triggers.issue(user_id, view_id=target.id if isinstance(target, View) else None)
    seen = len(team.workspace.ephemerals_of(user_id))
    payload = _payload(team, trigger, target) | {
        "actions": [_action(team, element, block_id, choice)],
    }
    reply = await team.post.send(Delivery("interactive", payload))
    outcome = Outcome(view=team.views.top(user_id), ephemerals=team.workspace.ephemerals_of(user_id)[seen:])
    if not reply.taken:
        outcome.notice = team.show_notice(user_id, AT_THE_CONTROL, "control")
    return outcome


async def suggest(
    team: Team, user_id: str, target: Message | View, block_id: str, action_id: str, typed: str
) -> Outcome:
    """Types into a menu that asks the app. Below `min_query_length` Slack does not ask."""
    element = find_element(target.blocks, block_id, action_id)
    if len(typed) < element.get("min_query_length", 3):
        return Outcome()
    where = _container(team, user_id, target)
    where.pop("state", None)
    payload = origin(team, user_id) | where
    payload |= {"type": "block_suggestion", "block_id": block_id, "action_id": action_id, "value": typed}
    reply = await team.post.send(Delivery("options", payload))
    try:
        if not reply.taken:
            raise ValueError(reply.problem)
        return Outcome(options=_options_in(reply.parsed()))
    except (ValueError, SlackError):
        return Outcome(notice=team.show_notice(user_id, NO_RESULTS, "control"))


def _options_in(answer: object) -> list[Payload]:
    if not isinstance(answer, dict) or not ("options" in answer) ^ ("option_groups" in answer):
        raise ValueError("neither options nor option_groups")
    options = options_of(answer)
    if len(options) > MOST_OPTIONS or not all(isinstance(one.get("value"), str) for one in options):
        raise ValueError("not a list of at most 100 options")
    return options


def _payload(team: Team, trigger: Trigger, target: Message | View) -> Payload:
    return (
        {"type": "block_actions"}
        | origin(team, trigger.user_id)
        | {"trigger_id": trigger.id}
        | _container(team, trigger.user_id, target)
        | _response_url(team, trigger.user_id, target)
    )


def _container(team: Team, user_id: str, target: Message | View) -> Payload:
    if isinstance(target, View):
        return {
            "container": {"type": "view", "view_id": target.id},
            "view": team.views.as_slack(target),
        }
    container: Payload = {
        "type": "message",
        "message_ts": target.ts,
        "channel_id": target.channel_id,
        "is_ephemeral": target.ephemeral_to is not None,
    }
    if target.thread_ts:
        container["thread_ts"] = target.thread_ts
    where: Payload = {
        "container": container,
        "channel": channel_of(team.workspace.channels[target.channel_id]),
        "state": {"values": carried_over(target.states.get(user_id, {}), target.blocks)},
    }
    return where if target.ephemeral_to else where | {"message": target.as_slack(team.team_id)}


def _response_url(team: Team, user_id: str, target: Message | View) -> Payload:
    """Only for messages; a press in a view has none."""
    if isinstance(target, View):
        return {}
    url = team.response_urls.issue("actions", user_id, target.channel_id, _stored(team, target))
    return {"response_url": team.ground.url + url.path}


def _stored(team: Team, seen: Message) -> Message:
    """The message itself: what the person pressed may be an older picture of it."""
    channel = team.workspace.channels[seen.channel_id]
    ephemeral = next((one for one in channel.ephemerals if one.ts == seen.ts), None)
    return channel.messages.get(seen.ts) or ephemeral or seen


def _action(team: Team, element: Payload, block_id: str, choice: Any) -> Payload:
    action: Payload = {
        "type": element["type"],
        "block_id": block_id,
        "action_id": element["action_id"],
        "action_ts": action_ts(team),
    }
    action |= {key: element[key] for key in ("placeholder", "style", "confirm") if key in element}
    if element["type"] == "button":
        return action | {key: element[key] for key in ("text", "value", "url") if key in element}
    if element["type"] == "overflow":
        return action | {"selected_option": _overflow_choice(element, choice)}
    if element["type"] in SHAPES:
        initial = SHAPES[element["type"]][1]
        echo = {initial: element[initial]} if initial in element else {}
        return action | echo | shaped(element, choice)
    return action


def _overflow_choice(element: Payload, choice: Any) -> Any:
    found = [one for one in options_of(element) if choice in (one, one.get("value"))]
    if not found:
        raise NoSuchElement(f"the menu has no option with the value {choice!r}")
    return found[0]
