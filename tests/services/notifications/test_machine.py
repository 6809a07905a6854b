"""The ledger under any order of events, late ones among them, against a model of a few lines."""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.errors import NotFound
from bot.models import Notification, Person
from bot.services import notifications
from bot.services.notifications import NOT_THIS_WEEK
from tests.conftest import HOME, NOW
from tests.conftest import settings as bot_settings
from tests.kinds import a_kind
from tests.selection import examples

Result = TypeVar("Result")
LEASE = timedelta(minutes=1)
TTL = timedelta(minutes=5)
KEYS = st.sampled_from("abcdef")
A_WHILE = st.sampled_from([timedelta(), timedelta(seconds=30), LEASE, 2 * LEASE])
ATTEMPTS = st.integers(0, 30)


@dataclass
class Row:
    """What the model holds of a notification. `message`: the ts of what stands in the conversation."""

    due_at: Any
    expires_at: Any
    state: str = "planned"
    reason: str | None = None
    attempts: int = 0
    lease_until: Any = None
    message: str | None = None
    carrier: str | None = None
    untrue_since: Any = None
    nonces: int = 1

    @property
    def is_open(self) -> bool:
        return self.state in ("sending", "unknown")

    def marked(self, state: str, reason: str | None, lease_until: Any = None) -> None:
        """A wish outlives what came of the notification."""
        kept = self.reason == NOT_THIS_WEEK
        self.state, self.lease_until, self.reason = state, lease_until, NOT_THIS_WEEK if kept else reason

    def outlives(self, until: Any) -> None:
        if self.expires_at is not None and self.expires_at <= until:
            self.expires_at = None


class Ledger(RuleBasedStateMachine):
    """`attempts`: what couriers hold in their hands, the dead and the slow ones among them."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = Path(tempfile.mkdtemp(prefix="rapport-ledger-"))
        shutil.copy(self.template, self.folder / "ledger.db")
        url = f"sqlite:///{self.folder / 'ledger.db'}"
        self.database = Database(bot_settings(url).sqlalchemy_url)
        self.now = NOW
        self.model: dict[str, Row] = {}
        self.attempts: list[Notification] = []
        self.nonces: dict[str, set[str]] = {}
        self.ids: dict[str, int] = {}
        self.posted = 0

    def teardown(self) -> None:
        self.loop.run_until_complete(self.database.close())
        self.loop.close()
        shutil.rmtree(self.folder)

    def work(self, do: Callable[[AsyncSession], Awaitable[Result]]) -> Result:
        async def run() -> Result:
            async with self.database.work(HOME) as session:
                return await do(session)

        return self.loop.run_until_complete(run())

    @initialize()
    def hire(self) -> None:
        async def ana(session: AsyncSession) -> Person:
            person = Person(name="Ana", slack_user_id="UANA", timezone="Europe/Lisbon")
            session.add(person)
            await session.flush()
            return person

        self.ana = self.work(ana)
        for key in "abcd":
            self.plan(key, LEASE)

    # What the rollout does

    @rule(key=KEYS, wait=A_WHILE)
    def plan(self, key: str, wait: timedelta) -> None:
        due_at, expires_at = self.now + wait - LEASE, self.now + TTL
        fields: dict[str, Any] = {"person_id": self.ana.id, "kind": a_kind(), "subject": {}}
        new = self.work(
            lambda session: notifications.plan(
                session, key=key, due_at=due_at, expires_at=expires_at, **fields
            )
        )
        assert new == (key not in self.model)
        self.model.setdefault(key, Row(due_at, expires_at))

    @rule(key=KEYS)
    def cancel(self, key: str) -> None:
        number = self.work(lambda session: notifications.cancel(session, key, reason="answered"))
        row = self.model.get(key)
        waits = row is not None and row.state == "planned"
        assert number == waits
        if row and waits:
            row.state, row.reason = "skipped", "answered"

    @rule(wait=A_WHILE)
    def time_passes(self, wait: timedelta) -> None:
        self.now += wait

    @precondition(lambda self: self._expiring())
    @rule(one=ATTEMPTS, late=st.integers(-1, 1))
    def claim_at_the_edge(self, one: int, late: int) -> None:
        """When the time of one is nearly, just now or just over."""
        expiring = self._expiring()
        expires_at = expiring[one % len(expiring)].expires_at
        self.now = max(self.now, expires_at + timedelta(microseconds=late))
        self.claim(9)

    def _expiring(self) -> list[Row]:
        return [row for row in self.model.values() if row.state == "planned" and row.expires_at is not None]

    # What couriers do, at any time and in any order

    @rule(limit=st.integers(1, 4))
    def claim(self, limit: int) -> None:
        """The longest due first. Where that comes upon one whose time is over, all of those expire."""
        of_use = [key for key in self._due()[:limit] if not self._is_over(key)]
        if len(of_use) < len(self._due()[:limit]):
            for key, row in self.model.items():
                row.state = "expired" if row.state == "planned" and self._is_over(key) else row.state
            of_use = of_use or self._due()[:limit]
        claimed = self.work(
            lambda session: notifications.claim(session, now=self.now, lease=LEASE, limit=limit)
        )
        assert [notification.key for notification in claimed] == of_use
        for notification in claimed:
            self._taken(notification, "sending")

    def _due(self) -> list[str]:
        due = [key for key, row in self.model.items() if row.state == "planned" and row.due_at <= self.now]
        return sorted(due, key=lambda key: (self.model[key].due_at, self.ids[key]))

    def _is_over(self, key: str) -> bool:
        expires_at = self.model[key].expires_at
        return expires_at is not None and bool(expires_at <= self.now)

    @rule()
    def settle(self) -> None:
        stale = {
            key
            for key, row in self.model.items()
            if row.state in ("sending", "unknown") and row.lease_until and row.lease_until <= self.now
        }
        taken = self.work(
            lambda session: notifications.unknown_to_settle(session, now=self.now, lease=LEASE, limit=9)
        )
        assert {notification.key for notification in taken} == stale
        for notification in taken:
            self._taken(notification, "unknown")

    def _taken(self, notification: Notification, state: str) -> None:
        row = self.model[notification.key]
        row.attempts += state == "sending"
        row.state, row.lease_until = state, self.now + LEASE
        assert (notification.state, notification.attempts) == (state, row.attempts)
        self.attempts.append(notification)

    @precondition(lambda self: self.attempts)
    @rule(number=ATTEMPTS)
    def arrived(self, number: int) -> None:
        """Counts even when it was given up meanwhile, but not when another attempt has begun."""
        notification = self._attempt(number)
        self.posted += 1
        ts = str(self.posted)
        marked = self.work(
            lambda session: notifications.mark_sent(session, notification, channel="D", ts=ts, now=self.now)
        )
        row = self.model[notification.key]
        assert marked == (row.attempts == notification.attempts)
        if marked:
            self._shared(notification.key, "sent", None, message=ts)
            row.marked("sent", None)
            row.message = ts

    @precondition(lambda self: self.attempts)
    @rule(number=ATTEMPTS)
    def refused(self, number: int) -> None:
        notification = self._attempt(number)
        if self._marked(
            notification, lambda session: notifications.mark_failed(session, notification, "code")
        ):
            self._shared(notification.key, "failed", "code")
            self.model[notification.key].marked("failed", "code")

    @precondition(lambda self: self.attempts)
    @rule(number=ATTEMPTS, wait=A_WHILE)
    def unanswered(self, number: int, wait: timedelta) -> None:
        notification, at = self._attempt(number), self.now + wait
        if self._marked(
            notification,
            lambda session: notifications.mark_unknown(session, notification, reason="timeout", settle_at=at),
        ):
            self._shared(notification.key, "unknown", "timeout")
            self.model[notification.key].marked("unknown", "timeout", at)

    @precondition(lambda self: self.attempts)
    @rule(number=ATTEMPTS, wait=A_WHILE)
    def put_back(self, number: int, wait: timedelta) -> None:
        notification, at = self._attempt(number), self.now + wait
        if self._marked(
            notification,
            lambda session: notifications.put_back(session, notification, due_at=at, reason="ratelimited"),
        ):
            self._shared(notification.key, "planned", "ratelimited", due_at=at, carrier=None)
            self.model[notification.key].marked("planned", "ratelimited")
            self.model[notification.key].due_at = at

    def _attempt(self, number: int) -> Notification:
        return self.attempts[number % len(self.attempts)]

    def _marked(self, notification: Notification, mark: Callable[[AsyncSession], Awaitable[bool]]) -> bool:
        """Late marks change nothing: not after the next attempt, and not after the outcome is known."""
        row = self.model[notification.key]
        marked = self.work(mark)
        assert marked == (row.attempts == notification.attempts and row.state in ("sending", "unknown"))
        return marked

    def _shared(self, of: str, state: str, reason: str | None, **values: Any) -> None:
        for key, row in self.model.items():
            if row.carrier == of and row.is_open:
                row.marked(state, reason, row.lease_until)
                self.model[key] = replace(row, **values)

    @precondition(lambda self: self._carriers() and self._free())
    @rule(carrier=ATTEMPTS, one=ATTEMPTS)
    def merge(self, carrier: int, one: int) -> None:
        """As when a letter is written: something else that is due goes into it."""
        into, key = self._carriers()[carrier % len(self._carriers())], self._free()[one % len(self._free())]

        async def merge(session: AsyncSession) -> None:
            rows = {row.key: row for row in await session.scalars(select(Notification))}
            await notifications.merge(session, rows[into], rows[key])

        self.work(merge)
        self._merged(into, key)

    def _merged(self, into: str, key: str) -> None:
        row, carrier = self.model[key], self.model[into]
        row.carrier, row.state, row.lease_until, row.reason = into, carrier.state, None, None
        row.message, row.attempts = carrier.message, max(row.attempts, 1)

    def _carriers(self, state: str = "sending") -> list[str]:
        return [key for key, row in self.model.items() if row.state == state and row.carrier is None]

    def _free(self) -> list[str]:
        """Due, never said, and nobody's carrier."""
        carriers = {row.carrier for row in self.model.values()}
        return [
            key
            for key, row in self.model.items()
            if row.state == "planned" and row.due_at <= self.now and not row.message and key not in carriers
        ]

    @precondition(lambda self: self._carriers("sent") and self._free())
    @rule(carrier=ATTEMPTS, one=ATTEMPTS)
    def join(self, carrier: int, one: int) -> None:
        """As when today's message has been sent already: something else is to be said in it."""
        standing, free = self._carriers("sent"), self._free()
        into, key = standing[carrier % len(standing)], free[one % len(free)]

        async def join(session: AsyncSession) -> None:
            rows = {row.key: row for row in await session.scalars(select(Notification))}
            await notifications.join(session, rows[into], rows[key], now=self.now)

        self.work(join)
        self._merged(into, key)
        self.model[key].reason, self.model[into].untrue_since = "joined", self.now

    @rule(slack=st.sampled_from(["takes it", "refuses", "is busy"]), wait=A_WHILE)
    def change_a_message(self, slack: str, wait: timedelta) -> None:
        later = self.now + wait

        async def change(session: AsyncSession) -> set[str]:
            one = await notifications.outdated(session, now=self.now)
            said = await notifications.in_message_of(session, one) if one else []
            if slack == "refuses":
                await notifications.plan_again_by_itself(session, said, due_at=later)
            again_at = later if slack == "is busy" else None
            await notifications.updated(session, said, seen=self.now, again_at=again_at)
            return {notification.key for notification in said}

        said = self.work(change)
        assert bool(said) == any(self._is_untrue(row) for row in self.model.values())
        assert not said or any(self._is_untrue(self.model[key]) for key in said)
        for row in (self.model[key] for key in said):
            self._changed(row, slack, later)

    def _is_untrue(self, row: Row) -> bool:
        return row.message is not None and row.untrue_since is not None and row.untrue_since <= self.now

    def _changed(self, row: Row, slack: str, later: Any) -> None:
        if slack == "refuses" and row.reason == "joined":
            row.state, row.carrier, row.message = "planned", None, None
            row.due_at, row.attempts = later, row.attempts + 1
        if slack != "is busy" and row.reason == "joined":
            row.reason = None
        if row.untrue_since is not None and row.untrue_since <= self.now:
            row.untrue_since = later if slack == "is busy" else None

    # What the person does

    @rule(key=KEYS, wait=A_WHILE)
    def put_off(self, key: str, wait: timedelta) -> None:
        row, until = self.model.get(key), self.now + wait
        if row is None:
            return
        try:
            self.work(lambda session: self._put_off(session, key, until))
        except NotFound:
            assert row.state != "sent" and not (row.state == "planned" and row.reason == "snoozed")
            return
        if row.state == "sent":
            self._leaves_its_message(key, row)
            row.state, row.reason, row.carrier, row.lease_until = "planned", "snoozed", None, None
            row.attempts, row.nonces, row.untrue_since = row.attempts + 1, row.nonces + 1, None
        assert (row.state, row.reason) == ("planned", "snoozed")
        row.due_at = until
        row.outlives(until)
        if row.message:
            row.untrue_since = self.now

    async def _put_off(self, session: AsyncSession, key: str, until: Any) -> None:
        notification = (await session.scalars(select(Notification).where(Notification.key == key))).one()
        await notifications.put_off(session, self.ana, notification, until=until, now=self.now)

    def _leaves_its_message(self, key: str, row: Row) -> None:
        """What else is said there stays, under the carrier or the longest due of the others."""
        carrier = row.carrier or key
        rest = [(one.carrier is not None, one.due_at, self.ids[other]) for other, one in self.model.items()]
        others = [other for other, one in self.model.items() if carrier in (other, one.carrier)]
        order = dict(zip(self.model, rest, strict=True))
        others = sorted((other for other in others if other != key), key=lambda other: order[other])
        if not others:
            return
        heir = self.model[others[0]]
        heir.message, heir.carrier, heir.untrue_since = self.model[carrier].message, None, self.now
        for other in others[1:]:
            self.model[other].carrier = others[0]
        row.message = None

    @rule(keys=st.sets(KEYS, min_size=1, max_size=2))
    def not_this_week(self, keys: set[str]) -> None:
        self.work(lambda session: notifications.not_this_week(session, *keys, now=self.now))
        for row in (self.model[key] for key in keys if key in self.model):
            if row.state not in ("planned", "sending", "unknown", "sent"):
                continue
            if row.is_open or row.message:
                row.untrue_since = self.now
            row.state = "skipped" if row.state == "planned" else row.state
            row.reason = NOT_THIS_WEEK

    @rule(keys=st.sets(KEYS, min_size=1, max_size=2))
    def touch(self, keys: set[str]) -> None:
        """Something else happened that makes what was said, or may be on its way, outdated."""
        self.work(lambda session: notifications.touch(session, *keys, now=self.now))
        for row in (self.model[key] for key in keys if key in self.model):
            if row.message or row.is_open:
                row.untrue_since = self.now

    @invariant()
    def the_ledger_is_what_the_model_says(self) -> None:
        async def look(session: AsyncSession) -> list[Notification]:
            return list(await session.scalars(select(Notification)))

        found = self.work(look)
        keys = {notification.id: notification.key for notification in found}
        self.ids = {notification.key: notification.id for notification in found}
        for notification in found:
            row = self.model[notification.key]
            self.nonces.setdefault(notification.key, set()).add(notification.nonce)
            fate = (row.state, row.reason, row.attempts, row.lease_until)
            assert (
                notification.state,
                notification.reason,
                notification.attempts,
                notification.lease_until,
            ) == fate, notification.key
            assert (notification.due_at, notification.expires_at) == (row.due_at, row.expires_at), (
                notification.key
            )
            carrier = keys.get(notification.merged_into_id or 0)
            place = (row.message, row.carrier, row.untrue_since)
            assert (notification.slack_ts, carrier, notification.update_due_at) == place, notification.key
            assert len(self.nonces[notification.key]) == row.nonces, (
                "a message must not pass for the one before"
            )
        assert {notification.key for notification in found} == set(self.model)


def test_the_ledger_keeps_its_promises_in_any_order_of_events(sqlite_template: Path) -> None:
    Ledger.template = sqlite_template
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=examples(60),
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
