"""`rapport nudges preview` and `ledger`: which messages are to come, and what became of earlier ones."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.capabilities import house
from bot.cli import Operator
from bot.cli.printing import as_json, table
from bot.errors import Invalid
from bot.models import Notification, NotificationState, Person
from bot.packs import shipped_packs
from bot.services import notifications, nudges, people
from bot.services.notifications import Kind
from bot.services.nudges import PlannedNudge

MOST_DAYS = 60
MOST_ROWS = 100_000
FARTHEST = timedelta(days=366)

Kinds = Mapping[str, Kind]
AsJson = Annotated[bool, typer.Option("--json", help="As a JSON list, for other programs.")]
Limit = Annotated[int, typer.Option(help=f"At most this many: 1 to {MOST_ROWS}.")]
Whom = Annotated[str | None, typer.Option("--person", help="Only this person, by e-mail address.")]


def preview(
    context: typer.Context,
    at: Annotated[
        str | None, typer.Option(help="From when on: 2026-11-20 or 2026-11-20T09:00+01:00; UTC by default.")
    ] = None,
    days: Annotated[int, typer.Option(help=f"How many days from then: 1 to {MOST_DAYS}.")] = 7,
    person: Whom = None,
    as_json_list: AsJson = False,
    limit: Limit = 200,
) -> None:
    """Show who will be told what and when, and why; or why not. Nothing is planned or sent by that."""
    operator: Operator = context.obj
    since = moment(at, now=operator.now())
    require_between("--days", days, MOST_DAYS)
    require_between("--limit", limit, MOST_ROWS)
    found = operator.run(_preview(operator, since, days, person, limit))
    if as_json_list:
        typer.echo(as_json(map(planned, found.nudges)))
    else:
        kinds = house().kinds
        head = ("DUE", "PERSON", "KIND", "STATE", "WHY, OR WHY NOT")
        for line in table(head, (_planned_cells(one, kinds) for one in found.nudges)):
            typer.echo(line)
    say_how_many_more(found.total - len(found.nudges))
    if not found.total:
        typer.echo("Nothing falls into that time. Look further with --days or --at.", err=True)


async def _preview(
    operator: Operator, since: datetime, days: int, email: str | None, limit: int
) -> nudges.Preview:
    async with operator.read() as session:
        person = await _whom(session, email)
        packs = shipped_packs()
        return await nudges.preview(session, at=since, days=days, person=person, packs=packs, limit=limit)


def ledger(
    context: typer.Context,
    person: Whom = None,
    state: Annotated[str | None, typer.Option(help=f"Only these: {', '.join(NotificationState)}.")] = None,
    as_json_list: AsJson = False,
    limit: Limit = 50,
) -> None:
    """Show what was planned and what became of it, the latest first."""
    operator: Operator = context.obj
    wanted = state_named(state)
    require_between("--limit", limit, MOST_ROWS)
    found = operator.run(_ledger(operator, person, wanted, limit))
    if as_json_list:
        typer.echo(as_json(entry(*one) for one in found.entries))
    else:
        kinds = house().kinds
        head = ("ID", "DUE", "PERSON", "KIND", "STATE", "REASON")
        for line in table(head, (_entry_cells(*one, kinds) for one in found.entries)):
            typer.echo(line)
    say_how_many_more(found.total - len(found.entries))
    if not found.total:
        typer.echo(
            "No such notification in the ledger. To see what will come, run: rapport nudges preview", err=True
        )


async def _ledger(
    operator: Operator, email: str | None, state: NotificationState | None, limit: int
) -> notifications.Listing:
    async with operator.read() as session:
        person = await _whom(session, email)
        return await notifications.entries(session, person=person, state=state, limit=limit)


async def _whom(session: AsyncSession, email: str | None) -> Person | None:
    return await people.by_email(session, email) if email is not None else None


# What was typed


def moment(text: str | None, *, now: datetime) -> datetime:
    """A moment without an offset is in UTC. It lies at most a year away: no rhythm is known for longer."""
    if text is None:
        return now
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise Invalid(
            f'--at: "{text}" is no date. Write it like 2026-11-20 or 2026-11-20T09:00+01:00.'
        ) from None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    if abs(at - now) > FARTHEST:
        raise Invalid(f"--at: {text} is more than a year away. Choose a nearer day.")
    return at.astimezone(UTC)


def require_between(option: str, number: int, most: int) -> None:
    if not 1 <= number <= most:
        raise Invalid(f"{option}: {number} is out of range. Choose a number from 1 to {most}.")


def state_named(word: str | None) -> NotificationState | None:
    if word is None:
        return None
    try:
        return NotificationState(word.lower())
    except ValueError:
        raise Invalid(
            f'--state: there is no "{word}". Choose one of: {", ".join(NotificationState)}.'
        ) from None


# What is printed


def planned(one: PlannedNudge) -> Mapping[str, object]:
    return {
        "person": one.email,
        "name": one.name,
        "kind": one.kind,
        "due": clock.local(one.due_at, one.timezone).isoformat(),
        "timezone": one.timezone,
        "state": one.state,
        "reason": one.reason,
        "rule": one.rule,
    }


def _planned_cells(one: PlannedNudge, kinds: Kinds) -> tuple[str | None, ...]:
    why = one.rule if one.reason is None else notifications.words(one.reason, kinds.get(one.kind))
    return (there(one.due_at, one.timezone), one.email or one.name, one.kind, one.state, why)


def entry(notification: Notification, person: Person) -> Mapping[str, object]:
    """A snoozed notification reads as sent: nobody else learns that somebody snoozed."""
    at = notification.sent_at if notification.state == NotificationState.SENT else None
    arrived = clock.local(at, person.timezone) if at else None
    return {
        "id": notification.id,
        "person": person.email,
        "name": person.name,
        "kind": notification.kind,
        "due": clock.local(notification.due_at, person.timezone).isoformat(),
        "timezone": clock.zone(person.timezone).key,
        "state": notification.state,
        "reason": notifications.shown(notification.state, notification.reason),
        "sent": arrived.isoformat() if arrived else None,
        "attempts": notification.attempts,
        "said_with": notification.merged_into_id,
    }


def _entry_cells(notification: Notification, person: Person, kinds: Kinds) -> tuple[str | None, ...]:
    shown = notifications.shown(notification.state, notification.reason)
    reason = notifications.words(shown, kinds.get(notification.kind))
    if notification.merged_into_id is not None:
        reason = f"in the message of {notification.merged_into_id}"
    due = there(notification.due_at, person.timezone)
    return (
        str(notification.id),
        due,
        person.email or person.name,
        notification.kind,
        notification.state,
        reason,
    )


def there(at: datetime, timezone: str | None) -> str:
    """The moment in the person's own time zone."""
    return f"{clock.local(at, timezone):%a %Y-%m-%d %H:%M} {clock.zone(timezone).key}"


def say_how_many_more(more: int) -> None:
    if more > 0:
        typer.echo(f"… and {more} more: use --limit.", err=True)
