"""What each kind of notice says, asked at the moment of sending: kind → who writes it.

A composer asks the service as the recipient, so that whoever may not read the thing any more gets no message.
"""

from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.courier.letters import Composer, Skip
from bot.models import Notice, NoticeState, Person
from bot.packs import shipped_packs
from bot.services import anniversaries, awards, checkins, goals, kudos, notices, people, rhythms
from bot.services import nudges as services
from bot.services.awards import kinds as award_kinds
from bot.services.kudos.kinds import DIGEST, POSTED, RECEIVED, REMOVED
from bot.services.nudges import kinds
from bot.slack import Message
from bot.views import anniversaries as years
from bot.views import awards as prizes
from bot.views import checkins as views
from bot.views import goals as goal_views
from bot.views import kudos as thanks
from bot.views import nudges, posts


async def checkin_shared(session: AsyncSession, notice: Notice, recipient: Person, now: datetime) -> Message:
    checkin, author = await checkins.access(session, recipient, notice.subject["checkin"])
    more = nudges.menu(nudges.AFTERWARDS, notice.id)
    return views.shared_message(author.name, checkin.week, checkin.id, more=more)


async def checkin_answered(
    session: AsyncSession, notice: Notice, recipient: Person, now: datetime
) -> Message:
    checkin, author = await checkins.access(session, recipient, notice.subject["checkin"])
    by = await people.by_id(session, notice.subject["by"])
    return views.answered_message(by.name, checkin.week, checkin.id, own=recipient.id == author.id)


async def checkin_nudge(session: AsyncSession, notice: Notice, recipient: Person, now: datetime) -> Message:
    """Asks "Too often?" below, once in a lifetime, where the last two went unanswered."""
    week = _week(notice)
    if said := await _not_asked_any_more(session, notice, recipient, now):
        return said
    ask = await rhythms.should_ask_too_often(session, recipient, week)
    if ask:
        await rhythms.asked_too_often(session, recipient, now=now)
    return nudges.nudge_message(week, recipient.timezone, notice_id=notice.id, now=now, ask_too_often=ask)


async def checkin_reminder(
    session: AsyncSession, notice: Notice, recipient: Person, now: datetime
) -> Message:
    if said := await _not_asked_any_more(session, notice, recipient, now):
        return said
    return nudges.reminder_message(_week(notice), recipient.timezone, notice_id=notice.id, now=now)


async def _not_asked_any_more(
    session: AsyncSession, notice: Notice, recipient: Person, now: datetime
) -> Message | None:
    """What stands there instead, once the check-in is written, not wanted, or its week closed."""
    week = _week(notice)
    if written := await checkins.written(session, recipient, week):
        return nudges.done_message(week, written.submitted_at, recipient.timezone)
    if now >= clock.closes_at(week, recipient.timezone):
        return nudges.closed_message(week)
    if notice.reason == notices.NOT_THIS_WEEK:
        return nudges.not_this_week_message(week, recipient.timezone, now=now)
    return None


async def checkin_digest(
    session: AsyncSession, notice: Notice, recipient: Person, now: datetime
) -> Message | Skip:
    """About the week that ended before the one it is sent in."""
    team = await checkins.team_week(session, recipient, now=now, week=_week(notice) - timedelta(weeks=1))
    if team is None:
        return Skip("no_team")
    quiet = await goals.quiet_in_team(session, recipient, now=now)
    unthanked = await kudos.unthanked(session, recipient, now=now)
    return nudges.digest_message(team, notice_id=notice.id, quiet=quiet, unthanked=unthanked)


async def welcome(session: AsyncSession, notice: Notice, recipient: Person, now: datetime) -> Message:
    packs = shipped_packs()
    rhythm = await rhythms.rhythm_of(session, recipient, packs)
    draft = await checkins.draft(session, recipient, packs=packs, now=now)
    return nudges.welcome_message(rhythm, draft, notice_id=notice.id)


async def kudos_posted(session: AsyncSession, notice: Notice, owner: Person, now: datetime) -> Message | Skip:
    """Into the channel. Taken back before it went out, or wanted in private by then, it stays unsaid."""
    if notice.slack_ts is None:
        await kudos.respect_wishes(session, notice.subject["kudos"])
    given = await kudos.posted(session, notice.subject["kudos"])
    return Skip("taken_back") if given.taken_back and notice.slack_ts is None else thanks.post_message(given)


async def kudos_received(
    session: AsyncSession, notice: Notice, recipient: Person, now: datetime
) -> Message | Skip:
    given = await kudos.received(session, recipient, notice.subject["kudos"])
    if given.taken_back and notice.slack_ts is None:
        return Skip("taken_back")
    shy = await kudos.prefers_private(session, recipient)
    more = nudges.menu(nudges.AFTERWARDS, notice.id)
    return thanks.received_message(given, prefers_private=shy, more=more)


async def kudos_removed(session: AsyncSession, notice: Notice, giver: Person, now: datetime) -> Message:
    given = await kudos.read(session, giver, notice.subject["kudos"])
    reason = await kudos.removal_reason(session, given.kudos_id)
    return thanks.removed_message(given, reason, more=nudges.menu(nudges.AFTERWARDS, notice.id))


async def kudos_digest(session: AsyncSession, notice: Notice, owner: Person, now: datetime) -> Message | Skip:
    month = await kudos.month_of_kudos(session, notice.subject["month"])
    return thanks.digest_message(month) if month.drawn else Skip("nothing_to_say")


async def awards_waiting(session: AsyncSession, notice: Notice, hr: Person, now: datetime) -> Message | Skip:
    waiting = await awards.waiting_for(session, hr) if await people.is_hr(session, hr) else 0
    more = nudges.menu(nudges.AFTERWARDS, notice.id)
    return prizes.waiting_message(waiting, more=more) if waiting else Skip("decided")


async def award_decided(session: AsyncSession, notice: Notice, nominator: Person, now: datetime) -> Message:
    return prizes.decided_message(
        await awards.nomination(session, nominator, notice.subject["nomination"], now=now)
    )


async def award_received(session: AsyncSession, notice: Notice, receiver: Person, now: datetime) -> Message:
    return prizes.received_message(await awards.received(session, receiver, notice.subject["announcement"]))


async def award_posted(session: AsyncSession, notice: Notice, owner: Person, now: datetime) -> Message:
    return prizes.post_message(await awards.posted(session, notice.subject["announcement"]))


async def anniversary_coming(
    session: AsyncSession, notice: Notice, manager: Person, now: datetime
) -> Message:
    day = date.fromisoformat(notice.subject["day"])
    coming = await anniversaries.coming(session, manager, notice.subject["person"], day)
    return years.coming_message(coming, more=nudges.menu(nudges.AFTERWARDS, notice.id))


async def post_refused(session: AsyncSession, notice: Notice, owner: Person, now: datetime) -> Message | Skip:
    post = await notices.refused_post(session, owner, notice.subject["notice"])
    if post.state != NoticeState.FAILED:
        return (
            posts.settled_message(post.to_channel or "", post.state) if notice.slack_ts else Skip("answered")
        )
    may_repeat = post.reason not in notices.MAYBE_ARRIVED
    return posts.refused_message(post.id, post.to_channel or "", post.reason, may_repeat=may_repeat)


# Goals


async def goal_proposed(session: AsyncSession, notice: Notice, recipient: Person, now: datetime) -> Message:
    reading = await goals.read(session, recipient, notice.subject["goal"], now=now)
    more = nudges.menu(nudges.AFTERWARDS, notice.id)
    is_own = reading.line.owner_id == recipient.id
    return goal_views.proposed_message(reading, is_own=is_own, more=more)


async def goal_answered(session: AsyncSession, notice: Notice, recipient: Person, now: datetime) -> Message:
    reading = await goals.read(session, recipient, notice.subject["goal"], now=now)
    by = await people.by_id(session, notice.subject["by"])
    return goal_views.answered_message(reading, by.name)


async def goal_off_track(
    session: AsyncSession, notice: Notice, recipient: Person, now: datetime
) -> Message | Skip:
    reading = await goals.trouble(session, recipient, notice.subject["goal"], now=now)
    if reading is None:
        return Skip("back_on_track")
    return goal_views.off_track_message(reading, more=nudges.menu(nudges.AFTERWARDS, notice.id))


async def goal_closed(session: AsyncSession, notice: Notice, recipient: Person, now: datetime) -> Message:
    reading = await goals.read(session, recipient, notice.subject["goal"], now=now)
    more = nudges.menu(nudges.AFTERWARDS, notice.id)
    return goal_views.closed_message(reading, more=more)


async def goals_ended(
    session: AsyncSession, notice: Notice, recipient: Person, now: datetime
) -> Message | Skip:
    to_close = (await goals.waiting(session, recipient, now=now)).to_close
    if not to_close:
        return Skip("all_closed")
    more = nudges.menu(nudges.AFTERWARDS, notice.id)
    return goal_views.ended_message(notice.subject["period"], to_close, more=more)


def _week(notice: Notice) -> date:
    return date.fromisoformat(notice.subject["week"])


def _or_until_when(composer: Composer) -> Composer:
    """A message whose notice is planned for later was snoozed: in its place stands until when."""

    async def compose(
        session: AsyncSession, notice: Notice, recipient: Person, now: datetime
    ) -> Message | Skip:
        if notice.state == NoticeState.PLANNED and notice.due_at > now:
            week = services.asks_for(notice)
            return nudges.snoozed_message(notice.due_at, week, recipient.timezone, now=now)
        return await composer(session, notice, recipient, now)

    return compose


COMPOSERS: dict[str, Composer] = {
    "checkins.answered": checkin_answered,
    "checkins.shared": _or_until_when(checkin_shared),
    POSTED: kudos_posted,
    RECEIVED: _or_until_when(kudos_received),
    DIGEST: kudos_digest,
    award_kinds.DECIDED: award_decided,
    award_kinds.RECEIVED: award_received,
    award_kinds.POSTED: award_posted,
    kinds.AWARDS_WAITING: _or_until_when(awards_waiting),
    kinds.ANNIVERSARY: _or_until_when(anniversary_coming),
    REMOVED: _or_until_when(kudos_removed),
    notices.REFUSED: post_refused,
    nudges.NUDGE: _or_until_when(checkin_nudge),
    nudges.REMINDER: _or_until_when(checkin_reminder),
    nudges.DIGEST: _or_until_when(checkin_digest),
    nudges.WELCOME: _or_until_when(welcome),
    kinds.GOAL_PROPOSED: _or_until_when(goal_proposed),
    kinds.GOAL_ANSWERED: goal_answered,
    kinds.GOAL_OFF_TRACK: _or_until_when(goal_off_track),
    kinds.GOAL_CLOSED: _or_until_when(goal_closed),
    kinds.GOALS_ENDED: _or_until_when(goals_ended),
}
