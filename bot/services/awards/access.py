"""Every nomination is loaded here, so that it stays confidential."""

from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from bot import policy
from bot.errors import NotFound
from bot.models import Nomination, Person
from bot.services import people

ONLY_HR = "Only HR admins decide on awards and announce them. Ask one of them."
UNAVAILABLE = "That nomination is not available to you. Whoever wrote it and the HR admins can open it."


class Access(NamedTuple):
    nomination: Nomination
    is_hr: bool


async def access(session: AsyncSession, viewer: Person, nomination_id: int) -> Access:
    """Somebody who may not read a nomination does not learn that it exists."""
    nomination = await session.get(Nomination, nomination_id)
    is_hr = await people.is_hr(session, viewer)
    if nomination is None or not policy.may_read_nomination(viewer, nomination, is_hr=is_hr):
        raise NotFound(UNAVAILABLE)
    return Access(nomination, is_hr)


async def to_handle(session: AsyncSession, actor: Person, nomination_id: int) -> Nomination:
    nomination, is_hr = await access(session, actor, nomination_id)
    policy.require(policy.may_handle_nomination(actor, nomination, is_hr=is_hr), ONLY_HR)
    return nomination
