"""`rapport people`: who is in the directory, and bringing people in from a CSV."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import Operator, printing
from bot.cli.importing import read_text, tell
from bot.services import people, people_import
from bot.services.people_import import ImportPlan, PersonPlan

app = typer.Typer(help="Who works here: import people from a CSV, list them.", no_args_is_help=True)


@app.command("import")
def import_people(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="The CSV file.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the difference and write nothing.")
    ] = False,
) -> None:
    """Bring people in from a CSV: all of it, or, if anything is wrong with it, nothing.

    Columns, in any order: slack_user_id or email (or both), name, manager_email, department
    ("Engineering / Platform"), title, start_date (YYYY-MM-DD), country (DE), timezone (Europe/Berlin).
    A missing column leaves its field alone, an empty cell empties it. People who are not in the file stay.
    """
    operator: Operator = context.obj
    plan = operator.run(_import(operator, read_text(file), dry_run))
    tell(plan.notes, plan.problems, difference(plan), summary(plan), dry_run=dry_run)


async def _import(operator: Operator, text: str, dry_run: bool) -> ImportPlan:
    async with operator.read() if dry_run else operator.session() as session:
        plan = await people_import.plan(session, text)
        if not dry_run and not plan.problems:
            await people_import.apply(session, plan, now=operator.now())
    return plan


def difference(plan: ImportPlan) -> Iterator[str]:
    for department in plan.new_departments:
        yield f"new department: {department}"
    for person in plan.new:
        yield f"new: {person.name}{_details(person)}"
    for person in plan.changed:
        yield f"changed: {person.name}{_details(person)}"


def _details(person: PersonPlan) -> str:
    shown = [one for one in person.differences if not (person.is_new and one.field == "name")]
    if person.is_new:
        return "".join(f"\n    {one.field}: {one.new}" for one in shown)
    return "".join(f"\n    {one.field}: {one.old or '(none)'} → {one.new or '(none)'}" for one in shown)


def summary(plan: ImportPlan) -> str:
    sentences = [f"{len(plan.new)} new, {len(plan.changed)} changed, {plan.unchanged} unchanged."]
    if plan.managers_changed:
        sentences.append(f"{plan.managers_changed} get a manager, or another one.")
    if plan.absent:
        sentences.append(f"{plan.absent} in the directory are not in the file; they stay.")
    return " ".join(sentences)


@app.command("list")
def list_people(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="As a JSON list, for other programs.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="At most this many.")] = 200,
) -> None:
    """Show everybody in the directory, by name."""
    operator: Operator = context.obj
    listing = operator.run(_everybody(operator, limit))
    if as_json:
        typer.echo(printing.as_json(map(asdict, listing.entries)))
    else:
        for line in table(listing):
            typer.echo(line)
    if (more := listing.total - len(listing.entries)) > 0:
        typer.echo(f"… and {more} more: use --limit.", err=True)
    if not listing.total:
        typer.echo("Nobody yet. Start the bot to read them from Slack, or import a CSV.", err=True)


async def _everybody(operator: Operator, limit: int) -> people.Listing:
    async with operator.read() as session:
        return await people.everybody(session, limit=limit)


def table(listing: people.Listing) -> Iterator[str]:
    head = ("NAME", "E-MAIL", "MANAGER", "DEPARTMENT", "TIME ZONE", "IS")
    return printing.table(head, map(_cells, listing.entries))


def _cells(one: people.Entry) -> tuple[str | None, ...]:
    state = f"{one.state}, HR admin" if one.is_hr else one.state
    return (one.name, one.email, one.manager, one.department, one.timezone, state)
