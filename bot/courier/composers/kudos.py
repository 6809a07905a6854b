"""About kudos: the post in the channel, what giver and receivers hear, the month looked back on."""

from bot.courier.composers.saying import afterwards
from bot.courier.letters import Skip, Spoken, Telling
from bot.services import kudos
from bot.services.kudos import kinds
from bot.slack import Message
from bot.views import kudos as views


async def kudos_posted(telling: Telling) -> Message | Skip:
    """Into the channel. Taken back before it went out, or wanted in private by then, it stays unsaid."""
    if telling.notification.slack_ts is None:
        await kudos.respect_wishes(telling.session, telling.subject["kudos"])
    given = await kudos.posted(telling.session, telling.subject["kudos"])
    return (
        Skip("taken_back")
        if given.taken_back and telling.notification.slack_ts is None
        else views.post_message(given)
    )


async def kudos_received(telling: Telling) -> Message | Skip:
    given = await kudos.received(telling.session, telling.recipient, telling.subject["kudos"])
    if given.taken_back and telling.notification.slack_ts is None:
        return Skip("taken_back")
    shy = await kudos.prefers_private(telling.session, telling.recipient)
    more = afterwards(telling.notification)
    return views.received_message(given, prefers_private=shy, more=more)


async def kudos_removed(telling: Telling) -> Message:
    given = await kudos.read(telling.session, telling.recipient, telling.subject["kudos"])
    reason = await kudos.removal_reason(telling.session, given.kudos_id)
    return views.removed_message(given, reason, more=afterwards(telling.notification))


async def kudos_digest(telling: Telling) -> Message | Skip:
    """Once it stands there it follows what is taken back, even if nothing is left of it."""
    month = await kudos.month_of_kudos(telling.session, telling.subject["month"])
    stands = telling.notification.slack_ts is not None
    return views.digest_message(month) if month.drawn or stands else Skip("nothing_to_say")


async def digest_sentences(telling: Telling) -> list[str]:
    """Whom of the team nobody has thanked in a channel for long."""
    unthanked = await kudos.unthanked(telling.session, telling.recipient, now=telling.now)
    return views.unthanked_sentence(unthanked)


SPOKEN = (
    Spoken(kinds.POSTED, kudos_posted),
    Spoken(kinds.RECEIVED, kudos_received),
    Spoken(kinds.REMOVED, kudos_removed),
    Spoken(kinds.DIGEST, kudos_digest),
)
