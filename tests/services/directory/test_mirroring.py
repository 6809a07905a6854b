"""Accounts become people and follow Slack: names, kinds, leaving, full listings; late news undoes nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Person, PersonKind, Workspace
from bot.services import directory
from bot.services.directory import Mirrored, SlackMember
from tests.conftest import NOW, PersonBuilder
from tests.services.directory.builders import LATER, account, columns, hear, person


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
    await hear(session, account("UANA", **{flag: True}))
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
            await directory.apply(session, crowd(suffix), pass_on=(), now=NOW, complete=False)
        assert count.total <= 2 + most * chunks  # SQLite's BEGIN and the lock
