"""What an app wants to say, checked as Slack checks it: text, blocks, attachments, metadata."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playground.blockkit import check_blocks, with_defaults
from playground.errors import SlackError, invalid_blocks
from playground.json_argument import decoded
from playground.types import Payload

LONGEST_TEXT = 40_000  # Slack cuts here without a word
MOST_ATTACHMENTS = 100
LONGEST_MARKDOWN = 12_000
LARGEST_METADATA = 8_000  # Slack documents the error, not the number
MOST_IN_BLOCKS = 13_200 * 4  # all blocks together, as JSON; again only the error is documented


@dataclass(frozen=True)
class Content:
    """`None` means that the app did not send this part: an update then keeps or drops the old one."""

    text: str | None
    blocks: list[Payload] | None
    attachments: list[Payload] | None
    metadata: Payload | None

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.blocks or self.attachments)


def read_content(args: Mapping[str, Any]) -> Content:
    """Raises SlackError with the code Slack uses. Arguments may be JSON strings (forms) or objects (JSON)."""
    text, markdown = args.get("text"), args.get("markdown_text")
    if markdown is not None:
        text = _markdown(args, markdown)
    return Content(
        text=None if text is None else str(text)[:LONGEST_TEXT],
        blocks=_blocks(args.get("blocks")),
        attachments=_attachments(args.get("attachments")),
        metadata=_metadata(args.get("metadata")),
    )


def _markdown(args: Mapping[str, Any], markdown: Any) -> str:
    if args.get("text") or args.get("blocks"):
        raise SlackError("markdown_text_conflict")
    if len(str(markdown)) > LONGEST_MARKDOWN:
        raise SlackError("msg_too_long")
    return str(markdown)


def _blocks(given: Any) -> list[Payload] | None:
    blocks = _given(given, "invalid_blocks_format")
    if blocks is None:
        return None
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise SlackError("invalid_blocks_format")
    if problems := check_blocks(blocks):
        raise invalid_blocks(problems)
    if len(json.dumps(blocks)) > MOST_IN_BLOCKS:
        raise SlackError("msg_blocks_too_long")
    return with_defaults(blocks)


def _attachments(given: Any) -> list[Payload] | None:
    attachments = _given(given, "invalid_attachments")
    if attachments is None:
        return None
    if not isinstance(attachments, list) or not all(isinstance(one, dict) for one in attachments):
        raise SlackError("invalid_attachments")
    if len(attachments) > MOST_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    return attachments


def _metadata(given: Any) -> Payload | None:
    metadata = _given(given, "invalid_metadata_format")
    if metadata is None:
        return None
    if metadata == {}:
        return {}  # on an update: take it away
    if not isinstance(metadata, dict):
        raise SlackError("invalid_metadata_format")
    event_type, payload = metadata.get("event_type"), metadata.get("event_payload")
    if not isinstance(event_type, str) or not event_type or not isinstance(payload, dict):
        raise SlackError("invalid_metadata_schema")
    if len(json.dumps(metadata)) > LARGEST_METADATA:
        raise SlackError("metadata_too_large")
    return {"event_type": event_type, "event_payload": payload}


def _given(value: Any, error: str) -> Any:
    return None if value == "" else decoded(value, SlackError(error))
