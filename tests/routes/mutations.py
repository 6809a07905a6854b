"""How a request from Slack may be bent: something dropped, retyped, nested, blown up, or put in another's name."""

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import getitem
from typing import Any

from hypothesis import strategies as st

from tests.routes.forgery import Recorded

Way = tuple[str | int, ...]
Change = tuple[int, str, int]
"""Where, how, and with which of the values; the numbers wrap around."""

ODD: Sequence[Any] = (
    None,
    True,
    0,
    -1,
    2**63,
    10**400,
    1e308,
    "",
    " ",
    "\x00",
    "\ud800",
    "\u202e:tada: <!channel>",
    "{}",
    '{"checkin": 1e400}',
    '{"week": "0001-01-01"}',
    '{"week": "9999-12-31"}',
    "x" * 40,
    "x" * 5_000,
    "x" * 200_000,
    [],
    {},
    [None],
    [{}],
    {"type": {}},
)
ACTED_ON: Sequence[Way] = (
    ("command",),
    ("text",),
    ("team_id",),
    ("user_id",),
    ("trigger_id",),
    ("response_url",),
    ("team", "id"),
    ("user", "id"),
    ("actions", 0, "action_id"),
    ("actions", 0, "value"),
    ("view", "id"),
    ("view", "callback_id"),
    ("view", "private_metadata"),
    ("view", "blocks"),
    ("view", "state", "values"),
    ("event", "type"),
    ("event", "tab"),
    ("event", "user"),
    ("event", "user", "id"),
    ("event", "user", "profile"),
    ("event", "item"),
    ("event", "item", "channel"),
    ("event", "reaction"),
    ("message", "user"),
    ("channel", "id"),
)
HOW = ("odd", "odd", "odd", "foreign", "drop", "nest", "list", "many")
ACTORS: Sequence[Way] = (("user", "id"), ("user_id",), ("event", "user", "id"))
SUBJECTS: Sequence[Way] = (("actions", 0, "value"), ("view", "private_metadata"))


@dataclass(frozen=True)
class Bend:
    """Which request, in whose name, about what, and what else is wrong with it. All numbers wrap around."""

    request: int
    actor: int | None
    subject: int | None
    changes: Sequence[Change]


any_number = st.sampled_from(range(5040))  # each as likely as any other, which integers() is not
change = st.tuples(st.integers(0, 10**9), st.sampled_from(HOW), any_number)
bends: st.SearchStrategy[Bend] = st.builds(
    Bend,
    request=any_number,
    actor=st.none() | any_number | any_number,
    subject=st.none() | any_number | any_number,
    changes=st.lists(change, max_size=2),
)


@dataclass(frozen=True)
class Others:
    """Who and what belongs to somebody else: people to act as, what a request may be about, and any ids."""

    people: Sequence[str]
    subjects: Sequence[str]
    ids: Sequence[str]


def bent(request: Recorded, bend: Bend, others: Others) -> Recorded:
    payload = copy.deepcopy(request.payload)
    if bend.actor is not None:
        _put(payload, ACTORS, others.people[bend.actor % len(others.people)])
    if bend.subject is not None:
        _put(payload, SUBJECTS, others.subjects[bend.subject % len(others.subjects)])
    for place, how, which in bend.changes:
        if way := _way(payload, place):
            _bend(payload, way, how, which, others)
    return Recorded(request.kind, payload)


def _put(payload: Any, ways: Sequence[Way], value: str) -> None:
    for *above, last in ways:
        if _leads_somewhere(payload, (*above, last)):
            reduce(getitem, above, payload)[last] = value


def _way(payload: Any, place: int) -> list[str | int]:
    """Every second time to something handlers act on, else anywhere; what lies near the top as often as the rest."""
    place, anywhere = divmod(place, 2)
    acted_on = [list(way) for way in ACTED_ON if _leads_somewhere(payload, way)]
    if acted_on and not anywhere:
        return _walked(payload, acted_on[place % len(acted_on)], place // len(acted_on))
    return _walked(payload, [], place)


def _walked(payload: Any, way: list[str | int], place: int) -> list[str | int]:
    value = reduce(getitem, way, payload)
    while isinstance(value, dict | list) and value:
        keys = list(value) if isinstance(value, dict) else range(len(value))
        place, step = divmod(place, len(keys))
        way.append(keys[step])
        value = value[keys[step]]
        place, stop = divmod(place, 3)
        if stop == 0:
            break
    return way


def _leads_somewhere(payload: Any, way: Sequence[str | int]) -> bool:
    try:
        reduce(getitem, way, payload)
    except (KeyError, IndexError, TypeError):
        return False
    return True


def _bend(payload: Any, way: Sequence[str | int], how: str, which: int, others: Others) -> None:
    *above, last = way
    for step in above:
        payload = payload[step]
    before = payload.pop(last)
    if how == "drop":
        return
    after = {
        "odd": copy.deepcopy(ODD[which % len(ODD)]),
        "foreign": others.ids[which % len(others.ids)],
        "nest": _nested(before, which % 200),
        "list": [before],
        "many": [before] * (200 if isinstance(before, str) else 3),
    }[how]
    if isinstance(payload, list):
        payload.insert(int(last), after)
    else:
        payload[last] = after


def _nested(value: Any, depth: int) -> Any:
    for _ in range(depth):
        value = {"value": value}
    return value
