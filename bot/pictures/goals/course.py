"""A goal over its period: how far it was when somebody said so, how sure they were, and where an even pace would be."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.models.goals import GoalKind, scoring
from bot.pictures.canvas import FAINT, HAIR, INK, MARGIN, WIDTH, Canvas
from bot.pictures.goals.confidence import SAID, draw_mark
from bot.pictures.shapes import Course, Picture
from bot.pictures.words import alt_text, day, named, score

HEIGHT = 430
LEFT, RIGHT, TOP, BOTTOM = 64, WIDTH - 40, 104, 344
LEGEND = HEIGHT - 32
MOST_TICKS = 7
WAY, PACE = "#1264a3", "#6e6b6f"


def draw(course: Course) -> Picture:
    plot = _Plot(course, Canvas(HEIGHT))
    plot.frame()
    plot.pace()
    plot.way()
    plot.legend()
    return Picture(plot.canvas.png(), in_words(course))


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
            canvas.words(LEFT - 10, height, f"{tenth / 10:.1f}", size=12, color=FAINT, side="right")
        for on in _ticks(course.starts_on, course.ends_on):
            canvas.words(self.x(on), BOTTOM + 18, day(on), size=12, color=FAINT, side="center")
        if course.starts_on <= course.today <= course.ends_on:
            here = self.x(course.today)
            canvas.line([here, here], [TOP, BOTTOM], color=FAINT)
            canvas.words(here, TOP - 12, "today", size=12, color=FAINT, side="center")

    def pace(self) -> None:
        """Where the goal would be, going evenly, and the line it is to reach."""
        target = self.y(_reach(self.course.kind))
        self.canvas.line([LEFT, RIGHT], [target, target], color=INK, width=2)
        if _has_pace(self.course):
            self.canvas.line([LEFT, RIGHT], [BOTTOM, target], color=PACE, width=2, dashed=True)

    def way(self) -> None:
        """In steps: a goal stands where it was said to stand, until somebody says otherwise."""
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


def in_words(course: Course) -> str:
    head = f"Chart of the goal “{named(course.title)}” of {named(course.owner)}: {_standing(course)}. "
    head += f"{_aim(course.kind).capitalize()}."
    if _has_pace(course):
        share = scoring.elapsed(course.starts_on, course.ends_on, course.today)
        head += f" At an even pace it would be at {score(scoring.expected(course.kind, share))}."
    return alt_text(head, list(_points(course)))


def _points(course: Course) -> Iterator[str]:
    """Newest first, so that what is left out for want of room is the oldest."""
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
    """A stretch that is reached in full was none."""
    return f"good from {_reach(kind):.1f}" if kind == GoalKind.ASPIRATIONAL else "target 1.0"


def _has_pace(course: Course) -> bool:
    """No pace tells how learning goes."""
    return course.kind != GoalKind.LEARNING


def _ticks(first: date, last: date) -> Iterator[date]:
    step = max(1, -(-(last - first).days // (MOST_TICKS - 1)))
    for days in range(0, (last - first).days + 1, step):
        yield first + timedelta(days=days)
