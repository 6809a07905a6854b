"""Bytes become the one dictionary Bolt sees, or a `ValueError` (`RecursionError` for a body nested too deep).

The guard and Socket Mode call this. Text is made storable: PostgreSQL takes no NUL, and no encoding takes half a
surrogate pair; neither can be typed.
"""

import json
import re
from binascii import a2b_qp
from typing import Any, NoReturn
from urllib.parse import parse_qsl

from bot import shapes

MAX_FIELDS = 100  # a slash command has 14
INTERACTION = b"payload="  # a form whose only field is the payload: clicks and submits
_UNSTORABLE = re.compile(r"\\u(?:0000|[dD][89a-fA-F])|\x00")


def parse(content_type: bytes, body: bytes) -> dict[str, Any]:
    """A request with a valid signature holds its payload as JSON, as JSON inside a form, or as a form."""
    if content_type.startswith(b"application/json"):
        return checked(_from_json(body.decode("utf-8")))
    if body.startswith(INTERACTION) and b"&" not in body:
        return checked(_from_json(_unquoted(body.removeprefix(INTERACTION)).decode("utf-8")))
    text = body.decode("utf-8")
    fields = dict(
        parse_qsl(text, keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=MAX_FIELDS)
    )
    return checked(_from_json(fields["payload"]) if "payload" in fields else storable(fields))


def _unquoted(value: bytes) -> bytes:
    """Quoted-printable differs from a form's encoding only in its sign, and Python decodes it in C.

    A submitted modal has 2,000 escapes: `urllib` takes ten times as long, which is a tenth of the whole answer.
    """
    return a2b_qp(value.replace(b"+", b" ").replace(b"=", b"=3D").replace(b"%", b"="))


def checked(payload: object) -> dict[str, Any]:
    """Raises `ValueError` for a kind or shape that Slack does not send."""
    if not isinstance(payload, dict):
        raise ValueError("not an object")
    if "ssl_check" not in payload:
        shapes.check(payload)
    return payload


def _from_json(text: str) -> Any:
    value = _DECODER.decode(text)
    return storable(value) if _UNSTORABLE.search(text) else value


def storable(value: Any) -> Any:
    """NUL characters are removed from the value; half a surrogate pair raises an error."""
    if isinstance(value, str):
        value.encode("utf-8")  # raises on half a pair
        return value.replace("\x00", "")
    if isinstance(value, dict):
        return {storable(key): storable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [storable(item) for item in value]
    return value


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


_DECODER = json.JSONDecoder(parse_constant=_refuse)
