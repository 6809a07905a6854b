"""The check-ins of the sample company's past, written, answered and taken on through the bot's own services."""

from bot.models import Answer, Load
from bot.services import checkins, people
from playground.hosting.scene import Scene
from playground.past import CheckedIn, Remarked

HAPPENINGS = (CheckedIn, Remarked)


async def happen(scene: Scene, one: CheckedIn | Remarked) -> None:
    if isinstance(one, CheckedIn):
        await _check_in(scene, one)
    else:
        await _remark(scene, one)


async def _check_in(scene: Scene, one: CheckedIn) -> None:
    prefill = await checkins.prefill(scene.session, scene.who, packs=scene.packs, now=one.at)
    if prefill.written:
        return
    answers = tuple(
        Answer(key=question.key, question=question.label, text=one.answers[question.key])
        for question in prefill.questions
        if question.key in one.answers
    )
    load = Load(one.load) if one.load else None
    await checkins.submit(
        scene.session, scene.who, week=prefill.week, answers=answers, energy=one.energy, load=load, now=one.at
    )


async def _remark(scene: Scene, one: Remarked) -> None:
    """On the newest check-in of that author."""
    session, who = scene.session, scene.who
    author = await people.by_slack_id(session, one.about)
    page = await checkins.history(session, author, limit=1)
    if not page.entries.items:
        return
    checkin_id = page.entries.items[0].checkin.id
    if one.comment:
        await checkins.comment(session, who, checkin_id, text=one.comment, now=one.at)
    if one.reaction:
        await checkins.react(session, who, checkin_id, emoji=one.reaction, now=one.at)
    if one.obstacle == "taken":
        await checkins.take_obstacle_on(session, who, checkin_id, now=one.at)
    if one.obstacle == "cleared":
        await checkins.clear_obstacle(session, who, checkin_id, now=one.at)
