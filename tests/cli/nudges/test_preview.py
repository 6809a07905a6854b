"""What the preview says: who is asked when, and why not."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from typer.testing import Result

from bot.db import insert_rows
from bot.errors import BotError
from bot.models import NotificationState, Person, PersonKind
from bot.services import nudges, pauses
from tests.cli.conftest import Rapport
from tests.cli.nudges.builders import DAY, Office, listed
from tests.conftest import NOW


def by_person(result: Result, kind: str = nudges.NUDGE.name) -> dict[str, dict[str, Any]]:
    return {one["person"].split("@")[0]: one for one in listed(result) if one["kind"] == kind}


def test_the_preview_says_who_when_in_their_zone_and_why(rapport: Rapport, office: Office) -> None:
    office.hire("Tomo Ito", timezone="Asia/Tokyo")
    office.start()
    shown = rapport("nudges", "preview")
    assert shown.exit_code == 0
    head, *lines = shown.stdout.splitlines()
    assert head.split() == ["DUE", "PERSON", "KIND", "STATE", "WHY,", "OR", "WHY", "NOT"]
    (tomo,) = [line for line in lines if "tomo@example.com" in line and "checkins.nudge" in line]
    assert tomo.startswith("Fri 2026-11-20 16:")
    assert "Asia/Tokyo" in tomo
    assert tomo.endswith("planned  every Friday at 16:00: what ships with Rapport")


def test_the_preview_as_json_is_for_programs(rapport: Rapport, office: Office) -> None:
    office.hire("Tomo Ito", timezone="Asia/Tokyo")
    office.start()
    found = listed(rapport("nudges", "preview", "--json"))
    assert [one["due"] for one in found] == sorted((one["due"] for one in found), key=datetime.fromisoformat)
    tomo = by_person(rapport("nudges", "preview", "--json"))["tomo"]
    assert tomo["due"].startswith("2026-11-20T16:")
    assert tomo["due"].endswith("+09:00")
    assert (tomo["person"], tomo["kind"], tomo["state"], tomo["reason"]) == (
        "tomo@example.com",
        "checkins.nudge",
        "planned",
        None,
    )


def test_the_preview_plans_nothing_and_what_is_planned_is_what_it_said(
    rapport: Rapport, office: Office
) -> None:
    office.hire("Tomo Ito", timezone="Asia/Tokyo")
    office.start()
    foretold = by_person(rapport("nudges", "preview", "--json"))
    assert office.size_of_ledger() == 0
    office.plan()
    planned = by_person(rapport("nudges", "ledger", "--json"))
    assert {word: one["due"] for word, one in planned.items()} == {
        word: one["due"] for word, one in foretold.items()
    }


def test_the_preview_says_why_not(rapport: Rapport, office: Office) -> None:
    office.hire("Ben Okafor", country="DE", away_since=NOW, away_until=NOW + 30 * DAY)
    office.hire("Cleo Paz", deactivated_at=NOW)
    office.hire("Dee Park", slack_user_id=None)
    office.start()

    async def pause(session: AsyncSession) -> None:
        ana = (await session.scalars(select(Person).where(Person.name == "Ana Silva"))).one()
        await pauses.pause(session, ana, ana, until=NOW + 20 * DAY, now=NOW)

    office.do(pause)
    shown = by_person(rapport("nudges", "preview", "--json"))
    assert (shown["ana"]["state"], shown["ana"]["reason"]) == ("skipped", "paused")
    assert (shown["ben"]["state"], shown["ben"]["reason"]) == ("skipped", "away")
    assert set(shown) == {"ana", "ben"}
    for word, reason in (("cleo", "inactive"), ("dee", "not_in_slack")):
        result = rapport("nudges", "preview", "--person", f"{word}@example.com", "--json")
        assert by_person(result)[word]["reason"] == reason
    assert "away, says their Slack status" in rapport("nudges", "preview").stdout


def test_a_week_that_is_all_holiday_is_skipped_with_the_reason(rapport: Rapport, office: Office) -> None:
    office.change("ana", country="DE")
    office.start()
    result = rapport("nudges", "preview", "--at", "2026-12-21", "--days", 6, "--json")
    assert by_person(result)["ana"]["reason"] == "holiday"


def test_before_the_start_everything_waits_for_hr(rapport: Rapport, office: Office) -> None:
    waiting = by_person(rapport("nudges", "preview", "--json"))["ana"]
    assert (waiting["state"], waiting["reason"]) == ("waiting", "HR has not started the weekly check-in")


def test_the_preview_looks_from_any_moment_on_for_as_many_days(rapport: Rapport, office: Office) -> None:
    office.start()
    fridays = by_person(rapport("nudges", "preview", "--at", "2026-12-01T00:00+01:00", "--days", 5, "--json"))
    assert fridays["ana"]["due"].startswith("2026-12-04T16:")
    found = listed(rapport("nudges", "preview", "--days", 60, "--json"))
    assert len([one for one in found if one["kind"] == nudges.NUDGE.name]) == 9  # 20 November to 15 January


def test_a_quiet_span_says_so(rapport: Rapport, office: Office) -> None:
    office.start()
    office.owe(
        "ana",
        "welcome:1",
        kind=nudges.WELCOME.name,
        subject={},
        state=NotificationState.SENT,
        due_at=NOW - DAY,
    )
    result = rapport("nudges", "preview", "--at", "2026-11-21", "--days", 1)
    assert result.stdout == ""
    assert result.stderr == "Nothing falls into that time. Look further with --days or --at.\n"
    assert listed(rapport("nudges", "preview", "--at", "2026-11-21", "--days", 1, "--json")) == []


def test_the_preview_is_bounded_and_says_how_many_more(rapport: Rapport, office: Office) -> None:
    async def crowd(session: AsyncSession) -> None:
        people = [
            {"name": f"P{n}", "slack_user_id": f"U{n}", "kind": PersonKind.MEMBER, "title_from_csv": False}
            for n in range(700)
        ]
        await insert_rows(session, Person, people)

    office.do(crowd)
    office.start()
    everything = rapport("nudges", "preview", "--json", "--limit", 100_000)
    some = rapport("nudges", "preview", "--json", "--limit", 5)
    assert listed(some) == listed(everything)[:5]
    assert some.stderr == f"… and {len(listed(everything)) - 5} more: use --limit.\n"
    assert listed(some)[0]["person"] is None or "@" in listed(some)[0]["person"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["preview", "--at", "tomorrow"], '--at: "tomorrow" is no date. Write it like 2026-11-20 or'),
        (["preview", "--at", "0001-01-01"], "--at: 0001-01-01 is more than a year away. Choose a nearer day."),
        (["preview", "--at", "9999-12-31T23:59-12:00"], "more than a year away"),
        (["preview", "--days", 0], "--days: 0 is out of range. Choose a number from 1 to 60."),
        (["preview", "--days", 61], "--days: 61 is out of range"),
        (["preview", "--limit", 0], "--limit: 0 is out of range"),
        (["preview", "--person", "nobody@example.com"], "Nobody in the directory has that e-mail address. To see"),
        (["ledger", "--person", ""], "Nobody in the directory has that e-mail address"),
        (["ledger", "--state", "lost"], '--state: there is no "lost". Choose one of: planned, sending, sent'),
        (["ledger", "--limit", -1], "--limit: -1 is out of range"),
        (["resend", 17], "The ledger has no notification 17. For the numbers, run: rapport nudges ledger"),
        (["resend", 2**70], "The ledger has no notification"),
        (["rehearse", "kudos", "--to", "ana@example.com"], '"kudos" cannot be rehearsed. Choose one of: check'),
        (["rehearse", "nudge", "--to", "nobody@example.com"], "Nobody in the directory has that e-mail address"),
        (["rehearse", "digest", "--to", "ana@example.com"], "Nobody reports to Ana Silva, so there is no digest."),
    ],
)  # fmt: skip
def test_a_mistake_is_one_sentence_with_the_remedy(
    rapport: Rapport, office: Office, words: list[object], sentence: str
) -> None:
    with pytest.raises(BotError) as refused:
        rapport("nudges", *words)
    assert sentence in refused.value.sentence
    assert "\n" not in refused.value.sentence
