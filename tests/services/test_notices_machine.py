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
from bot.models import Notice, Person
from bot.services import notices
from tests.conftest import HOME, NOW
from tests.conftest import settings as bot_settings

Result = TypeVar("Result")
LEASE = timedelta(minutes=1)
TTL = timedelta(minutes=5)
KEYS = st.sampled_from("abc")
A_WHILE = st.sampled_from([timedelta(), timedelta(seconds=30), LEASE, 2 * LEASE])
ATTEMPTS = st.integers(0, 30)


@dataclass
class Row:
    """What the model holds of a notice. `message`: the ts of what stands in the conversation."""

    due_at: Any
    expires_at: Any
    state: str = "planned"
    attempts: int = 0
    lease_until: Any = None
    message: str | None = None
    carrier: str | None = None
    nonces: int = 1


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
        self.attempts: list[Notice] = []
        self.nonces: dict[str, set[str]] = {}
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

    # What the programme does

    @rule(key=KEYS, wait=A_WHILE)
    def plan(self, key: str, wait: timedelta) -> None:
        due_at, expires_at = self.now + wait - LEASE, self.now + TTL
        fields: dict[str, Any] = {"person_id": self.ana.id, "kind": "test", "subject": {}}
        new = self.work(
            lambda session: notices.plan(session, key=key, due_at=due_at, expires_at=expires_at, **fields)
        )
        assert new == (key not in self.model)
        self.model.setdefault(key, Row(due_at, expires_at))

    @rule(key=KEYS)
    def cancel(self, key: str) -> None:
        number = self.work(lambda session: notices.cancel(session, key, reason="answered"))
        row = self.model.get(key)
        waits = row is not None and row.state == "planned"
        assert number == waits
        if row and waits:
            row.state = "skipped"

    @rule(wait=A_WHILE)
    def time_passes(self, wait: timedelta) -> None:
        self.now += wait

    # What couriers do, at any time and in any order

    @rule(limit=st.integers(1, 4))
    def claim(self, limit: int) -> None:
        for row in self.model.values():
            if row.state == "planned" and row.expires_at is not None and row.expires_at <= self.now:
                row.state = "expired"
        due = [key for key, row in self.model.items() if row.state == "planned" and row.due_at <= self.now]
        claimed = self.work(lambda session: notices.claim(session, now=self.now, lease=LEASE, limit=limit))
        times = sorted(self.model[key].due_at for key in due)[:limit]
        assert [notice.due_at for notice in claimed] == times, "the longest due first, and none that is not"
        for notice in claimed:
            assert notice.key in due
            self._taken(notice, "sending")

    @rule()
    def settle(self) -> None:
        stale = {
            key
            for key, row in self.model.items()
            if row.state in ("sending", "unknown") and row.lease_until and row.lease_until <= self.now
        }
        taken = self.work(
            lambda session: notices.unknown_to_settle(session, now=self.now, lease=LEASE, limit=9)
        )
        assert {notice.key for notice in taken} == stale
        for notice in taken:
            self._taken(notice, "unknown")

    def _taken(self, notice: Notice, state: str) -> None:
        row = self.model[notice.key]
        row.attempts += state == "sending"
        row.state, row.lease_until = state, self.now + LEASE
        assert (notice.state, notice.attempts) == (state, row.attempts)
        self.attempts.append(notice)

    @precondition(lambda self: self.attempts)
    @rule(number=ATTEMPTS)
    def arrived(self, number: int) -> None:
        """Counts even when it was given up meanwhile, but not when another attempt has begun."""
        notice = self._attempt(number)
        self.posted += 1
        ts = str(self.posted)
        marked = self.work(
            lambda session: notices.mark_sent(session, notice, channel="D", ts=ts, now=self.now)
        )
        row = self.model[notice.key]
        assert marked == (row.attempts == notice.attempts)
        if marked:
            self._shared(notice.key, state="sent", message=ts)
            row.state, row.message, row.lease_until = "sent", ts, None

    @precondition(lambda self: self.attempts)
    @rule(number=ATTEMPTS)
    def refused(self, number: int) -> None:
        notice = self._attempt(number)
        if self._marked(notice, lambda session: notices.mark_failed(session, notice, "code")):
            self._shared(notice.key, state="failed")
            self.model[notice.key].state, self.model[notice.key].lease_until = "failed", None

    @precondition(lambda self: self.attempts)
    @rule(number=ATTEMPTS, wait=A_WHILE)
    def unanswered(self, number: int, wait: timedelta) -> None:
        notice, at = self._attempt(number), self.now + wait
        if self._marked(
            notice, lambda session: notices.mark_unknown(session, notice, reason="timeout", settle_at=at)
        ):
            self._shared(notice.key, state="unknown")
            self.model[notice.key].state, self.model[notice.key].lease_until = "unknown", at

    @precondition(lambda self: self.attempts)
    @rule(number=ATTEMPTS, wait=A_WHILE)
    def put_back(self, number: int, wait: timedelta) -> None:
        notice, at = self._attempt(number), self.now + wait
        if self._marked(
            notice, lambda session: notices.put_back(session, notice, due_at=at, reason="ratelimited")
        ):
            self._shared(notice.key, state="planned", due_at=at, carrier=None)
            row = self.model[notice.key]
            row.state, row.due_at, row.lease_until = "planned", at, None

    def _attempt(self, number: int) -> Notice:
        return self.attempts[number % len(self.attempts)]

    def _marked(self, notice: Notice, mark: Callable[[AsyncSession], Awaitable[bool]]) -> bool:
        """Late marks change nothing: not after the next attempt, and not after the outcome is known."""
        row = self.model[notice.key]
        marked = self.work(mark)
        assert marked == (row.attempts == notice.attempts and row.state in ("sending", "unknown"))
        return marked

    def _shared(self, of: str, **values: Any) -> None:
        for key, row in self.model.items():
            if row.carrier == of and row.state in ("sending", "unknown"):
                self.model[key] = replace(row, **values)

    @precondition(lambda self: self._carriers() and self._free())
    @rule(carrier=ATTEMPTS, one=ATTEMPTS)
    def merge(self, carrier: int, one: int) -> None:
        """As when a letter is written: something else that is due goes into it."""
        into, key = self._carriers()[carrier % len(self._carriers())], self._free()[one % len(self._free())]

        async def merge(session: AsyncSession) -> None:
            rows = {row.key: row for row in await session.scalars(select(Notice))}
            await notices.merge(session, rows[into], rows[key])

        self.work(merge)
        row = self.model[key]
        row.carrier, row.state, row.lease_until = into, self.model[into].state, None
        row.message = self.model[into].message

    def _carriers(self) -> list[str]:
        return [key for key, row in self.model.items() if row.state == "sending" and row.carrier is None]

    def _free(self) -> list[str]:
        """Due, never said, and nobody's carrier."""
        carriers = {row.carrier for row in self.model.values()}
        return [
            key
            for key, row in self.model.items()
            if row.state == "planned" and row.due_at <= self.now and not row.message and key not in carriers
        ]

    # What the person does

    @rule(key=KEYS, wait=A_WHILE)
    def snooze(self, key: str, wait: timedelta) -> None:
        row, until = self.model.get(key), self.now + wait
        if row is None:
            return
        try:
            self.work(lambda session: self._snooze(session, key, until))
        except NotFound:
            assert row.state != "sent"
            return
        assert row.state == "sent"
        row.state, row.due_at, row.carrier, row.lease_until = "planned", until, None, None
        row.attempts, row.nonces = row.attempts + 1, row.nonces + 1
        if row.expires_at is not None and row.expires_at <= until:
            row.expires_at = None

    async def _snooze(self, session: AsyncSession, key: str, until: Any) -> None:
        notice = (await session.scalars(select(Notice).where(Notice.key == key))).one()
        await notices.snooze(session, notice.id, self.ana, until=until, now=self.now)

    @invariant()
    def the_ledger_is_what_the_model_says(self) -> None:
        async def look(session: AsyncSession) -> list[Notice]:
            return list(await session.scalars(select(Notice)))

        found = self.work(look)
        keys = {notice.id: notice.key for notice in found}
        for notice in found:
            row = self.model[notice.key]
            self.nonces.setdefault(notice.key, set()).add(notice.nonce)
            ours = (row.state, row.attempts, row.due_at, row.lease_until, row.message, row.carrier)
            carrier = keys.get(notice.merged_into_id or 0)
            theirs = (
                notice.state,
                notice.attempts,
                notice.due_at,
                notice.lease_until,
                notice.slack_ts,
                carrier,
            )
            assert theirs == ours, notice.key
            assert len(self.nonces[notice.key]) == row.nonces, "a message must not pass for the one before"
        assert {notice.key for notice in found} == set(self.model)


def test_the_ledger_keeps_its_promises_in_any_order_of_events(sqlite_template: Path) -> None:
    Ledger.template = sqlite_template
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=30,
            stateful_step_count=35,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
