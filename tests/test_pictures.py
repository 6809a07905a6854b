"""Pictures are legible whatever people are called, the same every time, and say in words what they show."""

import io
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.models.goals import Confidence, GoalKind
from bot.pictures import (
    Bar,
    Course,
    Member,
    Month,
    Picture,
    Point,
    Team,
    Thanks,
    draw_goal,
    draw_team,
    draw_thanks,
)
from bot.pictures.canvas import FAINT, INK, PAPER, SHARPNESS, WIDTH
from bot.pictures.goals import COLORS, MARKS, SAID
from bot.pictures.words import LONGEST_ALT
from tests.selection import examples

pytestmark = pytest.mark.filterwarnings("error")  # a letter that no font has warns

TODAY = date(2026, 11, 21)
QUARTER = date(2026, 10, 1), date(2026, 12, 31)
CONFIDENCES = (None, *Confidence)
HARD_NAMES = (
    "שלום עולם",
    "نمو المبيعات ١٢٪",
    "山田 太郎",
    "नमस्ते ไทย",
    "🎉👩‍👩‍👧 🇵🇹",
    "$\\nothing$ costs a_b^c",
    "W" * 3000,
    "لا" * 500,
    "\u202eevil\u0000\n\ttwo lines",
    "",
)


def course(title: str = "Onboard faster", owner: str = "Ana", points: int = 6, **more: object) -> Course:
    said = tuple(
        Point(QUARTER[0] + timedelta(days=day % 60), day % 11 / 10, CONFIDENCES[day % 4])
        for day in range(points)
    )
    values: dict[str, object] = {"kind": GoalKind.COMMITTED, "today": TODAY, "points": said, **more}
    return Course(title=title, owner=owner, starts_on=QUARTER[0], ends_on=QUARTER[1], **values)  # type: ignore[arg-type]


def team(title: str = "Bo's team", name: str = "Ana", goal: str = "Onboard faster", members: int = 2) -> Team:
    bars = tuple(Bar(goal, progress / 3, CONFIDENCES[progress]) for progress in range(4))
    return Team(title, TODAY, tuple(Member(name, bars, more=number) for number in range(members)))


def thanks(title: str = "Ana's kudos", value: str = "Courage", months: int = 6) -> Thanks:
    counted = (
        Month(date(2026, 1 + month % 12, 1), {value: 3}, {value: month, "": 1}) for month in range(months)
    )
    return Thanks(title, tuple(counted))


def image(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.png)).convert("RGB")


def spills(picture: Picture) -> bool:
    """Whether anything but paper lies beside the text, between the margin and the page's edge."""
    whole = image(picture)
    strip = 12 * SHARPNESS
    sides = (0, 0, strip, whole.height), (whole.width - strip, 0, whole.width, whole.height)
    return any(_is_drawn_on(whole.crop(side)) for side in sides)


def _is_drawn_on(side: Image.Image) -> bool:
    inner = side.crop((4, 4, side.width - 4, side.height - 4))
    return inner.getextrema() != ((255, 255),) * 3


DRAWINGS: dict[str, Callable[[str], Picture]] = {
    "a goal": lambda name: draw_goal(course(title=name, owner=name)),
    "a team": lambda name: draw_team(team(title=name, name=name, goal=name)),
    "kudos": lambda name: draw_thanks(thanks(title=name, value=name)),
}
EACH = pytest.mark.parametrize("drawn", DRAWINGS.values(), ids=DRAWINGS.keys())


@EACH
@pytest.mark.parametrize("name", HARD_NAMES, ids=lambda name: ascii(name[:12]))
def test_no_name_spills_over_the_page(drawn: Callable[[str], Picture], name: str) -> None:
    picture = drawn(name)
    assert image(picture).width == WIDTH * SHARPNESS
    assert not spills(picture)
    assert len(picture.alt) <= LONGEST_ALT


@EACH
@settings(max_examples=examples(8), deadline=None)
@given(name=st.text(max_size=40))
def test_any_text_can_be_drawn(drawn: Callable[[str], Picture], name: str) -> None:
    assert not spills(drawn(name))


@EACH
def test_the_same_picture_is_the_same_bytes_in_every_thread(drawn: Callable[[str], Picture]) -> None:
    with ThreadPoolExecutor(4) as threads:
        pictures = set(threads.map(drawn, ["Ana مرحبا 山田"] * 8))
    assert len(pictures) == 1


@pytest.mark.parametrize("points", [0, 1, 200])
@pytest.mark.parametrize("today", [date(2026, 9, 1), TODAY, date(2027, 3, 1)])
def test_a_goal_is_drawn_before_within_and_after_its_period(points: int, today: date) -> None:
    picture = draw_goal(course(points=points, today=today))
    assert not spills(picture)
    assert len(picture.alt) <= LONGEST_ALT


def test_a_goal_of_one_day_is_drawn() -> None:
    one_day = Course("Ship it", "Ana", GoalKind.LEARNING, TODAY, TODAY, TODAY, (Point(TODAY, 1.0),))
    assert "now 100 %, not said. Target 100 %." in draw_goal(one_day).alt


def test_the_course_of_a_goal_is_said_in_words_newest_first() -> None:
    said = (
        Point(date(2026, 10, 12), 0.1, Confidence.ON_TRACK),
        Point(date(2026, 11, 16), 0.55, Confidence.AT_RISK),
    )
    assert draw_goal(course(points=0)).alt.startswith(
        "Chart of the goal “Onboard faster” of Ana: 1 Oct to 31 Dec 2026, no"
    )
    alt = draw_goal(Course("Onboard faster", "Ana", GoalKind.ASPIRATIONAL, *QUARTER, TODAY, said)).alt
    assert "1 Oct to 31 Dec 2026, now 55 %, at risk. Good from 70 %." in alt
    assert "At an even pace it would be at 39 %." in alt
    assert alt.endswith("16 Nov: 55 %, at risk. 12 Oct: 10 %, on track.")


def test_a_goal_set_yesterday_is_drawn_from_yesterday_on_without_being_behind() -> None:
    yesterday = TODAY - timedelta(days=1)
    way = (Point(yesterday, 0.0), Point(TODAY, 0.03, Confidence.ON_TRACK))
    picture = draw_goal(Course("Ship it", "Ana", GoalKind.COMMITTED, yesterday, QUARTER[1], TODAY, way))
    assert f"{yesterday:%-d %b} to 31 Dec 2026, now 3 %, on track." in picture.alt
    assert "At an even pace it would be at 2 %." in picture.alt


def test_a_learning_goal_is_shown_without_a_pace() -> None:
    learning, committed = (draw_goal(course(kind=kind)) for kind in (GoalKind.LEARNING, GoalKind.COMMITTED))
    assert "pace" in committed.alt
    assert "pace" not in learning.alt
    assert learning.png != committed.png


def test_a_team_is_said_in_words_person_by_person() -> None:
    two = Team(
        "Bo's team",
        TODAY,
        (Member("Ana", (Bar("Onboard faster", 0.62, Confidence.ON_TRACK),), more=2), Member("Cai")),
    )
    assert draw_team(two).alt == (
        "Bo's team, 21 Nov 2026. Ana: Onboard faster 62 % on track; … and 2 more. Cai: no open goal."
    )


def test_a_big_team_is_cut_between_people_and_says_how_many_are_left() -> None:
    assert image(draw_team(team(members=8))).height < image(draw_team(team(members=500))).height < 3_000
    assert draw_team(team(members=500)).alt.endswith(" more.")


def test_kudos_are_said_by_value_and_month_and_compared_with_nobody() -> None:
    autumn = Thanks(
        "Your kudos",
        (Month(date(2026, 10, 1), {"Courage": 2}, {"": 1}), Month(date(2026, 11, 1), {}, {"Courage": 3})),
    )
    assert draw_thanks(autumn).alt == (
        "Your kudos, by month and by value. Courage: 3 received, 2 given. no value named: 1 received, 0 given. "
        "Nov: 3 received, 0 given. Oct: 1 received, 2 given."
    )


def test_nothing_to_show_is_a_picture_that_says_so() -> None:
    for empty in (draw_thanks(Thanks("Your kudos", ())), draw_team(Team("Bo's team", TODAY, ()))):
        assert not spills(empty)


def test_more_values_than_fit_are_one_bar() -> None:
    many = Thanks("Your kudos", (Month(TODAY, {f"Value {n:02}": 1 for n in range(40)}),))
    assert "other values: 0 received, 33 given." in draw_thanks(many).alt


def test_kudos_without_a_value_are_no_other_value_and_what_nobody_did_is_no_bar() -> None:
    many = Thanks("Your kudos", (Month(TODAY, {f"Value {n:02}": 1 for n in range(40)} | {"": 5, "None": 0}),))
    alt = draw_thanks(many).alt
    assert "other values: 0 received, 33 given. no value named: 0 received, 5 given." in alt
    assert "None" not in alt


def test_confidence_is_told_by_shape_and_word_and_not_by_colour_alone() -> None:
    assert len(set(SAID.values())) == len(CONFIDENCES)
    assert len({(MARKS[one], one is None) for one in CONFIDENCES}) == len(CONFIDENCES)


@pytest.mark.parametrize("color", [INK, FAINT, *COLORS.values()])
def test_every_word_and_mark_stands_out_from_the_paper(color: str) -> None:
    assert contrast(color, PAPER) >= 4.5  # WCAG 2.2, 1.4.3


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    bright = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (red, green, blue)
    ]
    return 0.2126 * bright[0] + 0.7152 * bright[1] + 0.0722 * bright[2]


def test_the_bot_starts_without_the_plotting_library() -> None:
    check = "import sys, bot.pictures, bot.handlers; sys.exit('matplotlib' in sys.modules)"
    subprocess.run([sys.executable, "-c", check], check=True)
