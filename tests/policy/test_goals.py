"""The visibility matrix for goals, row by row: who × what, with the reporting line of today."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import policy
from bot.models import Goal, GoalCoOwner, Person, PersonKind
from bot.models.goals import GoalState, Level, NewGoal, Visibility
from bot.services import goals, people
from bot.services.goals.access import visible_to
from tests.conftest import NOW, PersonBuilder

# dee → carla → ben → ana, who owns the goal together with cem
PEOPLE = {
    "owner": Person(id=1, name="Ana", manager_id=2, kind=PersonKind.MEMBER),
    "manager": Person(id=2, name="Ben", manager_id=3, kind=PersonKind.MEMBER),
    "line above": Person(id=3, name="Carla", manager_id=4, kind=PersonKind.MEMBER),
    "co-owner": Person(id=5, name="Cem", manager_id=6, kind=PersonKind.MEMBER),
    "co-owner's manager": Person(id=6, name="Cleo", manager_id=4, kind=PersonKind.MEMBER),
    "peer": Person(id=7, name="Pia", manager_id=2, kind=PersonKind.MEMBER),
    "HR": Person(id=8, name="Hana", manager_id=4, kind=PersonKind.MEMBER),
    "guest": Person(id=9, name="Gus", kind=PersonKind.GUEST),
    "leaver": Person(
        id=10, name="Lea", kind=PersonKind.MEMBER, deactivated_at=datetime(2026, 11, 1, tzinfo=UTC)
    ),
}
OWNERS = {"owner", "co-owner"}
NEAR = OWNERS | {"manager", "HR"}
COLLEAGUES = PEOPLE.keys() - {"guest", "leaver"}


def goal(visibility: Visibility = Visibility.OPEN, level: Level = Level.PERSON, set_by_id: int = 1) -> Goal:
    return Goal(id=1, owner_id=1, level=level, visibility=visibility, set_by_id=set_by_id)


def reads(who: str, one: Goal) -> bool:
    return policy.may_read_goal(PEOPLE[who], PEOPLE["owner"], one, shares_it=who in OWNERS, is_hr=who == "HR")


@pytest.mark.parametrize("who", PEOPLE)
def test_an_open_goal_is_read_by_every_colleague(who: str) -> None:
    assert reads(who, goal()) is (who in COLLEAGUES)


@pytest.mark.parametrize("who", PEOPLE)
def test_a_limited_goal_is_read_by_its_owners_the_manager_and_hr(who: str) -> None:
    assert reads(who, goal(Visibility.LIMITED)) is (who in NEAR)


@pytest.mark.parametrize("who", PEOPLE)
def test_what_the_manager_says_about_a_goal_is_for_those_concerned(who: str) -> None:
    rights: dict[str, Any] = {"shares_it": who in OWNERS, "is_hr": who == "HR"}
    said = (PEOPLE[who], PEOPLE["owner"], NOW)
    assert policy.may_read_goal_talk(*said, near_since=None, **rights) is (who in NEAR)
    came_later = policy.may_read_goal_talk(*said, near_since=NOW + timedelta(days=1), **rights)
    assert came_later is (who == "HR")


def test_hr_reads_no_limited_goal_of_their_own_manager() -> None:
    hana, boss = PEOPLE["HR"], Person(id=4, name="Dee", kind=PersonKind.MEMBER)
    limited = goal(Visibility.LIMITED)
    assert not policy.may_read_goal(hana, boss, limited, shares_it=False, is_hr=True)
    assert policy.may_read_goal(hana, boss, limited, shares_it=True, is_hr=True)


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("state", [GoalState.PROPOSED, GoalState.AGREED])
def test_what_a_goal_is_is_changed_by_its_owners_and_until_agreed_by_who_set_it(
    who: str, state: GoalState
) -> None:
    one = goal(set_by_id=2)
    one.state = state
    allowed = OWNERS | ({"manager"} if state == GoalState.PROPOSED else set())
    may = policy.may_edit_goal(PEOPLE[who], one, shares_it=who in OWNERS, is_hr=who == "HR")
    assert may is (who in allowed)


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("level", Level)
def test_how_a_goal_stands_is_said_by_its_owners_and_for_the_company_by_hr(who: str, level: Level) -> None:
    allowed = OWNERS | ({"HR"} if level == Level.COMPANY else set())
    says = policy.may_change_goal(PEOPLE[who], goal(level=level), shares_it=who in OWNERS, is_hr=who == "HR")
    assert says is (who in allowed)


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("has_left", [False, True])
def test_a_goal_is_closed_by_its_owners_and_after_they_left_by_manager_and_hr(
    who: str, has_left: bool
) -> None:
    owner = Person(id=1, manager_id=2, kind=PersonKind.MEMBER, deactivated_at=NOW if has_left else None)
    actor = owner if who == "owner" else PEOPLE[who]
    allowed = {"co-owner", "manager", "HR"} if has_left else OWNERS
    closes = policy.may_close_goal(actor, owner, goal(), shares_it=who in OWNERS, is_hr=who == "HR")
    assert closes is (who in allowed)


@pytest.mark.parametrize("who", PEOPLE)
def test_a_goal_is_handed_over_by_those_near_it(who: str) -> None:
    may = policy.may_hand_over_goal(PEOPLE[who], PEOPLE["owner"], shares_it=who in OWNERS, is_hr=who == "HR")
    assert may is (who in NEAR)


@pytest.mark.parametrize("who", PEOPLE)
def test_a_goal_is_agreed_by_the_side_that_did_not_set_it(who: str) -> None:
    owner = PEOPLE["owner"]
    assert policy.may_agree_to_goal(PEOPLE[who], owner, goal(set_by_id=1)) is (who == "manager")
    assert policy.may_agree_to_goal(PEOPLE[who], owner, goal(set_by_id=2)) is (who == "owner")
    assert not policy.may_agree_to_goal(PEOPLE[who], owner, goal(level=Level.COMPANY))


@pytest.mark.parametrize("who", PEOPLE)
def test_how_it_ended_is_confirmed_by_the_manager_who_did_not_close_it(who: str) -> None:
    owner = PEOPLE["owner"]
    assert policy.may_confirm_closing(PEOPLE[who], owner, closed_by_id=1) is (who == "manager")
    assert not policy.may_confirm_closing(PEOPLE[who], owner, closed_by_id=2)


@pytest.mark.parametrize(
    ("who", "level", "leads", "allowed"),
    [
        ("owner", Level.PERSON, False, True),
        ("manager", Level.PERSON, False, True),
        ("HR", Level.PERSON, False, True),
        ("line above", Level.PERSON, False, False),
        ("peer", Level.PERSON, False, False),
        ("leaver", Level.PERSON, False, False),
        ("owner", Level.TEAM, False, True),
        ("peer", Level.TEAM, False, False),
        ("owner", Level.DEPARTMENT, False, False),
        ("owner", Level.DEPARTMENT, True, True),
        ("HR", Level.DEPARTMENT, False, True),
        ("peer", Level.DEPARTMENT, True, False),
        ("owner", Level.COMPANY, True, False),
        ("HR", Level.COMPANY, False, True),
    ],
)
def test_who_may_set_a_goal_of_which_level(who: str, level: Level, leads: bool, allowed: bool) -> None:
    may = policy.may_set_goal(PEOPLE[who], PEOPLE["owner"], level, is_hr=who == "HR", leads=leads)
    assert may is allowed


async def test_lists_show_exactly_what_the_policy_allows(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    """The query that guards lists and the question that guards one goal are two spellings of one rule."""
    carla = await a_person("Carla")
    ben, hana = await a_person("Ben", manager=carla), await a_person("Hana", manager=carla)
    ana, pia = await a_person("Ana", manager=ben), await a_person("Pia", manager=ben)
    cem = await a_person("Cem")
    await people.grant_hr(session, hana, now=NOW)
    for owner in (ana, ben, carla, cem, hana):
        for visibility in Visibility:
            new = NewGoal(f"{owner.name}'s", visibility=visibility, co_owner_ids=(cem.id,))
            await goals.create(session, owner, new, now=NOW)
    found = (await session.execute(select(Goal, Person).join(Person, Person.id == Goal.owner_id))).all()
    shares = await session.execute(select(GoalCoOwner.goal_id, GoalCoOwner.person_id))
    shared = {(goal_id, person_id) for goal_id, person_id in shares}
    for viewer in (carla, ben, hana, ana, pia, cem):
        is_hr = viewer is hana
        statement = select(Goal.id).join(Person, Person.id == Goal.owner_id)
        listed = set(await session.scalars(statement.where(visible_to(viewer, is_hr=is_hr))))
        allowed = {
            one.id
            for one, owner in found
            if policy.may_read_goal(
                viewer,
                owner,
                one,
                shares_it=owner is viewer or (one.id, viewer.id) in shared,
                is_hr=is_hr,
            )
        }
        assert listed == allowed, viewer.name
