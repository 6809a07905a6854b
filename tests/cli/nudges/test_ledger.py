"""What became of each nudge, and one that failed sent again."""

import re

import pytest

from bot.capabilities import house
from bot.errors import BotError
from bot.models import NotificationState
from bot.services import nudges
from bot.services.notifications import REASONS
from bot.services.nudges import NUDGE
from tests.cli.conftest import Rapport
from tests.cli.nudges.builders import DAY, FRIDAY, Office, listed
from tests.conftest import NOW


def test_the_ledger_says_what_became_of_each_the_latest_first(rapport: Rapport, office: Office) -> None:
    office.owe("ana", "a", state=NotificationState.SKIPPED, reason="holiday", due_at=FRIDAY - 7 * DAY)
    failed = office.owe("ana", "b", state=NotificationState.FAILED, reason="channel_not_found")
    office.owe("ana", "c", state=NotificationState.SENT, merged_into_id=failed, due_at=FRIDAY - DAY)
    head, *lines = rapport("nudges", "ledger").stdout.splitlines()
    assert head.split() == ["ID", "DUE", "PERSON", "KIND", "STATE", "REASON"]
    assert [line.split()[0] for line in lines] == ["2", "3", "1"]
    assert lines[0].endswith("checkins.nudge  failed   Slack says channel_not_found")
    assert lines[1].endswith(f"sent     in the message of {failed}")
    assert lines[2].endswith("skipped  the rest of that week is off")


def test_the_ledger_is_narrowed_by_person_and_state_and_bounded(rapport: Rapport, office: Office) -> None:
    office.hire("Ben Okafor")
    for n in range(3):
        office.owe("ana", f"a{n}", state=NotificationState.SENT)
        office.owe("ben", f"b{n}", state=NotificationState.FAILED)
    bens = listed(rapport("nudges", "ledger", "--person", "BEN@example.com", "--json"))
    assert {one["person"] for one in bens} == {"ben@example.com"}
    result = rapport("nudges", "ledger", "--state", "failed", "--limit", 2, "--json")
    assert [one["state"] for one in listed(result)] == ["failed", "failed"]
    assert result.stderr == "… and 1 more: use --limit.\n"


def test_an_empty_ledger_says_where_to_look(rapport: Rapport) -> None:
    result = rapport("nudges", "ledger")
    assert (result.stdout, result.stderr) == (
        "",
        "No such notification in the ledger. To see what will come, run: rapport nudges preview\n",
    )
    assert listed(rapport("nudges", "ledger", "--json")) == []


def test_nobody_is_told_that_somebody_snoozed(rapport: Rapport, office: Office) -> None:
    office.start()
    ana, key = "ana", "checkins.{}:1:2026-11-16".format
    office.owe(ana, key("nudge"), reason="snoozed", sent_at=NOW, attempts=1)
    unwanted = {"kind": nudges.REMINDER.name, "reason": "not_this_week"}
    office.owe(ana, key("reminder"), state=NotificationState.SKIPPED, **unwanted)
    office.owe(ana, "last week's", state=NotificationState.SENT, **unwanted)
    for words in (["ledger"], ["preview"], ["ledger", "--json"], ["preview", "--json"]):
        text = rapport("nudges", *words).stdout
        assert "checkins.nudge" in text
        assert "snooze" not in text.lower()
        assert "not_this_week" not in text
    rows = listed(rapport("nudges", "ledger", "--json"))
    told = [(one["state"], one["reason"], one["sent"]) for one in sorted(rows, key=lambda one: one["id"])]
    assert told == [("planned", None, None), ("skipped", "paused", None), ("sent", None, None)]


def test_every_reason_reads_as_words(rapport: Rapport, office: Office) -> None:
    """Those of the platform, and those that only one kind knows."""
    known = [(NUDGE, code, words) for code, words in REASONS.items()]
    known += [(kind, code, words) for kind in house().kinds.values() for code, words in kind.reasons.items()]
    for kind, code, words in known:
        assert "_" not in words
        key = f"{kind.name}:{code}"
        office.owe("ana", key, kind=kind.name, state=NotificationState.SKIPPED, reason=code)
    printed = rapport("nudges", "ledger", "--limit", "200").stdout
    for kind, _, words in known:
        assert re.search(rf"{re.escape(kind.name)} +skipped +{re.escape(words)}\n", printed)


def test_a_failed_one_is_sent_again_after_saying_why_it_failed(rapport: Rapport, office: Office) -> None:
    office.start()
    number = office.owe("ana", "a", state=NotificationState.FAILED, reason="channel_not_found")
    result = rapport("nudges", "resend", number)
    assert result.stdout.splitlines() == [
        f"Notification {number}, checkins.nudge to Ana Silva, had failed: Slack says channel_not_found.",
        "It goes out within a minute, if the hour, the person's budget and Slack allow.",
    ]
    (row,) = listed(rapport("nudges", "ledger", "--json"))
    assert (row["state"], row["reason"], row["due"]) == ("planned", None, "2026-11-18T15:00:00+00:00")
    with pytest.raises(BotError, match="planned already"):
        rapport("nudges", "resend", number)
