"""Goals under any order of deeds by anybody: what is refused is refused in words, and what holds always holds."""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.errors import BotError, NotFound
from bot.models import Goal, GoalClosing, GoalEvent, KeyResult, Person
from bot.models.goals import (
    OUTCOMES,
    Confidence,
    GoalKind,
    Level,
    Measure,
    NewGoal,
    NewKeyResult,
    Update,
    Visibility,
    scoring,
)
from bot.services import goals, people
from tests.conftest import HOME, NOW
from tests.conftest import settings as bot_settings
from tests.selection import examples

NAMES = ("Ana", "Ben", "Cem", "Hana", "Pia")  # owner, manager, sharing, HR, a peer without rights
WHO = st.integers(0, len(NAMES) - 1)
WHICH = st.integers(0, 5)  # of the goals there are
STALE = st.sampled_from([0, 0, 0, 1])  # how many versions behind
NUMBERS = st.sampled_from([-5.0, 0.0, 20.0, 30.0, 40.0, 1e9, float("nan")])
SHARES = st.sampled_from([0.0, 0.35, 1.0, 1.5])
RESULTS = st.sampled_from(
    [
        (),
        (NewKeyResult("Tickets", start=40, target=20),),
        (NewKeyResult("Uptime", Measure.HOLD, start=99, target=99, tolerance=1),),
        (NewKeyResult("Same", start=1, target=1),),
        (NewKeyResult("Handbook", Measure.YES_NO), NewKeyResult("Calls", start=0, target=10, weight=3)),
    ]
)


class Goals(RuleBasedStateMachine):
    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = Path(tempfile.mkdtemp(prefix="rapport-goals-"))
        shutil.copy(self.template, self.folder / "goals.db")
        url = f"sqlite:///{self.folder / 'goals.db'}"
        self.database = Database(bot_settings(url).sqlalchemy_url)
        self.now = NOW
        self.ended: dict[int, tuple[int, float]] = {}

    def teardown(self) -> None:
        self.loop.run_until_complete(self.database.close())
        self.loop.close()
        shutil.rmtree(self.folder)

    @initialize()
    def hire(self) -> None:
        async def everybody(session: AsyncSession) -> None:
            ana, ben, cem, hana, pia = self.people = [
                Person(name=name, slack_user_id=f"U{name.upper()}", timezone="UTC") for name in NAMES
            ]
            session.add_all(self.people)
            await session.flush()
            ana.manager_id, cem.manager_id, pia.manager_id = ben.id, ben.id, hana.id
            await people.grant_hr(session, hana, now=NOW)

        self.work(everybody)

    def work(self, do: Callable[[AsyncSession], Awaitable[Any]]) -> Any:
        async def run() -> Any:
            async with self.database.work(HOME) as session:
                return await do(session)

        return self.loop.run_until_complete(run())

    def attempt(
        self, who: int, which: int, deed: Callable[[AsyncSession, Person, Goal], Awaitable[Any]]
    ) -> None:
        """What may not be is refused with a sentence and leaves no trace; what may be leaves one in the history."""

        async def do(session: AsyncSession) -> None:
            found = (await session.scalars(select(Goal).order_by(Goal.id))).all()
            if not found:
                return
            goal, before = found[which % len(found)], await _events(session)
            try:
                async with session.begin_nested():
                    await deed(session, await session.get_one(Person, self.people[who].id), goal)
            except BotError:
                assert await _events(session) == before
            else:
                assert await _events(session) > before

        self.now += timedelta(hours=7)
        self.work(do)

    @rule(
        who=WHO,
        owner=WHO,
        level=st.sampled_from(Level),
        kind=st.sampled_from(GoalKind),
        visibility=st.sampled_from(Visibility),
        parent=st.none() | st.integers(1, 7),
        results=RESULTS,
    )
    def set_one(self, who: int, owner: int, parent: int | None, results: Any, **words: Any) -> None:
        owner_id, sharing = self.people[owner].id, (self.people[2].id,)
        new = NewGoal(
            "A goal", owner_id=owner_id, co_owner_ids=sharing, parent_id=parent, key_results=results, **words
        )

        async def do(session: AsyncSession) -> None:
            me = await session.get_one(Person, self.people[who].id)
            try:
                async with session.begin_nested():
                    await goals.create(session, me, new, now=self.now)
            except BotError:
                pass

        self.work(do)

    @rule(
        who=WHO, which=WHICH, stale=STALE, confidence=st.sampled_from(Confidence), value=NUMBERS, share=SHARES
    )
    def update(
        self, who: int, which: int, stale: int, confidence: Confidence, value: float, share: float
    ) -> None:
        async def deed(session: AsyncSession, me: Person, goal: Goal) -> None:
            ids = (await session.scalars(select(KeyResult.id).where(KeyResult.goal_id == goal.id))).all()
            values, progress = (dict.fromkeys(ids[:1], value), None) if ids else ({}, share)
            seen = goal.version - stale
            change = Update(goal.id, seen, confidence, values, progress=progress)
            await goals.update(session, me, change, now=self.now)

        self.attempt(who, which, deed)

    @rule(who=WHO, which=WHICH, stale=STALE, suggest=st.booleans())
    def answer(self, who: int, which: int, stale: int, suggest: bool) -> None:
        async def deed(session: AsyncSession, me: Person, goal: Goal) -> None:
            if suggest:
                await goals.suggest_change(session, me, goal.id, text="Measure it", now=self.now)
            else:
                await goals.agree(session, me, goal.id, seen=goal.version - stale, now=self.now)

        self.attempt(who, which, deed)

    @rule(who=WHO, which=WHICH, parent=st.none() | st.integers(1, 7))
    def align(self, who: int, which: int, parent: int | None) -> None:
        async def deed(session: AsyncSession, me: Person, goal: Goal) -> None:
            await goals.align(session, me, goal.id, parent_id=parent, is_local=True, now=self.now)

        self.attempt(who, which, deed)

    @rule(who=WHO, which=WHICH, stale=STALE, aim=NUMBERS, drop=st.booleans())
    def retarget_or_drop(self, who: int, which: int, stale: int, aim: float, drop: bool) -> None:
        async def deed(session: AsyncSession, me: Person, goal: Goal) -> None:
            ids = (await session.scalars(select(KeyResult.id).where(KeyResult.goal_id == goal.id))).all()
            said: dict[str, Any] = {"seen": goal.version - stale, "reason": "Why", "now": self.now}
            if drop:
                await goals.drop_key_result(session, me, ids[0] if ids else 0, **said)
            else:
                await goals.retarget(session, me, ids[0] if ids else 0, start=40, target=aim, **said)

        self.attempt(who, which, deed)

    @rule(who=WHO, which=WHICH, to=WHO)
    def hand_over(self, who: int, which: int, to: int) -> None:
        async def deed(session: AsyncSession, me: Person, goal: Goal) -> None:
            heir = await session.get_one(Person, self.people[to].id)
            await goals.hand_over(session, me, goal.id, to=heir, now=self.now)

        self.attempt(who, which, deed)

    @rule(who=WHO, which=WHICH, stale=STALE, outcome=st.sampled_from(OUTCOMES), score=SHARES)
    def close(self, who: int, which: int, stale: int, outcome: Any, score: float) -> None:
        async def deed(session: AsyncSession, me: Person, goal: Goal) -> None:
            words: dict[str, Any] = {"outcome": outcome, "score": score, "sentence": "It went well"}
            await goals.close(session, me, goal.id, seen=goal.version - stale, now=self.now, **words)

        self.attempt(who, which, deed)

    @rule(who=WHO, which=WHICH, score=st.none() | SHARES)
    def confirm(self, who: int, which: int, score: float | None) -> None:
        async def deed(session: AsyncSession, me: Person, goal: Goal) -> None:
            await goals.confirm(session, me, goal.id, score=score, comment="Thank you", now=self.now)

        self.attempt(who, which, deed)

    @invariant()
    def progress_is_what_the_key_results_say(self) -> None:
        async def look(session: AsyncSession) -> None:
            for goal in await session.scalars(select(Goal)):
                results = await session.scalars(select(KeyResult).where(KeyResult.goal_id == goal.id))
                computed = scoring.progress(results.all(), goal.ends_on, goal.scored_on)
                if computed is not None and goal.kind != GoalKind.LEARNING:
                    assert goal.progress == pytest.approx(computed)

        self.work(look)

    @invariant()
    def no_goal_hangs_under_itself(self) -> None:
        async def look(session: AsyncSession) -> None:
            above = dict((await session.execute(select(Goal.id, Goal.parent_id))).all())
            for start in above:
                way = [start]
                while (upper := above[way[-1]]) is not None:
                    way.append(upper)
                    assert len(way) <= len(above), way

        self.work(look)

    @invariant()
    def what_has_ended_stays_as_it_ended(self) -> None:
        async def look(session: AsyncSession) -> None:
            closings = set(await session.scalars(select(GoalClosing.goal_id)))
            for goal in await session.scalars(select(Goal)):
                assert goal.is_open == (goal.id not in closings)
                if not goal.is_open:
                    now = (goal.version, goal.progress)
                    assert self.ended.setdefault(goal.id, now) == now

        self.work(look)

    @invariant()
    def a_peer_reads_no_limited_goal_of_others(self) -> None:
        async def look(session: AsyncSession) -> None:
            pia = await session.get_one(Person, self.people[4].id)
            limited = select(Goal.id).where(Goal.visibility == Visibility.LIMITED, Goal.owner_id != pia.id)
            shown = {goal.goal_id for goal in await goals.parents_on_offer(session, pia, now=self.now)}
            for goal_id in await session.scalars(limited):
                assert goal_id not in shown
                try:
                    await goals.read(session, pia, goal_id, now=self.now)
                except NotFound:
                    continue
                raise AssertionError(goal_id)

        self.work(look)


async def _events(session: AsyncSession) -> int:
    return await session.scalar(select(func.count(GoalEvent.id))) or 0


def test_goals_hold_together_whatever_anybody_does(sqlite_template: Path) -> None:
    class OnTemplate(Goals):
        template = sqlite_template

    run_state_machine_as_test(
        OnTemplate,
        settings=settings(
            max_examples=examples(20),
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
