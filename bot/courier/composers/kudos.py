"""These composers write about kudos: the channel's post, messages to giver and receivers, and the month in review."""

from bot.courier.composers.saying import afterwards
from bot.courier.letters import Skip, Spoken, Telling
from bot.services import kudos
from bot.services.kudos import kinds
from bot.slack import Message
from bot.views import kudos as views


async def kudos_posted(telling: Telling) -> Message | Skip:
    """The channel gets this post. It is not sent if the thanks were taken back or became private in the meantime."""
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
    prefers_private = await kudos.prefers_private(telling.session, telling.recipient)
    more = afterwards(telling.notification)
    return views.received_message(given, prefers_private=prefers_private, more=more)


async def kudos_removed(telling: Telling) -> Message:
    given = await kudos.read(telling.session, telling.recipient, telling.subject["kudos"])
    reason = await kudos.removal_reason(telling.session, given.kudos_id)
    if telling.ended:
        return views.removed_and_over_message(given, reason)
    return views.removed_message(given, reason, more=afterwards(telling.notification))


async def kudos_digest(telling: Telling) -> Message | Skip:
    """A month in review that has been posted is updated when thanks are taken back, even if none are left."""
    month = await kudos.month_of_kudos(telling.session, telling.subject["month"])
    stands = telling.notification.slack_ts is not None
    return views.digest_message(month) if month.drawn or stands else Skip("nothing_to_say")


async def digest_sentences(telling: Telling) -> list[str]:
    """The sentences name people of the team whom nobody has thanked in a channel for a long time."""
    unthanked = await kudos.unthanked(telling.session, telling.recipient, now=telling.now)
    return views.unthanked_sentence(unthanked)


SPOKEN = (
    Spoken(kinds.POSTED, kudos_posted),
    Spoken(kinds.RECEIVED, kudos_received),
    Spoken(kinds.REMOVED, kudos_removed),
    Spoken(kinds.DIGEST, kudos_digest),
)
