"""A rehearsal writes the message that a person would get now. It does not count in the ledger or the budget."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.courier.letters import Spoken, Telling
from bot.errors import Invalid
from bot.models import Notification, Person
from bot.packs import Packs
from bot.slack import Message
from bot.views.notifications import rehearsal_message


def rehearsed(spoken: Mapping[str, Spoken]) -> list[str]:
    """These are the names of the kinds that say how they are rehearsed."""
    return [name for name, said in spoken.items() if said.rehearse]


async def rehearsal(
    session: AsyncSession,
    spoken: Mapping[str, Spoken],
    kind: str,
    recipient: Person,
    *,
    packs: Packs,
    now: datetime,
) -> Message:
    """People who have answered, are away or asleep get a rehearsal too: the operator wants to see it now.

    `kind` is a kind's name, or what follows its capability's name: "checkins.nudge" or "nudge".
    """
    for name, said in spoken.items():
        if said.rehearse and kind in (name, name.rpartition(".")[2]):
            unplanned = Notification(kind=name, subject={})
            telling = Telling(session, unplanned, recipient, now, packs)
            return rehearsal_message(await said.rehearse(telling))
    raise Invalid(f'"{kind}" cannot be rehearsed. Choose one of: {", ".join(rehearsed(spoken))}')
