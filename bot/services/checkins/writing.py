"""Writing a check-in: what the form needs to know, and saving what came back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, policy
from bot.errors import Invalid
from bot.models import Answer, Audience, Checkin, CheckinRevision, Load, Person, Workspace
from bot.models.checkins import Draft
from bot.packs import Packs
from bot.services import notices, nudges, people
from bot.services.checkins.asking import questions_for

ONLY_MEMBERS = "Check-ins are for active members of this workspace. Ask HR if that should include you."


@dataclass(frozen=True, slots=True)
class Saved:
    checkin: Checkin
    is_edit: bool


async def draft(
    session: AsyncSession, me: Person, *, packs: Packs, now: datetime, week: date | None = None
) -> Draft:
    """The week asked for; else the oldest open week without a check-in; else the newest, to edit it."""
    policy.require(policy.may_write_checkin(me), ONLY_MEMBERS)
    open_weeks = clock.open_weeks(now, me.timezone)
    if week is not None:
        require_open(week, me, now)
    recent = await _recent(session, me, open_weeks[0])
    chosen = week or next((day for day in reversed(open_weeks) if day not in recent), open_weeks[0])
    asked = await questions_for(session, me, week=chosen, packs=packs)
    readers = await _readers(session, me)
    earlier = [recent[day] for day in sorted(recent, reverse=True) if day < chosen]
    return Draft(
        week=chosen,
        closes_at=clock.closes_at(chosen, me.timezone),
        questions=asked.questions,
        manager=readers[0] if readers else None,
        line=tuple(readers[1:]),
        written=recent.get(chosen),
        planned_last_week=earlier[0].answer("next") if earlier else None,
    )


def require_open(week: date, me: Person, now: datetime) -> None:
    if week not in clock.open_weeks(now, me.timezone):
        closed = clock.local(clock.closes_at(week, me.timezone), me.timezone)
        raise Invalid(
            f"The week of {week:%-d %B} closed on {closed:%A at %H:%M}. Send /checkin for the current week."
            if week < clock.week_of(clock.local(now, me.timezone).date())
            else "That week has not begun yet. Send /checkin for the current week."
        )


async def _recent(session: AsyncSession, me: Person, newest: date) -> dict[date, Checkin]:
    rows = await session.scalars(
        select(Checkin).where(Checkin.person_id == me.id, Checkin.week >= newest - timedelta(weeks=5))
    )
    return {checkin.week: checkin for checkin in rows}


async def _readers(session: AsyncSession, me: Person) -> list[Person]:
    """The manager first, then the line above if the company opened check-ins to it. Who left reads nothing."""
    line = await people.line_above(session, me)
    if not line or not line[0].is_active:
        return []
    above = line[1:] if await _line_above_reads(session) else []
    return [line[0], *(person for person in above if person.is_active)]


async def _line_above_reads(session: AsyncSession) -> bool:
    return bool(await session.scalar(select(Workspace.line_above_reads_checkins)))


async def submit(
    session: AsyncSession,
    me: Person,
    *,
    week: date,
    answers: Sequence[Answer],
    energy: int | None,
    load: Load | None,
    now: datetime,
) -> Saved:
    """Writes or edits the week's check-in. The first time takes back what still asks for it, and tells the manager.

    An edit keeps the former version as a `CheckinRevision`. Whoever manages the author now is who it is for.
    """
    policy.require(policy.may_write_checkin(me), ONLY_MEMBERS)
    require_open(week, me, now)
    if not any(answer.text for answer in answers):
        raise Invalid("Write a few words in at least one answer.")
    row = (
        await session.execute(
            select(Workspace.line_above_reads_checkins, Checkin).join_from(
                Workspace, Checkin, (Checkin.person_id == me.id) & (Checkin.week == week), isouter=True
            )
        )
    ).one()
    checkin = row.Checkin or Checkin(person_id=me.id, week=week, submitted_at=now, revision=1)
    if row.Checkin is not None:
        _keep_former_version(session, checkin, now)
    checkin.answers = tuple(answer for answer in answers if answer.text)
    checkin.energy, checkin.load = energy, load
    checkin.manager_id, checkin.handed_over_at = me.manager_id, None
    checkin.audience = Audience.LINE if row.line_above_reads_checkins else Audience.MANAGER
    session.add(checkin)
    await session.flush()
    if row.Checkin is None:
        await nudges.cancel_answered(session, me.id, week, now)
    await _tell_manager(session, checkin, now)
    return Saved(checkin, is_edit=row.Checkin is not None)


def _keep_former_version(session: AsyncSession, checkin: Checkin, now: datetime) -> None:
    session.add(
        CheckinRevision(
            checkin_id=checkin.id,
            revision=checkin.revision,
            answers=checkin.answers,
            energy=checkin.energy,
            load=checkin.load,
            replaced_at=now,
        )
    )
    checkin.revision += 1
    checkin.edited_at = now


async def _tell_manager(session: AsyncSession, checkin: Checkin, now: datetime) -> None:
    """One message per check-in and manager: the key makes every later edit silent."""
    if checkin.manager_id is not None:
        await notices.plan(
            session,
            person_id=checkin.manager_id,
            kind="checkins.shared",
            key=f"checkins.shared:{checkin.id}:{checkin.manager_id}",
            subject={"checkin": checkin.id},
            due_at=now,
        )
