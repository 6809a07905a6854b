"""`rapport goals`: bringing goals in from a file, taking them out into one, and how many people have any."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cli import Operator
from bot.cli.importing import read_text, tell
from bot.errors import Invalid
from bot.models import Person
from bot.models.goals import Coverage, Measure, NewKeyResult
from bot.notation import show_number
from bot.services import goals, goals_export, goals_import, people
from bot.services.goals_export import Export
from bot.services.goals_import import GoalPlan, ImportPlan
from bot.services.tables import csv_records, xlsx_records
from bot.services.tables.table import Record
from bot.views.csv_file import csv_file
from bot.views.xlsx_file import xlsx_file

app = typer.Typer(help="Goals: import, export, and how many people have any.", no_args_is_help=True)

AsWhom = Annotated[
    str | None,
    typer.Option("--as", help="The HR admin this is done as, by e-mail address; not needed if there is one."),
]
Period = Annotated[str | None, typer.Option(help='Only this period: "Q4 2026", or one that HR has set.')]


@app.command("import")
def import_goals(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="CSV or XLSX.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what is new and write nothing.")] = False,
    as_whom: AsWhom = None,
) -> None:
    """Bring goals in that were agreed elsewhere: all of the file, or, if anything is wrong with it, nothing.

    One line per key result; lines with the same owner, level, period and title are one goal. Columns, in any
    order: owner_email, title, level (company, department, team, person), kind (committed, aspirational, learning),
    period (Q4 2026), key_result, start, target, unit, measure (hold, for a number to keep), parent_title,
    visibility (open, limited). Without start and target a key result is done or not. What is there already is not
    changed, and nobody is told.
    """
    operator: Operator = context.obj
    plan = operator.run(_import(operator, records(file), dry_run, as_whom))
    summary = f"{len(plan.new)} new, {plan.unchanged} there already."
    tell(plan.notes, plan.problems, news(plan), summary, dry_run=dry_run)


async def _import(
    operator: Operator, lines: Iterable[Record], dry_run: bool, as_whom: str | None
) -> ImportPlan:
    async with operator.read() if dry_run else operator.session() as session:
        actor = await hr_admin(session, as_whom)
        plan = await goals_import.plan(session, actor, lines, now=operator.now())
        if not dry_run and not plan.problems:
            await goals_import.apply(session, actor, plan, now=operator.now())
    return plan


def records(file: Path) -> Iterator[Record]:
    if file.suffix.lower() in (".xlsx", ".xlsm"):
        return xlsx_records(file.read_bytes())
    return csv_records(read_text(file))


async def hr_admin(session: AsyncSession, email: str | None) -> Person:
    """The import acts in the name of this HR admin: the one named, or the only one. The service checks the
    role.
    """
    if email is not None:
        return await people.by_email(session, email)
    admins = await people.hr_admins(session, limit=2)
    if not admins:
        raise Invalid("Nobody is an HR admin yet. To name one, run: rapport hr grant EMAIL")
    if len(admins) > 1:
        raise Invalid("There are several HR admins. Say who does this: --as EMAIL")
    return admins[0]


def news(plan: ImportPlan) -> Iterator[str]:
    for one in plan.new:
        yield f"new: {one.row.title} ({_of(one)})"
        for result in one.key_results:
            yield f"    {result.title}{_way(result)}"


def _of(one: GoalPlan) -> str:
    under = f", under {one.row.parent_title}" if one.row.parent_title else ""
    return f"{one.owner_name}, {one.row.level}, {one.period.name}{under}"


def _way(result: NewKeyResult) -> str:
    if result.measure == Measure.YES_NO:
        return ": done or not"
    if result.measure == Measure.HOLD:
        return f": hold {show_number(result.target, result.unit)}"
    return f": {show_number(result.start, result.unit)} → {show_number(result.target, result.unit)}"


@app.command("export")
def export_goals(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(dir_okay=False, writable=True, help="What to write: .csv or .xlsx.")
    ],
    period: Period = None,
    as_whom: AsWhom = None,
) -> None:
    """Write goals into a file that spreadsheets open and `import` reads again."""
    operator: Operator = context.obj
    if file.suffix.lower() not in (".csv", ".xlsx"):
        raise Invalid("Name a file that ends in .csv or .xlsx.")
    found = operator.run(_export(operator, period, as_whom))
    as_xlsx = file.suffix.lower() == ".xlsx"
    header = goals_export.HEADER
    file.write_bytes(xlsx_file("Goals", header, found.rows) if as_xlsx else csv_file(header, found.rows))
    typer.echo(f"{found.goals} goals written to {file}.")
    if found.is_cut:
        typer.echo("There are more than one file holds. Use --period.", err=True)


async def _export(operator: Operator, period: str | None, as_whom: str | None) -> Export:
    async with operator.read() as session:
        actor = await hr_admin(session, as_whom)
        return await goals_export.export(session, actor, period=period, now=operator.now())


@app.command()
def coverage(context: typer.Context, period: Period = None, as_whom: AsWhom = None) -> None:
    """Count who has goals, which were updated, and how many serve another one. Nobody is named."""
    operator: Operator = context.obj
    for line in counts(operator.run(_coverage(operator, period, as_whom))):
        typer.echo(line)


async def _coverage(operator: Operator, period: str | None, as_whom: str | None) -> Coverage:
    async with operator.read() as session:
        return await goals.coverage(
            session, await hr_admin(session, as_whom), period=period, now=operator.now()
        )


def counts(found: Coverage) -> Iterator[str]:
    yield f"{found.period}: {found.goals} goals, {found.people} people."
    yield f"{found.without_goals} people without a goal."
    yield f"{found.not_updated} goals without an update for 30 days."
    if found.alignment is not None:
        share = show_number(round(found.alignment * 100), "%")
        yield f"{share} of the goals below the company's serve another one, or none on purpose."
