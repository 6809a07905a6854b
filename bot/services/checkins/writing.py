"""Writing a check-in: what its form shows, and saving the answers."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, policy
from bot.db import insert_rows
from bot.errors import Invalid, NotFound
from bot.models import Answer, Audience, Checkin, CheckinRevision, Load, Person, Workspace
from bot.models.checkins import Prefill, Shared
from bot.packs import Pack, Packs
from bot.services import nudges, people
from bot.services.checkins.asking import questions_for
from bot.services.checkins.obstacles import obstacle_for
from bot.services.checkins.reading import written
from bot.services.checkins.telling import tell_manager
from bot.spelling import command

REMEMBERED = 4  # check-ins; what was filled in there is shown at once
ONLY_MEMBERS = "Check-ins are for active members of this workspace. Ask HR if that should include you."


async def prefill(
    session: AsyncSession, me: Person, *, packs: Packs, now: datetime, week: date | None = None
) -> Prefill:
    """The form opens with the week asked for; else the oldest open week without a check-in; else the newest, to
    edit it.
    """
    policy.require(policy.may_write_checkin(me), ONLY_MEMBERS)
    open_weeks = clock.open_weeks(now, me.timezone)
    if week is not None:
        require_open(week, me, now)
    recent = await _recent(session, me, open_weeks[0])
    chosen = week or next((day for day in reversed(open_weeks) if day not in recent), open_weeks[0])
    asked = await questions_for(session, me, week=chosen, packs=packs)
    readers = await _readers(session, me)
    earlier = [recent[day] for day in sorted(recent, reverse=True) if day < chosen]
    return Prefill(
        week=chosen,
        closes_at=clock.closes_at(chosen, me.timezone),
        questions=asked.questions,
        manager=readers[0] if readers else None,
        line=tuple(readers[1:]),
        written=recent.get(chosen),
        planned_last_week=earlier[0].answer("next") if earlier else None,
        used=_used(earlier[:REMEMBERED], asked.pack),
    )


def _used(lately: Sequence[Checkin], pack: Pack) -> frozenset[str]:
    """The fields that were filled in lately. Rotating questions count as one, since each week asks another."""
    used = {answer.key for checkin in lately for answer in checkin.answers}
    rotating = {question.key for question in pack.rotating}
    if used & rotating:
        used |= rotating
    if any(checkin.energy for checkin in lately):
        used.add("energy")
    if any(checkin.load for checkin in lately):
        used.add("load")
    return frozenset(used)


async def shared(session: AsyncSession, me: Person, week: date) -> Shared:
    """My check-in of that week, and who reads it from now on."""
    checkin = await written(session, me, week)
    if checkin is None:
        raise NotFound(f"That check-in is not there any more. Send {command('checkin')} to write it again.")
    if checkin.audience == Audience.LINE:
        readers = await _readers(session, me)
    else:
        manager = await session.get(Person, checkin.manager_id) if checkin.manager_id else None
        readers = [manager] if manager and manager.is_active else []
    manager = readers[0] if readers else None
    told = manager is not None and obstacle_for(manager, me, checkin) is not None
    return Shared(checkin, clock.closes_at(week, me.timezone), manager, tuple(readers[1:]), told)


def require_open(week: date, me: Person, now: datetime) -> None:
    if week not in clock.open_weeks(now, me.timezone):
        closed = clock.local(clock.closes_at(week, me.timezone), me.timezone)
        raise Invalid(
            f"The week of {week:%-d %B} closed on {closed:%A at %H:%M}. Send {command('checkin')} for the current week."
            if week < clock.week_of(clock.local(now, me.timezone).date())
            else f"That week has not begun yet. Send {command('checkin')} for the current week."
        )


async def _recent(session: AsyncSession, me: Person, newest: date) -> dict[date, Checkin]:
    rows = await session.scalars(
        select(Checkin).where(Checkin.person_id == me.id, Checkin.week >= newest - timedelta(weeks=5))
    )
    return {checkin.week: checkin for checkin in rows}


async def _readers(session: AsyncSession, me: Person) -> list[Person]:
    """The manager comes first, then the line above if the company opened check-ins to it. Leavers are no
    readers.
    """
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
) -> int:
    """Writes or edits the week's check-in and returns its id. It is written for the author's present manager."""
    policy.require(policy.may_write_checkin(me), ONLY_MEMBERS)
    require_open(week, me, now)
    if not any(answer.text for answer in answers):
        raise Invalid("Write a few words in at least one answer.")
    content: dict[str, object] = {
        "answers": tuple(answer for answer in answers if answer.text),
        "energy": energy,
        "load": load,
        "manager_id": me.manager_id,
        "handed_over_at": None,
        "audience": Audience.LINE if await _line_above_reads(session) else Audience.MANAGER,
    }
    checkin_id = await _write(session, me, week, content, now) or await _edit(session, me, week, content, now)
    await tell_manager(session, me, Checkin(id=checkin_id, person_id=me.id, week=week, **content), now)
    return checkin_id


async def _write(
    session: AsyncSession, me: Person, week: date, content: Mapping[str, object], now: datetime
) -> int | None:
    """Saves the week's first version, unless there is one already, and cancels the messages that still ask for
    it.
    """
    first = {"person_id": me.id, "week": week, "revision": 1, "submitted_at": now}
    written = await insert_rows(session, Checkin, [{**first, **content}])
    if not written:
        return None
    await nudges.cancel_answered(session, me.id, week, now)
    return written[0]


async def _edit(
    session: AsyncSession, me: Person, week: date, content: Mapping[str, object], now: datetime
) -> int:
    """Keeps the former version as a `CheckinRevision`."""
    written = select(Checkin).where(Checkin.person_id == me.id, Checkin.week == week)
    checkin = (await session.scalars(written.with_for_update())).one()
    _keep_former_version(session, checkin, now)
    for name, value in content.items():
        setattr(checkin, name, value)
    await session.flush()
    return checkin.id


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
