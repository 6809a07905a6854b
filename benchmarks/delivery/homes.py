"""What opening Home costs after three years of use, beside after a month."""

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median

from benchmarks.company import TEAM
from benchmarks.delivery.town import THURSDAY, WEEK, Town, town
from benchmarks.rows import Row
from benchmarks.traffic import WORDS
from bot.capabilities import house
from bot.db import insert_rows
from bot.models import Answer, Audience, Checkin, Notification, NotificationState
from bot.services.nudges.kinds import NUDGE, key

SHORT, LONG = 4, 156  # weeks
OPENINGS = 150  # and a few before them to warm up
WARM_UP = 10
ANSWERS = tuple(Answer(name, f"What about {name}?", WORDS) for name in ("done", "next", "obstacles"))


async def measure(database_url: str) -> Sequence[Row]:
    """Two managers, each with a team of the same age; they open Home by turns."""
    new, old = list[float](), list[float]()
    async with town(database_url, 2 * TEAM, limited=False) as place:
        await _live(place, range(1, 1 + TEAM), SHORT)
        await _live(place, range(1 + TEAM, 1 + 2 * TEAM), LONG)
        for _ in range(WARM_UP + OPENINGS):
            new.append(await _seconds(place, place.people[0]))
            old.append(await _seconds(place, place.people[TEAM]))
    ours, floor = (median(each[WARM_UP:]) * 1000 for each in (old, new))
    return (Row("a manager's Home after 3 years, p50; floor: after 1 month", ours, floor, 1.3, "ms", True),)


async def _seconds(place: Town, slack_user_id: str) -> float:
    started = time.perf_counter()
    await house().front.home.publish(place.bot, slack_user_id)
    return time.perf_counter() - started


async def _live(place: Town, team: range, weeks: int) -> None:
    """Every one of them was nudged and wrote every week, up to the one before this."""
    async with place.bot.work() as session:
        for person_id in team:
            past = [(person_id, ago) for ago in range(1, 1 + weeks)]
            await insert_rows(session, Checkin, [_checkin(team[0], *one) for one in past])
            await insert_rows(session, Notification, [_nudge(*one) for one in past])


def _checkin(manager_id: int, person_id: int, weeks_ago: int) -> dict[str, object]:
    return {
        "person_id": person_id,
        "week": WEEK - timedelta(weeks=weeks_ago),
        "manager_id": None if person_id == manager_id else manager_id,
        "audience": Audience.MANAGER,
        "answers": ANSWERS,
        "energy": 1 + weeks_ago % 5,
        "revision": 1,
        "submitted_at": _then(weeks_ago),
    }


def _nudge(person_id: int, weeks_ago: int) -> dict[str, object]:
    week = WEEK - timedelta(weeks=weeks_ago)
    return {
        "person_id": person_id,
        "kind": NUDGE,
        "key": key(NUDGE, person_id, week),
        "subject": {"week": week.isoformat()},
        "nonce": f"{person_id}-{weeks_ago}",
        "due_at": _then(weeks_ago),
        "state": NotificationState.SENT,
        "sent_at": _then(weeks_ago),
        "slack_channel": f"D{person_id}",
        "slack_ts": f"{weeks_ago}.0",
        "attempts": 1,
    }


def _then(weeks_ago: int) -> datetime:
    return THURSDAY - timedelta(weeks=weeks_ago)
