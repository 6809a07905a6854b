"""A check-in may tell who helped. Its author, and nobody else, can turn those words into kudos."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import policy
from bot.errors import NotFound
from bot.models import Answer, CheckinRevision, Person
from bot.packs import Packs
from bot.services.checkins.reading import UNAVAILABLE, access


async def suggests_thanks(
    session: AsyncSession, checkin_id: int, answers: Sequence[Answer], *, packs: Packs
) -> bool:
    """True if the check-in just saved says who helped, in words that were not there before."""
    told = _told(answers, packs)
    if not told:
        return False
    former = (
        select(CheckinRevision.answers)
        .where(CheckinRevision.checkin_id == checkin_id)
        .order_by(CheckinRevision.revision.desc())
        .limit(1)
    )
    return told != _told(await session.scalar(former) or (), packs)


async def help_told(session: AsyncSession, me: Person, checkin_id: int, *, packs: Packs) -> str:
    """The author's present words about who helped them; empty if they took them out meanwhile."""
    checkin, author = await access(session, me, checkin_id)
    if not policy.may_thank_from_checkin(me, author):
        raise NotFound(UNAVAILABLE)
    return _told(checkin.answers, packs)


def _told(answers: Sequence[Answer], packs: Packs) -> str:
    """An answer that is only a dash names nobody."""
    told = (answer.text for answer in answers if packs.asks_who_helped(answer.key))
    return "\n".join(text for text in told if any(map(str.isalpha, text)))
