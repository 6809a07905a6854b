"""Slack's accounts become people, on both databases: what Slack leads for, and what it leaves alone."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Department, Person, PersonKind, ReportingLine, Workspace
from bot.models.goals import NewGoal
from bot.services import directory, goals, people
from bot.services.directory import Mirrored, SlackMember
from tests.conftest import NOW, PersonBuilder

LATER = NOW + timedelta(days=1)


def account(slack_user_id: str = "UANA", **changes: Any) -> dict[str, Any]:
    """A user object as `users.list` gives it; `profile` fields are merged."""
    profile = {
        "real_name": "Ana Silva",
        "display_name": "ana",
        "email": "ana@example.com",
        "title": "Engineer",
        "status_text": "",
        "status_emoji": "",
        "status_expiration": 0,
    } | changes.pop("profile", {})
    user = {"id": slack_user_id, "team_id": "T0HOME", "name": "ana", "deleted": False, "tz": "Europe/Lisbon"}
    return {
        **user,
        "is_bot": False,
        "is_restricted": False,
        "updated": 1_790_000_000,
        **changes,
        "profile": profile,
    }


async def hear(session: AsyncSession, *accounts: dict[str, Any], **options: Any) -> Mirrored:
    options = {"now": NOW, "complete": False} | options
    return await directory.apply(session, directory.members_from_slack(accounts), **options)


async def person(session: AsyncSession, slack_user_id: str = "UANA") -> Person:
    found = await session.scalar(select(Person).where(Person.slack_user_id == slack_user_id))
    assert found is not None
    return found


def columns(person: Person) -> dict[str, object]:
    return {column.key: getattr(person, column.key) for column in Person.__table__.columns}


async def test_an_account_becomes_a_person_and_doing_it_again_changes_nothing(session: AsyncSession) -> None:
    assert await hear(session, account()) == Mirrored(new=1)
    ana = await person(session)
    assert (ana.name, ana.email, ana.title, ana.timezone) == (
        "Ana Silva",
        "ana@example.com",
        "Engineer",
        "Europe/Lisbon",
    )
    assert ana.is_active
    assert await hear(session, account(), now=LATER) == Mirrored(unchanged=1)


async def test_a_changed_name_address_and_title_follow_slack(session: AsyncSession) -> None:
    await hear(session, account())
    renamed = {"real_name": "Ana Costa", "email": "Ana.Costa@Example.com", "title": ""}
    assert (await hear(session, account(profile=renamed))).changed == 1
    ana = await person(session)
    assert (ana.name, ana.email, ana.title) == ("Ana Costa", "ana.costa@example.com", None)


async def test_slackbot_and_leavers_we_never_knew_are_left_out(session: AsyncSession) -> None:
    await hear(session, account("USLACKBOT"), account("UOLD", deleted=True))
    assert (await session.scalars(select(Person))).all() == []


@pytest.mark.parametrize(
    ("flag", "kind"),
    [
        ("is_bot", PersonKind.BOT),
        ("is_workflow_bot", PersonKind.BOT),
        ("is_restricted", PersonKind.GUEST),
        ("is_ultra_restricted", PersonKind.GUEST),
        ("is_stranger", PersonKind.GUEST),
    ],
)
async def test_guests_and_apps_are_known_as_such(session: AsyncSession, flag: str, kind: PersonKind) -> None:
    await hear(session, account(**{flag: True}))
    ana = await person(session)
    assert ana.kind == kind
    assert not ana.is_active
    await hear(session, account())
    assert ana.is_active


async def test_a_leaver_is_deactivated_once_and_comes_back(session: AsyncSession) -> None:
    await hear(session, account())
    await hear(session, account(deleted=True), now=LATER)
    await hear(session, account(deleted=True), now=LATER + timedelta(days=9))
    ana = await person(session)
    assert ana.deactivated_at == LATER
    await hear(session, account(), now=LATER)
    assert ana.is_active


async def test_what_slack_does_not_say_stays_as_it_was(session: AsyncSession) -> None:
    away = {"status_emoji": ":palm_tree:"}
    await hear(session, account(profile=away))
    before = columns(await person(session))
    assert await hear(session, {"id": "UANA", "deleted": None, "profile": None}) == Mirrored(unchanged=1)
    assert columns(await person(session)) == before


async def test_a_guest_who_left_is_still_a_guest(session: AsyncSession) -> None:
    """Slack leaves the flags of deactivated accounts out."""
    await hear(session, account(is_restricted=True))
    gone = {"id": "UANA", "deleted": True, "is_bot": False, "profile": {"real_name": "Ana Silva"}}
    await hear(session, gone)
    assert (await person(session)).kind == PersonKind.GUEST


async def test_an_account_without_any_name_is_called_by_its_id(session: AsyncSession) -> None:
    await hear(session, {"id": "UBARE"})
    assert (await person(session, "UBARE")).name == "UBARE"


async def test_late_news_does_not_undo_newer_news(session: AsyncSession) -> None:
    await hear(session, account(updated=200, profile={"real_name": "New"}))
    late = account(updated=100, profile={"real_name": "Old", "email": "old@example.com"})
    assert await hear(session, late) == Mirrored(unchanged=1)
    assert (await person(session)).name == "New"


# Zones


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


# Titles


async def test_a_title_from_the_csv_holds(session: AsyncSession, a_person: PersonBuilder) -> None:
    ana = await a_person("Ana", title="Principal", title_from_csv=True)
    await hear(session, account(profile={"title": "Rockstar"}))
    assert ana.title == "Principal"


# Absence


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


# Addresses


async def test_a_person_known_by_email_only_is_linked_and_keeps_what_the_csv_said(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ben = await a_person("Ben")
    ana = await a_person(
        "Ana", slack_user_id=None, manager=ben, country="PT", title="Lead", title_from_csv=True
    )
    assert await hear(session, account(profile={"email": "ANA@example.com"})) == Mirrored(changed=1)
    assert (ana.slack_user_id, ana.manager_id, ana.country, ana.title) == ("UANA", ben.id, "PT", "Lead")


async def test_two_people_can_swap_addresses(session: AsyncSession) -> None:
    ana = account("UANA", profile={"email": "one@example.com"})
    ben = account("UBEN", profile={"email": "two@example.com"})
    await hear(session, ana, ben)
    ana["profile"]["email"], ben["profile"]["email"] = "two@example.com", "one@example.com"
    await hear(session, ana, ben)
    assert (await person(session, "UANA")).email == "two@example.com"
    assert (await person(session, "UBEN")).email == "one@example.com"


async def test_an_address_goes_to_whom_slack_says_now(session: AsyncSession) -> None:
    await hear(session, account("UOLD", deleted=False))
    await hear(session, account("UNEW"))
    assert (await person(session, "UOLD")).email is None
    assert (await person(session, "UNEW")).email == "ana@example.com"


async def test_a_leavers_account_takes_no_address_from_a_colleague(session: AsyncSession) -> None:
    await hear(session, account("UNEW"), account("UOLD", profile={"email": "old@example.com"}))
    await hear(session, account("UOLD", deleted=True))
    assert (await person(session, "UNEW")).email == "ana@example.com"
    assert (await person(session, "UOLD")).email is None
    both = (account("UOLD", deleted=True), account("UNEW"))
    assert await hear(session, *both) == Mirrored(unchanged=2)


async def test_two_rows_of_one_person_are_joined_with_lines_goals_and_hr_role(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    """Imported by e-mail before the app could read addresses; then Slack says the address."""
    sales = Department(name="Sales", path="Sales")
    session.add(sales)
    await session.flush()
    top = await a_person("Top")
    imported = await a_person("Ben", slack_user_id=None, department_id=sales.id, csv_timezone="Asia/Tokyo")
    await people.set_manager(session, imported, top, now=NOW)
    ana = await a_person("Ana")
    await people.set_manager(session, ana, imported, now=NOW)
    await people.grant_hr(session, imported, now=NOW)
    goal_id = await goals.create(session, imported, NewGoal("Sell"), now=NOW)
    await hear(session, account("UBEN", profile={"email": None}))
    ben = await person(session, "UBEN")

    await hear(
        session, account("UBEN", updated=1_790_000_001, profile={"email": "ben@example.com"}), now=LATER
    )

    assert (ben.email, ben.department_id, ben.manager_id) == ("ben@example.com", sales.id, top.id)
    assert ben.timezone == "Asia/Tokyo"
    assert ana.manager_id == ben.id
    assert [line.goal_id for line in (await goals.mine(session, ben, now=NOW)).lines] == [goal_id]
    assert await people.hr_admins(session) == [ben]
    assert (imported.email, imported.manager_id, imported.is_active) == (None, None, False)
    open_lines = select(ReportingLine.person_id, ReportingLine.manager_id).where(
        ReportingLine.until.is_(None)
    )
    assert set(await session.execute(open_lines)) == {(ana.id, ben.id), (ben.id, top.id)}


async def test_joining_two_rows_never_closes_a_circle(session: AsyncSession, a_person: PersonBuilder) -> None:
    ben = await a_person("Ben", email=None)
    cy = await a_person("Cy", manager=ben)
    await a_person("Old Ben", slack_user_id=None, email="ben@example.com", manager=cy)
    await hear(session, account("UBEN", profile={"email": "ben@example.com"}))
    assert (ben.manager_id, cy.manager_id) == (None, ben.id)


# Full listings


async def test_whoever_slack_no_longer_lists_has_left(session: AsyncSession, a_person: PersonBuilder) -> None:
    csv_only = await a_person("Cy", slack_user_id=None)
    everybody = [account(f"U{number}", profile={"email": f"{number}@example.com"}) for number in range(4)]
    await hear(session, *everybody, complete=True)
    assert (await hear(session, *everybody[1:], complete=True, now=LATER)).departed == 1
    assert (await person(session, "U0")).deactivated_at == LATER
    assert csv_only.is_active
    assert await hear(session, *everybody[1:], complete=True) == Mirrored(unchanged=3)
    assert await session.scalar(select(Workspace.last_synced_at)) == NOW


async def test_a_listing_that_lost_most_of_us_is_not_believed(session: AsyncSession) -> None:
    everybody = [account(f"U{number}", profile={"email": f"{number}@example.com"}) for number in range(4)]
    await hear(session, *everybody, complete=True)
    assert await hear(session, complete=True) == Mirrored(doubted=4)
    assert (await hear(session, everybody[0], complete=True)).doubted == 3
    assert (await person(session, "U3")).is_active


async def test_whoever_joins_while_we_read_is_not_missed_at_the_end(session: AsyncSession) -> None:
    await hear(session, account("UANA"))
    before = await directory.open_listing(session)
    await hear(session, account("UNEW", profile={"email": "new@example.com"}))
    await directory.close_listing(session, before=before, seen={"UANA"}, now=NOW)
    assert (await person(session, "UNEW")).is_active


# Many


@pytest.mark.parametrize("size", [200, 2_000])
async def test_thousands_of_people_cost_a_bounded_number_of_statements(
    session: AsyncSession, statements: Callable[[], Any], size: int
) -> None:
    def crowd(suffix: str) -> list[SlackMember]:
        return directory.members_from_slack(
            account(f"U{number}", profile={"email": f"{number}{suffix}@example.com"})
            for number in range(size)
        )

    chunks = -(-size // 500)
    for suffix, most in (("", 2), ("", 1), ("x", 3)):  # all new, all known, all with another address
        with statements() as count:
            await directory.apply(session, crowd(suffix), now=NOW, complete=False)
        assert count.total <= 2 + most * chunks  # SQLite's BEGIN and the lock


async def test_thousands_of_rows_are_joined_in_a_bounded_number_of_statements(
    session: AsyncSession, statements: Callable[[], Any]
) -> None:
    size = 400
    for number in range(size):
        session.add(Person(name=f"P{number}", email=f"{number}@example.com"))
    await session.flush()
    await hear(session, *(account(f"U{number}", profile={"email": ""}) for number in range(size)))
    with statements() as count:
        await hear(
            session,
            *(account(f"U{number}", profile={"email": f"{number}@example.com"}) for number in range(size)),
        )
    assert count.total <= 12
    assert (await person(session, "U7")).email == "7@example.com"


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
