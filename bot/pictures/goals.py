"""These pictures show one goal over its period, and all goals of a team on one page with a bar each.

A team is drawn in the order given, without sums or ranks. Each picture comes with the same in words.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.models.goals import Confidence, GoalKind, scoring
from bot.pictures.canvas import FAINT, HAIR, INK, MARGIN, WIDTH, Canvas
from bot.pictures.shapes import Bar, Course, Picture, Team
from bot.pictures.words import alt_text, day, named, score

MARKS = {Confidence.ON_TRACK: "o", Confidence.AT_RISK: "^", Confidence.OFF_TRACK: "s", None: "o"}
COLORS = {
    Confidence.ON_TRACK: "#1f7a4d",
    Confidence.AT_RISK: "#a65a00",
    Confidence.OFF_TRACK: "#b3261e",
    None: "#5e5c5f",
}
SAID = {
    Confidence.ON_TRACK: "on track",
    Confidence.AT_RISK: "at risk",
    Confidence.OFF_TRACK: "off track",
    None: "not said",
}

HEIGHT = 430
LEFT, RIGHT, TOP, BOTTOM = 64, WIDTH - 40, 104, 344
LEGEND = HEIGHT - 32
MOST_TICKS = 7
WAY, PACE = "#1264a3", "#6e6b6f"

HEAD, ROW_HEIGHT = 92, 27
MOST_ROWS = 48  # a longer page is tiresome to scroll; /goals team has all
TITLE, TRACK, TRACK_END, VERDICT = MARGIN + 16, 372, 600, 656
DONE, TO_DO = "#1264a3", "#e4e8ec"


def draw_mark(canvas: Canvas, x: float, y: float, confidence: Confidence | None) -> None:
    """The mark is hollow if nobody said how confident they are."""
    canvas.mark(x, y, MARKS[confidence], color=COLORS[confidence], filled=confidence is not None)


def draw_course(course: Course) -> Picture:
    plot = _Plot(course, Canvas(HEIGHT))
    plot.frame()
    plot.pace()
    plot.way()
    plot.legend()
    return Picture(plot.canvas.png(), _course_in_words(course))


@dataclass(frozen=True, slots=True)
class _Plot:
    course: Course
    canvas: Canvas

    def x(self, on: date) -> float:
        days = (self.course.ends_on - self.course.starts_on).days or 1
        share = (on - self.course.starts_on).days / days
        return LEFT + min(1.0, max(0.0, share)) * (RIGHT - LEFT)

    def y(self, progress: float) -> float:
        return BOTTOM - min(1.0, max(0.0, progress)) * (BOTTOM - TOP)

    def frame(self) -> None:
        canvas, course = self.canvas, self.course
        canvas.words(MARGIN, 34, course.title, size=17, bold=True)
        canvas.words(MARGIN, 62, f"{named(course.owner)} · {_standing(course)}", color=FAINT)
        for tenth in range(0, 11, 2):
            height = self.y(tenth / 10)
            canvas.line([LEFT, RIGHT], [height, height], color=HAIR)
            canvas.words(LEFT - 10, height, score(tenth / 10), size=12, color=FAINT, side="right")
        for on in _ticks(course.starts_on, course.ends_on):
            canvas.words(self.x(on), BOTTOM + 18, day(on), size=12, color=FAINT, side="center")
        if course.starts_on <= course.today <= course.ends_on:
            here = self.x(course.today)
            canvas.line([here, here], [TOP, BOTTOM], color=FAINT)
            canvas.words(here, TOP - 12, "today", size=12, color=FAINT, side="center")

    def pace(self) -> None:
        """A solid line shows the target, and a dashed one an even pace towards it."""
        target = self.y(_reach(self.course.kind))
        self.canvas.line([LEFT, RIGHT], [target, target], color=INK, width=2)
        if _has_pace(self.course):
            self.canvas.line([LEFT, RIGHT], [BOTTOM, target], color=PACE, width=2, dashed=True)

    def way(self) -> None:
        """The line goes in steps: a goal keeps its reported progress until the next report."""
        if not self.course.points:
            middle = (TOP + BOTTOM) / 2
            self.canvas.words(WIDTH / 2, middle, "Nobody has said yet how it stands.", side="center")
            return
        xs, ys = [self.x(self.course.starts_on)], [self.y(0)]
        for point in self.course.points:
            xs += [self.x(point.on)] * 2
            ys += [ys[-1], self.y(point.progress)]
        xs.append(max(xs[-1], self.x(self.course.today)))
        self.canvas.line(xs, [*ys, ys[-1]], color=WAY, width=3)
        for point in self.course.points:
            draw_mark(self.canvas, self.x(point.on), self.y(point.progress), point.confidence)

    def legend(self) -> None:
        x = float(MARGIN)
        lines = [("progress", WAY, False), (_aim(self.course.kind), INK, False)]
        if _has_pace(self.course):
            lines.append(("even pace", PACE, True))
        for text, color, dashed in lines:
            self.canvas.line([x, x + 24], [LEGEND, LEGEND], color=color, width=3, dashed=dashed)
            x = self._entry(x + 32, text)
        said = {point.confidence for point in self.course.points}
        for confidence in (one for one in SAID if one in said):
            draw_mark(self.canvas, x + 6, LEGEND, confidence)
            x = self._entry(x + 20, SAID[confidence])

    def _entry(self, x: float, text: str) -> float:
        self.canvas.words(x, LEGEND, text, size=12, color=FAINT)
        return x + self.canvas.width(text, size=12) + 16


def _course_in_words(course: Course) -> str:
    head = f"Chart of the goal “{named(course.title)}” of {named(course.owner)}: {_standing(course)}. "
    head += f"{_aim(course.kind).capitalize()}."
    if _has_pace(course):
        share = scoring.elapsed(course.starts_on, course.ends_on, course.today)
        head += f" At an even pace it would be at {score(scoring.expected(course.kind, share))}."
    return alt_text(head, list(_points(course)))


def _points(course: Course) -> Iterator[str]:
    """The newest points come first, so that the oldest are left out if there is no room."""
    for point in reversed(course.points):
        yield f"{day(point.on)}: {score(point.progress)}, {SAID[point.confidence]}."


def _standing(course: Course) -> str:
    span = f"{day(course.starts_on)} to {day(course.ends_on)} {course.ends_on.year}"
    if not course.points:
        return f"{span}, no update yet"
    last = course.points[-1]
    return f"{span}, now {score(last.progress)}, {SAID[last.confidence]}"


def _reach(kind: GoalKind) -> float:
    return scoring.STRETCH if kind == GoalKind.ASPIRATIONAL else 1.0


def _aim(kind: GoalKind) -> str:
    """A stretch goal is not expected to be reached in full."""
    return f"good from {score(_reach(kind))}" if kind == GoalKind.ASPIRATIONAL else "target 100 %"


def _has_pace(course: Course) -> bool:
    """Learning goals have no even pace."""
    return course.kind != GoalKind.LEARNING


def _ticks(first: date, last: date) -> Iterator[date]:
    step = max(1, -(-(last - first).days // (MOST_TICKS - 1)))
    for days in range(0, (last - first).days + 1, step):
        yield first + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row shows a name, a goal or a remark."""

    name: str = ""
    goal: Bar | None = None
    remark: str = ""


def draw_team(team: Team) -> Picture:
    rows = list(_rows(team))
    canvas = Canvas(HEAD + ROW_HEIGHT * max(1, len(rows)) + MARGIN)
    canvas.words(MARGIN, 34, team.title, size=17, bold=True)
    canvas.words(MARGIN, 62, f"How each goal stood on {day(team.today)} {team.today.year}", color=FAINT)
    for number, row in enumerate(rows):
        _draw_row(canvas, HEAD + ROW_HEIGHT * (number + 0.5), row)
    return Picture(canvas.png(), _team_in_words(team))


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
    """No person's rows are split at the end of the page."""
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


def _team_in_words(team: Team) -> str:
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
