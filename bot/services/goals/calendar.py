"""Periods of goals: the calendar's quarters, and whatever spans HR has set beside them."""

import re
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, policy
from bot.errors import Invalid
from bot.models import GoalPeriod, Person
from bot.models.goals import Period
from bot.services import people, typed
from bot.services.goals import limits

QUARTER = re.compile(r"Q([1-4]) (\d{4})")
NAME = 32  # characters
LONGEST = timedelta(days=3 * 366)
ON_OFFER = 20
YEARS_AROUND = 10  # a quarter further away is a slip of the keyboard
ONLY_HR = "Only HR admins set the periods of goals. Ask one of them to change it."


def quarter(day: date) -> Period:
    first, last = clock.quarter_of(day)
    return Period(f"Q{(first.month + 2) // 3} {first.year}", first, last)


def quarter_after(last: date) -> Period:
    """The quarter of the next day."""
    return quarter(last + timedelta(days=1))


async def periods(session: AsyncSession, *, now: datetime, timezone: str | None) -> tuple[Period, ...]:
    """People choose among this quarter, the next one, and HR's periods that are not over yet."""
    today = clock.local(now, timezone).date()
    current = quarter(today)
    rows = await session.scalars(
        select(GoalPeriod)
        .where(GoalPeriod.ends_on >= today)
        .order_by(GoalPeriod.starts_on, GoalPeriod.id)
        .limit(ON_OFFER)
    )
    set_by_hr = (Period(row.name, row.starts_on, row.ends_on) for row in rows)
    return (current, quarter_after(current.ends_on), *set_by_hr)


async def named(session: AsyncSession, name: str | None, *, today: date) -> Period:
    """Past periods are found too. No name means the current quarter."""
    if name is None:
        return quarter(today)
    if match := QUARTER.fullmatch(name.strip()):
        number, year = (int(part) for part in match.groups())
        if abs(year - today.year) <= YEARS_AROUND:
            return quarter(date(year, number * 3, 1))
    row = await session.scalar(select(GoalPeriod).where(GoalPeriod.name == name.strip()))
    if row is None:
        raise Invalid(
            "There is no such period. Choose one from the list, or name a quarter: Q1 2027.", field="period"
        )
    return Period(row.name, row.starts_on, row.ends_on)


async def set_period(
    session: AsyncSession, actor: Person, *, name: str, starts_on: date, ends_on: date, now: datetime
) -> None:
    """A period of the same name is replaced. Goals that were set for it keep their dates."""
    policy.require(await people.is_hr(session, actor), ONLY_HR)
    await people.lock_directory(session)  # two who set the same period at once
    ask = "Give the period a name: 2027, or H1 2027."
    name = typed.required(name, field="name", most=NAME, ask=ask, count=limits.YOURS)
    if QUARTER.fullmatch(name):
        raise Invalid("Calendar quarters are there by themselves. Choose another name.", field="name")
    if ends_on <= starts_on:
        raise Invalid("A period ends after it begins. Choose a later day.", field="ends_on")
    if ends_on - starts_on > LONGEST:
        raise Invalid("A period lasts three years at most. Choose an earlier day.", field="ends_on")
    await session.execute(delete(GoalPeriod).where(GoalPeriod.name == name))
    session.add(GoalPeriod(name=name, starts_on=starts_on, ends_on=ends_on, set_by_id=actor.id, set_at=now))
    await session.flush()


async def remove_period(session: AsyncSession, actor: Person, *, name: str) -> bool:
    """Returns False if there was none. Goals of that period keep its name and dates."""
    policy.require(await people.is_hr(session, actor), ONLY_HR)
    removed = await session.scalars(
        delete(GoalPeriod).where(GoalPeriod.name == name).returning(GoalPeriod.id)
    )
    return bool(removed.all())
