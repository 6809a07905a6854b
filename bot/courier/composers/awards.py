"""These composers write about awards."""

from bot.courier.composers.saying import afterwards
from bot.courier.letters import Skip, Spoken, Telling
from bot.services import awards, people
from bot.services.awards import kinds
from bot.slack import Message
from bot.views import awards as views


async def awards_waiting(telling: Telling) -> Message | Skip:
    session, hr = telling.session, telling.recipient
    waiting = await awards.waiting_for(session, hr) if await people.is_hr(session, hr) else 0
    more = afterwards(telling.notification)
    return views.waiting_message(waiting, more=more) if waiting else Skip("decided")


async def award_decided(telling: Telling) -> Message:
    return views.decided_message(
        await awards.nomination(
            telling.session, telling.recipient, telling.subject["nomination"], now=telling.now
        )
    )


async def award_received(telling: Telling) -> Message:
    return views.received_message(
        await awards.received(telling.session, telling.recipient, telling.subject["announcement"])
    )


async def award_posted(telling: Telling) -> Message:
    return views.post_message(await awards.posted(telling.session, telling.subject["announcement"]))


SPOKEN = (
    Spoken(kinds.WAITING, awards_waiting),
    Spoken(kinds.DECIDED, award_decided),
    Spoken(kinds.RECEIVED, award_received),
    Spoken(kinds.POSTED, award_posted),
)
