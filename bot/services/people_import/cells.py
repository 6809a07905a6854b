"""The readers of cells. Each returns the value, or raises `Unreadable` with the mistake and its remedy."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from importlib import resources

from bot.clock import is_zone
from bot.services.tables import Unreadable, email, quoted, text

SEPARATOR = " / "
SLACK_ID = re.compile(r"[A-Z0-9]{2,32}")
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def slack_user_id(cell: str) -> str:
    if not SLACK_ID.fullmatch(cell.upper()):
        raise Unreadable(f"{quoted(cell)} is not a Slack member id such as U012AB3CD.")
    return cell.upper()


def department(cell: str) -> str:
    """The path from the root in one spelling: "Engineering / Platform"."""
    names = [text(name.strip()) for name in re.split(r"\s/|/\s|^/|/$", cell)]
    if not all(names):
        raise Unreadable(f'{quoted(cell)} has an empty part. Write it as "Engineering / Platform".')
    return SEPARATOR.join(names)


def start_date(cell: str) -> date:
    try:
        if not ISO_DATE.fullmatch(cell):
            raise ValueError
        day = date.fromisoformat(cell)
    except ValueError:
        raise Unreadable(f"{quoted(cell)} is not a date. Write it as YYYY-MM-DD.") from None
    if not 1900 <= day.year <= 2100:
        raise Unreadable(f"{quoted(cell)} has a year nobody starts in.")
    return day


def country(cell: str) -> str:
    code = cell.upper()
    if code not in country_codes():
        hint = " (the United Kingdom is GB)" if code == "UK" else ""
        raise Unreadable(f"{quoted(cell)} is not a country code. Write two letters, such as DE or PT{hint}.")
    return code


def timezone(cell: str) -> str:
    if not is_zone(cell):
        raise Unreadable(f"{quoted(cell)} is not a time zone. Write it as Europe/Berlin.")
    return cell


READERS: Mapping[str, Callable[[str], object]] = {
    "slack_user_id": slack_user_id,
    "email": email,
    "name": text,
    "manager_email": email,
    "department": department,
    "title": text,
    "start_date": start_date,
    "country": country,
    "timezone": timezone,
}


@cache
def country_codes() -> frozenset[str]:
    """ISO 3166 alpha-2, from the table that comes with the zone rules."""
    table = resources.files("tzdata").joinpath("zoneinfo", "iso3166.tab").read_text("utf-8")
    return frozenset(line.split("\t")[0] for line in table.splitlines() if line and not line.startswith("#"))
