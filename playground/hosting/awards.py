"""The awards of the sample company's past, nominated for, decided on and announced through the bot's own service."""

from collections.abc import Sequence

from bot.errors import NotFound
from bot.models import Verdict
from bot.models.awards import NewNomination, SeenNomination
from bot.services import awards, kudos
from playground.hosting.scene import Scene
from playground.past_awards import Announced, AwardHappening, Decided, Nominated

HAPPENINGS = (Nominated, Decided, Announced)


async def happen(scene: Scene, one: AwardHappening) -> None:
    if isinstance(one, Nominated):
        await _nominate(scene, one)
    elif isinstance(one, Decided):
        await _decide(scene, one)
    else:
        await _announce(scene, one)


async def _nominate(scene: Scene, one: Nominated) -> None:
    types = await awards.TYPES.in_force(scene.session)
    value = await kudos.value_called(scene.session, one.value)
    new = NewNomination(
        nominee=one.whom,
        type_id=next((award.id for award in types if award.name == one.award), None),
        act=one.act,
        effect=one.effect,
        value_id=value.id if value else None,
    )
    await awards.nominate(scene.session, scene.who, new, now=one.at)


async def _decide(scene: Scene, one: Decided) -> None:
    seen = await awards.overview(scene.session, scene.who, now=one.at)
    await awards.decide(
        scene.session,
        scene.who,
        _found(seen.waiting, one),
        verdict=Verdict(one.verdict),
        reason=one.reason,
        budget_code=one.budget_code,
        now=one.at,
    )


async def _announce(scene: Scene, one: Announced) -> None:
    seen = await awards.overview(scene.session, scene.who, now=one.at)
    draft = await awards.draft_announcement(
        scene.session,
        scene.who,
        _found(seen.approved, one),
        text=one.text,
        channels=[one.channel],
        due_at=None,
        now=one.at,
    )
    await awards.confirm(scene.session, scene.who, draft, now=one.at)


def _found(nominations: Sequence[SeenNomination], one: Decided | Announced) -> int:
    for seen in nominations:
        if (seen.nominee.slack_user_id, seen.award) == (one.whom, one.award):
            return seen.nomination_id
    raise NotFound("Somebody who plays along has dealt with that nomination meanwhile.")
