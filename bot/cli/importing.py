"""What all imports share: reading the file, listing its mistakes, summing up the changes."""

import codecs
from collections.abc import Iterable, Sequence
from pathlib import Path

import typer

from bot.errors import Invalid
from bot.services.tables import Problem

MOST_PROBLEMS = 50  # a screenful; more problems than that have one cause


def read_text(file: Path) -> str:
    """The file is UTF-8, with or without a byte order mark, or the UTF-16 that some spreadsheets write."""
    content = file.read_bytes()
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid(f'{file.name} is not UTF-8 text. In a spreadsheet, save it as "CSV UTF-8".') from None


def tell(
    notes: Iterable[str], problems: Sequence[Problem], news: Iterable[str], summary: str, *, dry_run: bool
) -> None:
    """Prints what was imported or would be. The command ends with an error if the file has mistakes."""
    for note in notes:
        typer.echo(note, err=True)
    if problems:
        _complain(problems)
        raise typer.Exit(1)
    if dry_run:
        for line in news:
            typer.echo(line)
    typer.echo(summary)
    typer.echo("Nothing was written; without --dry-run it will be." if dry_run else "Imported.")


def _complain(problems: Sequence[Problem]) -> None:
    for problem in problems[:MOST_PROBLEMS]:
        typer.echo(str(problem), err=True)
    if (more := len(problems) - MOST_PROBLEMS) > 0:
        typer.echo(f"… and {more} more.", err=True)
    typer.echo("Nothing was imported.", err=True)
