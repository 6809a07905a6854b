"""files.*: the three steps of an upload. The bytes themselves go to `receive_upload`, without a token."""

from typing import Any

from starlette.requests import Request as HttpRequest
from starlette.responses import PlainTextResponse

from playground.content import Content
from playground.errors import SlackError, invalid_arguments, missing_argument
from playground.json_argument import decoded
from playground.team import Posting, Team
from playground.types import Payload
from playground.web_api.arguments import MULTIPART
from playground.web_api.call import Call
from playground.workspace import File

LONGEST_ALT_TEXT = 1000
LARGEST = 1 << 30


def get_upload_url(call: Call) -> Payload:
    name, length = call.text("filename"), call.number("length", 0, most=LARGEST)
    if not length:
        raise missing_argument("length")
    if len(call.maybe("alt_txt")) > LONGEST_ALT_TEXT:
        raise SlackError("alt_txt_too_large")
    workspace = call.team.workspace
    file = File(workspace.ids.new("F"), name, title=name, length=length, alt_text=call.maybe("alt_txt"))
    workspace.files[file.id] = file
    secret = workspace.ids.hex(40)
    return {
        "upload_url": f"{call.ground.url}/upload/v1/{call.team.team_id}/{file.id}/{secret}",
        "file_id": file.id,
    }


async def receive_upload(team: Team | None, file_id: str, request: HttpRequest) -> PlainTextResponse:
    """The second step. The length must be the one announced."""
    file = team.workspace.files.get(file_id) if team else None
    if file is None or file.completed:
        return PlainTextResponse("file not found", status_code=404)
    file.content = _bytes(await request.body(), request.headers.get("content-type", ""))
    if len(file.content) != file.length:
        file.content = None
        return PlainTextResponse("the length is not the one announced", status_code=400)
    return PlainTextResponse(f"OK - {file.length}")


def complete_upload(call: Call) -> Payload:
    files = [_uploaded(call, entry) for entry in _entries(call)]
    for file in files:
        file.completed = True
    if call.maybe("channel_id"):
        _share(call, files)
    return {"files": [file.as_slack() for file in files]}


def _share(call: Call, files: list[File]) -> None:
    channel = call.channel("channel_id")
    if call.team.installed.bot.id not in channel.members:
        raise SlackError("not_in_channel")
    for file in files:
        file.channels.append(channel.id)
    content = Content(call.maybe("initial_comment"), None, None, None)
    posting = Posting(call.maybe("thread_ts") or None, files=tuple(file.as_slack() for file in files))
    call.team.say(channel, content, posting)


def _entries(call: Call) -> list[Any]:
    refusal = invalid_arguments("must be valid JSON [json-pointer:/files]")
    entries = decoded(call.args.get("files"), refusal)
    if not isinstance(entries, list) or not entries:
        raise missing_argument("files")
    return entries


def _uploaded(call: Call, entry: Any) -> File:
    file = call.team.workspace.files.get(str(entry.get("id"))) if isinstance(entry, dict) else None
    if file is None or file.content is None:
        raise SlackError("file_not_found")
    file.title = str(entry.get("title") or file.name)
    return file


def _bytes(body: bytes, content_type: str) -> bytes:
    """The raw body, or the first part of a multipart form."""
    if not content_type.startswith(MULTIPART):
        return body
    boundary = content_type.partition("boundary=")[2].strip('"').encode()
    part = body.split(b"--" + boundary)[1]
    return part.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n")
