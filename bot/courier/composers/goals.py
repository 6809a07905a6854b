"""These composers write about goals: set, answered, in trouble, closed, and a period that is over."""

from bot.courier.composers.saying import afterwards
from bot.courier.letters import Skip, Spoken, Telling
from bot.services import goals, people
from bot.services.goals import kinds
from bot.slack import Message
from bot.views import goals as views


async def goal_proposed(telling: Telling) -> Message:
    if telling.ended:
        return await _over(telling)
    reading = await goals.read(telling.session, telling.recipient, telling.subject["goal"], now=telling.now)
    more = afterwards(telling.notification)
    is_own = reading.summary.owner_id == telling.recipient.id
    return views.proposed_message(reading, is_own=is_own, more=more)


async def goal_answered(telling: Telling) -> Message:
    reading = await goals.read(telling.session, telling.recipient, telling.subject["goal"], now=telling.now)
    by = await people.by_id(telling.session, telling.subject["by"])
    return views.answered_message(reading, by.name)


async def goal_off_track(telling: Telling) -> Message | Skip:
    if telling.ended and not telling.ended.may_open:
        return await _over(telling)
    reading = await goals.trouble(
        telling.session, telling.recipient, telling.subject["goal"], now=telling.now
    )
    if reading is None:
        return Skip("back_on_track")
    return views.off_track_message(reading, more=afterwards(telling.notification))


async def goal_closed(telling: Telling) -> Message:
    if telling.ended:
        return await _over(telling)
    reading = await goals.read(telling.session, telling.recipient, telling.subject["goal"], now=telling.now)
    more = afterwards(telling.notification)
    return views.closed_message(reading, more=more)


async def _over(telling: Telling) -> Message:
    """The goal's name and its owner are left of the message; the line below says the rest."""
    goal_id = telling.subject["goal"]
    return views.over_message(await goals.read(telling.session, telling.recipient, goal_id, now=telling.now))


async def goals_ended(telling: Telling) -> Message | Skip:
    if telling.ended:
        return views.period_over_message(telling.subject["period"])
    left = await goals.left_to_close(telling.session, telling.recipient, now=telling.now)
    if not left:
        return Skip("all_closed")
    return views.ended_message(telling.subject["period"], left, more=afterwards(telling.notification))


async def digest_sentences(telling: Telling) -> list[str]:
    """The sentences name goals of the team that nobody has updated for a long time."""
    quiet = await goals.quiet_in_team(telling.session, telling.recipient, now=telling.now)
    return views.quiet_sentence(quiet)


SPOKEN = (
    Spoken(kinds.PROPOSED, goal_proposed),
    Spoken(kinds.ANSWERED, goal_answered),
    Spoken(kinds.OFF_TRACK, goal_off_track),
    Spoken(kinds.CLOSED, goal_closed),
    Spoken(kinds.PERIOD_ENDED, goals_ended),
)
