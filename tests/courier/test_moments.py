"""A message ends by its kind's rule: found many at once, updated once, and never sent with buttons but no end."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.courier import Telling
from bot.handlers.platform import end_moments
from bot.models import Notification
from bot.services.notifications import Ended, Kind
from bot.slack import Message
from bot.views import kit
from tests.conftest import NOW, StatementCount
from tests.kinds import a_kind
from tests.mailroom import Mailroom

DONE: set[str] = set()


async def done(session: AsyncSession, said: Sequence[Notification], now: datetime) -> dict[int, Ended]:
    return {one.id: Ended("It is done", at=NOW) for one in said if one.subject["task"] in DONE}


async def task(telling: Telling) -> Message:
    text = f"Please do {telling.subject['task']}"
    return kit.message(text, kit.section(text), kit.buttons(kit.button("Done", "test.done")))


TASK = a_kind("task", ends=done)


def use(room: Mailroom, kind: Kind = TASK) -> dict[str, Kind]:
    DONE.clear()
    room.speak(kind, task)
    return {kind.name: kind}


async def sent(room: Mailroom, number: int) -> None:
    for one in range(number):
        await room.plan(f"task {one}", kind="task", subject={"task": f"task {one}"})
    await room.courier().deliver_due()


def updates(room: Mailroom) -> int:
    return sum(call.method == "chat.update" for call in room.playground.calls)


async def test_it_ends_once_and_costs_one_update(room: Mailroom) -> None:
    kinds = use(room)
    await sent(room, 2)
    DONE.add("task 1")
    for _ in range(3):
        await end_moments(room.bot, kinds)
        await room.courier().deliver_due()
    assert [text.endswith("It is done, 15:00.") for text in room.seen()] == [False, True], room.seen()
    assert updates(room) == 1


async def test_more_messages_cost_no_more_queries(
    room: Mailroom, statements: Callable[[], StatementCount]
) -> None:
    kinds = use(room)
    await sent(room, 1)
    DONE.update(f"task {number}" for number in range(40))
    with statements() as for_one:
        await end_moments(room.bot, kinds)
    await sent(room, 40)
    with statements() as for_many:
        await end_moments(room.bot, kinds)
    assert for_many.total == for_one.total


async def test_a_message_that_slack_does_not_change_is_tried_once(room: Mailroom) -> None:
    kinds = use(room)
    await sent(room, 1)
    room.team.dm_of(room.ana.id).messages.clear()
    DONE.add("task 0")
    for _ in range(3):
        await end_moments(room.bot, kinds)
        await room.courier().deliver_due()
    assert updates(room) == 1
    assert (await room.state("task 0"))[0] == "sent"


async def test_an_undone_deed_brings_the_buttons_back_when_the_message_is_written_anew(
    room: Mailroom,
) -> None:
    kinds = use(room)
    await sent(room, 1)
    DONE.add("task 0")
    await end_moments(room.bot, kinds)
    await room.courier().deliver_due()
    DONE.clear()
    await room.mark("task 0", update_due_at=room.clock.now())
    await room.courier().deliver_due()
    assert room.seen() == ["Please do task 0"]
    assert (await room.notification("task 0")).ended_at is None


async def test_nobody_is_told_who_has_left_and_old_messages_are_left_alone(room: Mailroom) -> None:
    kinds = use(room)
    await sent(room, 2)
    await room.mark("task 0", sent_at=NOW - timedelta(days=90))
    await room.change(room.ana, deactivated_at=NOW)
    DONE.update(("task 0", "task 1"))
    for _ in range(2):
        await end_moments(room.bot, kinds)
        await room.courier().deliver_due()
    assert updates(room) == 0
    assert [(await room.notification(key)).ended_at for key in ("task 0", "task 1")] == [NOW, NOW]


async def test_buttons_without_an_end_are_not_sent(room: Mailroom) -> None:
    use(room, a_kind("task"))
    await sent(room, 1)
    assert room.seen() == []
    assert await room.state("task 0") == ("failed", "not_composed")
