"""`rapport nudges` as an operator types it: who hears what and when, what became of it, and what can be done."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from click.testing import Result
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.courier import Pace
from bot.db import insert_rows
from bot.errors import BotError
from bot.models import Notice, NoticeState, Person, PersonKind
from bot.packs import shipped_packs
from bot.services import nudges, pauses
from bot.services.notices import REASONS
from bot.services.nudges import programme
from playground.app import App
from playground.manifest import AppManifest
from playground.server import Playground
from playground.team import Team
from tests.cli.conftest import Rapport, in_database, run
from tests.conftest import NOW
from tests.mailroom import MANIFEST

DAY = timedelta(days=1)
FRIDAY = datetime(2026, 11, 20, 16, 15, tzinfo=NOW.tzinfo)

Work = Callable[[AsyncSession], Awaitable[Any]]


@dataclass
class Office:
    """The database beside the command line."""

    url: str

    def do(self, work: Work) -> Any:
        return asyncio.run(in_database(self.url, work))

    def hire(self, name: str, **values: Any) -> None:
        """Known by the first name in lower case: ana@example.com, in Lisbon."""
        word = name.split()[0].lower()
        usual = {"slack_user_id": f"U{word.upper()}", "email": f"{word}@example.com"}

        async def work(session: AsyncSession) -> None:
            session.add(Person(name=name, **{**usual, "timezone": "Europe/Lisbon", **values}))

        self.do(work)

    def change(self, word: str, **values: Any) -> None:
        async def work(session: AsyncSession) -> None:
            await session.execute(
                update(Person).where(Person.email == f"{word}@example.com").values(**values)
            )

        self.do(work)

    def start(self, *, at: datetime = NOW - DAY) -> None:
        async def work(session: AsyncSession) -> None:
            await nudges.start(session, None, now=at)

        self.do(work)

    def plan(self, now: datetime = FRIDAY - DAY) -> None:
        async def work(session: AsyncSession) -> None:
            await nudges.plan(session, now=now, packs=shipped_packs())

        self.do(work)

    def owe(self, word: str, key: str, **values: Any) -> int:
        """A row of the ledger; its number."""

        async def work(session: AsyncSession) -> int:
            person = (
                await session.scalars(select(Person).where(Person.email == f"{word}@example.com"))
            ).one()
            usual = {"kind": nudges.NUDGE, "subject": {"week": "2026-11-16"}, "due_at": FRIDAY}
            notice = Notice(person_id=person.id, key=key, nonce=key, **{**usual, **values})
            session.add(notice)
            await session.flush()
            return notice.id

        return int(self.do(work))

    def size_of_ledger(self) -> int:
        return int(self.do(lambda session: session.scalar(select(func.count(Notice.id)))))


@pytest.fixture
def office(url: str) -> Office:
    office = Office(url)
    office.hire("Ana Silva")
    return office


def listed(result: Result) -> list[dict[str, Any]]:
    """The JSON, without what warns beside it."""
    found = json.loads(result.stdout)
    assert isinstance(found, list)
    return found


def by_person(result: Result, kind: str = nudges.NUDGE) -> dict[str, dict[str, Any]]:
    return {one["person"].split("@")[0]: one for one in listed(result) if one["kind"] == kind}


# Preview


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
    assert (waiting["state"], waiting["reason"]) == ("waiting", "HR has not started the programme")


def test_the_preview_looks_from_any_moment_on_for_as_many_days(rapport: Rapport, office: Office) -> None:
    office.start()
    fridays = by_person(rapport("nudges", "preview", "--at", "2026-12-01T00:00+01:00", "--days", 5, "--json"))
    assert fridays["ana"]["due"].startswith("2026-12-04T16:")
    found = listed(rapport("nudges", "preview", "--days", 60, "--json"))
    assert len([one for one in found if one["kind"] == nudges.NUDGE]) == 9  # 20 November to 15 January


def test_a_quiet_span_says_so(rapport: Rapport, office: Office) -> None:
    office.start()
    office.owe("ana", "welcome:1", kind=nudges.WELCOME, subject={}, state=NoticeState.SENT, due_at=NOW - DAY)
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
        (["resend", 17], "The ledger has no notice 17. For the numbers, run: rapport nudges ledger"),
        (["resend", 2**70], "The ledger has no notice"),
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


# Ledger


def test_the_ledger_says_what_became_of_each_the_latest_first(rapport: Rapport, office: Office) -> None:
    office.owe("ana", "a", state=NoticeState.SKIPPED, reason="holiday", due_at=FRIDAY - 7 * DAY)
    failed = office.owe("ana", "b", state=NoticeState.FAILED, reason="channel_not_found")
    office.owe("ana", "c", state=NoticeState.SENT, merged_into_id=failed, due_at=FRIDAY - DAY)
    head, *lines = rapport("nudges", "ledger").stdout.splitlines()
    assert head.split() == ["ID", "DUE", "PERSON", "KIND", "STATE", "REASON"]
    assert [line.split()[0] for line in lines] == ["2", "3", "1"]
    assert lines[0].endswith("checkins.nudge  failed   Slack says channel_not_found")
    assert lines[1].endswith(f"sent     in the message of {failed}")
    assert lines[2].endswith("skipped  the rest of that week is off")


def test_the_ledger_is_narrowed_by_person_and_state_and_bounded(rapport: Rapport, office: Office) -> None:
    office.hire("Ben Okafor")
    for n in range(3):
        office.owe("ana", f"a{n}", state=NoticeState.SENT)
        office.owe("ben", f"b{n}", state=NoticeState.FAILED)
    bens = listed(rapport("nudges", "ledger", "--person", "BEN@example.com", "--json"))
    assert {one["person"] for one in bens} == {"ben@example.com"}
    result = rapport("nudges", "ledger", "--state", "failed", "--limit", 2, "--json")
    assert [one["state"] for one in listed(result)] == ["failed", "failed"]
    assert result.stderr == "… and 1 more: use --limit.\n"


def test_an_empty_ledger_says_where_to_look(rapport: Rapport) -> None:
    result = rapport("nudges", "ledger")
    assert (result.stdout, result.stderr) == (
        "",
        "No such notice in the ledger. To see what will come, run: rapport nudges preview\n",
    )
    assert listed(rapport("nudges", "ledger", "--json")) == []


def test_nobody_is_told_that_somebody_snoozed(rapport: Rapport, office: Office) -> None:
    office.start()
    ana, key = "ana", "checkins.{}:1:2026-11-16".format
    office.owe(ana, key("nudge"), reason="snoozed", sent_at=NOW, attempts=1)
    unwanted = {"kind": nudges.REMINDER, "reason": "not_this_week"}
    office.owe(ana, key("reminder"), state=NoticeState.SKIPPED, **unwanted)
    office.owe(ana, "last week's", state=NoticeState.SENT, **unwanted)
    for words in (["ledger"], ["preview"], ["ledger", "--json"], ["preview", "--json"]):
        text = rapport("nudges", *words).stdout
        assert "checkins.nudge" in text
        assert "snooze" not in text.lower()
        assert "not_this_week" not in text
    rows = listed(rapport("nudges", "ledger", "--json"))
    told = [(one["state"], one["reason"], one["sent"]) for one in sorted(rows, key=lambda one: one["id"])]
    assert told == [("planned", None, None), ("skipped", "paused", None), ("sent", None, None)]


def test_every_reason_reads_as_words(rapport: Rapport, office: Office) -> None:
    for code in REASONS:
        assert "_" not in REASONS[code]
        office.owe("ana", code, state=NoticeState.SKIPPED, reason=code)
    printed = rapport("nudges", "ledger").stdout
    for words in REASONS.values():
        assert f"skipped  {words}\n" in printed


# Resend


def test_a_failed_one_is_sent_again_after_saying_why_it_failed(rapport: Rapport, office: Office) -> None:
    office.start()
    number = office.owe("ana", "a", state=NoticeState.FAILED, reason="channel_not_found")
    result = rapport("nudges", "resend", number)
    assert result.stdout.splitlines() == [
        f"Notice {number}, checkins.nudge to Ana Silva, had failed: Slack says channel_not_found.",
        "It goes out within a minute, if the hour, the person's budget and Slack allow.",
    ]
    (row,) = listed(rapport("nudges", "ledger", "--json"))
    assert (row["state"], row["reason"], row["due"]) == ("planned", None, "2026-11-18T15:00:00+00:00")
    with pytest.raises(BotError, match="planned already"):
        rapport("nudges", "resend", number)


# Start


def test_before_the_start_one_sees_how_long_slack_makes_it_take(rapport: Rapport, office: Office) -> None:
    async def crowd(session: AsyncSession) -> None:
        people = [
            {"name": f"P{n}", "slack_user_id": f"U{n}", "kind": PersonKind.MEMBER, "title_from_csv": False}
            for n in range(14_400)
        ]
        for first in range(0, len(people), 1000):
            await insert_rows(session, Person, people[first : first + 1000])

    office.do(crowd)
    looked = rapport("nudges", "start").stdout.splitlines()
    assert looked == [
        "14,401 people: Slack's limits make the first round take 49 min to 4 h 01 min, within office hours.",
        "Nothing is started. To start: rapport nudges start --yes",
    ]
    assert office.do(nudges.started_at) is None
    assert rapport("nudges", "start", "--yes").stdout.splitlines() == [looked[0], "Started."]
    assert office.do(nudges.started_at) == NOW
    again = rapport("nudges", "start", "--yes").stdout
    assert again == "The weekly check-in has been running since 18 November 2026, 15:00 UTC.\n"
    assert office.do(nudges.started_at) == NOW


def test_one_person_is_asked_within_the_minute(rapport: Rapport, office: Office) -> None:
    (said, _) = rapport("nudges", "start").stdout.splitlines()
    assert said == "1 person: Slack's limits make the first round take 1 min, within office hours."


def test_with_nobody_to_ask_there_is_nothing_to_start(rapport: Rapport) -> None:
    with pytest.raises(BotError, match=r"nobody to ask yet\. Start the bot once"):
        rapport("nudges", "start", "--yes")


def test_the_estimate_is_that_of_the_couriers_own_pace() -> None:
    pace = Pace()
    assert (pace.rate, pace.ceiling) == (programme.SLOW, programme.FAST)


# Rehearse


@dataclass
class Stage:
    """The command line beside a local Slack in which Ana and her manager Ben are."""

    url: str
    api_url: str
    token: str
    team: Team
    members: dict[str, str]

    async def rapport(self, *words: object, token: str | None = None) -> Result:
        values = {"slack_bot_token": token or self.token, "slack_api_url": self.api_url}
        return await asyncio.to_thread(run, self.url, *words, **values)

    def said_to(self, word: str) -> list[str]:
        return [message.text for message in self.team.dm_of(self.members[word]).messages.values()]

    async def ledger(self) -> int:
        async def count(session: AsyncSession) -> int:
            return await session.scalar(select(func.count(Notice.id))) or 0

        return await in_database(self.url, count)


@pytest.fixture
async def stage(new_database: str) -> AsyncIterator[Stage]:
    async with _stage(new_database) as stage:
        yield stage


@asynccontextmanager
async def _stage(url: str) -> AsyncIterator[Stage]:
    async with Playground(clock=lambda: NOW.timestamp(), limited=False) as slack:
        workspace = slack.workspace("Home")
        installed = slack.install(App.create(AppManifest.parse(MANIFEST)), workspace)
        members = {word: workspace.add_person(word.title()).id for word in ("ben", "ana")}

        async def hire(session: AsyncSession) -> None:
            ben = Person(name="Ben", email="ben@example.com", slack_user_id=members["ben"])
            session.add(ben)
            await session.flush()
            ana = Person(name="Ana", email="ana@example.com", slack_user_id=members["ana"], manager_id=ben.id)
            session.add(ana)

        await in_database(url, hire)
        team = slack.team(workspace.team_id)
        yield Stage(url, slack.api_url, installed.token, team, members)


@pytest.mark.parametrize(
    ("kind", "to", "words"),
    [
        ("nudge", "ana", "How was your week?"),
        ("checkins.reminder", "ana", "Your check-in is still open."),
        ("digest", "ben", "Your team's week of 9 November."),
        ("welcome", "ana", "Hello, I help you look back on each week."),
    ],
)
async def test_a_rehearsal_arrives_marked_as_one_and_counts_nowhere(
    stage: Stage, kind: str, to: str, words: str
) -> None:
    result = await stage.rapport("nudges", "rehearse", kind, "--to", f"{to}@example.com")
    assert result.stdout == f"Sent to {to.title()}, marked as a rehearsal.\n"
    (said,) = stage.said_to(to)
    assert said.startswith(f"Rehearsal: {words}")
    (message,) = stage.team.dm_of(stage.members[to]).messages.values()
    first = message.blocks[0]["elements"][0]["text"]
    assert first == "This is a rehearsal, sent by whoever runs Rapport. It counts nowhere."
    assert message.metadata is None
    assert "overflow" not in json.dumps(message.blocks)
    assert await stage.ledger() == 0


async def test_nothing_is_rehearsed_to_somebody_who_left(stage: Stage) -> None:
    async def leave(session: AsyncSession) -> None:
        await session.execute(update(Person).where(Person.name == "Ana").values(deactivated_at=NOW))

    await in_database(stage.url, leave)
    with pytest.raises(BotError, match="Ana is no longer active, so nothing reaches them"):
        await stage.rapport("nudges", "rehearse", "nudge", "--to", "ana@example.com")
    assert stage.said_to("ana") == []


async def test_what_slack_refuses_is_a_sentence(stage: Stage) -> None:
    with pytest.raises(BotError, match="invalid_auth"):
        await stage.rapport("nudges", "rehearse", "nudge", "--to", "ana@example.com", token="xoxb-wrong")
