"""The visibility matrix for kudos, row by row: who × what, for each audience."""

import pytest

from bot import policy
from bot.models import Kudos, KudosAudience, KudosReceiver, Person, PersonKind

PEOPLE = {
    "giver": Person(id=1, name="Ana", manager_id=2, kind=PersonKind.MEMBER),
    "receiver": Person(id=3, name="Ben", manager_id=2, kind=PersonKind.MEMBER),
    "shy receiver": Person(id=4, name="Cem", manager_id=2, kind=PersonKind.MEMBER),
    "their manager": Person(id=2, name="Mia", kind=PersonKind.MEMBER),
    "HR": Person(id=7, name="Hana", kind=PersonKind.MEMBER),
    "colleague": Person(id=8, name="Pia", kind=PersonKind.MEMBER),
    "guest": Person(id=9, name="Gus", kind=PersonKind.GUEST),
}
SHY = KudosReceiver(kudos_id=1, person_id=4, in_public=False)
PARTIES = {"giver", "receiver", "shy receiver"}


def kudos(audience: KudosAudience) -> Kudos:
    channel = None if audience == KudosAudience.RECEIVERS else "C1"
    return Kudos(id=1, giver_id=1, text="Thanks", audience=audience, channel=channel)


def reads(who: str, audience: KudosAudience, *, taken_back: bool = False) -> bool:
    return policy.may_read_kudos(PEOPLE[who], kudos(audience), {3, 4}, taken_back=taken_back)


@pytest.mark.parametrize("who", PEOPLE)
def test_a_public_channels_are_the_companys_and_no_guests(who: str) -> None:
    assert reads(who, KudosAudience.COMPANY) is (who != "guest")


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("audience", [KudosAudience.CHANNEL, KudosAudience.RECEIVERS])
def test_all_else_is_between_giver_and_receivers(who: str, audience: KudosAudience) -> None:
    assert reads(who, audience) is (who in PARTIES)


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("audience", KudosAudience)
def test_what_was_taken_back_is_its_givers_only(who: str, audience: KudosAudience) -> None:
    assert reads(who, audience, taken_back=True) is (who == "giver")


@pytest.mark.parametrize("who", PEOPLE)
def test_whoever_wants_thanks_in_private_is_named_to_the_giver_and_themselves(who: str) -> None:
    learns = policy.may_learn_of_receiver(PEOPLE[who], kudos(KudosAudience.COMPANY), SHY)
    assert learns is (who in ("giver", "shy receiver"))


@pytest.mark.parametrize("who", PEOPLE)
def test_taking_back_is_the_givers(who: str) -> None:
    assert policy.may_take_kudos_back(PEOPLE[who], kudos(KudosAudience.COMPANY)) is (who == "giver")


@pytest.mark.parametrize("audience", KudosAudience)
def test_hr_removes_what_stands_in_a_channel_and_nobody_else_does(audience: KudosAudience) -> None:
    assert policy.may_remove_kudos(True, kudos(audience)) is (audience != KudosAudience.RECEIVERS)
    assert not policy.may_remove_kudos(False, kudos(audience))
