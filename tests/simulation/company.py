"""Three hundred people in forty zones, and what a simulation knows about each that the bot has to find out."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from playground.workspace import Member

# zone, country: weekends of Friday and Saturday, half-hour offsets, both hemispheres' clock changes
PLACES: tuple[tuple[str, str | None], ...] = (
    ("Europe/Berlin", "DE"), ("Europe/London", "GB"), ("Europe/Paris", "FR"), ("Europe/Madrid", "ES"),
    ("Europe/Rome", "IT"), ("Europe/Lisbon", "PT"), ("Europe/Dublin", "IE"), ("Europe/Warsaw", "PL"),
    ("Europe/Athens", "GR"), ("Europe/Helsinki", "FI"), ("Europe/Istanbul", "TR"), ("Europe/Kyiv", "UA"),
    ("America/New_York", "US"), ("America/Chicago", "US"), ("America/Denver", "US"),
    ("America/Los_Angeles", "US"), ("America/St_Johns", "CA"), ("America/Toronto", "CA"),
    ("America/Mexico_City", "MX"), ("America/Bogota", "CO"), ("America/Santiago", "CL"),
    ("America/Sao_Paulo", "BR"), ("America/Argentina/Buenos_Aires", "AR"), ("America/Caracas", "VE"),
    ("Africa/Cairo", "EG"), ("Africa/Lagos", "NG"), ("Africa/Johannesburg", "ZA"), ("Africa/Casablanca", "MA"),
    ("Asia/Jerusalem", "IL"), ("Asia/Dubai", "AE"), ("Asia/Riyadh", "SA"), ("Asia/Kolkata", "IN"),
    ("Asia/Kathmandu", "NP"), ("Asia/Singapore", "SG"), ("Asia/Tokyo", "JP"), ("Asia/Seoul", "KR"),
    ("Australia/Lord_Howe", "AU"), ("Australia/Sydney", "AU"), ("Pacific/Chatham", "NZ"),
    ("Pacific/Kiritimati", None),
)  # fmt: skip
RHYTHMS = ((4, 16 * 60, 1), (3, 9 * 60, 2), (1, 17 * 60 + 45, 4))
TEAM = 8  # people per manager


@dataclass
class Span:
    """From an instant on, until another or until further notification."""

    since: datetime
    until: datetime | None = None

    def covers(self, moment: datetime) -> bool:
        return self.since <= moment and (self.until is None or moment < self.until)


class Absence(Span):
    """As their Slack status says; ends when that is taken back."""


@dataclass
class Someone:
    """`rhythm` is weekday, minute, weeks between. All histories grow as the simulation goes on."""

    member: Member
    country: str | None
    manager: "Someone | None"
    rhythm: tuple[int, int, int]
    id: int = 0  # in the directory
    zones: list[tuple[datetime, str]] = field(default_factory=list)
    here: list[Span] = field(default_factory=list)
    silent: list[Span] = field(default_factory=list)
    answered: dict[date, datetime] = field(default_factory=dict)

    def zone_at(self, moment: datetime) -> ZoneInfo:
        """Before anybody knew them: the first we know of."""
        known = [zone for since, zone in self.zones if since <= moment]
        return ZoneInfo(known[-1] if known else self.zones[0][1])

    def works_here(self, moment: datetime) -> bool:
        return any(span.covers(moment) for span in self.here)

    def is_silent(self, moment: datetime) -> bool:
        return any(span.covers(moment) for span in self.silent)

    def comes_back(self, now: datetime) -> None:
        for span in self.silent:
            if isinstance(span, Absence) and (span.until is None or span.until > now):
                span.until = now

    @property
    def zone(self) -> str:
        return self.zones[-1][1]


def hire(number: int, team_id: str, staff: list[Someone], choose: random.Random, now: datetime) -> Someone:
    """The first of each team leads it."""
    zone, country = PLACES[number % len(PLACES)]
    member = Member(
        id=f"U{number:08d}",
        team_id=team_id,
        name=f"person{number}",
        real_name=f"Person {number}",
        email=f"person{number}@example.com",
        tz=zone,
    )
    leader = staff[number - number % TEAM] if number % TEAM and staff else None
    someone = Someone(member, country, leader, choose.choice(RHYTHMS))
    someone.zones.append((now, zone))
    someone.here.append(Span(now))
    return someone
