"""The visibility matrix for awards, row by row: who × what."""

import pytest

from bot import policy
from bot.models import Nomination, Person, PersonKind

PEOPLE = {
    "nominator": Person(id=1, name="Ana", manager_id=2, kind=PersonKind.MEMBER),
    "nominee": Person(id=3, name="Ben", manager_id=2, kind=PersonKind.MEMBER),
    "their manager": Person(id=2, name="Mia", kind=PersonKind.MEMBER),
    "HR": Person(id=7, name="Hana", manager_id=2, kind=PersonKind.MEMBER),
    "HR who nominated": Person(id=1, name="Hana", kind=PersonKind.MEMBER),
    "HR who nominated their manager": Person(id=1, name="Hana", manager_id=3, kind=PersonKind.MEMBER),
    "HR who is nominated": Person(id=3, name="Hana", kind=PersonKind.MEMBER),
    "HR under the nominee": Person(id=9, name="Hana", manager_id=3, kind=PersonKind.MEMBER),
    "colleague": Person(id=8, name="Pia", kind=PersonKind.MEMBER),
    "guest": Person(id=1, name="Gus", kind=PersonKind.GUEST),
}
NOMINATION = Nomination(id=1, nominator_id=1, nominee_id=3, type_id=1, act="…", effect="…")

READS = {"nominator", "HR", "HR who nominated", "HR who nominated their manager"}
HANDLES = {"HR", "HR who nominated"}
DECIDES = {"HR"}


def is_hr(who: str) -> bool:
    return who.startswith("HR")


@pytest.mark.parametrize("who", PEOPLE)
def test_a_nomination_is_confidential(who: str) -> None:
    reads = policy.may_read_nomination(PEOPLE[who], NOMINATION, is_hr=is_hr(who))
    assert reads is (who in READS)


@pytest.mark.parametrize("who", PEOPLE)
def test_hr_handles_it_unless_it_is_about_them_or_their_manager(who: str) -> None:
    assert policy.may_handle_nomination(PEOPLE[who], NOMINATION, is_hr=is_hr(who)) is (who in HANDLES)


@pytest.mark.parametrize("who", PEOPLE)
def test_whoever_decides_neither_nominated_nor_gains(who: str) -> None:
    assert policy.may_decide_nomination(PEOPLE[who], NOMINATION, is_hr=is_hr(who)) is (who in DECIDES)


@pytest.mark.parametrize("who", PEOPLE)
def test_colleagues_nominate_each_other_and_nobody_themselves(who: str) -> None:
    may = policy.may_nominate(PEOPLE[who], PEOPLE["nominee"])
    assert may is (who not in ("guest", "nominee", "HR who is nominated"))
    assert not policy.may_nominate(PEOPLE["colleague"], PEOPLE["guest"])


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("in_private", [True, False])
def test_an_award_is_everybodys_unless_its_receiver_wants_it_private(who: str, in_private: bool) -> None:
    reads = policy.may_read_award(PEOPLE[who], PEOPLE["nominee"], in_private=in_private)
    allowed = {"nominee", "HR who is nominated"} if in_private else PEOPLE.keys() - {"guest"}
    assert reads is (who in allowed)
