"""Errors between Slack and us, told apart by what the caller should do next.

Did it happen? No, and it never will (`SlackRefused`); not yet (`SlackBusy`); nobody knows (`SlackUnsure`). No
error holds the token or a word that somebody typed.
"""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from aiohttp import ClientConnectorError, ClientError, ConnectionTimeoutError
from slack_sdk.errors import SlackApiError, SlackRequestError

from bot.errors import BotError

# All exceptions that a call can raise. The SDK stumbles with the last two over bodies that are no JSON object.
FAILURES = (SlackApiError, SlackRequestError, ClientError, OSError, TimeoutError, ValueError, AttributeError)

WITHOUT_RETRY_AFTER = 30.0
SOON = 5.0

BUSY = frozenset({"ratelimited", "rate_limited"})
# Slack on the first two: "It's possible some aspect of the operation succeeded before the error was raised."
MAYBE_DONE = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
TRIGGER = frozenset({"expired_trigger_id", "exchanged_trigger_id", "trigger_expired", "trigger_exchanged"})
NOT_AUTHORIZED = frozenset(
    {
        "accesslimited",
        "access_denied",
        "account_inactive",
        "ekm_access_denied",
        "enterprise_is_restricted",
        "invalid_auth",
        "missing_scope",
        "not_allowed_token_type",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "team_added_to_org",
        "token_expired",
        "token_revoked",
        "two_factor_setup_required",
    }
)
POINTER = re.compile(r"\[json-pointer:([^\]]{1,200})\]")


class SlackError(BotError):
    """Base of all of them. `code` is Slack's error code, or ours where Slack gave none."""

    outcome: ClassVar[str]

    def __init__(self, sentence: str, code: str) -> None:
        super().__init__(sentence)
        self.code = code


class SlackRefused(SlackError):
    """Slack said no and nothing happened. The same call would be refused again."""

    outcome = "refused"

    def __init__(self, code: str, sentence: str | None = None) -> None:
        super().__init__(sentence or f"Slack did not accept that ({code}).", code)


class TriggerExpired(SlackRefused):
    """More than 3 s since the click, or the trigger was used already: the person has to click again."""

    def __init__(self, code: str) -> None:
        super().__init__(code, "That took too long for Slack. Please try once more.")


class NotAuthorized(SlackRefused):
    """Slack refuses the bot, not only this call: its token, a scope or the workspace needs repair."""

    def __init__(self, code: str) -> None:
        super().__init__(
            code, f"Slack does not let the bot do that ({code}). Please tell whoever runs Rapport."
        )


class SlackBusy(SlackError):
    """Nothing happened yet: this method may be called again in this workspace after `retry_after` seconds."""

    outcome = "busy"

    def __init__(self, retry_after: float, sentence: str | None = None, code: str = "ratelimited") -> None:
        super().__init__(sentence or "Slack is busy right now. Please try again in a minute.", code)
        self.retry_after = retry_after


class SlackUnreachable(SlackBusy):
    """No connection was made, so nothing was sent."""

    outcome = "unreachable"

    def __init__(self) -> None:
        super().__init__(
            SOON, "Slack cannot be reached right now. Please try again in a minute.", "unreachable"
        )


class SlackUnsure(SlackError):
    """It may or may not have happened: time-out, reset, 5xx, answer cut short, `internal_error`, …"""

    outcome = "unsure"

    def __init__(self, code: str) -> None:
        super().__init__("Slack did not confirm that. Please check before you try again.", code)


def meaning_of(error: Exception) -> SlackError:
    """Turns an exception of the SDK or the transport into one of ours."""
    if isinstance(error, SlackApiError):
        response = error.response
        # where the SDK could not read the body, it hands over aiohttp's response instead of its own
        status: int = getattr(response, "status_code", None) or response.status
        return meaning_of_answer(status, response.headers, getattr(response, "data", None))
    if isinstance(error, SlackRequestError):
        return SlackRefused("not_sent")  # the SDK itself saw that something is missing
    if isinstance(error, ClientConnectorError | ConnectionTimeoutError):
        return SlackUnreachable()
    return SlackUnsure("timeout" if isinstance(error, TimeoutError) else "no_answer")


def meaning_of_answer(status: int, headers: Mapping[str, str], body: object) -> SlackError:
    answer = body if isinstance(body, dict) else {}
    code = str(answer.get("error") or "")
    if status == 429 or code in BUSY:
        return SlackBusy(_retry_after(headers))
    if status >= 500 or status == 408 or code in MAYBE_DONE or (status < 400 and not code):
        return SlackUnsure(code or f"http_{status}")
    return _refusal(code or f"http_{status}", answer)


def _refusal(code: str, answer: Mapping[str, Any]) -> SlackRefused:
    messages = [str(line) for line in (answer.get("response_metadata") or {}).get("messages") or ()]
    if code in TRIGGER or (code == "invalid_arguments" and any("trigger_id" in line for line in messages)):
        return TriggerExpired(code)
    if code in NOT_AUTHORIZED:
        return NotAuthorized(code)
    refused = SlackRefused(code)
    for line in messages:  # only where it went wrong: the rest of the line may quote what was typed
        for pointer in POINTER.findall(line):
            refused.add_note(f"at {pointer}")
    return refused


def _retry_after(headers: Mapping[str, str]) -> float:
    value = headers.get("Retry-After", "")
    return float(value) if value.isascii() and value.isdigit() else WITHOUT_RETRY_AFTER
