"""`rapport hr`: who is an HR admin. Being a Slack admin makes nobody one."""

from typing import Annotated

import typer

from bot.cli import Operator
from bot.services import people

app = typer.Typer(help="Who is an HR admin.", no_args_is_help=True)

Email = Annotated[str, typer.Argument(help="The person's e-mail address in the directory.")]


@app.command()
def grant(context: typer.Context, email: Email) -> None:
    """Make somebody an HR admin."""
    operator: Operator = context.obj
    typer.echo(operator.run(_grant(operator, email)))


async def _grant(operator: Operator, email: str) -> str:
    async with operator.session() as session:
        person = await people.by_email(session, email)
        granted = await people.grant_hr(session, person, now=operator.now())
    return f"{person.name} is an HR admin now." if granted else f"{person.name} is an HR admin already."


@app.command()
def revoke(context: typer.Context, email: Email) -> None:
    """Take the HR role from somebody."""
    operator: Operator = context.obj
    sentence, anybody_left = operator.run(_revoke(operator, email))
    typer.echo(sentence)
    if not anybody_left:
        typer.echo("Nobody is an HR admin now. To name one, run: rapport hr grant EMAIL", err=True)


async def _revoke(operator: Operator, email: str) -> tuple[str, bool]:
    async with operator.session() as session:
        person = await people.by_email(session, email)
        revoked = await people.revoke_hr(session, person, now=operator.now())
        anybody_left = bool(await people.hr_admins(session, limit=1))
    was = "is no HR admin any more." if revoked else "was no HR admin."
    return f"{person.name} {was}", anybody_left
