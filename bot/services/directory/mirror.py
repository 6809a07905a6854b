"""Writes Slack's accounts into the directory, many at a time. Writing them again changes nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import is_away
from bot.db import insert_rows, update_rows
from bot.models import Person, PersonKind
from bot.services import people
from bot.services.directory.addresses import Settled, settle
from bot.services.directory.listing import close_listing, open_listing
from bot.services.directory.members import SlackMember
from bot.services.directory.merging import PassOn, hand_over

CHUNK = 500  # accounts looked up in one statement, each by id and by address


@dataclass(frozen=True, slots=True)
class Mirrored:
    """The result for the accounts. `departed`: Slack no longer lists them; `doubted`: see `close_listing`."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    departed: int = 0
    doubted: int = 0

    def __add__(self, other: "Mirrored") -> "Mirrored":
        return Mirrored(
            self.new + other.new,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.departed + other.departed,
            self.doubted + other.doubted,
        )


async def apply(
    session: AsyncSession,
    members: Iterable[SlackMember],
    *,
    pass_on: Sequence[PassOn],
    now: datetime,
    complete: bool,
) -> Mirrored:
    """`complete` means that these are all accounts, so that people who are missing have left. `pass_on` are the
    capabilities' parts of joining two rows of one person.
    """
    latest = {member.slack_user_id: member for member in members}
    await people.lock_directory(session)
    total = Mirrored()
    for chunk in people.chunked(latest.values(), CHUNK):
        total += await _mirror(session, chunk, pass_on, now)
    if complete:
        before = await open_listing(session)
        closed = await close_listing(session, before=before, seen=latest.keys(), now=now)
        total += Mirrored(departed=closed.departed, doubted=closed.doubted)
    return total


async def _mirror(
    session: AsyncSession, members: Sequence[SlackMember], pass_on: Sequence[PassOn], now: datetime
) -> Mirrored:
    known = await _known(session, members)
    fresh = _without_old_news(members, known)
    settled = settle(fresh, known)
    new, changed = _differences(fresh, settled, now)
    await _free_addresses(session, settled, changed)
    await update_rows(session, Person, changed)
    added = await insert_rows(session, Person, new)
    await hand_over(session, settled.heirs, pass_on=pass_on, now=now)
    return Mirrored(len(added), len(changed), len(members) - len(added) - len(changed))


async def _known(session: AsyncSession, members: Sequence[SlackMember]) -> list[Person]:
    accounts = [member.slack_user_id for member in members]
    addresses = [member.email for member in members if member.email]
    found = select(Person).where(or_(Person.slack_user_id.in_(accounts), Person.email.in_(addresses)))
    return list(await session.scalars(found.execution_options(populate_existing=True)))


def _without_old_news(members: Sequence[SlackMember], known: Sequence[Person]) -> list[SlackMember]:
    """Events may arrive out of order; news older than what we know is dropped."""
    stamps = {person.slack_user_id: person.slack_updated_at for person in known}

    def is_old(member: SlackMember) -> bool:
        stamp = stamps.get(member.slack_user_id)
        return stamp is not None and member.updated_at is not None and member.updated_at < stamp

    return [member for member in members if not is_old(member)]


def _differences(
    members: Sequence[SlackMember], settled: Settled, now: datetime
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """The rows to insert, and the rows to update. A leaver we never knew is ignored."""
    new, changed = [], []
    for member in members:
        row = settled.rows.get(member.slack_user_id)
        values = _values(member, row, settled.emails.get(member.slack_user_id), now)
        if row is None and not member.deleted:
            new.append(values)
        elif row is not None and any(getattr(row, column) != value for column, value in values.items()):
            changed.append({"id": row.id, **values})
    return new, changed


def _values(member: SlackMember, row: Person | None, email: str | None, now: datetime) -> dict[str, object]:
    """The columns for which Slack leads. A field that Slack left out stays as it is."""
    before = row or Person(name=member.slack_user_id, kind=PersonKind.MEMBER, title_from_csv=False)
    away_since, away_until = _absence(member, before, now)
    moved = member.timezone not in (None, before.slack_timezone) and before.slack_timezone is not None
    title = before.title if member.title is None or before.title_from_csv else member.title or None
    return {
        "slack_user_id": member.slack_user_id,
        "email": email,
        "name": member.name or before.name,
        "kind": member.kind or before.kind,
        "title": title,
        "timezone": member.timezone if moved or before.timezone is None else before.timezone,
        "slack_timezone": member.timezone or before.slack_timezone,
        "slack_updated_at": member.updated_at or before.slack_updated_at,
        "away_since": away_since,
        "away_until": away_until,
        "deactivated_at": (before.deactivated_at or now) if member.deleted else None,
    }


def _absence(member: SlackMember, before: Person, now: datetime) -> tuple[datetime | None, datetime | None]:
    """The beginning and the end of an absence; it begins when we first saw it."""
    if member.away is None:
        return before.away_since, before.away_until
    if not member.away or (member.away_until is not None and member.away_until <= now):
        return None, None
    goes_on = is_away(before.away_since, before.away_until, now)
    return (before.away_since if goes_on else now), member.away_until


async def _free_addresses(
    session: AsyncSession, settled: Settled, changed: Sequence[dict[str, object]]
) -> None:
    """Addresses are unique, and two people may swap theirs: all are given up first, then taken."""
    wanted = {change["id"]: change["email"] for change in changed}
    moving = [row for row in settled.rows.values() if row.id in wanted and row.email != wanted[row.id]]
    ids = [person.id for person in (*settled.losing, *moving) if person.email is not None]
    if ids:
        await session.execute(update(Person).where(Person.id.in_(ids)).values(email=None))
