"""Answers to a person's doing that go around the Web API: the body of a command's ack, and response_urls."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse

from playground.content import read_content
from playground.errors import SlackError
from playground.response_urls import ResponseUrl
from playground.team import Posting, Team
from playground.types import Payload
from playground.workspace import Message

NOTHING_TO_SAY = {"response_type"}  # `{"response_type": "in_channel"}` alone only echoes the command


def answer_command(team: Team, url: ResponseUrl, args: Mapping[str, Any]) -> Message | None:
    """The ack of a slash command as a message; None when it says nothing."""
    return None if set(args) <= NOTHING_TO_SAY else _say(team, url, args)


async def answer_through(team: Team, url: ResponseUrl, request: Request) -> PlainTextResponse:
    """POST to a response_url. Slack documents no failure bodies: we refuse with non-2xx and a code."""
    try:
        args = await _json_object(request)
        team.response_urls.use(url)
        _apply(team, url, args)
    except SlackError as refusal:
        gone = refusal.code in ("expired_url", "used_url")
        return PlainTextResponse(refusal.code, status_code=404 if gone else 400)
    return PlainTextResponse("ok")


async def _json_object(request: Request) -> Payload:
    try:
        args = await request.json()
    except (ValueError, RecursionError):
        raise SlackError("invalid_payload") from None
    if not isinstance(args, dict):
        raise SlackError("invalid_payload")
    return args


def _apply(team: Team, url: ResponseUrl, args: Payload) -> None:
    if args.get("delete_original"):
        _delete(team, url)
    elif args.get("replace_original"):
        _replace(team, url, args)
    else:
        _say(team, url, args)


def _say(team: Team, url: ResponseUrl, args: Mapping[str, Any]) -> Message:
    content = read_content(args)
    if content.is_empty:
        raise SlackError("no_text")
    public = args.get("response_type") == "in_channel"
    thread_ts = args.get("thread_ts") if public else None
    posting = Posting(thread_ts=thread_ts, ephemeral_to=None if public else url.user_id)
    return team.say(team.workspace.channels[url.channel_id], content, posting)


def _replace(team: Team, url: ResponseUrl, args: Payload) -> None:
    """Who can see the original stays as it was for ever; `response_type` changes nothing here."""
    content = read_content(args)
    if content.is_empty:
        raise SlackError("no_text")
    team.change(_original(team, url), content)


def _delete(team: Team, url: ResponseUrl) -> None:
    original = _original(team, url)
    channel = team.workspace.channels[original.channel_id]
    if original.ephemeral_to:
        channel.ephemerals = [one for one in channel.ephemerals if one is not original]
    else:
        channel.messages.pop(original.ts, None)
    team.ground.activity.changed()


def _original(team: Team, url: ResponseUrl) -> Message:
    """The app's own message this address belongs to; a person's command line or message cannot be touched."""
    if url.original is None or url.original.user != team.installed.bot.id:
        raise SlackError("no_original_message")
    return url.original
