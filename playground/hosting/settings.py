"""What HR of the sample company has set, chosen through the bot's own services."""

from sqlalchemy import select

from bot.models import Department
from bot.services import checkins, rhythms
from playground.hosting.scene import Scene
from playground.past_settings import QuestionsChosen, RhythmChosen, SettingsHappening

HAPPENINGS = (QuestionsChosen, RhythmChosen)


async def happen(scene: Scene, one: SettingsHappening) -> None:
    session, who = scene.session, scene.who
    places = await session.scalars(select(Department.id).where(Department.path == one.department))
    place = places.one()
    if isinstance(one, QuestionsChosen):
        await checkins.choose_pack(
            session, who, pack=one.pack, packs=scene.packs, department_id=place, now=one.at
        )
    else:
        await rhythms.choose(
            session, who, department_id=place, weekday=one.weekday, minute=one.minute, now=one.at
        )
