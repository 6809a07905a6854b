"""This composer writes about work anniversaries."""

from datetime import date

from bot.courier.composers.saying import afterwards
from bot.courier.letters import Spoken, Telling
from bot.services import anniversaries
from bot.slack import Message
from bot.views import anniversaries as views


async def anniversary_coming(telling: Telling) -> Message:
    subject = telling.notification.subject
    day = date.fromisoformat(subject["day"])
    coming = await anniversaries.coming(telling.session, telling.recipient, subject["person"], day)
    return views.coming_message(coming, more=afterwards(telling.notification))


SPOKEN = (Spoken(anniversaries.ANNIVERSARY, anniversary_coming),)
