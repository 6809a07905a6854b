"""Every message with buttons ends when its moment ends, however that came about, and its old buttons say the same."""

import pytest
from sqlalchemy import select

from bot.capabilities import house
from bot.handlers.platform import end_moments
from bot.models import Checkin, Notification, Person
from bot.services import checkins
from bot.services.notifications import Kind
from bot.views.notifications import MENU, Ref
from playground.driver.conversation import SeenMessage
from tests.routes.moments.scenes import SCENES, Scene, asks_for_help, checkin_answered, comments, obstacle
from tests.routes.steps import write
from tests.routes.world import Clock, Company

KINDS = house().kinds
ALL = [
    pytest.param(KINDS[name], scene, id=f"{name}, {scene.what}".replace(" ", "_"))
    for name, scenes in SCENES.items()
    for scene in scenes
]
DIRECT_ANSWERS = {"checkins.answered", "goals.answered", "awards.decided", "awards.received", "posts.refused"}
"""These kinds answer what their reader did, and carry no menu. Every other message to a person carries the menu."""


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_kind_with_buttons_shows_here_how_its_messages_end(kind: Kind) -> None:
    """The courier sends no button of a kind without `ends`; so whoever adds one comes here."""
    assert (kind.ends is not None) == (kind.name in SCENES)


def updates(company: Company) -> int:
    return sum(call.method == "chat.update" for call in company.playground.calls)


async def time_passes(company: Company) -> None:
    await company.delivered()
    await end_moments(company.bot, KINDS)
    await company.delivered()


def test_what_needs_no_menu_is_in_the_house() -> None:
    assert KINDS.keys() >= DIRECT_ANSWERS
    without_scene = {kind.name for kind in KINDS.values() if kind.rank and kind.ends is None}
    assert without_scene <= DIRECT_ANSWERS, "without buttons there is no menu"


async def explained(company: Company, message: SeenMessage) -> set[str]:
    """The kinds that the menus of the message put off and explain."""
    blocks = company.slack.workspace.channels[message.channel_id].messages[message.ts].blocks
    values = [
        option["value"]
        for block in blocks
        for element in (*block.get("elements", ()), block.get("accessory", {}))
        if element.get("action_id") == MENU
        for option in element["options"]
    ]
    ids = {Ref.decode(value).notification for value in values}
    async with company.bot.read() as session:
        return set(await session.scalars(select(Notification.kind).where(Notification.id.in_(ids))))


@pytest.mark.parametrize(("kind", "scene"), ALL)
async def test_the_buttons_go_and_a_line_says_what_became_of_it(
    acme: Company, clock: Clock, kind: Kind, scene: Scene
) -> None:
    message = await scene.comes(acme, clock)
    assert "[" in message.text
    has_menu = kind.rank is not None and kind.name not in DIRECT_ANSWERS
    assert (kind.name in await explained(acme, message)) == has_menu
    await scene.ends(acme, clock)
    await time_passes(acme)
    assert "[" not in message.text, message.text
    assert scene.line in message.text


async def test_an_old_button_says_the_same_without_an_apology(acme: Company, clock: Clock) -> None:
    scene = SCENES["checkins.obstacle"][0]
    message = await scene.comes(acme, clock)
    old = message.as_it_stands()
    await scene.ends(acme, clock)
    ben = acme.slack.person("Ben Okafor")
    await ben.modal.close_all()
    await old.press("Open")
    assert ben.modal.text.splitlines() == ["Rapport", "You took this on, 15:00.", "[Close]"]
    await acme.delivered()
    assert "[" not in message.text, "a press is enough: the message need not be found first"


async def test_what_was_only_read_opens_again_from_an_old_button(acme: Company, clock: Clock) -> None:
    scene = SCENES["checkins.answered"][0]
    message = await scene.comes(acme, clock)
    old = message.as_it_stands()
    await old.press("Open")
    await time_passes(acme)
    assert "You opened this, 15:00." in message.text
    await acme.slack.person("Ana Silva").modal.close_all()
    await old.press("Open")
    assert "Let us look at it together" in acme.slack.person("Ana Silva").modal.text


async def test_a_deleted_message_is_left_alone(acme: Company, clock: Clock) -> None:
    scene = SCENES["checkins.obstacle"][0]
    message = await scene.comes(acme, clock)
    dm = acme.slack.workspace.channels[message.channel_id]
    del dm.messages[message.ts]
    await scene.ends(acme, clock)
    await time_passes(acme)
    before = updates(acme)
    await time_passes(acme)
    assert (updates(acme), before) == (3, 3)  # two of them in the message about the team
    assert message.is_gone


async def test_an_obstacle_added_to_a_wish_that_was_answered_is_told_too(acme: Company, clock: Clock) -> None:
    await asks_for_help(acme, clock)
    await comments(acme, clock)
    await time_passes(acme)
    ben = acme.slack.person("Ben Okafor")
    pings = len(ben.pings)
    await write(acme, "Ana Silva", "The importer works", stuck="The build is down")
    await acme.delivered()
    assert "Ana Silva has something in the way." in ben.dm.last.text
    assert len(ben.pings) == pings + 1


async def test_an_obstacle_taken_back_before_it_was_said_is_said_when_it_returns(
    acme: Company, clock: Clock
) -> None:
    ben = acme.slack.person("Ben Okafor")
    await write(acme, "Ana Silva", "The importer works", stuck="The build is slow")
    await write(acme, "Ana Silva", "The importer works", stuck="-")
    await acme.delivered()
    assert "something in the way" not in ben.dm.text
    await write(acme, "Ana Silva", "The importer works", stuck="The build is down")
    await acme.delivered()
    assert "Ana Silva has something in the way." in ben.dm.last.text


async def test_a_second_answer_on_the_same_day_brings_the_button_back(acme: Company, clock: Clock) -> None:
    message = await checkin_answered(acme, clock)
    await message.press("Open")
    await time_passes(acme)
    assert "[" not in message.text
    await acme.slack.person("Ana Silva").modal.close_all()
    await acme.slack.person("Ben Okafor").modal.close_all()
    await comments(acme, clock)
    await time_passes(acme)
    assert "[Open]" in message.text


async def test_a_former_manager_does_not_hear_what_the_new_one_did(acme: Company, clock: Clock) -> None:
    message = await obstacle(acme, clock)
    old, ben = message.as_it_stands(), acme.slack.person("Ben Okafor")
    async with acme.bot.work() as session:
        pia = await session.scalar(select(Person).where(Person.name == "Pia Lund"))
        ana = await session.scalar(select(Person).where(Person.name == "Ana Silva"))
        assert pia and ana
        ana.manager_id = pia.id
        await session.flush()
        await checkins.hand_over(session, ana, now=clock.now)
        [checkin] = await session.scalars(select(Checkin).where(Checkin.person_id == ana.id))
        await checkins.take_obstacle_on(session, pia, checkin.id, now=clock.now)
    await time_passes(acme)
    assert message.text.strip() == "Nothing waits for you here any more."
    await old.press("Open")
    assert ben.modal.text.splitlines() == ["Rapport", "Nothing waits for you here any more.", "[Close]"]
