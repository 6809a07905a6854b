"""The `rich_text` block: formatted text as a tree of sections, lists and quotes."""

from playground.blockkit.composition import ID, URL
from playground.blockkit.shape import (
    Fields,
    Rule,
    anything,
    array,
    boolean,
    choice,
    integer,
    record,
    string,
    variant,
)

_STYLE = {"style": record({}, dict.fromkeys(("bold", "italic", "strike", "underline", "code"), boolean))}
_ANY_TEXT = string(40_000, least=0)
_BORDER = {"border": choice(0, 1)}


def _part(required: Fields, optional: Fields | None = None) -> Rule:
    return record({"type": anything, **required}, optional)


def _inline(required: Fields, optional: Fields | None = None) -> Rule:
    return _part(required, {**_STYLE, **(optional or {})})


INLINE = variant(
    {
        "text": _inline({"text": string(40_000)}),
        "link": _inline({"url": URL}, {"text": _ANY_TEXT, "unsafe": boolean}),
        "user": _inline({"user_id": ID}),
        "usergroup": _inline({"usergroup_id": ID}),
        "channel": _inline({"channel_id": ID}),
        "team": _inline({"team_id": ID}),
        "emoji": _inline({"name": ID}, {"unicode": ID, "skin_tone": integer(1, 6), "url": URL}),
        "broadcast": _inline({"range": choice("here", "channel", "everyone")}),
        "date": _inline(
            {"timestamp": integer(0, 9_999_999_999), "format": string(255)},
            {"url": URL, "fallback": _ANY_TEXT},
        ),
        "color": _inline({"value": string(255)}),
    }
)

_SECTION = _part({"elements": array(INLINE)})

RICH_TEXT_PARTS = variant(
    {
        "rich_text_section": _SECTION,
        "rich_text_quote": _part({"elements": array(INLINE)}, _BORDER),
        "rich_text_preformatted": _part({"elements": array(INLINE)}, {**_BORDER, "language": string(255)}),
        "rich_text_list": _part(
            {
                "elements": array(variant({"rich_text_section": _SECTION})),
                "style": choice("bullet", "ordered"),
            },
            {"indent": integer(0, 8), "offset": integer(0, 9999), **_BORDER},
        ),
    }
)

RICH_TEXT_VALUE = variant({"rich_text": _part({"elements": array(RICH_TEXT_PARTS)}, {"block_id": ID})})
"""A rich text that stands where a value stands: in a table cell, or at the start of a rich text input."""
