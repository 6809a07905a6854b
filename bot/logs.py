"""Each event is one line with ids, codes, counts and durations, never a word somebody typed.

Our loggers (`bot.*`) name an event and carry allow-listed fields: `log.info("checkin.saved", extra={"checkin": 12})`.
Messages of other libraries may quote a request or a row, so only their logger, level and place are written. Exceptions,
ours or theirs, are written as types and frames only.
"""

import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from types import TracebackType
from typing import Any, TextIO

FIELDS = frozenset(
    {
        "attempt", "changed", "checkin", "code", "count", "departed", "due", "error", "handler", "host", "job", "kind",
        "method", "missing", "mode", "ms", "new", "notification", "outcome", "person", "port", "reason", "reference",
        "remedy", "retry_after", "status", "total", "unchanged", "version", "week", "workspace",
    }
)  # fmt: skip
_is_event = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*").fullmatch
_is_code = re.compile(r"[\w./:+#=-]{0,80}", re.ASCII).fullmatch
MAX_FRAMES = 30
MAX_CAUSES = 5


def configure(stream: TextIO, level: str = "INFO") -> None:
    """All logs go to one stream: as JSON for machines, as plain lines for a person at a terminal."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_Plain() if stream.isatty() else _Json())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("bot").setLevel(level)
    logging.captureWarnings(True)
    logging.raiseExceptions = False  # else logging's error report would print the record's arguments
    sys.excepthook = _log_unexpected
    threading.excepthook = sys.unraisablehook = _log_stray


def _log_stray(raised: "threading.ExceptHookArgs | sys.UnraisableHookArgs") -> None:
    """A thread or a destructor raised this. Python would print its message and the object."""
    if raised.exc_value is not None:
        _log_unexpected(raised.exc_type, raised.exc_value, raised.exc_traceback)


def _log_unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    logging.getLogger(__name__).critical("unexpected", exc_info=(kind, error, trace))


def event_of(record: logging.LogRecord) -> dict[str, Any]:
    """Only these parts of a record may be written."""
    event: dict[str, Any] = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
    }
    if record.name.partition(".")[0] == "bot":
        event["event"] = record.msg if not record.args and _is_event(str(record.msg)) else "unnamed"
        event |= {name: _value(value) for name, value in vars(record).items() if name in FIELDS}
    else:
        event |= {"event": "library", "logger": record.name}
    if "event" not in event or event["event"] in ("library", "unnamed"):
        event["where"] = f"{record.filename}:{record.lineno}"
    if record.exc_info and record.exc_info[1] is not None:
        event["raised"] = list(islice(_raised(record.exc_info[1]), MAX_CAUSES))
    return event


def _value(value: object) -> object:
    """Numbers, codes and ids pass; a text that could be a sentence is left out."""
    if value is None or isinstance(value, bool | int | float):
        return value
    text = str(value)
    return text if _is_code(text) else "?"


def _raised(error: BaseException) -> Iterator[dict[str, object]]:
    """The list holds the exception, its members if it is a group, and its causes, as types and frames."""
    waiting: list[BaseException | None] = [error]
    while waiting:
        current = waiting.pop(0)
        if current is None:
            continue
        yield {"type": _name(type(current)), "frames": _frames(current)}
        if isinstance(current, BaseExceptionGroup):
            waiting += current.exceptions
        waiting.append(current.__cause__ or (None if current.__suppress_context__ else current.__context__))


def _name(kind: type[BaseException]) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def _frames(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)[-MAX_FRAMES:]
    return [f"{frame.filename}:{frame.lineno}:{frame.name}" for frame in frames]


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(event_of(record))


class _Plain(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        event = event_of(record)
        at, level, name = event.pop("at")[11:19], event.pop("level"), event.pop("event")
        causes = event.pop("raised", [])
        fields = "".join(f" {key}={value}" for key, value in event.items())
        lines = [f"{at} {level.upper():<8} {name}{fields}"]
        for cause in causes:
            lines += [f"  {cause['type']}", *(f"    {frame}" for frame in cause["frames"])]
        return "\n".join(lines)
