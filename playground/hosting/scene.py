"""Where somebody of the sample company does something: through the bot's services, as that person."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Person
from bot.packs import Packs


@dataclass(frozen=True, slots=True)
class Scene:
    session: AsyncSession
    packs: Packs
    who: Person
