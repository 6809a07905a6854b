"""The signs of absence in this company: HR's own choice, or the usual ones."""

import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import policy
from bot.db import insert_rows
from bot.errors import Invalid
from bot.models import AbsenceSign, Person
from bot.services import people
from bot.services.directory.absence import USUAL_SIGNS, AwaySigns

MOST_SIGNS = 60
LONGEST_SIGN = 40
ONLY_HR = "Only HR admins choose what counts as being away. Ask one of them to change it."

_is_emoji = re.compile(r":[^\s:]{1,38}:").fullmatch


async def away_signs(session: AsyncSession) -> AwaySigns:
    chosen = list(await session.scalars(select(AbsenceSign.sign).order_by(AbsenceSign.id)))
    if not chosen:
        return USUAL_SIGNS
    emoji = frozenset(sign for sign in chosen if _is_emoji(sign))
    return AwaySigns(emoji=emoji, words=tuple(sign for sign in chosen if sign not in emoji))


async def signs_for_hr(session: AsyncSession, actor: Person) -> AwaySigns:
    policy.require(await people.is_hr(session, actor), ONLY_HR)
    return await away_signs(session)


async def choose_signs(
    session: AsyncSession, actor: Person, *, emoji: Sequence[str], words: Sequence[str], now: datetime
) -> None:
    """The whole choice is replaced; without any sign, the usual ones hold again.

    A status counts anew when it is next read: at once for people who change theirs, tonight for everybody.
    """
    policy.require(await people.is_hr(session, actor), ONLY_HR)
    _refuse_impossible(emoji, words)
    await session.execute(delete(AbsenceSign))
    rows = [
        {"sign": sign, "chosen_by_id": actor.id, "chosen_at": now} for sign in dict.fromkeys([*emoji, *words])
    ]
    await insert_rows(session, AbsenceSign, rows)


def _refuse_impossible(emoji: Sequence[str], words: Sequence[str]) -> None:
    if any(not _is_emoji(sign) for sign in emoji):
        raise Invalid(
            "Write emoji as Slack names them, with a space between: :palm_tree: :baby:", field="emoji"
        )
    if long := next((word for word in words if len(word) > LONGEST_SIGN), None):
        raise Invalid(
            f"A word holds {LONGEST_SIGN} characters; one of yours has {len(long)}. One word or phrase a line.",
            field="words",
        )
    if len(emoji) + len(words) > MOST_SIGNS:
        raise Invalid(f"At most {MOST_SIGNS} signs. A few that people really use are enough.", field="words")
