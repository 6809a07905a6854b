"""Matches Slack's accounts with the people we know, and settles who has which e-mail address. Pure functions.

An address belongs to one person. If two claim it, an active account comes before a deactivated one, fresh news
before old. A row known only by e-mail (from a CSV) becomes that account's row. If the account has a row
already, both rows are the same person, and `merging` hands over.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.models import Person, PersonKind
from bot.services.directory.members import SlackMember

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Settled:
    """The result, by Slack id: each account's row and address. It also lists the people who lose theirs, and
    the rows that turn out to be somebody else's.
    """

    rows: dict[str, Person]
    emails: dict[str, str] = field(default_factory=dict)
    losing: list[Person] = field(default_factory=list)
    heirs: list[tuple[Person, Person]] = field(default_factory=list)


def settle(members: Sequence[SlackMember], known: Iterable[Person]) -> Settled:
    known = list(known)
    accounts = {person.slack_user_id: person for person in known if person.slack_user_id}
    holders = {person.email: person for person in known if person.email}
    here = {member.slack_user_id for member in members}
    settled = Settled({account: row for account, row in accounts.items() if account in here})
    for email, member in _winners(members, settled.rows).items():
        holder = holders.get(email)
        if holder is not None and holder.slack_user_id not in here:
            if member.deleted and holder.slack_user_id and holder.deactivated_at is None:
                continue  # a leaver's account does not take an address from a colleague
            _take(settled, member, holder)
        settled.emails[member.slack_user_id] = email
    return settled


def _winners(members: Sequence[SlackMember], rows: Mapping[str, Person]) -> dict[str, SlackMember]:
    claims: defaultdict[str, list[SlackMember]] = defaultdict(list)
    for member in members:
        row = rows.get(member.slack_user_id)
        if email := member.email or (row.email if row else None):
            claims[email].append(member)
    return {email: max(claimants, key=_strength) for email, claimants in claims.items()}


def _strength(member: SlackMember) -> tuple[bool, bool, datetime]:
    return (not member.deleted, member.email is not None, member.updated_at or LONG_AGO)


def _take(settled: Settled, member: SlackMember, holder: Person) -> None:
    row = settled.rows.get(member.slack_user_id)
    if holder.slack_user_id is None and row is None and member.kind != PersonKind.BOT:
        settled.rows[member.slack_user_id] = holder
        return
    settled.losing.append(holder)
    if holder.slack_user_id is None and row is not None:
        settled.heirs.append((holder, row))
