"""The checks of a thank-you; each objection names its field. A preview and a real thank-you pass the same
checks.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import policy
from bot.errors import Invalid
from bot.models import CompanyValue, Kudos, KudosReceiver, Person
from bot.models.kudos import CheckedThanks, Thanks
from bot.services import goals, people, typed
from bot.services.kudos.preferences import in_private
from bot.services.kudos.taking_back import TAKEN_BACK

MOST_RECEIVERS = 10
TEXT_LIMIT = 2000
TWICE = timedelta(minutes=1)
ONLY_MEMBERS = "Thanks are given by active colleagues. Ask HR if that should include you."


async def checked(session: AsyncSession, me: Person, thanks: Thanks, *, now: datetime) -> CheckedThanks:
    policy.require(me.is_active, ONLY_MEMBERS)
    _require_number(me, thanks.receivers)
    receivers = await people.refuse_outsiders(session, thanks.receivers, field="who")
    thanks = replace(thanks, text=_words(thanks.text))
    value = await _value(session, thanks.value_id)
    goal = await _goal(session, thanks.goal_id)
    await _require_news(session, me, receivers, thanks.text, now)
    private = await in_private(session, (person.id for person in receivers))
    return CheckedThanks(
        thanks, tuple(receivers), tuple(person for person in receivers if person.id in private), value, goal
    )


async def colleagues_among(
    session: AsyncSession, me: Person, slack_user_ids: Sequence[str]
) -> tuple[str, ...]:
    """The members of a group who can be thanked. The person themselves is left out, and nobody is refused."""
    found = await session.scalars(
        select(Person.slack_user_id)
        .where(Person.slack_user_id.in_(slack_user_ids), Person.id != me.id, *people.ACTIVE)
        .order_by(Person.name, Person.id)
    )
    return tuple(one for one in found if one)


def _require_number(me: Person, receivers: Sequence[str]) -> None:
    if not receivers:
        raise Invalid("Nobody is named here. Choose whom you thank.", field="who")
    if me.slack_user_id in receivers:
        raise Invalid(
            "You cannot thank yourself. Take yourself off the list; a colleague who saw it can thank you.",
            field="who",
        )
    if (number := len(set(receivers))) > MOST_RECEIVERS:
        raise Invalid(
            f"A thank-you goes to {MOST_RECEIVERS} people at most, and this one to {number}. "
            "Name those who did it; thanks to everybody reach nobody.",
            field="who",
        )


def _words(text: str) -> str:
    return typed.required(
        text,
        field="text",
        most=TEXT_LIMIT,
        ask="Say what they did; one sentence is enough.",
        what="A thank-you",
        count="; this one has",
    )


async def _value(session: AsyncSession, value_id: int | None) -> CompanyValue | None:
    if value_id is None:
        return None
    value = await session.get(CompanyValue, value_id)
    if value is None or value.retired_at is not None:
        name = f"“{value.name}”" if value else "That value"
        raise Invalid(f"{name} has been retired meanwhile. Choose another value, or none.", field="value")
    return value


async def _goal(session: AsyncSession, goal_id: int | None) -> str | None:
    """The goal's title. Whole channels read thanks, so everybody must be allowed to read that goal."""
    if goal_id is None:
        return None
    titles = await goals.titles(session, [goal_id])
    if goal_id not in titles:
        raise Invalid(
            "Thanks can name only goals that the whole company may read. Choose another goal, or none.",
            field="goal",
        )
    return titles[goal_id]


async def _require_news(
    session: AsyncSession, me: Person, receivers: Sequence[Person], text: str, now: datetime
) -> None:
    """The same words to one of the same people within a minute are a slip, unless the first were taken back."""
    again = await session.scalar(
        select(Person.name)
        .join(KudosReceiver, KudosReceiver.person_id == Person.id)
        .join(Kudos, Kudos.id == KudosReceiver.kudos_id)
        .where(
            Kudos.giver_id == me.id,
            Kudos.given_at > now - TWICE,
            Kudos.text == text,
            KudosReceiver.person_id.in_([person.id for person in receivers]),
            ~TAKEN_BACK,
        )
        .limit(1)
    )
    if again:
        raise Invalid(
            f"You thanked {again} in these words a moment ago, and it is saved. "
            "Close this, or say what was different this time.",
            field="text",
        )
