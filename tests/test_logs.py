"""What the log may say: ids, codes, counts. Every test throws somebody's words at it and looks for them."""

import ast
import io
import json
import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from typing import Any

import pytest

from bot import logs
from bot.config import CHECKOUT

CANARY = "my manager is unfair"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    yield from _configured(io.StringIO())


@pytest.fixture
def terminal() -> Iterator[io.StringIO]:
    yield from _configured(Terminal())


def _configured(stream: io.StringIO) -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = (root.handlers[:], root.level, logging.raiseExceptions)
    hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    logs.configure(stream)
    yield stream
    root.handlers[:], root.level, logging.raiseExceptions = before
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    logging.captureWarnings(False)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


ours = logging.getLogger("bot.handlers.checkins")


def test_an_event_carries_its_ids(stream: io.StringIO) -> None:
    ours.info("checkin.saved", extra={"checkin": 12, "person": 7, "outcome": "ok", "ms": 1.5})
    (event,) = lines(stream)
    assert event.pop("at").endswith("+00:00")
    assert event == {
        "level": "info",
        "event": "checkin.saved",
        "checkin": 12,
        "person": 7,
        "outcome": "ok",
        "ms": 1.5,
    }


@pytest.mark.parametrize(
    "extra",
    [
        {"text": "xxx"},
        {"text": CANARY},
        {"wins": CANARY, "checkin": 12},
        {"reason": CANARY},
        {"code": "x" * 500},
        {"user": {"name": CANARY}},
        {"code": "line\nbreak"},
    ],
)
def test_a_field_that_is_not_listed_or_not_a_code_says_nothing(
    stream: io.StringIO, extra: dict[str, Any]
) -> None:
    ours.info("checkin.saved", extra=extra)
    written = stream.getvalue()
    assert CANARY not in written
    assert "xxx" not in written
    assert written.count("\n") == 1


@pytest.mark.parametrize("arguments", [(CANARY,), ("saved %s", CANARY), (f"saved.{CANARY}",)])
def test_a_sentence_instead_of_an_event_is_replaced_by_its_place(stream: io.StringIO, arguments: Any) -> None:
    ours.warning(*arguments)
    (event,) = lines(stream)
    assert event["event"] == "unnamed"
    assert event["where"].startswith("test_logs.py:")
    assert CANARY not in stream.getvalue()


@pytest.mark.parametrize(
    "name",
    [
        "slack_bolt.App",
        "slack_sdk.web",
        "sqlalchemy.engine",
        "uvicorn.error",
        "aiohttp",
        "apscheduler",
        "alembic",
        "asyncio",
        "botany",
    ],
)
def test_other_libraries_keep_their_messages_to_themselves(stream: io.StringIO, name: str) -> None:
    logging.getLogger(name).error("request body: %s", CANARY)
    (event,) = lines(stream)
    assert (event["event"], event["logger"], event["level"]) == ("library", name, "error")
    assert CANARY not in stream.getvalue()


@pytest.mark.parametrize("name", ["bot.handlers.errors", "uvicorn.error"])
def test_an_exception_is_types_and_places(stream: io.StringIO, name: str) -> None:
    def save(text: str) -> None:
        try:
            int(text)
        except ValueError as error:
            raise RuntimeError(f"could not save {text}") from error

    try:
        save(CANARY)
    except RuntimeError:
        logging.getLogger(name).exception("call.failed")
    (event,) = lines(stream)
    assert [cause["type"] for cause in event["raised"]] == ["builtins.RuntimeError", "builtins.ValueError"]
    assert event["raised"][0]["frames"][-1].endswith(":save")
    assert CANARY not in stream.getvalue()


def test_of_a_group_every_member_is_named(stream: io.StringIO) -> None:
    try:
        raise ExceptionGroup(CANARY, [ValueError(CANARY), KeyError(CANARY)])
    except ExceptionGroup:
        ours.exception("jobs.failed")
    (event,) = lines(stream)
    assert [cause["type"] for cause in event["raised"]] == [
        "builtins.ExceptionGroup",
        "builtins.ValueError",
        "builtins.KeyError",
    ]
    assert CANARY not in stream.getvalue()


def test_a_broken_log_call_does_not_print_its_arguments(
    stream: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    class Unprintable:
        def __str__(self) -> str:
            raise ValueError(CANARY)

    ours.error("checkin.saved", extra={"code": Unprintable()})
    logging.getLogger("aiohttp").error("%d", CANARY)
    assert CANARY not in stream.getvalue() + "".join(capsys.readouterr())


def test_warnings_and_uncaught_errors_are_quiet_too(
    stream: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    warnings.warn(CANARY, UserWarning, stacklevel=1)
    error = ValueError(CANARY)
    sys.excepthook(ValueError, error, None)
    assert [event["level"] for event in lines(stream)] == ["warning", "critical"]
    assert CANARY not in stream.getvalue() + "".join(capsys.readouterr())


def test_errors_of_threads_and_of_objects_on_their_way_out_are_quiet(
    stream: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    class Leaving:
        def __del__(self) -> None:
            raise ValueError(CANARY)

        def __repr__(self) -> str:
            return CANARY

    def fail() -> None:
        raise ValueError(CANARY)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    Leaving()
    assert [event["raised"][0]["type"] for event in lines(stream)] == ["builtins.ValueError"] * 2
    assert CANARY not in stream.getvalue() + "".join(capsys.readouterr())


def test_debug_messages_of_slacks_libraries_stay_off(stream: io.StringIO) -> None:
    logging.getLogger("slack_sdk").debug("Sending a request - body: %s", CANARY)
    logging.getLogger("slack_bolt").info("Invalid request signature detected %s", CANARY)
    assert stream.getvalue() == ""


def test_on_a_terminal_it_reads_like_a_line(terminal: io.StringIO) -> None:
    ours.info("checkin.saved", extra={"checkin": 12})
    try:
        raise ValueError(CANARY)
    except ValueError:
        ours.exception("call.failed", extra={"reference": "A1B2C3"})
    first, second, kind, frame = terminal.getvalue().splitlines()
    assert first[8:] == " INFO     checkin.saved checkin=12"
    assert second.endswith("ERROR    call.failed reference=A1B2C3")
    assert (kind, frame[:4]) == ("  builtins.ValueError", "    ")
    assert CANARY not in terminal.getvalue()


def test_every_field_our_code_logs_is_on_the_list() -> None:
    """Else it would vanish without a word."""
    used = {
        name.value
        for file in (CHECKOUT / "bot").rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and _is_log(call.func.value)
        for keyword in call.keywords
        if keyword.arg == "extra"
        for fields in ast.walk(keyword.value)
        if isinstance(fields, ast.Dict)
        for name in fields.keys
        if isinstance(name, ast.Constant)
    }
    assert len(used) > 10
    assert used <= logs.FIELDS


def _is_log(value: ast.expr) -> bool:
    return isinstance(value, ast.Name) and value.id == "log"
