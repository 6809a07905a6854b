"""Arguments that are JSON strings in a form and plain objects in a JSON body: blocks, view, metadata, files."""

import json
from typing import Any


def decoded(value: Any, refusal: Exception) -> Any:
    """The object either way. Text that is no JSON, or nested without end, raises the refusal."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        raise refusal from None
