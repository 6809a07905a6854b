"""What was not said is said after all, if it still makes sense: the operator asks for it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.errors import Invalid, NotFound
from bot.models import Checkin, Notice, NoticeState, Person
from bot.services import pauses, people
from bot.services.notices.marks import NOT_THIS_WEEK
from bot.services.nudges import programme
from bot.services.nudges.kinds import DIGEST, NUDGE, PLANNED, REMINDER, UNASKED

UNSETTLED = "unsettled"
LARGEST_ID = 2**31 - 1  # that of PostgreSQL's integer
IN_DELIVERY = (NoticeState.SENDING, NoticeState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Resent:
    """What is planned again, and why it was not said: its state and reason before."""

    notice: Notice
    person: Person
    state: NoticeState
    reason: str | None


async def resend(session: AsyncSession, notice_id: int, *, now: datetime, surely: bool = False) -> Resent:
    """Due now; the courier asks its questions again. `surely`: even if it may have arrived the first time."""
    found = select(Notice).where(Notice.id == notice_id).with_for_update()
    notice = await session.scalar(found) if 0 < notice_id <= LARGEST_ID else None
    if notice is None:
        raise NotFound(f"The ledger has no notice {notice_id}. For the numbers, run: rapport nudges ledger")
    person = await people.by_id(session, notice.person_id)
    before = Resent(notice, person, notice.state, notice.reason)
    _require_unsaid(notice, surely)
    _require_reachable(person)
    await _require_useful(session, notice, person, now)
    await _require_wanted(session, notice, person, now)
    await _plan_again(session, notice, person, now)
    return before


def _require_unsaid(notice: Notice, surely: bool) -> None:
    if notice.state == NoticeState.PLANNED:
        raise Invalid(f"Notice {notice.id} is planned already; the bot sends it when it is due.")
    if notice.state in IN_DELIVERY:
        raise Invalid(
            f"Notice {notice.id} is in delivery; sent again, it might arrive twice. Wait a few minutes."
        )
    if notice.state == NoticeState.SENT:
        raise Invalid(f"Notice {notice.id} has arrived; nothing is said twice.")
    if notice.reason == UNSETTLED and not surely:
        raise Invalid(f"Notice {notice.id} may have arrived. Ask whom it was for, or insist with --yes.")


def _require_reachable(person: Person) -> None:
    if not person.is_active:
        raise Invalid(f"{person.name} is {people.standing(person)}, so nothing reaches them.")
    if person.slack_user_id is None:
        raise Invalid(f"{person.name} has no Slack account yet; the bot links it by e-mail when they join.")


async def _require_useful(session: AsyncSession, notice: Notice, person: Person, now: datetime) -> None:
    week = _week(notice)
    if notice.kind in (NUDGE, REMINDER):
        written = select(Checkin.id).where(Checkin.person_id == person.id, Checkin.week == week)
        if await session.scalar(written):
            raise Invalid(f"{person.name} has answered: the check-in for the week of {week} is written.")
    until = useful_until(notice, person)
    if until is not None and until <= now:
        over = clock.local(until, person.timezone)
        raise Invalid(f"Notice {notice.id} is outdated: it was of use until {over:%-d %B, %H:%M} there.")


async def _require_wanted(session: AsyncSession, notice: Notice, person: Person, now: datetime) -> None:
    """What somebody does not want to hear now is not pressed on them; which wish it was stays theirs."""
    if notice.kind not in UNASKED:
        return
    silent = await pauses.silence_of(session, [person], now)
    if person.id in silent or notice.reason == NOT_THIS_WEEK:
        raise Invalid(f"{person.name} is away or has asked for silence. Resend it when that is over.")
    if notice.kind in PLANNED and not await programme.started_at(session):
        raise Invalid("HR has not started the programme. To start it, run: rapport nudges start")


def useful_until(notice: Notice, person: Person) -> datetime | None:
    """A nudge and its reminder: while the week is open. A digest: until the next one. The others for ever."""
    week = _week(notice)
    if week is None or notice.kind not in (NUDGE, REMINDER, DIGEST):
        return None
    if notice.kind == DIGEST:
        return clock.due_at(week + timedelta(weeks=1), clock.MORNING, person.timezone)
    return clock.closes_at(week, person.timezone)


def _week(notice: Notice) -> date | None:
    return date.fromisoformat(notice.subject["week"]) if "week" in notice.subject else None


async def _plan_again(session: AsyncSession, notice: Notice, person: Person, now: datetime) -> None:
    """Under the same nonce, so that a first message that did arrive can still be found. Counted as an attempt: a
    mark of an older one then comes too late, and planning leaves the row alone.
    """
    notice.state, notice.reason = NoticeState.PLANNED, None
    notice.due_at, notice.expires_at = now, useful_until(notice, person)
    notice.local_date = clock.local(now, person.timezone).date()
    notice.timezone = clock.zone(person.timezone).key
    notice.attempts += 1
    notice.merged_into_id = notice.lease_until = notice.tried_since = None
    await session.flush()
    await _let_go(session, notice)


async def _let_go(session: AsyncSession, carrier: Notice) -> None:
    """What failed inside its message stays in the ledger for itself; each can be resent."""
    await session.execute(
        update(Notice)
        .where(Notice.merged_into_id == carrier.id)
        .values(merged_into_id=None)
        .execution_options(synchronize_session=False)
    )
