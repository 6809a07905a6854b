"""`rapport nudges`: what the bot will say unasked, what became of it, and how an operator can step in."""

import typer

from bot.cli.nudges import doing, looking

app = typer.Typer(help="What the bot says unasked: who, when, why, or why not.", no_args_is_help=True)
for command in (looking.preview, looking.ledger, doing.rehearse, doing.resend, doing.start):
    app.command()(command)
