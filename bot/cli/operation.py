"""`rapport run`, `migrate`, `doctor` and `manifest`: the commands for hosting the bot."""

from typing import Annotated

import typer

from bot import manifest as app_manifest
from bot import schema
from bot.cli import Operator
from bot.doctor import examine


def run(context: typer.Context) -> None:
    """Start the bot."""
    from bot.cli.run import (
        run as run_bot,  # this loads Bolt and all handlers, which other commands do without
    )

    operator: Operator = context.obj
    operator.run(run_bot(operator))


def migrate(context: typer.Context) -> None:
    """Create the database, or bring it up to date."""
    operator: Operator = context.obj
    operator.run(schema.upgrade(operator.settings.sqlalchemy_url))
    typer.echo("The database is up to date.")


def doctor(context: typer.Context) -> None:
    """Check token, scopes, database, migrations and clock, and name the remedy of each problem."""
    operator: Operator = context.obj
    findings = operator.run(examine(operator.settings, operator.now))
    for finding in findings:
        typer.echo(str(finding))
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


def manifest(
    context: typer.Context,
    prefix: Annotated[
        str | None, typer.Option(help="A word before each command: acme gives /acme-checkin.")
    ] = None,
    url: Annotated[
        str | None, typer.Option(help="The bot's public https address. Without it: Socket Mode.")
    ] = None,
) -> None:
    """Print the Slack app manifest, to be pasted at api.slack.com/apps."""
    operator: Operator = context.obj
    typer.echo(
        app_manifest.written(prefix=operator.settings.command_prefix if prefix is None else prefix, url=url)
    )
