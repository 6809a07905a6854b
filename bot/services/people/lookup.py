"""Finds people by the id or name that Slack, a form or an operator gives, and refuses people the bot does not
serve.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Invalid, NotAllowed, NotFound
from bot.models import Person
from bot.services.people.active import standing
from bot.services.people.hr import whom_to_ask
from bot.services.people.words import in_words


async def by_slack_id(session: AsyncSession, slack_user_id: str) -> Person:
    """The active colleague with that id. Unknown people, guests, apps and leavers each get their own refusal."""
    person = await session.scalar(select(Person).where(Person.slack_user_id == slack_user_id))
    if person is None:
        raise NotFound(f"I do not know you yet. Please {await whom_to_ask(session)} to add you to Rapport.")
    if not person.is_active:
        raise NotAllowed(
            f"Rapport is for colleagues, and here you are {standing(person)}. "
            f"If that is a mistake, please {await whom_to_ask(session)} to correct it."
        )
    return person


async def by_id(session: AsyncSession, person_id: int) -> Person:
    person = await session.get(Person, person_id)
    if person is None:
        raise NotFound("That person is not in the directory.")
    return person


async def by_email(session: AsyncSession, email: str) -> Person:
    person = await session.scalar(select(Person).where(Person.email == email.strip().lower()))
    if person is None:
        raise NotFound(
            "Nobody in the directory has that e-mail address. To see who does: rapport people list"
        )
    return person


async def refuse_outsiders(
    session: AsyncSession, slack_user_ids: Sequence[str], *, field: str | None = None
) -> list[Person]:
    """The picked colleagues, in the order picked. If others are among them, one sentence refuses all of those."""
    found = await session.scalars(select(Person).where(Person.slack_user_id.in_(slack_user_ids)))
    known = {person.slack_user_id: person for person in found}
    outside = [f"{person.name} ({standing(person)})" for person in known.values() if not person.is_active]
    strangers = len(set(slack_user_ids) - known.keys())
    if strangers:
        outside.append(
            "somebody I do not know yet" if strangers == 1 else f"{strangers} people I do not know yet"
        )
    if outside:
        raise Invalid(
            f"Only active colleagues can be chosen here. Take {in_words(outside)} off the list.", field=field
        )
    return [known[slack_user_id] for slack_user_id in dict.fromkeys(slack_user_ids)]


async def names_of(session: AsyncSession, slack_user_ids: Sequence[str]) -> dict[str, str]:
    """The names of the people who are in the directory, active or not."""
    rows = await session.execute(
        select(Person.slack_user_id, Person.name).where(Person.slack_user_id.in_(slack_user_ids))
    )
    return {slack_user_id: name for slack_user_id, name in rows if slack_user_id}
