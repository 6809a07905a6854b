"""These composers write about check-ins, to their readers and to the people asked for one."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial

from bot import clock
from bot.courier.composers.saying import afterwards
from bot.courier.letters import Composer, Skip, Spoken, Telling
from bot.errors import Invalid
from bot.models.checkins import Outcome
from bot.services import checkins, notifications, people, rhythms
from bot.services.checkins import kinds as checkin_kinds
from bot.services.nudges import kinds
from bot.slack import Message
from bot.views import checkins as views


async def team_shared(telling: Telling) -> Message | Skip:
    week = telling.notification.week
    team = await checkins.team_week(telling.session, telling.recipient, now=telling.now, week=week)
    if team is None:
        return Skip("no_team")
    has_ended = telling.ended is not None
    return views.team_message(team, has_ended=has_ended, more=afterwards(telling.notification))


async def obstacle_named(telling: Telling) -> Message:
    call = await checkins.call_for_help(telling.session, telling.recipient, telling.subject["checkin"])
    if call.outcome is Outcome.WITHDRAWN:
        return views.withdrawn_message(call)
    return views.obstacle_message(call, more=afterwards(telling.notification))


async def checkin_answered(telling: Telling) -> Message:
    checkin, author = await checkins.access(telling.session, telling.recipient, telling.subject["checkin"])
    by = await people.by_id(telling.session, telling.subject["by"])
    return views.answered_message(by.name, checkin.week, checkin.id, own=telling.recipient.id == author.id)


async def checkin_nudge(telling: Telling) -> Message:
    """After two nudges without an answer the message also asks "Too often?", once per person."""
    week = telling.notification.week
    if said := await _not_asked_any_more(telling):
        return said
    asked_by = partial(kinds.key, kinds.NUDGE, telling.recipient.id)
    ask = await rhythms.should_ask_too_often(telling.session, telling.recipient, week, asked_by=asked_by)
    if ask:
        await rhythms.asked_too_often(telling.session, telling.recipient, now=telling.now)
    return views.nudge_message(
        week,
        telling.recipient.timezone,
        notification_id=telling.notification.id,
        now=telling.now,
        ask_too_often=ask,
    )


async def checkin_reminder(telling: Telling) -> Message:
    if said := await _not_asked_any_more(telling):
        return said
    return views.reminder_message(
        telling.notification.week,
        telling.recipient.timezone,
        notification_id=telling.notification.id,
        now=telling.now,
    )


async def _not_asked_any_more(telling: Telling) -> Message | None:
    """This replaces the question once it is answered, skipped, or its week is closed."""
    week = telling.notification.week
    if telling.ended:
        return views.asked_message(week)
    if telling.notification.reason == notifications.NOT_THIS_WEEK:
        return views.not_this_week_message(week, telling.recipient.timezone, now=telling.now)
    return None


DigestPart = Callable[[Telling], Awaitable[Sequence[str]]]
"""Another capability's sentences about the team of the manager who gets the digest."""


def _digest(parts: Sequence[DigestPart]) -> Composer:
    async def compose(telling: Telling) -> Message | Skip:
        """The digest is about the week before the one in which it is sent."""
        week = telling.notification.week - timedelta(weeks=1)
        team = await checkins.team_week(telling.session, telling.recipient, now=telling.now, week=week)
        if team is None:
            return Skip("no_team")
        more = [sentence for part in parts for sentence in await part(telling)]
        return views.digest_message(team, notification_id=telling.notification.id, more=more)

    return compose


async def welcome(telling: Telling) -> Message:
    packs = telling.packs
    rhythm = await rhythms.rhythm_of(telling.session, telling.recipient, packs)
    draft = await checkins.prefill(telling.session, telling.recipient, packs=packs, now=telling.now)
    return views.welcome_message(rhythm, draft, notification_id=telling.notification.id)


async def _rehearse_nudge(telling: Telling) -> Message:
    zone = telling.recipient.timezone
    week = clock.open_weeks(telling.now, zone)[0]
    return views.nudge_message(week, zone, notification_id=None, now=telling.now)


async def _rehearse_reminder(telling: Telling) -> Message:
    zone = telling.recipient.timezone
    week = clock.open_weeks(telling.now, zone)[-1]
    return views.reminder_message(week, zone, notification_id=None, now=telling.now)


async def _rehearse_digest(telling: Telling) -> Message:
    reader, now = telling.recipient, telling.now
    week = clock.week_of(clock.local(now, reader.timezone).date()) - timedelta(weeks=1)
    team = await checkins.team_week(telling.session, reader, now=now, week=week)
    if team is None:
        raise Invalid(f"Nobody reports to {reader.name}, so there is no digest. Choose somebody with a team.")
    return views.digest_message(team, notification_id=None)


def spoken(digest_parts: Sequence[DigestPart]) -> tuple[Spoken, ...]:
    """`digest_parts` are what other capabilities add to a manager's digest."""
    return (
        Spoken(checkin_kinds.ANSWERED, checkin_answered),
        Spoken(checkin_kinds.SHARED, team_shared),
        Spoken(checkin_kinds.OBSTACLE, obstacle_named),
        Spoken(kinds.NUDGE, checkin_nudge, answer_with=views.write_button, rehearse=_rehearse_nudge),
        Spoken(kinds.REMINDER, checkin_reminder, answer_with=views.write_button, rehearse=_rehearse_reminder),
        Spoken(kinds.DIGEST, _digest(digest_parts), rehearse=_rehearse_digest),
        Spoken(kinds.WELCOME, welcome, rehearse=welcome),
    )
