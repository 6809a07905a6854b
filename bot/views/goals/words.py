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
    GoalKind.ASPIRATIONAL: "Aspirational: 0.6 to 0.7 is a good result",
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
    return f"{scoring.shown(progress):.1f}"


def bar(progress: float) -> str:
    """Stands last in its line, behind the words that say the same: a screen reader has said it by then."""
    filled = round(scoring.shown(progress) * BAR)
    return "▓" * filled + "░" * (BAR - filled)


def confidence(said: Confidence | None) -> str:
    return CONFIDENCES[said] if said else "Confidence not said yet"


def kind(of: GoalKind) -> str:
    return KINDS[of].partition(":")[0]


def level(line: GoalSummary) -> str:
    limited = ", limited" if line.visibility == Visibility.LIMITED else ""
    return LEVELS[line.level] + limited


def title(line: GoalSummary, limit: int = 150) -> str:
    """In mrkdwn, harmless."""
    return kit.escape(kit.short(line.title, limit))


def standing(line: GoalSummary) -> str:
    """ "0.5 of 1.0 · At risk · quiet since 3 October · ▓▓▓▓▓░░░░░"."""
    said = [f"{score(line.progress)} of 1.0", confidence(line.confidence)]
    if line.is_quiet:
        said.append(f"quiet since {line.touched_at:%-d %B}")
    return " · ".join([*said, bar(line.progress)])


def status(line: GoalSummary) -> str:
    """How an open goal stands; of an ended one, its outcome and score."""
    if line.is_open:
        return standing(line)
    return f"{STATES[line.state]} at {score(line.progress)} · {kit.escape(line.period)}"


def small_print(line: GoalSummary) -> str:
    """ "Personal · Committed · Q4 2026, until 31 December · Proposed"."""
    said = [level(line), kind(line.kind), f"{kit.escape(line.period)}, until {line.ends_on:%-d %B}"]
    if line.state != GoalState.AGREED:
        said.append(STATES[line.state])
    return " · ".join(said)


def named(line: GoalSummary) -> str:
    """In a message, where a limited goal's title could be read over a shoulder. Not escaped yet."""
    if line.visibility == Visibility.LIMITED:
        return "a limited goal"
    return f"“{kit.short(line.title, 100)}”"


def worst_first(line: GoalSummary) -> tuple[int, bool, float, date]:
    """A key to sort by: worry before silence before little progress before a near end."""
    return WORST_FIRST.index(line.confidence), not line.is_quiet, line.progress, line.ends_on
