"""Key results as people write them, one a line, and how they are shown again.

Support tickets per week: 40 → 20          a number on its way, up or down
Uptime: hold 99.9 % ± 0.1                  a number to keep
Move to the new database: schema; data; switch     milestones
Pilot is live                              done or not
"""

import re
from collections.abc import Sequence

from bot.errors import Invalid
from bot.models import KeyResult
from bot.models.goals import Measure, Milestone, NewKeyResult, scoring
from bot.notation import read_number, read_unit, show_number
from bot.views import kit
from bot.views.goals import words

FIELD = "key_results"
EXAMPLE = "Support tickets per week: 40 → 20"
HINT = f"{EXAMPLE}. Uptime: hold 99.9 % ± 0.1. Migration: schema; data; switch. Pilot is live."
ARROW = re.compile(r"\s*(?:→|->|=>|⟶|\bto\b)\s*")
HOLD = re.compile(r"hold\s+(?P<target>.+?)(?:\s*(?:±|\+/-|\+-)\s*(?P<tolerance>.+))?", re.IGNORECASE)
UNCLEAR = f"Write it like “{EXAMPLE}”, “Uptime: hold 99.9 % ± 0.1” or, if it is done or not, without numbers."
UNLIKE = f"Start and target are counted in different units. Write both in the same unit: {EXAMPLE}."

PARTS = re.compile(
    r"(?P<before>[^\d+\-−–.,٫]*)"
    r"(?P<number>[+\-−–]?[\d.,'’٫٬\u00a0\u2007-\u2009\u202f ]*\d(?:[ \u00a0]?[kKM](?!\w))?)"
    r"\s*(?P<behind>[^\d]*)"
)
UNREAD = "There is no number I can read where one belongs. Write 20, 1.5, 12 % or 3k."


def read_lines(text: str) -> tuple[NewKeyResult, ...]:
    """An error names its line."""
    lines = [line.strip().lstrip("•*").strip() for line in text.splitlines() if line.strip()]
    try:
        return tuple(read_line(line, f"{FIELD}.{place}") for place, line in enumerate(lines))
    except Invalid as error:
        raise in_line(error, len(lines)) from None


def read_line(line: str, field: str = FIELD) -> NewKeyResult:
    """`field` is where an error belongs; it holds the place of the line."""
    title, colon, told = (part.strip() for part in line.rpartition(":"))
    if not colon:
        return _yes_no(told, field)
    if ";" in told:
        names = [name.strip() for name in told.split(";")]
        milestones = tuple(Milestone(name) for name in names if name)
        return NewKeyResult(title, measure=Measure.MILESTONES, milestones=milestones)
    if hold := HOLD.fullmatch(told):
        return _hold(title, hold["target"], hold["tolerance"] or "0", field)
    sides = ARROW.split(told)
    if len(sides) == 2 and any(char.isdecimal() for char in told):
        return _metric(title, sides[0], sides[1], field)
    return _yes_no(line, field)


def _yes_no(line: str, field: str) -> NewKeyResult:
    """A number in what counts as done or not is refused: it was rather a way to go."""
    told = line.rpartition(":")[2] if ":" in line else ""
    if (ARROW.search(line) and any(char.isdecimal() for char in line)) or any(c.isdecimal() for c in told):
        raise Invalid(UNCLEAR, field=field)
    return NewKeyResult(line, measure=Measure.YES_NO)


def _metric(title: str, start: str, target: str, field: str) -> NewKeyResult:
    begin, begin_unit = number_with_unit(start, field=f"{field}.start")
    end, end_unit = number_with_unit(target, field=f"{field}.target")
    if begin_unit and end_unit and begin_unit != end_unit:
        raise Invalid(UNLIKE, field=f"{field}.target")
    return NewKeyResult(title, start=begin, target=end, unit=end_unit or begin_unit)


def _hold(title: str, target: str, tolerance: str, field: str) -> NewKeyResult:
    value, unit = number_with_unit(target, field=f"{field}.target")
    spare, _ = number_with_unit(tolerance, field=f"{field}.tolerance")
    return NewKeyResult(title, measure=Measure.HOLD, start=value, target=value, tolerance=spare, unit=unit)


def in_line(error: Invalid, count: int) -> Invalid:
    """The error names its line, if there are several (`count`)."""
    parts = (error.field or "").split(".")
    if parts[0] != FIELD or len(parts) < 2 or not parts[1].isdecimal():
        return error
    place = f"Line {int(parts[1]) + 1}: " if count > 1 else ""
    return Invalid(place + error.sentence, field=FIELD)


def in_words(result: KeyResult) -> str:
    """An example: "*Tickets per week*: 31, from 40 to 20 · 0.5". It is escaped for mrkdwn."""
    title = kit.escape(kit.short(result.title, 150))
    return f"*{title}*: {kit.escape(state(result))} · {words.score(scoring.score(result))}"


def state(result: KeyResult) -> str:
    """Where the key result is, and on which way. This is not escaped yet."""
    if result.measure == Measure.YES_NO:
        return "done" if result.current >= 1 else "not done yet"
    if result.measure == Measure.MILESTONES:
        return _milestones(result.milestones)
    now = show_number(result.current, result.unit)
    if result.measure == Measure.HOLD:
        spare = f" ± {show_number(result.tolerance)}" if result.tolerance else ""
        return f"{now}, to be held at {show_number(result.target, result.unit)}{spare}"
    return f"{now}, from {show_number(result.start)} to {show_number(result.target, result.unit)}"


def _milestones(milestones: Sequence[Milestone]) -> str:
    done = [one for one in milestones if one.done]
    left = [kit.short(one.title, 60) for one in milestones if not one.done]
    said = f"{len(done)} of {kit.counted(len(milestones), 'milestone')}"
    return f"{said}; open: {', '.join(left)}" if left else said


def number_with_unit(text: str, *, field: str) -> tuple[float, str]:
    parts = PARTS.fullmatch(text.strip())
    if parts is None:
        raise Invalid(UNREAD, field=field)
    unit = read_unit(parts["before"].strip() or parts["behind"].strip(), field=field)
    return read_number(parts["number"], unit=unit, field=field), unit
