"""Explains each code of ours, why a notification waits, was not sent or failed, in words for an operator.

A kind's row explains the codes that only that kind uses (`Kind.reasons`).
"""

from collections.abc import Mapping

from bot.models import NotificationState
from bot.services.notifications.changes import SNOOZED
from bot.services.notifications.kinds import Kind
from bot.services.notifications.marks import NOT_THIS_WEEK

REASONS: Mapping[str, str] = {
    "away": "away, says their Slack status",
    "budget": "they have heard enough from the bot that week",
    "day_off": "no working day there",
    "do_not_disturb": "Do Not Disturb in Slack",
    "gave_up": "Slack gave no clear answer for a whole day",
    "inactive": "no active colleague",
    "in_doubt": "another message to them may or may not have arrived",
    "lease_over": "the bot was asleep",
    "no_answer": "Slack gave no answer",
    "not_composed": "the message could not be written; the log says why",
    "not_in_history": "the last try did not arrive",
    "not_in_slack": "no Slack account yet",
    "not_visible": "they may not read it any more",
    "nudge_first": "it leaves room for a question of the reader's own, and joins it",
    "paused": "silence was asked for",
    "quiet_hours": "outside 08:00–18:00 there",
    "ratelimited": "Slack asks for a rest",
    "timeout": "Slack gave no answer in time",
    "unknown_kind": "this version does not know that kind",
    "unreachable": "Slack cannot be reached",
    "unsettled": "it may have arrived: Slack does not let the bot look into the conversation",
}


def shown(state: str, reason: str | None) -> str | None:
    """The code that other people may see. Nobody else learns that somebody snoozed: it looks like any other
    wish for silence, or like nothing at all.
    """
    if state == NotificationState.SENT or reason == SNOOZED:
        return None
    return "paused" if reason == NOT_THIS_WEEK else reason


def words(reason: str | None, kind: Kind | None) -> str | None:
    """A code that is not ours is one of Slack's; a reason with a space in it is a sentence already."""
    if reason is None or " " in reason:
        return reason
    return (kind.reasons.get(reason) if kind else None) or REASONS.get(reason) or f"Slack says {reason}"


def is_ours(reason: str, kind: Kind | None) -> bool:
    """True for a code of a known set, false for one of Slack's hundreds."""
    return reason in REASONS or (kind is not None and reason in kind.reasons)
