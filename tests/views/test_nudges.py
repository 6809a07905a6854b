"""What is said unasked: short, within Slack's limits whatever people are called, without a word they wrote."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.models import PauseInForce, Person, RhythmInForce
from bot.models.checkins import CallForHelp, Outcome, Prefill, TeamMember, TeamWeek
from bot.slack import Message
from bot.views import checkins, home, notifications, pauses
from bot.views import nudges as views
from bot.views.notifications import MenuItem, Ref
from playground.blockkit import check_blocks, check_view

WEEK = date(2026, 11, 16)
FRIDAY = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ZONE = "Europe/Lisbon"
RHYTHM = RhythmInForce(4, 960, 1, "default")
SECRET = "The build is slow and I am close to leaving"
NAME = st.text(min_size=1, max_size=300)


def a_draft(manager: str | None = "Ben Okafor", *line: str) -> Prefill:
    return Prefill(
        WEEK,
        closes_at=MONDAY,
        questions=(),
        manager=Person(name=manager) if manager else None,
        line=tuple(Person(name=name) for name in line),
        written=None,
        planned_last_week=None,
    )


def a_member(name: str, *, wrote: bool = True, away: bool = False) -> TeamMember:
    return TeamMember(Person(name=name), 7 if wrote else None, SECRET if wrote else None, False, away, False)


def a_team(*members: TeamMember) -> TeamWeek:
    return TeamWeek.of(WEEK, members, shown=25)


def all_of_them(name: str = "Ana Silva", notification_id: int | None = 12) -> list[Message]:
    team = a_team(a_member(name), a_member(name, wrote=False, away=True))
    return [
        checkins.nudge_message(WEEK, ZONE, notification_id=notification_id, now=FRIDAY),
        checkins.nudge_message(WEEK, ZONE, notification_id=notification_id, now=FRIDAY, ask_too_often=True),
        checkins.reminder_message(WEEK, ZONE, notification_id=notification_id, now=MONDAY),
        checkins.digest_message(team, notification_id=notification_id),
        checkins.welcome_message(RHYTHM, a_draft(name), notification_id=notification_id),
        checkins.done_message(WEEK, FRIDAY, ZONE),
        notifications.snoozed_message(MONDAY, ZONE, now=FRIDAY, write=checkins.write_button(WEEK)),
        notifications.snoozed_message(MONDAY, ZONE, now=FRIDAY, write=None),
        checkins.not_this_week_message(WEEK, ZONE, now=FRIDAY),
        checkins.closed_message(WEEK),
        views.slower_message(RHYTHM),
        checkins.team_message(
            team, has_ended=False, more=notifications.menu(notifications.AFTERWARDS, notification_id)
        ),
        checkins.team_message(team, has_ended=True),
        *about_help(name, notification_id),
    ]


def about_help(name: str, notification_id: int | None) -> list[Message]:
    ben = Person(id=2, name="Ben", timezone=ZONE)
    more = notifications.menu(notifications.AFTERWARDS, notification_id)
    calls = [
        CallForHelp(7, WEEK, Person(id=1, name=name), has_obstacle, ben, outcome, FRIDAY)
        for has_obstacle in (True, False)
        for outcome in (None, *Outcome)
    ]
    return [
        checkins.obstacle_over_message(call, ben)
        if call.outcome
        else checkins.obstacle_message(call, more=more)
        for call in calls
    ]


def blocks(message: Message) -> list[dict[str, Any]]:
    return [block.to_dict() for block in message.blocks]


def elements(message: Message) -> list[dict[str, Any]]:
    return [one for block in blocks(message) for one in block.get("elements", [])]


def lines(message: Message) -> list[str]:
    return str(blocks(message)[0]["text"]["text"]).split("\n")


@given(name=NAME)
@example(name="&" * 300)
@example(name="<!channel> @here\n*bold*")
def test_slack_accepts_every_message_whatever_people_are_called(name: str) -> None:
    for message in all_of_them(name):
        assert check_blocks(blocks(message)) == []
        assert "<!" not in message.text + "".join(lines(message))


@pytest.mark.parametrize("message", all_of_them(), ids=lambda one: one.text[:30])
def test_a_message_is_short_and_its_plain_text_says_all_of_it(message: Message) -> None:
    first, *rest = lines(message)
    assert len(first.split()) <= 12
    assert len(rest) <= 3
    assert all(len(line) <= 100 for line in (first, *rest))
    assert all(line.strip("*") in message.text for line in (first, *rest))
    assert "!" not in message.text


@pytest.mark.parametrize("message", all_of_them(), ids=lambda one: one.text[:30])
def test_nothing_that_was_written_is_in_it_and_at_most_one_button_is_primary(message: Message) -> None:
    assert SECRET not in message.text + str(blocks(message))
    assert [one.get("style") for one in elements(message)].count("primary") <= 1


def test_a_nudge_can_be_put_off_in_four_ways_and_says_why() -> None:
    [menu] = [one for one in elements(all_of_them()[0]) if one["type"] == "overflow"]
    assert [option["text"]["text"] for option in menu["options"]] == [
        "Snooze 1 hour",
        "Snooze until tomorrow morning",
        "Snooze until Monday",
        "Not this week",
        "Why did I get this?",
    ]
    assert Ref.decode(menu["options"][3]["value"]) == Ref(notification=12, item=MenuItem.NOT_THIS_WEEK)


def test_a_rehearsal_has_no_menu_since_it_stands_in_no_ledger() -> None:
    for message in all_of_them(notification_id=None):
        assert "overflow" not in {one["type"] for one in elements(message)}
        assert "Too often?" not in str(blocks(message))


def test_a_digest_says_obstacles_first_and_names_nobody_who_did_not_write() -> None:
    team = a_team(a_member("Ana"), a_member("Lee", wrote=False), a_member("Pia", wrote=False, away=True))
    said = "\n".join(lines(checkins.digest_message(team, notification_id=1)))
    assert said.index("in the way of Ana") < said.index("1 of 2 wrote: Ana") < said.index("Away: Pia")
    assert "Lee" not in said


def test_a_digest_of_a_quiet_week_says_so() -> None:
    said = "\n".join(lines(checkins.digest_message(a_team(a_member("Lee", wrote=False)), notification_id=1)))
    assert "Nothing new is in anybody's way" in said
    assert "0 of 1 wrote." in said


def test_a_digest_of_a_large_team_stays_short() -> None:
    team = a_team(*(a_member(f"Somebody with a long name {n}") for n in range(25)))
    message = checkins.digest_message(team, notification_id=1)
    assert "and 15 more" in message.text
    assert check_blocks(blocks(message)) == []


@pytest.mark.parametrize(
    ("draft", "readers"),
    [
        (a_draft(), "Read by you and Ben Okafor, your manager. Nobody further up, not HR."),
        (a_draft(None), "Only you can read it, until the directory names a manager for you."),
        (
            a_draft("Ben", "Carla"),
            "Read by Ben, your manager, and by the line above. You can lock an answer to Ben.",
        ),
    ],
)
def test_the_welcome_says_when_and_who_reads(draft: Prefill, readers: str) -> None:
    said = checkins.welcome_message(RHYTHM, draft, notification_id=1).text
    assert "on Fridays at 16:00" in said
    assert readers in said


@given(name=NAME)
def test_home_shows_pause_preferences_and_hr_within_slacks_limits(name: str) -> None:
    pause = PauseInForce(MONDAY, 2, name)
    view = home.home(
        "Ana",
        [
            home.HomePart(
                waiting=[views.start_line(100_000, timedelta(hours=5), timedelta(hours=28))],
                preference=views.preference(RHYTHM),
            ),
            home.HomePart(preference=pauses.preference(pause, ZONE, now=FRIDAY, own=False)),
        ],
        is_hr=True,
    ).to_dict()
    assert check_view(view) == []
    assert "To reach 100,000 people takes 5.0 hours to 28.0 hours" in str(view)
    assert "End the pause" in str(view)
