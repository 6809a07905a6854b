"""The ledger: planned once, claimed by one, marked by whoever still holds it."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.models import Notification, NotificationState, Person
from bot.services import notifications
from bot.services.notifications import Plan
from tests.conftest import HOME, NOW, OTHER, StatementCount, settings
from tests.kinds import a_kind

pytestmark = pytest.mark.every_combination  # claiming is SQL

LEASE = timedelta(minutes=1)
MINUTE = timedelta(minutes=1)


def a_plan(person: Person, key: str = "a", **values: Any) -> Plan:
    usual: dict[str, Any] = {"kind": a_kind(), "subject": {}, "due_at": NOW}
    return Plan(person_id=person.id, key=key, **usual | values)


async def claimed(session: AsyncSession, now: datetime = NOW, limit: int = 10) -> list[Notification]:
    return list(await notifications.claim(session, now=now, lease=LEASE, limit=limit))


async def states(session: AsyncSession) -> dict[str, str]:
    found = await session.execute(select(Notification.key, Notification.state))
    return {row.key: row.state for row in found}


async def test_planning_twice_plans_once(session: AsyncSession, ana: Person) -> None:
    plan: dict[str, Any] = {
        "person_id": ana.id,
        "kind": a_kind(),
        "key": "a",
        "subject": {"checkin": 1},
        "due_at": NOW,
    }
    assert await notifications.plan(session, **plan)
    assert not await notifications.plan(session, **plan)
    assert len(await claimed(session)) == 1


async def test_many_are_planned_in_few_statements_and_only_new_ones_count(
    session: AsyncSession, ana: Person, statements: Callable[[], StatementCount]
) -> None:
    await notifications.plan_many(session, [a_plan(ana, "0")])
    with statements() as count:
        assert await notifications.plan_many(session, (a_plan(ana, str(n)) for n in range(2000))) == 1999
    assert count.total <= 5


async def test_every_notification_has_a_nonce_of_its_own_that_says_nothing(
    session: AsyncSession, ana: Person
) -> None:
    await notifications.plan_many(session, [a_plan(ana, str(n)) for n in range(50)])
    nonces = (await session.scalars(select(Notification.nonce))).all()
    assert len(set(nonces)) == 50
    assert {len(bytes.fromhex(nonce)) for nonce in nonces} == {16}


async def test_a_notification_needs_a_person_of_this_workspace(database: Database) -> None:
    async with database.work(OTHER) as session:
        stranger = Person(name="Stranger", slack_user_id="USTRANGER")
        session.add(stranger)
    with pytest.raises(IntegrityError):
        async with database.work(HOME) as session:
            await notifications.plan_many(session, [a_plan(stranger)])


async def test_only_what_is_due_is_claimed_and_only_once(session: AsyncSession, ana: Person) -> None:
    await notifications.plan_many(session, [a_plan(ana, "now"), a_plan(ana, "later", due_at=NOW + MINUTE)])
    first, second = await claimed(session), await claimed(session)
    assert [notification.key for notification in first] == ["now"]
    assert second == []
    assert (first[0].state, first[0].attempts, first[0].lease_until) == ("sending", 1, NOW + LEASE)


async def test_the_longest_due_goes_first(session: AsyncSession, ana: Person) -> None:
    await notifications.plan_many(
        session,
        [
            a_plan(ana, "now"),
            a_plan(ana, "earlier", due_at=NOW - MINUTE),
            a_plan(ana, "earliest", due_at=NOW - 2 * MINUTE),
        ],
    )
    both = await claimed(session, limit=2)
    rest = await claimed(session)
    assert [notification.key for notification in (*both, *rest)] == ["earliest", "earlier", "now"]


async def test_what_came_too_late_expires_instead(session: AsyncSession, ana: Person) -> None:
    await notifications.plan_many(
        session, [a_plan(ana, "late", expires_at=NOW + MINUTE), a_plan(ana, "fine")]
    )
    assert [notification.key for notification in await claimed(session, NOW + MINUTE)] == ["fine"]
    assert await states(session) == {"late": "expired", "fine": "sending"}


async def test_cancelling_stops_what_is_planned_and_touches_nothing_else(
    session: AsyncSession, ana: Person
) -> None:
    await notifications.plan_many(session, [a_plan(ana, "on its way", due_at=NOW - MINUTE)])
    await claimed(session)
    await notifications.plan_many(session, [a_plan(ana, "pending")])
    assert await notifications.cancel(session, "pending", "on its way", "unheard of", reason="answered") == 1
    assert await states(session) == {"on its way": "sending", "pending": "skipped"}
    assert await claimed(session, NOW + timedelta(days=1)) == []


async def test_a_claim_takes_nothing_of_another_workspace(database: Database) -> None:
    for workspace in (OTHER, HOME):  # the other one's is due earlier, so it would come first
        async with database.work(workspace) as session:
            person = Person(name="Ana", slack_user_id="UANA")
            session.add(person)
            await session.flush()
            due_at = NOW - MINUTE if workspace == OTHER else NOW
            await notifications.plan_many(
                session, [a_plan(person, workspace, due_at=due_at, expires_at=due_at + 2 * MINUTE)]
            )
    async with database.work(HOME) as session:
        assert await notifications.next_due(session) == NOW
        assert [notification.key for notification in await claimed(session, NOW + MINUTE, limit=1)] == [HOME]
        assert (
            len(await notifications.unknown_to_settle(session, now=NOW + 9 * MINUTE, lease=LEASE, limit=9))
            == 1
        )
    async with database.read(OTHER) as session:
        assert await states(session) == {OTHER: "planned"}


async def test_a_sender_that_never_came_back_leaves_a_question(session: AsyncSession, ana: Person) -> None:
    await notifications.plan_many(session, [a_plan(ana)])
    await claimed(session)

    async def open_at(now: datetime) -> list[str]:
        taken = await notifications.unknown_to_settle(session, now=now, lease=LEASE, limit=9)
        return [notification.state for notification in taken]

    assert await open_at(NOW + LEASE - timedelta(seconds=1)) == []
    assert await open_at(NOW + LEASE) == ["unknown"]
    assert await open_at(NOW + LEASE) == [], "whoever took the question has a lease on it"
    assert await open_at(NOW + 2 * LEASE) == ["unknown"]


async def test_what_is_next_is_a_due_notification_or_an_open_question(
    session: AsyncSession, ana: Person
) -> None:
    assert await notifications.next_due(session) is None
    await notifications.plan_many(
        session, [a_plan(ana, "a"), a_plan(ana, "b", due_at=NOW + timedelta(hours=1))]
    )
    assert await notifications.next_due(session) == NOW
    (notification,) = await claimed(session)
    assert await notifications.next_due(session) == NOW + LEASE
    await notifications.mark_unknown(session, notification, reason="timeout", settle_at=NOW + 5 * MINUTE)
    assert await notifications.next_due(session) == NOW + 5 * MINUTE
    await notifications.mark_sent(session, notification, channel="D1", ts="1.1", now=NOW)
    assert await notifications.next_due(session) == NOW + timedelta(hours=1)


async def test_a_sent_notification_remembers_where_it_stands(session: AsyncSession, ana: Person) -> None:
    await notifications.plan_many(session, [a_plan(ana)])
    (notification,) = await claimed(session)
    assert await notifications.mark_sent(session, notification, channel="D1", ts="17.4", now=NOW)
    await session.refresh(notification)
    assert (notification.state, notification.slack_channel, notification.slack_ts, notification.sent_at) == (
        "sent",
        "D1",
        "17.4",
        NOW,
    )
    assert notification.lease_until is None


async def test_a_late_word_from_an_earlier_attempt_changes_nothing(
    session: AsyncSession, ana: Person
) -> None:
    await notifications.plan_many(session, [a_plan(ana)])
    (first,) = await claimed(session)
    session.expunge(first)
    await notifications.put_back(session, first, due_at=NOW, reason="ratelimited")
    await claimed(session)
    assert not await notifications.mark_failed(session, first, "channel_not_found")
    assert not await notifications.put_back(session, first, due_at=NOW, reason="ratelimited")
    assert not await notifications.mark_unknown(session, first, reason="timeout", settle_at=NOW)
    assert await states(session) == {"a": "sending"}


async def test_proof_of_arrival_counts_even_after_it_was_given_up(session: AsyncSession, ana: Person) -> None:
    await notifications.plan_many(session, [a_plan(ana)])
    (slow,) = await claimed(session)
    await notifications.put_back(session, slow, due_at=NOW, reason="not_in_history")
    assert await notifications.mark_sent(session, slow, channel="D1", ts="1.1", now=NOW)
    assert await claimed(session) == []


async def test_a_finished_notification_stays_finished(session: AsyncSession, ana: Person) -> None:
    await notifications.plan_many(session, [a_plan(ana)])
    (notification,) = await claimed(session)
    await notifications.mark_sent(session, notification, channel="D1", ts="1.1", now=NOW)
    assert not await notifications.mark_failed(session, notification, "internal")
    assert not await notifications.put_back(session, notification, due_at=NOW, reason="busy")
    assert await states(session) == {"a": NotificationState.SENT}


async def test_two_claimers_at_once_share_the_work(database: Database) -> None:
    async with database.work(HOME) as session:
        person = Person(name="Ana", slack_user_id="UANA")
        session.add(person)
        await session.flush()
        await notifications.plan_many(session, [a_plan(person, str(n)) for n in range(20)])

    async def take_all() -> list[str]:
        keys: list[str] = []
        while True:
            async with database.work(HOME) as session:
                taken = await claimed(session, limit=2)
                await asyncio.sleep(0)  # let the other one in while the rows are locked
            if not taken:
                return keys
            keys += [notification.key for notification in taken]

    shares = await asyncio.gather(take_all(), take_all(), take_all())
    everything = [key for share in shares for key in share]
    assert sorted(everything) == sorted({str(n) for n in range(20)})


async def test_finding_what_is_due_reads_no_more_than_what_is_open(sqlite_url: str) -> None:
    """On SQLite only: PostgreSQL scans tables as small as this one, and rightly."""
    database = Database(settings(sqlite_url).sqlalchemy_url)
    async with database.work(HOME) as session:
        with StatementCount(database) as count:
            await notifications.next_due(session)
            await claimed(session)
            await notifications.unknown_to_settle(session, now=NOW, lease=LEASE, limit=1)
        queries = [one for one in count.statements if "notifications" in one]
        connection = await session.connection()
        for query in queries:
            plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", (None,) * query.count("?"))
            steps = str(plan.all())
            assert "INDEX ix_notifications_" in steps and "SCAN notifications" not in steps, query
    assert len(queries) >= 3
    await database.close()
