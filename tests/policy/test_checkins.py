"""The visibility matrix for check-ins, row by row: who × what, with the reporting line of today."""

from datetime import UTC, date, datetime

import pytest

from bot import policy
from bot.models import Answer, Audience, Checkin, Person, PersonKind

# dee → carla → ben → ana; the check-in was written for ben
PEOPLE = {
    "author": Person(id=1, name="Ana", manager_id=2, kind=PersonKind.MEMBER),
    "manager": Person(id=2, name="Ben", manager_id=3, kind=PersonKind.MEMBER),
    "line above": Person(id=3, name="Carla", manager_id=4, kind=PersonKind.MEMBER),
    "peer": Person(id=5, name="Pia", manager_id=2, kind=PersonKind.MEMBER),
    "former manager": Person(id=6, name="Fred", manager_id=3, kind=PersonKind.MEMBER),
    "HR": Person(id=7, name="Hana", manager_id=4, kind=PersonKind.MEMBER),
    "guest": Person(id=8, name="Gus", manager_id=None, kind=PersonKind.GUEST),
    "stranger": Person(id=9, name="Stan", manager_id=None, kind=PersonKind.MEMBER),
}
ABOVE = {"line above"}
OPEN, LOCKED = Answer("moved", "?", "open"), Answer("stuck", "?", "locked", locked=True)


def checkin(audience: Audience, manager_id: int | None = 2) -> Checkin:
    return Checkin(
        id=1,
        person_id=1,
        week=date(2026, 11, 16),
        manager_id=manager_id,
        audience=audience,
        answers=(OPEN, LOCKED),
    )


def may(who: str, entry: Checkin) -> tuple[bool, bool, bool, bool]:
    """Read it, read its locked answer, comment, take its obstacle on."""
    viewer, author = PEOPLE[who], PEOPLE["author"]
    reads = policy.may_read_checkin(viewer, author, entry, stands_above=who in ABOVE)
    return (
        reads,
        reads and policy.may_read_answer(viewer, author, entry, LOCKED),
        reads and policy.may_comment_on_checkin(viewer, author, entry),
        reads and policy.may_respond_to_checkin(viewer, author, entry),
    )


NOTHING = (False, False, False, False)
FOR_MANAGER = {"author": (True, True, True, False), "manager": (True, True, True, True)}


@pytest.mark.parametrize("who", PEOPLE)
def test_a_check_in_for_the_manager_is_read_by_author_and_manager_only(who: str) -> None:
    assert may(who, checkin(Audience.MANAGER)) == FOR_MANAGER.get(who, NOTHING)


@pytest.mark.parametrize("who", PEOPLE)
def test_a_check_in_open_to_the_line_shows_it_all_but_locked_answers(who: str) -> None:
    expected = FOR_MANAGER | {"line above": (True, False, False, False)}
    assert may(who, checkin(Audience.LINE)) == expected.get(who, NOTHING)


@pytest.mark.parametrize("who", PEOPLE)
def test_what_was_written_for_a_former_manager_opens_to_nobody_new(who: str) -> None:
    assert may(who, checkin(Audience.MANAGER, manager_id=6)) == {"author": (True, True, True, False)}.get(
        who, NOTHING
    )


def test_what_the_author_handed_over_opens_all_but_its_locks_to_the_new_manager() -> None:
    handed = checkin(Audience.MANAGER)
    handed.handed_over_at = datetime(2026, 11, 20, tzinfo=UTC)
    assert may("manager", handed) == (True, False, True, True)
    assert may("author", handed) == (True, True, True, False)


@pytest.mark.parametrize("who", PEOPLE)
def test_what_was_written_without_a_manager_is_read_by_its_author_only(who: str) -> None:
    assert may(who, checkin(Audience.MANAGER, manager_id=None))[0] is (who == "author")


@pytest.mark.parametrize("who", ["author", "manager"])
def test_a_person_who_left_reads_nothing(who: str) -> None:
    leaver = Person(
        id=PEOPLE[who].id,
        name="Gone",
        manager_id=PEOPLE[who].manager_id,
        kind=PersonKind.MEMBER,
        deactivated_at=datetime(2026, 11, 1, tzinfo=UTC),
    )
    author = leaver if who == "author" else PEOPLE["author"]
    assert not policy.may_read_checkin(leaver, author, checkin(Audience.LINE), stands_above=False)


@pytest.mark.parametrize("who", PEOPLE)
def test_members_write_check_ins_and_guests_do_not(who: str) -> None:
    assert policy.may_write_checkin(PEOPLE[who]) is (who != "guest")


@pytest.mark.parametrize("who", PEOPLE)
def test_only_its_author_makes_kudos_of_a_check_in(who: str) -> None:
    assert policy.may_thank_from_checkin(PEOPLE[who], PEOPLE["author"]) is (who == "author")
