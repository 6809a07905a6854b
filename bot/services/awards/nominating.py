"""Nominating a colleague: a mistake is reported under its field, and HR hears of nominations once a day."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, policy
from bot.errors import Invalid
from bot.models import AwardDecision, AwardType, Nomination, Person
from bot.models.awards import NewNomination
from bot.services import kudos, notifications, people, typed
from bot.services.awards.kinds import WAITING, waiting_key

TEXT_LIMIT, LINK_LIMIT, CONFLICT_LIMIT = 2000, 500, 500
A_FIELD, WRITTEN = "This field", ", and you wrote"
LINK = re.compile(r"https?://\S+")
MOST_TOLD = 20  # HR admins in one round of messages
NEWS = timedelta(days=3)  # after that the next nomination, or Home, will tell HR
ONLY_MEMBERS = "Colleagues are nominated by active colleagues. Ask HR if that should include you."
DECIDED = exists().where(AwardDecision.nomination_id == Nomination.id).correlate(Nomination)
"""Holds for a decided `Nomination` of the query around it."""


async def nominate(session: AsyncSession, me: Person, new: NewNomination, *, now: datetime) -> int:
    """Returns its id. Two windows of one nominator take turns, so that the second sees what the first wrote."""
    policy.require(me.is_active, ONLY_MEMBERS)
    await session.execute(select(Person.id).where(Person.id == me.id).with_for_update())
    nominee = await _nominee(session, me, new.nominee)
    award = await _award(session, new.type_id)
    new = _checked(new)
    await _require_value(session, new.value_id)
    await _require_news(session, me, nominee, award)
    nomination = Nomination(
        type_id=award.id,
        nominator_id=me.id,
        nominee_id=nominee.id,
        act=new.act,
        effect=new.effect,
        value_id=new.value_id,
        evidence=new.evidence or None,
        conflict=new.conflict or None,
        nominated_at=now,
    )
    await _tell(session, await _deciders(session, nomination, nominee), now)
    session.add(nomination)
    await session.flush()
    return nomination.id


async def _nominee(session: AsyncSession, me: Person, slack_user_id: str | None) -> Person:
    if not slack_user_id:
        raise Invalid("Choose whom you nominate.", field="who")
    (nominee,) = await people.refuse_outsiders(session, [slack_user_id], field="who")
    if not policy.may_nominate(me, nominee):
        raise Invalid(
            "You cannot nominate yourself. Choose a colleague; one who saw your work can nominate you.",
            field="who",
        )
    return nominee


async def _award(session: AsyncSession, type_id: int | None) -> AwardType:
    award = await session.get(AwardType, type_id) if type_id else None
    if award is None:
        raise Invalid("Choose the award.", field="award")
    if award.retired_at is not None:
        raise Invalid(f"“{award.name}” has been retired meanwhile. Choose another award.", field="award")
    return award


def _checked(new: NewNomination) -> NewNomination:
    required = partial(typed.required, what=A_FIELD, count=WRITTEN)
    optional = partial(typed.optional, what=A_FIELD, count=WRITTEN)
    ask_act, ask_effect = "Say what they did; one occasion is enough.", "Say what it changed, and for whom."
    checked = replace(
        new,
        act=required(new.act, field="act", most=TEXT_LIMIT, ask=ask_act),
        effect=required(new.effect, field="effect", most=TEXT_LIMIT, ask=ask_effect),
        evidence=optional(new.evidence, field="evidence", most=LINK_LIMIT),
        conflict=optional(new.conflict, field="conflict", most=CONFLICT_LIMIT),
    )
    if checked.evidence and not LINK.fullmatch(checked.evidence):
        raise Invalid(
            "That is not a link. Paste one that begins with https://, or leave it empty.", field="evidence"
        )
    return checked


async def _require_value(session: AsyncSession, value_id: int | None) -> None:
    if value_id is None:
        return
    if value_id not in [value.id for value in await kudos.VALUES.in_force(session)]:
        raise Invalid("That value has been retired meanwhile. Choose another value, or none.", field="value")


async def _require_news(session: AsyncSession, me: Person, nominee: Person, award: AwardType) -> None:
    """One nomination per person, colleague and award waits at a time; once that is decided, the next is
    welcome.
    """
    again = select(Nomination.id).where(
        Nomination.nominator_id == me.id,
        Nomination.nominee_id == nominee.id,
        Nomination.type_id == award.id,
        ~DECIDED,
    )
    if await session.scalar(again.limit(1)):
        raise Invalid(
            f"Your nomination of {nominee.name} for “{award.name}” is waiting for a decision already. "
            "Choose another award, or wait for it.",
            field="award",
        )


async def _deciders(session: AsyncSession, nomination: Nomination, nominee: Person) -> list[Person]:
    admins = await people.hr_admins(session, limit=MOST_TOLD)
    deciders = [one for one in admins if policy.may_decide_nomination(one, nomination, is_hr=True)]
    if not deciders:
        raise Invalid(
            f"Nobody could decide on it: that takes an HR admin besides you, {nominee.name} and whoever reports "
            "to them. Ask whoever runs Rapport to name one.",
            field="who",
        )
    return deciders


async def _tell(session: AsyncSession, deciders: list[Person], now: datetime) -> None:
    """The message names nobody: HR opens the list to read."""
    plans = [
        notifications.Plan(
            person_id=one.id,
            kind=WAITING,
            key=waiting_key(one.id, clock.local(now, one.timezone).date()),
            subject={},
            due_at=now,
            expires_at=now + NEWS,
        )
        for one in deciders
    ]
    await notifications.plan_many(session, plans)
