"""What people do, done through the bot's own services, and remembered for when it is asked whether all went well."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot import clock as calendar
from bot.db import insert_rows, update_rows
from bot.errors import NotFound
from bot.models import Answer, Notification, Person, Rhythm
from bot.services import checkins, directory, notifications, pauses, people
from tests.simulation.company import Absence, Someone, Span, hire
from tests.simulation.life import Happening

if TYPE_CHECKING:
    from tests.simulation.world import World

SEVERITY = 0.3  # of all calls while a storm lasts
PUTS_OFF = 0.06  # of all messages


async def happen(world: "World", one: Happening) -> bool:
    """True if the planner should hear of it soon."""
    if one.who and not one.who.works_here(world.now()):
        return False
    world.did[one.deed] += 1
    match one.deed:
        case "crash":
            world.chance.choice(world.replicas).doomed = world.chance.choice(("call", "answer"))
        case "storm":
            assert one.until
            since, until = world.clock(), one.until.timestamp()
            world.weather.brings(one.trouble, SEVERITY, since=since, until=until)
        case "join":
            await join(world, 1)
        case "answer":
            await answer(world, one)
        case "pause":
            await pause(world, one)
        case _:
            await change(world, one)
    return one.deed in ("move", "leave", "join")


async def answer(world: "World", one: Happening) -> None:
    assert one.who and one.week
    now = world.now()
    if one.week not in calendar.open_weeks(now, one.who.zone):
        return
    async with world.bot.work() as session:
        me = await people.by_slack_id(session, one.who.member.id)
        answers = (Answer(key="done", question="What did you get done?", text="The usual."),)
        await checkins.submit(session, me, week=one.week, answers=answers, energy=None, load=None, now=now)
    one.who.answered.setdefault(one.week, now)


async def pause(world: "World", one: Happening) -> None:
    assert one.who and one.until
    now = world.now()
    if one.until <= now:
        return
    async with world.bot.work() as session:
        me = await people.by_slack_id(session, one.who.member.id)
        await pauses.pause(session, me, me, until=one.until, now=now)
    one.who.silent.append(Span(now, one.until))


async def change(world: "World", one: Happening) -> None:
    """Their account in Slack is another now, and the bot hears of it by event."""
    assert one.who
    who, now = one.who, world.now()
    match one.deed:
        case "move":
            who.member.tz = one.zone
            who.zones.append((now, one.zone))
        case "leave":
            who.member.deleted = True
            who.here[-1].until = now
        case "away":
            who.member.status_emoji = ":palm_tree:"
            who.member.status_expiration = int(one.until.timestamp()) if one.until else 0
            who.comes_back(now)
            until = one.until.replace(microsecond=0) if one.until else None
            who.silent.append(Absence(now, until))
        case "back":
            who.member.status_emoji, who.member.status_expiration = "", 0
            who.comes_back(now)
    await tell(world, [who])


async def tell(world: "World", some: Sequence[Someone]) -> None:
    for who in some:
        who.member.updated = int(world.clock())
    payloads = [who.member.as_slack(world.clock(), with_email=True) for who in some]
    async with world.bot.work() as session:
        members = directory.members_from_slack(payloads, await directory.away_signs(session))
        await directory.apply(session, members, pass_on=(), now=world.now(), complete=False)


async def join(world: "World", how_many: int) -> None:
    """Country, manager and rhythm are no business of Slack's: HR and the person have seen to that."""
    new = []
    for number in range(len(world.staff), len(world.staff) + how_many):
        who = hire(number, world.installed.workspace.team_id, world.staff, world.chance, world.now())
        world.staff.append(who)
        world.installed.workspace.add(who.member)
        new.append(who)
    await tell(world, new)
    async with world.bot.work() as session:
        known = await session.execute(select(Person.slack_user_id, Person.id))
        ids = {one.slack_user_id: one.id for one in known}
        for who in new:
            who.id = ids[who.member.id]
        await update_rows(session, Person, [_as_hr_knows(who) for who in new])
        await insert_rows(session, Rhythm, [_as_chosen(who, world.now()) for who in new])


def _as_hr_knows(who: Someone) -> dict[str, object]:
    return {"id": who.id, "country": who.country, "manager_id": who.manager.id if who.manager else None}


def _as_chosen(who: Someone, now: datetime) -> dict[str, object]:
    weekday, minute, every_weeks = who.rhythm
    rhythm = {"weekday": weekday, "minute": minute, "every_weeks": every_weeks, "chosen_at": now}
    return {"person_id": who.id, "department_id": None, **rhythm}


async def welcome_everybody(world: "World") -> None:
    """Long ago, those who are here from the start."""
    async with world.bot.work() as session:
        rows = [
            {
                "person_id": who.id,
                "kind": "welcome",
                "key": f"welcome:{who.id}",
                "subject": {},
                "nonce": f"welcome {who.id}",
                "due_at": world.now(),
                "state": "skipped",
                "attempts": 0,
            }
            for who in world.staff
        ]
        await insert_rows(session, Notification, rows)


async def put_some_off(world: "World") -> None:
    """Some of those who have just been asked want it later."""
    pings = world.installed.workspace.ledger.pings
    for ping in pings[world.pings_read :]:
        if ping.metadata and world.chance.random() < PUTS_OFF:
            await put_off(world, ping.user_id, ping.metadata["event_payload"]["nonce"])
    world.pings_read = len(pings)


async def put_off(world: "World", user_id: str, nonce: str) -> None:
    now = world.now()
    async with world.bot.work() as session:
        me = await people.by_slack_id(session, user_id)
        notification = await session.scalar(select(Notification).where(Notification.nonce == nonce))
        assert notification
        until = calendar.next_open(
            now + timedelta(hours=world.chance.choice((1, 24))), me.timezone, me.country
        )
        try:
            await notifications.put_off(session, me, notification, until=until, now=now)
        except NotFound:  # sent, but the courier has not heard so yet
            return
    world.put_off[nonce] = notification.key
    world.did["put_off"] += 1
