"""Arguments and token of a request: query, form, multipart or JSON, as Slack accepts them."""

import json
from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import parse_qsl

from starlette.requests import Request as HttpRequest

from playground.errors import SlackError
from playground.types import Payload

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
JSON = "application/json"


async def read_arguments(request: HttpRequest) -> tuple[Payload, str]:
    """Arguments and token. A token in the query string is not looked at; with JSON only the header counts."""
    args: Payload = dict(request.query_params)
    args.pop("token", None)
    body = await request.body()
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    posted: Payload = _parse(kind, request.headers.get("content-type", ""), body) if body else {}
    in_form = posted.pop("token", "")
    return args | posted, _bearer(request) or ("" if kind == JSON else str(in_form))


def _parse(kind: str, content_type: str, body: bytes) -> Payload:
    if kind == JSON:
        return _json_object(body)
    if kind == FORM:
        try:
            return dict(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=False))
        except UnicodeDecodeError:
            raise SlackError("invalid_charset") from None
    if kind == MULTIPART:
        return _multipart(content_type, body)
    raise SlackError("missing_post_type" if not kind else "invalid_post_type")


def _json_object(body: bytes) -> Payload:
    try:
        parsed = json.loads(body)
    except (ValueError, RecursionError):
        raise SlackError("invalid_json") from None
    if not isinstance(parsed, dict):
        raise SlackError("json_not_object")
    return parsed


def _multipart(content_type: str, body: bytes) -> Payload:
    parsed = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    if not parsed.is_multipart():
        raise SlackError("invalid_form_data")
    fields: Payload = {}
    for part in parsed.iter_parts():
        name, content = part.get_param("name", header="content-disposition"), part.get_payload(decode=True)
        fields[str(name)] = content.decode("utf-8", "replace") if isinstance(content, bytes) else ""
    return fields


def _bearer(request: HttpRequest) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""
