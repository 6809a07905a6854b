"""Why a notification waits, was not said or failed: every code of ours, in words for whoever runs the bot."""

from collections.abc import Mapping

from bot.models import NotificationState
from bot.services.notifications.changes import SNOOZED
from bot.services.notifications.marks import NOT_THIS_WEEK

REASONS: Mapping[str, str] = {
    "answered": "the check-in is written",
    "all_closed": "no goal of that period is open any more",
    "away": "away, says their Slack status",
    "back_on_track": "the goal is on track again, or closed",
    "budget": "they have heard enough from the bot that week",
    "day_off": "no working day there",
    "decided": "somebody has decided meanwhile",
    "do_not_disturb": "Do Not Disturb in Slack",
    "gave_up": "Slack gave no clear answer for a whole day",
    "holiday": "the rest of that week is off",
    "inactive": "no active colleague",
    "in_doubt": "another message to them may or may not have arrived",
    "lease_over": "the bot was asleep",
    "no_answer": "Slack gave no answer",
    "no_reports": "nobody reports to them",
    "no_team": "nobody reports to them",
    "not_composed": "the message could not be written; the log says why",
    "not_in_history": "the last try did not arrive",
    "not_in_slack": "no Slack account yet",
    "not_visible": "they may not read it any more",
    "nothing_to_say": "nothing to say that month",
    "nudge_first": "it leaves room for the weekly question, and joins it",
    "nudged_today": "the nudge itself comes that day",
    "off_week": "no week of their rhythm",
    "paused": "silence was asked for",
    "rollout_off": "HR has not started the weekly check-in; to start it, run: rapport nudges start",
    "quiet_hours": "outside 08:00–18:00 there",
    "ratelimited": "Slack asks for a rest",
    "receiver_first": "its receiver is still to hear of it",
    "taken_back": "what it was about was taken back",
    "timeout": "Slack gave no answer in time",
    "too_late": "no working morning before the week closes",
    "unknown_kind": "this version does not know that kind",
    "unreachable": "Slack cannot be reached",
    "withdrawn": "whoever planned it took it back in time",
    "unsettled": "it may have arrived: Slack does not let the bot look into the conversation",
}


def shown(state: str, reason: str | None) -> str | None:
    """The code that others than the person themselves may see. That somebody snoozed is told to nobody: it reads
    like any other wish for silence, or like nothing at all.
    """
    if state == NotificationState.SENT or reason == SNOOZED:
        return None
    return "paused" if reason == NOT_THIS_WEEK else reason


def words(reason: str | None) -> str | None:
    """What is not ours is a code of Slack's, or a sentence already."""
    if reason is None or " " in reason:
        return reason
    return REASONS.get(reason) or f"Slack says {reason}"
