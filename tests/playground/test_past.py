"""The sample company's past is the same each time, plausible, and waits for whoever plays Ana."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from bot.shipped import shipped_awards, shipped_values
from playground import past, past_awards, past_goals, past_kudos
from playground.colleagues import colleagues
from playground.demo import COMPANY, SEED

PEOPLE = colleagues(COMPANY)
FIRST = date(2026, 10, 5)
THANKS = "C0THANKS"
HR_IDS = {"U0NADIARAHMAN", "U0OLUADEYEMI"}
WEDNESDAY = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)


def story(
    since: datetime = datetime(2026, 10, 1, tzinfo=UTC), until: datetime = WEDNESDAY, seed: str = SEED
) -> list[past.Happening]:
    return past.invent(PEOPLE, FIRST, since=since, until=until, seed=seed, thanks_in=THANKS)


def test_the_same_seed_tells_the_same_story_in_whatever_pieces() -> None:
    middle = datetime(2026, 11, 2, tzinfo=UTC)
    assert story() == story()
    assert story(until=middle) + story(since=middle) == story()
    assert story(since=middle, seed="another") != story(since=middle)


def test_it_is_told_in_order_and_only_by_who_was_there() -> None:
    happenings = story()
    assert [one.at for one in happenings] == sorted(one.at for one in happenings)
    starts = {one.id: one.since for one in PEOPLE}
    assert all(one.at.date() >= starts[one.who] for one in happenings)
    assert "U0AMARADIALLO" not in {one.who for one in happenings}, "she is on holiday"


def test_most_people_write_in_most_weeks_and_hardly_anything_is_said_twice() -> None:
    written = [
        one for one in story(until=datetime(2026, 11, 16, tzinfo=UTC)) if isinstance(one, past.CheckedIn)
    ]
    assert 0.8 < len(written) / (len(PEOPLE) * 6) < 0.95
    said = Counter(one.answers["moved"] for one in written)
    assert len(said) > len(written) * 0.6
    assert said.most_common(1)[0][1] < 8


def test_what_was_planned_is_what_moved_next() -> None:
    ana = [one for one in story() if isinstance(one, past.CheckedIn) and one.who == "U0ANASILVA"]
    things = past.texts()["departments"]["Engineering"]["things"]

    def about(text: str) -> str:
        return next((thing for thing in things if thing.lower() in text.lower()), "")

    planned_moved = [
        (about(one.answers["next"]), about(other.answers["moved"])) for one, other in pairwise(ana)
    ]
    assert any(planned == moved != "" for planned, moved in planned_moved)
    assert all(planned == moved for planned, moved in planned_moved if moved)


def test_whoever_the_tour_visits_has_not_written_this_week_when_the_demo_begins() -> None:
    monday = datetime(2026, 11, 16, tzinfo=UTC)
    written = {one.who for one in story(since=monday) if isinstance(one, past.CheckedIn)}
    assert written
    assert not written & {"U0BENOKAFOR", "U0LENAWEISS"}


def test_managers_answer_after_reading_and_only_their_own_people() -> None:
    managers = {one.id: one.manager for one in PEOPLE}
    remarks = [one for one in story() if isinstance(one, past.Remarked)]
    assert {one.who for one in remarks} > {"U0BENOKAFOR"}
    for one in remarks:
        assert one.who in (managers[one.about], one.about)


def test_small_talk_stays_within_its_channel_and_the_two_weeks_before() -> None:
    members = past.channels(PEOPLE)
    said = list(past.small_talk(until=WEDNESDAY))
    assert len({one.channel for one in said}) > 1
    for one in said:
        assert WEDNESDAY - timedelta(days=17) < one.at < WEDNESDAY
        assert one.channel == "general" or one.who in members[one.channel]


def test_goals_are_set_before_they_move_and_serve_goals_that_are_there() -> None:
    known: set[str] = set()
    for one in story():
        if isinstance(one, past_goals.GoalSet):
            assert one.serves in {"", *known}, one.title
            known.add(one.title)
        elif isinstance(one, past_goals.GoalAgreed | past_goals.GoalMoved):
            assert one.title in known


def test_goals_go_well_and_badly_and_some_are_forgotten() -> None:
    moved = [one for one in story() if isinstance(one, past_goals.GoalMoved)]
    said = Counter(one.confidence for one in moved)
    assert set(said) == {"on_track", "at_risk", "off_track"}
    assert said["on_track"] == max(said.values())
    set_ones = {one.title for one in story() if isinstance(one, past_goals.GoalSet)}
    assert 0 < len(set_ones - {one.title for one in moved}) < len(set_ones) / 4


def test_ana_and_her_manager_have_goals_to_look_at() -> None:
    owners = {one.who for one in story() if isinstance(one, past_goals.GoalSet)}
    assert {"U0ANASILVA", "U0BENOKAFOR"} <= owners


def test_thanks_are_given_each_week_by_colleagues_to_others_and_some_in_private() -> None:
    given = [one for one in story() if isinstance(one, past_kudos.Thanked)]
    assert len({one.at.isocalendar().week for one in given}) == 7
    assert {one.channel for one in given} == {THANKS, None}
    here = {one.id for one in PEOPLE}
    assert all({one.who, *one.whom} <= here and one.who not in one.whom for one in given)
    assert len({one.text for one in given}) == len(given) > 20


def test_thanks_point_at_values_that_ship_and_at_goals_of_the_story() -> None:
    given = [one for one in story() if isinstance(one, past_kudos.Thanked)]
    goals = {one.title for one in story() if isinstance(one, past_goals.GoalSet)}
    assert {one.value for one in given} <= {value.name for value in shipped_values()}
    assert {one.serves for one in given} - {""} <= goals
    assert any(one.serves for one in given)


def test_awards_are_nominated_then_decided_by_hr_then_announced_and_some_still_wait() -> None:
    told: dict[tuple[str, str], list[object]] = {}
    for one in story():
        if isinstance(one, past_awards.Nominated | past_awards.Decided | past_awards.Announced):
            told.setdefault((one.whom, one.award), []).append(one)
            assert isinstance(one, past_awards.Nominated) or one.who in HR_IDS
    steps = Counter(tuple(type(one).__name__ for one in events) for events in told.values())
    assert steps == {
        ("Nominated", "Decided", "Announced"): 4,
        ("Nominated", "Decided"): 2,
        ("Nominated",): 1,
    }
    verdicts = {one.verdict for one in story() if isinstance(one, past_awards.Decided)}
    assert verdicts == {"approved", "declined"}


def test_awards_are_those_that_ship_and_point_at_values_that_ship() -> None:
    nominated = [one for one in story() if isinstance(one, past_awards.Nominated)]
    assert {one.award for one in nominated} <= {award.name for award in shipped_awards()}
    assert {one.value for one in nominated} <= {value.name for value in shipped_values()}


def test_some_goals_are_over_and_their_managers_have_seen_it() -> None:
    ended = {one.title: one for one in story() if isinstance(one, past_goals.GoalEnded)}
    confirmed = {one.title for one in story() if isinstance(one, past_goals.EndConfirmed)}
    assert {one.outcome for one in ended.values()} == {"closed", "dropped"}
    assert confirmed < set(ended), "the head of the company has no manager"
    later = [one.title for one in story() if isinstance(one, past_goals.GoalMoved) and one.title in ended]
    moved_after = [
        one
        for one in story()
        if isinstance(one, past_goals.GoalMoved) and one.title in ended and one.at > ended[one.title].at
    ]
    assert later and not moved_after


def test_obstacles_are_taken_on_and_not_all_of_them_are_out_of_the_way() -> None:
    remarks = Counter(one.obstacle for one in story() if isinstance(one, past.Remarked))
    assert remarks["taken"] > remarks["cleared"] > 0
