"""Slack's refusals: an error code in Slack's words, with the details Slack gives along."""

from collections.abc import Sequence

from playground.blockkit import Problem
from playground.types import Payload

DEEP_ENOUGH = 3  # /blocks/0/text: from here on Slack first says that the enclosing object matches nothing


class SlackError(Exception):
    """Becomes HTTP 200 with `ok: false`, as Slack answers everything but rate limits."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details

    def as_slack(self) -> Payload:
        return {"ok": False, "error": self.code, **self.details}


class RateLimited(Exception):
    """HTTP 429. `retry_after` is whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"retry after {retry_after} s")
        self.retry_after = retry_after


def invalid_arguments(*messages: str) -> SlackError:
    return SlackError(
        "invalid_arguments", response_metadata={"messages": [f"[ERROR] {message}" for message in messages]}
    )


def missing_argument(name: str) -> SlackError:
    return invalid_arguments(f"missing required field: {name} [json-pointer:/{name}]")


def invalid_blocks(problems: Sequence[Problem]) -> SlackError:
    """How the `chat.*` methods refuse blocks."""
    return SlackError(
        "invalid_blocks",
        errors=[str(problem) for problem in problems],
        response_metadata={"messages": _messages(problems)},
    )


def invalid_view(problems: Sequence[Problem]) -> SlackError:
    """How the `views.*` methods refuse a view."""
    return SlackError("invalid_arguments", response_metadata={"messages": _messages(problems)})


def _messages(problems: Sequence[Problem]) -> list[str]:
    lines: list[str] = []
    for problem in problems:
        enclosing = problem.pointer.rpartition("/")[0]
        if enclosing.count("/") >= DEEP_ENOUGH:
            lines.append(f"[ERROR] failed to match all allowed schemas [json-pointer:{enclosing}]")
        lines.append(f"[ERROR] {problem}")
    return list(dict.fromkeys(lines))
