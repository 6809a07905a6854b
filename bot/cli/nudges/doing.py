"""`rapport nudges rehearse`, `resend` and `start`: how an operator can step in."""

from datetime import datetime, timedelta
from typing import Annotated

import typer

from bot.capabilities import house
from bot.cli import Operator
from bot.courier.rehearsal import rehearsal, rehearsed
from bot.errors import Invalid
from bot.models import Person
from bot.packs import shipped_packs
from bot.services import notifications, nudges, people
from bot.services.notifications import Resent
from bot.services.nudges import FirstRound
from bot.slack import Message, Slack

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def rehearse(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(help=f"One of: {', '.join(rehearsed(house().spoken))}.")],
    to: Annotated[str, typer.Option(help="To whom, by e-mail address.")],
) -> None:
    """Send somebody a message now as it would come, marked as a rehearsal and counted nowhere."""
    operator: Operator = context.obj
    person = operator.run(_rehearse(operator, kind, to))
    typer.echo(f"Sent to {person.name}, marked as a rehearsal.")


async def _rehearse(operator: Operator, kind: str, email: str) -> Person:
    """No transaction stays open during the call to Slack."""
    async with operator.read() as session:
        person = await people.by_email(session, email)
        spoken, packs = house().spoken, shipped_packs()
        message = await rehearsal(session, spoken, kind, person, packs=packs, now=operator.now())
    await _send(operator, person, message)
    return person


async def _send(operator: Operator, person: Person, message: Message) -> None:
    if not person.is_active or person.slack_user_id is None:
        why = "has no Slack account yet" if person.is_active else f"is {people.standing(person)}"
        raise Invalid(f"{person.name} {why}, so nothing reaches them. Choose somebody else.")
    settings = operator.settings
    async with Slack.connect(
        settings.token(), settings.slack_api_url, command_prefix=settings.command_prefix
    ) as slack:
        await slack.post(person.slack_user_id, message)


def resend(
    context: typer.Context,
    id: Annotated[int, typer.Argument(help="The notification's number in `rapport nudges ledger`.")],
    yes: Annotated[
        bool, typer.Option("--yes", help="Also where it may have arrived the first time.")
    ] = False,
) -> None:
    """Say after all what failed, expired or was skipped, if it still makes sense."""
    operator: Operator = context.obj
    resent = operator.run(_resend(operator, id, yes))
    kind = house().kinds.get(resent.notification.kind)
    reason = notifications.words(notifications.shown(resent.state, resent.reason), kind)
    why = f": {reason}" if reason else ""
    typer.echo(
        f"Notification {id}, {resent.notification.kind} to {resent.person.name}, had {_had(resent)}{why}."
    )
    typer.echo("It goes out within a minute, if the hour, the person's budget and Slack allow.")


async def _resend(operator: Operator, id: int, yes: bool) -> Resent:
    async with operator.session() as session:
        return await notifications.resend(
            session, id, kinds=house().kinds, now=operator.now(), even_if_arrived=yes
        )


def _had(resent: Resent) -> str:
    return "been skipped" if resent.state == "skipped" else str(resent.state)


def start(
    context: typer.Context,
    yes: Annotated[bool, typer.Option("--yes", help="Start it; without this, only look.")] = False,
) -> None:
    """Start the weekly check-in; shows first how long Slack's limits make it take to reach everybody once."""
    operator: Operator = context.obj
    for line in operator.run(_start(operator, yes)):
        typer.echo(line)


async def _start(operator: Operator, yes: bool) -> list[str]:
    async with operator.session() if yes else operator.read() as session:
        if since := await nudges.started_at(session):
            return [f"The weekly check-in has been running since {_date(since)}."]
        first = await nudges.first_round(session)
        if not first.people:
            raise Invalid("There is nobody to ask yet. Start the bot once: it reads the people from Slack.")
        if yes:
            await nudges.start(session, None, now=operator.now())
    return [
        estimate(first),
        "Started." if yes else "Nothing is started. To start: rapport nudges start --yes",
    ]


def estimate(first: FirstRound) -> str:
    """Slack's limits vary, so the estimate is a range."""
    fastest, slowest = duration(first.fastest), duration(first.slowest)
    takes = fastest if fastest == slowest else f"{fastest} to {slowest}"
    people = "1 person" if first.people == 1 else f"{first.people:,} people"
    return f"{people}: Slack's limits make the first round take {takes}, within office hours."


def duration(time: timedelta) -> str:
    """The time is rounded up to whole minutes."""
    minutes = max(1, -(-time // MINUTE))
    hours, rest = divmod(minutes, 60)
    return f"{minutes} min" if not hours else f"{hours} h {rest:02} min"


def _date(at: datetime) -> str:
    return f"{at:%-d %B %Y, %H:%M} UTC"
