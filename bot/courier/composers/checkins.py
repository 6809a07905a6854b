"""About check-ins: to whoever reads them, and to whoever is asked for one."""

from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.courier.composers.saying import afterwards
from bot.courier.letters import Composer, Skip
from bot.models import Notification, Person
from bot.packs import shipped_packs
from bot.services import checkins, goals, kudos, notifications, people, rhythms
from bot.slack import Message
from bot.views import checkins as views
from bot.views import nudges


async def checkin_shared(
    session: AsyncSession, notification: Notification, recipient: Person, now: datetime
) -> Message:
    checkin, author = await checkins.access(session, recipient, notification.subject["checkin"])
    more = afterwards(notification)
    return views.shared_message(author.name, checkin.week, checkin.id, more=more)


async def checkin_answered(
    session: AsyncSession, notification: Notification, recipient: Person, now: datetime
) -> Message:
    checkin, author = await checkins.access(session, recipient, notification.subject["checkin"])
    by = await people.by_id(session, notification.subject["by"])
    return views.answered_message(by.name, checkin.week, checkin.id, own=recipient.id == author.id)


async def checkin_nudge(
    session: AsyncSession, notification: Notification, recipient: Person, now: datetime
) -> Message:
    """Asks "Too often?" below, once in a lifetime, where the last two went unanswered."""
    week = _week(notification)
    if said := await _not_asked_any_more(session, notification, recipient, now):
        return said
    ask = await rhythms.should_ask_too_often(session, recipient, week)
    if ask:
        await rhythms.asked_too_often(session, recipient, now=now)
    return nudges.nudge_message(
        week, recipient.timezone, notification_id=notification.id, now=now, ask_too_often=ask
    )


async def checkin_reminder(
    session: AsyncSession, notification: Notification, recipient: Person, now: datetime
) -> Message:
    if said := await _not_asked_any_more(session, notification, recipient, now):
        return said
    return nudges.reminder_message(
        _week(notification), recipient.timezone, notification_id=notification.id, now=now
    )


async def _not_asked_any_more(
    session: AsyncSession, notification: Notification, recipient: Person, now: datetime
) -> Message | None:
    """What stands there instead, once the check-in is written, not wanted, or its week closed."""
    week = _week(notification)
    if written := await checkins.written(session, recipient, week):
        return nudges.done_message(week, written.submitted_at, recipient.timezone)
    if now >= clock.closes_at(week, recipient.timezone):
        return nudges.closed_message(week)
    if notification.reason == notifications.NOT_THIS_WEEK:
        return nudges.not_this_week_message(week, recipient.timezone, now=now)
    return None


async def checkin_digest(
    session: AsyncSession, notification: Notification, recipient: Person, now: datetime
) -> Message | Skip:
    """About the week that ended before the one it is sent in."""
    team = await checkins.team_week(
        session, recipient, now=now, week=_week(notification) - timedelta(weeks=1)
    )
    if team is None:
        return Skip("no_team")
    quiet = await goals.quiet_in_team(session, recipient, now=now)
    unthanked = await kudos.unthanked(session, recipient, now=now)
    return nudges.digest_message(team, notification_id=notification.id, quiet=quiet, unthanked=unthanked)


async def welcome(
    session: AsyncSession, notification: Notification, recipient: Person, now: datetime
) -> Message:
    packs = shipped_packs()
    rhythm = await rhythms.rhythm_of(session, recipient, packs)
    draft = await checkins.prefill(session, recipient, packs=packs, now=now)
    return nudges.welcome_message(rhythm, draft, notification_id=notification.id)


def _week(notification: Notification) -> date:
    return date.fromisoformat(notification.subject["week"])


COMPOSERS: dict[str, Composer] = {
    "checkins.answered": checkin_answered,
    "checkins.shared": checkin_shared,
    nudges.NUDGE: checkin_nudge,
    nudges.REMINDER: checkin_reminder,
    nudges.DIGEST: checkin_digest,
    nudges.WELCOME: welcome,
}
