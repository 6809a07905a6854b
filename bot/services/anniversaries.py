"""Work anniversaries: two weeks before one, the manager receives a draft. The bot itself congratulates nobody.

People who do not want theirs mentioned say so once, and nobody is told that they did.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, String, cast, exists, extract, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot import clock, policy
from bot.db import insert_rows
from bot.errors import NotFound
from bot.models import AnniversaryPreference, Notification, Person, PersonKind
from bot.models.anniversaries import Anniversary
from bot.models.notifications import Why
from bot.services import kudos, notifications, people
from bot.services.notifications import Ended, Kind, Rank
from bot.services.nudges import rollout

AHEAD = timedelta(days=14)
HORIZON = timedelta(days=2)  # a message is planned this long before it is due, as with nudges
AT_ONCE = 1_000  # people in one transaction; the next turn takes the others
ONLY_OWN = "Everybody decides for themselves whether their anniversary is mentioned."


async def _day_is_over(
    session: AsyncSession, said: Sequence[Notification], now: datetime
) -> dict[int, Ended]:
    """The day has passed where the colleague is, or they left."""
    everybody = await notifications.readers(session, (one.subject["person"] for one in said))
    over: dict[int, Ended] = {}
    for one in said:
        person = everybody.get(one.subject["person"])
        day = date.fromisoformat(one.subject["day"])
        if ended := notifications.left(person):
            over[one.id] = ended
        elif person and clock.local(now, person.timezone).date() > day:
            over[one.id] = Ended("That day has passed")
    return over


ANNIVERSARY = Kind(
    name="anniversaries.coming",
    rank=Rank.NEWS,
    why=Why(
        part_of="Work anniversaries",
        rule="Two weeks before somebody who reports to you has a work anniversary, unless they do not want it.",
        set_by="The directory says when they began and who reports to you.",
    ),
    ends=_day_is_over,
)
UNAVAILABLE = "That anniversary is not available to you: only the person's manager prepares it."


async def plan(session: AsyncSession, *, now: datetime) -> int:
    """Each person's manager gets one notification per year. Planning again adds nothing."""
    if await rollout.started_at(session) is None:
        return 0
    planned = 0
    for day in _days(now):
        planned += await _plan_day(session, day, now)
    return planned


def _days(now: datetime) -> list[date]:
    """The days whose anniversaries should be mentioned by now, or soon."""
    ahead = (AHEAD + HORIZON).days
    return [now.date() + timedelta(days=number) for number in range(1, ahead + 1)]


async def _plan_day(session: AsyncSession, day: date, now: datetime) -> int:
    manager = aliased(Person)
    reachable = (
        manager.kind == PersonKind.MEMBER,
        manager.deactivated_at.is_(None),
        manager.slack_user_id.is_not(None),
    )
    unwanted = exists().where(
        AnniversaryPreference.person_id == Person.id, AnniversaryPreference.mentioned.is_(False)
    )
    row = aliased(Notification)
    key_of = literal(f"{ANNIVERSARY.name}:") + cast(Person.id, String) + f":{day.year}"
    known = exists().where(row.key == key_of)
    found = await session.execute(
        select(Person.id, manager)
        .join(manager, manager.id == Person.manager_id)
        .where(*people.ACTIVE, *reachable, _began_on(day), ~unwanted, ~known)
        .order_by(Person.id)
        .limit(AT_ONCE)
    )
    plans = [plan for person_id, boss in found if (plan := _plan(person_id, boss, day, now)) is not None]
    return await notifications.plan_many(session, plans)


def _began_on(day: date) -> ColumnElement[bool]:
    """The person began on that day of an earlier year. Somebody who began on 29 February has their day on the
    28th in most years.
    """
    days = [day.month * 100 + day.day]
    if (day + timedelta(days=1)).month == 3 and day.day == 28:
        days.append(229)
    began = extract("month", Person.start_date) * 100 + extract("day", Person.start_date)
    return began.in_(days) & (Person.start_date < date(day.year, 1, 1))


def _plan(person_id: int, manager: Person, day: date, now: datetime) -> notifications.Plan | None:
    """The manager is told at 09:00 of a working day of theirs; None if no such day is left before the
    anniversary.
    """
    wanted = clock.due_at(day - AHEAD, clock.MORNING, manager.timezone)
    opens = clock.next_open(max(now, wanted), manager.timezone, manager.country, opens=clock.MORNING)
    expires_at = clock.due_at(day, clock.MORNING, manager.timezone)
    if opens >= expires_at:
        return None
    seconds = clock.spread(person_id, clock.week_of(day), clock.WINDOW * 60)
    return notifications.Plan(
        person_id=manager.id,
        kind=ANNIVERSARY,
        key=key(person_id, day.year),
        subject={"person": person_id, "day": day.isoformat()},
        due_at=opens + timedelta(seconds=seconds),
        expires_at=expires_at,
    )


def key(person_id: int, year: int) -> str:
    return f"{ANNIVERSARY.name}:{person_id}:{year}"


async def coming(session: AsyncSession, viewer: Person, person_id: int, day: date) -> Anniversary:
    """The manager and the person's wish are looked up anew whenever the message is shown."""
    person = await people.by_id(session, person_id)
    mentioned = await is_mentioned(session, person)
    if person.start_date is None or not policy.may_read_anniversary(viewer, person, mentioned=mentioned):
        raise NotFound(UNAVAILABLE)
    thanked = await kudos.last_in_public(session, person)
    return Anniversary(
        person=person,
        years=day.year - person.start_date.year,
        day=day,
        thanked_at=thanked[0] if thanked else None,
        thanked_by=thanked[1] if thanked else None,
    )


async def is_mentioned(session: AsyncSession, person: Person) -> bool:
    wish = select(AnniversaryPreference.mentioned).where(AnniversaryPreference.person_id == person.id)
    return await session.scalar(wish) is not False


async def choose(
    session: AsyncSession, actor: Person, *, person: Person, mentioned: bool, now: datetime
) -> None:
    """The choice holds until the person says otherwise. What is planned for this year is taken back."""
    policy.require(policy.may_choose_anniversary(actor, person), ONLY_OWN)
    chosen = {"mentioned": mentioned, "chosen_at": now}
    if not await insert_rows(session, AnniversaryPreference, [{"person_id": person.id, **chosen}]):
        own = AnniversaryPreference.person_id == person.id
        await session.execute(update(AnniversaryPreference).where(own).values(**chosen))
    if not mentioned:
        await notifications.cancel(session, *_keys_about(person, now), reason="not_visible")


def _keys_about(person: Person, now: datetime) -> Sequence[str]:
    """The keys of this year's notification and, at the end of a year, of the next one's."""
    return [key(person.id, now.year + ahead) for ahead in (0, 1)]
