"""What goes along with pictures and files about goals that somebody asked for."""

from bot.models.goals import GoalSummary
from bot.views import kit
from bot.views.files import ONLY_YOU

CHART = "goals.chart"
TEAM_CHART = "goals.team_chart"
EXPORT = "goals.export"
CSV, XLSX = "csv", "xlsx"


def chart_title(line: GoalSummary) -> str:
    return f"Goal: {kit.short(line.title, 100)}"


def chart_comment(line: GoalSummary) -> str:
    return kit.escape(f"How “{kit.short(line.title, 100)}” went so far, as you asked. {ONLY_YOU}")


def team_comment(cut: bool) -> str:
    said = f"The goals of your team as they stand, as you asked. {ONLY_YOU}"
    return f"{said} These are the first of them; the list in /goals team has all." if cut else said


def export_comment(goals: int, is_cut: bool) -> str:
    said = f"{kit.counted(goals, 'goal')} with their key results, as you asked. {ONLY_YOU}"
    return (
        f"{said} There are more than one file holds: whoever runs Rapport can export by period."
        if is_cut
        else said
    )
