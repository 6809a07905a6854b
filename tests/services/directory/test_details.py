"""Zones, titles and absences: who leads, and what of a status is kept."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import directory
from bot.services.directory import Mirrored
from tests.conftest import NOW, PersonBuilder
from tests.services.directory.builders import LATER, account, columns, hear, person


async def test_a_zone_from_the_csv_holds_until_slack_reports_another_than_before(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana", timezone="Asia/Tokyo", csv_timezone="Asia/Tokyo")
    await hear(session, account(tz="Europe/Lisbon"))
    assert (ana.timezone, ana.slack_timezone) == ("Asia/Tokyo", "Europe/Lisbon")
    await hear(session, account(tz="Europe/Lisbon"))
    assert ana.timezone == "Asia/Tokyo"
    await hear(session, account(tz="America/Lima"))
    assert ana.timezone == "America/Lima"


async def test_a_zone_that_does_not_exist_counts_as_not_said(session: AsyncSession) -> None:
    await hear(session, account())
    await hear(session, account(tz="Mars/Olympus"))
    assert (await person(session)).timezone == "Europe/Lisbon"


async def test_a_title_from_the_csv_holds(session: AsyncSession, a_person: PersonBuilder) -> None:
    ana = await a_person("Ana", title="Principal", title_from_csv=True)
    await hear(session, account(profile={"title": "Rockstar"}))
    assert ana.title == "Principal"


@pytest.mark.parametrize(
    "status",
    [
        {"status_emoji": ":palm_tree:"},
        {"status_text": "Vacationing"},
        {"status_text": "OOO until Monday"},
        {"status_text": "I am on leave."},
        {"status_text": "Out sick"},
        {"status_text": "parental leave"},
    ],
)
async def test_a_status_that_means_away_is_seen_and_its_text_not_kept(
    session: AsyncSession, status: dict[str, str]
) -> None:
    until = NOW + timedelta(days=3)
    await hear(session, account(profile=status | {"status_expiration": int(until.timestamp())}))
    ana = await person(session)
    assert (ana.away_since, ana.away_until) == (NOW, until)
    if text := status.get("status_text"):
        assert all(text not in str(value) for value in columns(ana).values())


@pytest.mark.parametrize(
    "status",
    [
        {"status_text": "In a meeting", "status_emoji": ":calendar:"},
        {"status_text": "Working remotely", "status_emoji": ":house_with_garden:"},
        {"status_text": "Homesickness is real"},
        {"status_text": "cooooking"},
        {"status_text": ["on leave"], "status_emoji": {"palm": 1}},
    ],
)
async def test_other_statuses_are_no_absence(session: AsyncSession, status: dict[str, Any]) -> None:
    await hear(session, account(profile=status))
    assert (await person(session)).away_since is None


async def test_an_absence_keeps_its_beginning_and_ends_with_the_status(session: AsyncSession) -> None:
    away = account(profile={"status_emoji": ":palm_tree:"})
    await hear(session, away)
    assert await hear(session, away, now=LATER) == Mirrored(unchanged=1)
    ana = await person(session)
    assert (ana.away_since, ana.away_until) == (NOW, None)
    await hear(session, account(), now=LATER)
    assert (ana.away_since, ana.away_until) == (None, None)


async def test_a_status_that_has_run_out_is_no_absence(session: AsyncSession) -> None:
    over = {"status_emoji": ":palm_tree:", "status_expiration": int(NOW.timestamp()) - 1}
    await hear(session, account(profile=over))
    assert (await person(session)).away_since is None


# Whatever Slack sends
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)

FIELDS = ["deleted", "tz", "updated", "name", "real_name", "is_bot", "is_restricted"]
PROFILE = ["real_name", "email", "title", "status_text", "status_emoji", "status_expiration"]
profiles = anything | st.dictionaries(st.sampled_from(PROFILE), anything)


users = st.fixed_dictionaries(
    {"id": st.just("UANA") | anything, "profile": profiles}, optional=dict.fromkeys(FIELDS, anything)
)


@given(st.lists(users | anything, max_size=3))
def test_no_user_object_is_too_odd_to_read(payloads: list[Any]) -> None:
    for member in directory.members_from_slack(payloads):
        assert member.slack_user_id
        assert member.name is None or (member.name and "\x00" not in member.name and member.name.encode())
        assert member.away_until is None or member.away_until.tzinfo is UTC


def test_halves_of_characters_and_control_characters_are_dropped() -> None:
    [member] = directory.members_from_slack([account(profile={"real_name": "A\x00n\ud800a\n \x1b[31mSilva"})])
    assert member.name == "Ana [31mSilva"
    [member] = directory.members_from_slack([account(profile={"real_name": "Zoë 🦉 \u200fשלום"})])
    assert member.name == "Zoë 🦉 \u200fשלום"


def test_an_end_of_status_beyond_the_calendar_is_no_end() -> None:
    [member] = directory.members_from_slack([account(profile={"status_expiration": 10**20})])
    assert member.away_until is None
    [member] = directory.members_from_slack([account(updated=0)])
    assert member.updated_at is None
    assert (
        datetime.fromtimestamp(1_790_000_000, UTC) == directory.members_from_slack([account()])[0].updated_at
    )
