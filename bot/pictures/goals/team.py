"""A team's goals on one page: a bar for each, person by person in the order given. No sums, no ranks."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.pictures.canvas import FAINT, MARGIN, Canvas
from bot.pictures.goals.confidence import SAID, draw_mark
from bot.pictures.shapes import Bar, Picture, Team
from bot.pictures.words import alt_text, day, named, score

TOP, ROW = 92, 27
MOST_ROWS = 48  # a page one still scrolls through; whoever has more looks at a list
TITLE, TRACK, TRACK_END, VERDICT = MARGIN + 16, 372, 600, 656
DONE, TO_DO = "#1264a3", "#e4e8ec"


@dataclass(frozen=True, slots=True)
class _Row:
    """A name, a goal, or a remark."""

    name: str = ""
    goal: Bar | None = None
    remark: str = ""


def draw(team: Team) -> Picture:
    rows = list(_rows(team))
    canvas = Canvas(TOP + ROW * max(1, len(rows)) + MARGIN)
    canvas.words(MARGIN, 34, team.title, size=17, bold=True)
    canvas.words(MARGIN, 62, f"How each goal stood on {day(team.today)} {team.today.year}", color=FAINT)
    for number, row in enumerate(rows):
        _draw_row(canvas, TOP + ROW * (number + 0.5), row)
    return Picture(canvas.png(), in_words(team))


def _draw_row(canvas: Canvas, y: float, row: _Row) -> None:
    if row.goal:
        _draw_goal(canvas, y, row.goal)
    elif row.name:
        canvas.words(MARGIN, y, row.name, bold=True)
    else:
        canvas.words(TITLE, y, row.remark, color=FAINT)


def _draw_goal(canvas: Canvas, y: float, goal: Bar) -> None:
    canvas.words(TITLE, y, goal.title, room=TRACK - TITLE - 12)
    canvas.box(TRACK, y - 7, TRACK_END - TRACK, 14, color=TO_DO)
    canvas.box(TRACK, y - 7, (TRACK_END - TRACK) * min(1.0, max(0.0, goal.progress)), 14, color=DONE)
    canvas.words(TRACK_END + 10, y, score(goal.progress))
    draw_mark(canvas, VERDICT, y, goal.confidence)
    canvas.words(VERDICT + 14, y, SAID[goal.confidence], color=FAINT)


def _rows(team: Team) -> Iterator[_Row]:
    """Nobody is cut in two by the end of the page."""
    used = 0
    for place, member in enumerate(team.members):
        rows = [_Row(name=member.name), *(_Row(goal=goal) for goal in member.goals)]
        if remark := _remark(len(member.goals), member.more):
            rows.append(_Row(remark=remark))
        used += len(rows)
        if used > MOST_ROWS:
            yield _Row(remark=f"… and {len(team.members) - place} more people")
            return
        yield from rows
    if not team.members:
        yield _Row(remark="Nobody is in this team yet.")


def _remark(shown: int, more: int) -> str:
    if more:
        return f"… and {more} more"
    return "" if shown else "no open goal"


def in_words(team: Team) -> str:
    head = f"{named(team.title)}, {day(team.today)} {team.today.year}."
    return alt_text(head, list(_sentences(team)))


def _sentences(team: Team) -> Iterator[str]:
    for member in team.members:
        goals = [
            f"{named(goal.title)} {score(goal.progress)} {SAID[goal.confidence]}" for goal in member.goals
        ]
        if remark := _remark(len(member.goals), member.more):
            goals.append(remark)
        yield f"{named(member.name)}: {'; '.join(goals)}."
