"""The visibility matrix for work anniversaries: who is told of one, and who chooses that nobody is."""

import pytest

from bot import policy
from bot.models import Person, PersonKind

CELEBRATED = Person(id=3, name="Ben", manager_id=2, kind=PersonKind.MEMBER)
PEOPLE = {
    "celebrated": CELEBRATED,
    "their manager": Person(id=2, name="Mia", kind=PersonKind.MEMBER),
    "line above": Person(id=4, name="Carla", kind=PersonKind.MEMBER),
    "HR": Person(id=7, name="Hana", manager_id=2, kind=PersonKind.MEMBER),
    "HR under the celebrated": Person(id=9, name="Hana", manager_id=3, kind=PersonKind.MEMBER),
    "colleague": Person(id=8, name="Pia", kind=PersonKind.MEMBER),
    "guest": Person(id=1, name="Gus", kind=PersonKind.GUEST),
}


@pytest.mark.parametrize("who", PEOPLE)
def test_an_anniversary_is_prepared_by_the_manager_alone(who: str) -> None:
    viewer = PEOPLE[who]
    assert policy.may_read_anniversary(viewer, CELEBRATED, mentioned=True) is (who == "their manager")
    assert not policy.may_read_anniversary(viewer, CELEBRATED, mentioned=False)
    assert policy.may_choose_anniversary(viewer, CELEBRATED) is (who == "celebrated")
