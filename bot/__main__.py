"""The command line's front: the only place that reads the wall clock, the environment and the exit code."""

import logging
import os
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from asyncpg import PostgresError
from sqlalchemy.exc import SQLAlchemyError

from bot import logs
from bot.cli import Operator, goals, hr, nudges, operation, people
from bot.config import Settings, read_settings
from bot.errors import BotError

# Bolt reads these by itself, and two of them silently turn its OAuth mode on. It gets what it needs from us.
READ_BY_BOLT = (
    "SLACK_BOT_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_VERIFICATION_TOKEN",
    "SLACK_CLIENT_ID",
    "SLACK_CLIENT_SECRET",
)

log = logging.getLogger("bot")
app = typer.Typer(
    name="rapport",
    help="Continuous feedback in Slack: check-ins, goals, kudos, mentoring, reviews.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (operation.run, operation.migrate, operation.doctor, operation.manifest):
    app.command()(command)
app.add_typer(people.app, name="people")
app.add_typer(hr.app, name="hr")
app.add_typer(goals.app, name="goals")
app.add_typer(nudges.app, name="nudges")


def now() -> datetime:
    return datetime.now(UTC)


def settings() -> Settings:
    found = read_settings(Path.cwd())
    for name in READ_BY_BOLT:
        os.environ.pop(name, None)
    return found


def print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"rapport {version('rapport')}")
        raise typer.Exit


@app.callback()
def start(
    context: typer.Context,
    _version: Annotated[
        bool, typer.Option("--version", callback=print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    context.obj = Operator(settings, now)


def main() -> None:
    """What was expected to go wrong is one sentence; what was not is a log record without anybody's words."""
    logs.configure(sys.stderr)
    try:
        app()
    except BotError as error:
        fail(error.sentence)
    except (SQLAlchemyError, PostgresError) as error:
        fail(f"The database refused ({type(error).__name__}). Check DATABASE_URL, then run: rapport doctor")
    except OSError as error:
        fail(
            f"{error.strerror or type(error).__name__}. Check the network and DATABASE_URL; try: rapport doctor"
        )
    except Exception as error:
        log.critical("unexpected", exc_info=error)
        fail(f"Something unexpected happened ({type(error).__name__}). The log line above says where.")


def fail(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    sys.exit(1)


if __name__ == "__main__":
    main()
