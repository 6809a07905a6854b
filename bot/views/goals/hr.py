"""What HR sees, sets and takes out: coverage as counts, periods besides the quarters, all goals as a file."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.errors import Invalid
from bot.models.goals import Coverage, Level, Period
from bot.views import kit
from bot.views.files import ONLY_YOU
from bot.views.goals.parts import Ref
from bot.views.goals.setting import FORM
from bot.views.home import HrEntry, HrGroup

COVERAGE = "goals.coverage"
PERIODS = "goals.periods"
REMOVE_PERIOD = "goals.remove_period"
NAME, STARTS_ON, ENDS_ON = "name", "starts_on", "ends_on"
ROWS = (
    kit.Field(NAME, "Name", "text", hint="Such as H1 2027.", limit=32),
    kit.Field(STARTS_ON, "First day", "date"),
    kit.Field(ENDS_ON, "Last day", "date"),
)
PERIODS_SHOWN = 12
QUARTER = re.compile(r"Q[1-4] \d{4}")  # there by themselves
EXPORT = "goals.export"
CSV, XLSX = "csv", "xlsx"


def hr_entries() -> list[HrEntry]:
    buttons = (
        kit.button("Goal coverage", COVERAGE),
        kit.button("Goal periods", PERIODS),
        kit.button("New company goal", f"{FORM}:company", Ref(level=Level.COMPANY).encode()),
    )
    return [HrEntry(HrGroup.GOALS, button) for button in buttons]


def coverage_page(coverage: Coverage) -> View:
    """Counts only: nobody is named, and nobody is ranked."""
    share = "–" if coverage.alignment is None else f"{coverage.alignment:.0%}"
    lines = [
        f"*{kit.escape(coverage.period)}*",
        f"People: {coverage.people:,} · without a goal: {coverage.without_goals:,}",
        f"Goals: {coverage.goals:,} · without an update for 30 days: {coverage.not_updated:,}",
        f"Linked upwards, or not on purpose: {share} ({coverage.aligned:,} of {coverage.alignable:,})",
    ]
    return kit.modal(
        COVERAGE,
        "Goal coverage",
        [
            kit.section("\n".join(lines)),
            kit.small("Counts only. Who is behind them is for each manager to see."),
            kit.buttons(
                kit.button("All goals as CSV", f"{EXPORT}:csv", CSV),
                kit.button("All goals as XLSX", f"{EXPORT}:xlsx", XLSX),
            ),
        ],
    )


def periods_form(periods: Sequence[Period]) -> View:
    return kit.modal(
        PERIODS,
        "Goal periods",
        [
            kit.section(
                "Quarters of the calendar year are always on offer. Add a half-year or a business year here."
            ),
            *(_period(one) for one in periods[:PERIODS_SHOWN]),
            kit.rule(),
            *kit.fields(ROWS),
            kit.reach(
                seen_by="everybody, when they set a goal",
                affects="goals set from now on; those that have a period keep it",
            ),
        ],
        submit="Save period",
    )


def _period(one: Period) -> Block:
    remove = None
    if not QUARTER.fullmatch(one.name):
        sure = kit.sure(
            "Remove it?", "Goals that have it keep it. It is on offer no more.", yes="Remove", no="Keep"
        )
        ref = Ref(period=one.name).encode()
        remove = kit.button("Remove", REMOVE_PERIOD, ref, spoken=f"Remove {one.name}", sure=sure)
    days = f"{one.starts_on:%-d %B %Y} to {one.ends_on:%-d %B %Y}"
    return kit.section(f"{kit.escape(one.name)}: {days}", button=remove)


def read_period(view: Mapping[str, Any]) -> Period:
    read = kit.read(view, ROWS)
    for day in (STARTS_ON, ENDS_ON):
        if read[day] is None:
            raise Invalid("Choose a day.", field=day)
    return Period(read[NAME], read[STARTS_ON], read[ENDS_ON])


def period_saved_page(period: Period) -> View:
    return kit.confirmation(
        f"{PERIODS}.saved",
        "Goal periods",
        f"Saved: {kit.escape(period.name)}, {period.starts_on:%-d %B %Y} to {period.ends_on:%-d %B %Y}.",
        "Everybody can choose it for a new goal.",
    )


def export_comment(goals: int, is_cut: bool) -> str:
    said = f"{kit.counted(goals, 'goal')} with their key results, as you asked. {ONLY_YOU}"
    return (
        f"{said} There are more than one file holds: whoever runs Rapport can export by period."
        if is_cut
        else said
    )
