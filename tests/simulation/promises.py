"""What must be true after any life whatever, asked of what people saw and of the ledger. Each promise yields the
sentences that say how it was broken.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

import holidays
from sqlalchemy import select

from bot.models import Notification, NotificationState
from bot.services.notifications import Rank
from tests.simulation.company import Someone
from tests.simulation.virtual_time import instant
from tests.simulation.world import WEEK, World

NUDGE, REMINDER, DIGEST = "checkins.nudge", "checkins.reminder", "checkins.digest"
SOON = timedelta(days=3)  # delayed by a storm, past office hours, over a weekend
A_DAY, A_WEEK = 1, 3  # unasked messages
OPENS, CLOSES = time(8), time(18)
LEFT_BEHIND = timedelta(days=2)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Seen:
    """A message somebody's phone buzzed for. `notification` is None if no row has its nonce (any more)."""

    who: Someone
    at: datetime
    place: tuple[str, str]  # channel and ts
    nonce: str
    notification: Notification | None

    @property
    def local(self) -> datetime:
        return self.at.astimezone(self.who.zone_at(self.at))

    def __str__(self) -> str:
        what = self.notification.key if self.notification else self.nonce
        return (
            f"{self.who.member.real_name}, {what}, {self.local:%a %d %b %H:%M:%S %Z} ({self.at:%d %H:%M:%SZ})"
        )


@dataclass(frozen=True)
class Evidence:
    world: World
    now: datetime
    rows: dict[str, Notification]  # by nonce
    seen: list[Seen]

    def put_off(self, one: Seen) -> bool:
        """Snoozed by the person: it comes again."""
        return one.nonce in self.world.put_off

    def asked_for(self, one: Seen) -> bool:
        """It was snoozed, or is back from being snoozed: then it counts for nothing."""
        keys = self.world.put_off.values()
        return self.put_off(one) or (one.notification is not None and one.notification.key in keys)


async def gather(world: World) -> Evidence:
    async with world.bot.read() as session:
        rows = {row.nonce: row for row in await session.scalars(select(Notification))}
    staff = {who.member.id: who for who in world.staff}
    pings = world.installed.workspace.ledger.pings
    nonces = [(ping, (ping.metadata or {})["event_payload"]["nonce"]) for ping in pings]
    seen = [
        Seen(staff[ping.user_id], instant(ping.at), (ping.channel_id, ping.ts), nonce, rows.get(nonce))
        for ping, nonce in nonces
    ]
    return Evidence(world, world.now(), rows, seen)


def said_once(told: Evidence) -> Iterator[str]:
    """One message per nonce, and one per person, kind and period, snoozes aside."""
    for nonce, count in Counter(one.nonce for one in told.seen).items():
        if count > 1:
            yield f"{count} messages for one notification: {told.rows.get(nonce)}"
    periods: defaultdict[tuple[Any, ...], list[Seen]] = defaultdict(list)
    for one in told.seen:
        if one.notification and not told.asked_for(one) and one.notification.subject.get("week"):
            periods[one.who.id, one.notification.kind, one.notification.subject["week"]].append(one)
    for several in periods.values():
        if len(several) > 1:
            yield f"more than one for a period: {'; '.join(map(str, several))}"


def in_the_window(told: Evidence) -> Iterator[str]:
    for one in told.seen:
        if not OPENS <= one.local.time() < CLOSES:
            yield f"in quiet hours: {one}"
        if not is_working_day(one.local.date(), one.who.country):
            yield f"on a day off: {one}"


def only_colleagues(told: Evidence) -> Iterator[str]:
    """Not even tried: Slack would refuse what is written to a leaver, so nobody would see it."""
    staff = {who.member.id: who for who in told.world.staff}
    for at, user_id in told.world.tried:
        if not staff[user_id].works_here(at):
            yield f"does not work here: {staff[user_id].member.real_name}, {at}"


def in_peace(told: Evidence) -> Iterator[str]:
    yield from (f"away or paused: {one}" for one in told.seen if one.who.is_silent(one.at))


def within_budget(told: Evidence) -> Iterator[str]:
    """News and thanks never come on a day or in a week that is full. Counted in the zone where the person is at that
    moment.
    """
    earlier: defaultdict[int, list[datetime]] = defaultdict(list)
    for one in told.seen:
        if told.asked_for(one):
            continue
        days = [at.astimezone(one.local.tzinfo).date() for at in earlier[one.who.id]]
        if can_wait(one) and sum(day == one.local.date() for day in days) >= A_DAY:
            yield f"second of the day: {one}"
        if can_wait(one) and sum(monday(day) == monday(one.local.date()) for day in days) >= A_WEEK:
            yield f"fourth of the week: {one}"
        earlier[one.who.id].append(one.at)


def can_wait(one: Seen) -> bool:
    return one.notification is not None and one.notification.rank in (Rank.NEWS, Rank.THANKS)


def sent_is_seen(told: Evidence) -> Iterator[str]:
    """And what was seen is *sent*, unless the person sent it away again."""
    seen = Counter(one.place for one in told.seen)
    for row in told.rows.values():
        if row.state == NotificationState.SENT and seen[str(row.slack_channel), str(row.slack_ts)] != 1:
            yield f"sent, yet seen {seen[str(row.slack_channel), str(row.slack_ts)]} times: {row.key}"
    places = {(row.slack_channel, row.slack_ts) for row in told.rows.values()}
    for one in told.seen:
        if not told.put_off(one) and one.place not in places:
            yield f"seen, yet the ledger says {one.notification.state if one.notification else 'nothing'}: {one}"


def nothing_left_behind(told: Evidence) -> Iterator[str]:
    before = told.now - LEFT_BEHIND
    for row in told.rows.values():
        if row.state == NotificationState.PLANNED and row.due_at < before:
            yield f"still planned since {row.due_at}: {row.key} ({row.reason})"
        if (
            row.state in (NotificationState.SENDING, NotificationState.UNKNOWN)
            and (row.tried_since or before) < before
        ):
            yield f"still {row.state} since {row.tried_since}: {row.key}"
        if row.update_due_at and row.update_due_at < before:
            yield f"still not updated since {row.update_due_at}: {row.key}"


def nobody_forgotten(told: Evidence) -> Iterator[str]:
    """Whoever had an ordinary week, and had not answered before, was asked, however much else there was to say."""
    asked = {row.key: row for row in told.rows.values()}
    for week in weeks(told):
        for who in told.world.staff:
            row = asked.get(f"{NUDGE}:{who.id}:{week}")
            if is_to_be_asked(who, week) and not was_asked(told, row):
                yield f"not asked: {who.member.real_name} in the week of {week}: {row and (row.state, row.reason)}"


def only_about_weeks_that_were_asked_about(told: Evidence) -> Iterator[str]:
    """The check-in was started on a Monday: that day, nobody is reminded of the week before or shown its sum."""
    first = told.world.clock.start.date()
    for one in told.seen:
        kind, week = (
            (one.notification.kind, one.notification.subject.get("week")) if one.notification else ("", None)
        )
        if (kind == REMINDER and str(week) < str(first)) or (kind == DIGEST and str(week) <= str(first)):
            yield f"about a week before the check-in was started: {one}"


def was_asked(told: Evidence, row: Notification | None) -> bool:
    return row is not None and (row.state == NotificationState.SENT or row.key in told.world.put_off.values())


def is_to_be_asked(who: Someone, week: date) -> bool:
    weekday, minute, every_weeks = who.rhythm
    day = week + weekday * DAY
    since, until = (datetime.combine(week + days * DAY, time(), UTC) for days in (0, 9))
    due = datetime.combine(day, time(minute // 60, minute % 60), who.zone_at(since))
    return (
        week.toordinal() // 7 % every_weeks == 0
        and is_working_day(day, who.country)
        and any(span.since <= since and (span.until or until) >= until for span in who.here)
        and not any(since < moved < until for moved, _ in who.zones)
        and not any(span.since < until and (span.until or until) > since for span in who.silent)
        and who.answered.get(week, until) > due + SOON
    )


def weeks(told: Evidence) -> Iterator[date]:
    """Those that lie in the simulation as a whole."""
    first, last = told.world.clock.start.date(), told.now.date() - WEEK
    yield from (first + number * WEEK for number in range((last - first) // WEEK + 1))


def is_working_day(day: date, country: str | None) -> bool:
    if country is None:
        return day.weekday() < 5
    return calendar_of(country, day.year).is_working_day(day)


@cache
def calendar_of(country: str, year: int) -> holidays.HolidayBase:
    return holidays.country_holidays(country, years=year)


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


PROMISES = (
    said_once,
    in_the_window,
    only_colleagues,
    in_peace,
    within_budget,
    sent_is_seen,
    nothing_left_behind,
    nobody_forgotten,
    only_about_weeks_that_were_asked_about,
)


def broken(told: Evidence) -> list[str]:
    return [f"{promise.__name__}: {how}" for promise in PROMISES for how in promise(told)]
