"""How a goal is put into words: its score, its confidence, whose it is, where it stands."""

from collections.abc import Mapping
from datetime import date

from bot.models.goals import Confidence, GoalKind, GoalState, GoalSummary, Level, Visibility, scoring
from bot.views import kit

CONFIDENCES: Mapping[str, str] = {
    Confidence.ON_TRACK: "On track",
    Confidence.AT_RISK: "At risk",
    Confidence.OFF_TRACK: "Off track",
}
KINDS: Mapping[str, str] = {
    GoalKind.COMMITTED: "Committed: we expect all of it",
    GoalKind.ASPIRATIONAL: "Aspirational: 60 to 70 % is a good result",
    GoalKind.LEARNING: "Learning: what will be known or practised",
}
LEVELS: Mapping[str, str] = {
    Level.COMPANY: "Company",
    Level.DEPARTMENT: "Department",
    Level.TEAM: "Team",
    Level.PERSON: "Personal",
}
STATES: Mapping[str, str] = {
    GoalState.PROPOSED: "Proposed",
    GoalState.CHANGE_SUGGESTED: "Change suggested",
    GoalState.AGREED: "Agreed",
    GoalState.CLOSED: "Closed",
    GoalState.DROPPED: "Dropped",
    GoalState.CARRIED_OVER: "Carried over",
}
WORST_FIRST = (Confidence.OFF_TRACK, Confidence.AT_RISK, None, Confidence.ON_TRACK)
BAR = 10


def score(progress: float) -> str:
    return f"{scoring.percent(progress)} %"


def tenth(progress: float) -> float:
    """Closings are scored in tenths."""
    return scoring.tenth(progress)


def bar(progress: float) -> str:
    """The bar stands last in its line: a screen reader has said the same in words by then."""
    filled = round(scoring.tenth(progress) * BAR)
    return "▓" * filled + "░" * (BAR - filled)


def confidence(said: Confidence | None) -> str:
    return CONFIDENCES[said] if said else "Confidence not said yet"


def kind(value: GoalKind) -> str:
    return KINDS[value].partition(":")[0]


def level(goal: GoalSummary) -> str:
    limited = ", limited" if goal.visibility == Visibility.LIMITED else ""
    return LEVELS[goal.level] + limited


def title(goal: GoalSummary, limit: int = 150) -> str:
    """The title is escaped for mrkdwn."""
    return kit.escape(kit.short(goal.title, limit))


def standing(goal: GoalSummary) -> str:
    """An example: "50 % · At risk · quiet since 3 October · ▓▓▓▓▓░░░░░"."""
    said = [score(goal.progress), confidence(goal.confidence)]
    if goal.is_quiet:
        said.append(f"quiet since {goal.touched_at:%-d %B}")
    return " · ".join([*said, bar(goal.progress)])


def status(goal: GoalSummary) -> str:
    """An open goal shows how it stands, an ended one its outcome and score."""
    if goal.is_open:
        return standing(goal)
    return f"{STATES[goal.state]} at {score(goal.progress)} · {kit.escape(goal.period)}"


def facts(goal: GoalSummary) -> str:
    """An example: "Personal · Committed · Q4 2026, until 31 December"."""
    return " · ".join(
        [level(goal), kind(goal.kind), f"{kit.escape(goal.period)}, until {goal.ends_on:%-d %B}"]
    )


def small_print(goal: GoalSummary) -> str:
    """An example: "Personal · Committed · Q4 2026, until 31 December · Proposed"."""
    return facts(goal) if goal.state == GoalState.AGREED else f"{facts(goal)} · {STATES[goal.state]}"


def named(goal: GoalSummary) -> str:
    """A message may be read over a shoulder, so a limited goal's title stays out of it. This is not escaped yet."""
    if goal.visibility == Visibility.LIMITED:
        return "a limited goal"
    return f"“{kit.short(goal.title, 100)}”"


def worst_first(goal: GoalSummary) -> tuple[int, bool, float, date]:
    """The key to sort by: worry comes before silence, before little progress, before a near end."""
    return WORST_FIRST.index(goal.confidence), not goal.is_quiet, goal.progress, goal.ends_on
