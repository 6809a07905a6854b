"""What buttons carry comes back as it was; what comes from elsewhere is answered with a sentence."""

from datetime import date

import pytest

from bot.errors import NotFound
from bot.views import anniversaries, awards, checkins, goals, kudos, notifications, nudges, posts
from bot.views.kit import Carried

CARRIED = [
    anniversaries.Ref(person=7, day=date(2026, 12, 1)),
    awards.Ref(nomination=7),
    checkins.Ref(checkin=7, week=date(2026, 11, 16)),
    goals.Ref(goal=7, page=2, whole=True),
    kudos.Ref(channel="C1", ts="1.0", hinted=True),
    notifications.Ref(notification=7, item=notifications.MenuItem.WHY),
    nudges.Ref(notification=7, every_weeks=2),
    posts.Ref(notification=7),
]


@pytest.mark.parametrize("ref", CARRIED, ids=lambda ref: type(ref).__module__)
def test_what_a_button_carries_comes_back_as_it_was(ref: Carried) -> None:
    assert type(ref).decode(ref.encode()) == ref


@pytest.mark.parametrize("ref", CARRIED, ids=lambda ref: type(ref).__module__)
@pytest.mark.parametrize("text", ["not JSON", '{"other": 1}', "[]", '{"goal": 0}', '{"notification": "x"}'])
def test_what_no_button_of_ours_carries_is_answered_with_what_to_do(ref: Carried, text: str) -> None:
    with pytest.raises(NotFound) as refused:
        type(ref).decode(text)
    assert refused.value.sentence == type(ref).gone


def test_a_button_without_the_id_it_needs_says_how_to_find_the_thing() -> None:
    with pytest.raises(NotFound, match="kudos awards to see"):
        _ = awards.Ref.decode("").nomination_id
    with pytest.raises(NotFound, match="goals to find the goal"):
        _ = goals.Ref.decode(None).goal_id


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ('{"notice":7,"wish":"why"}', notifications.Ref(notification=7, item=notifications.MenuItem.WHY)),
        ('{"notice":7,"every_weeks":2}', nudges.Ref(notification=7, every_weeks=2)),
        ('{"notice":7}', posts.Ref(notification=7)),
        ('{"goal":7,"wish":"edit"}', goals.Ref(goal=7, change=goals.GoalChange.EDIT)),
    ],
)
def test_a_button_from_before_a_field_was_renamed_still_works(text: str, ref: Carried) -> None:
    assert type(ref).decode(text) == ref
