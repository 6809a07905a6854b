"""The only table that names all capabilities: one row for each, written by hand.

Routes, typed words and their help, messages, the timetable and Home are derived from it at start. To add a capability,
add its row; docs/decisions/0008 says why it is a table and not discovery.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from bot.courier import composers
from bot.courier.composers.saying import unless_put_off
from bot.courier.letters import Spoken
from bot.handlers import (
    Front,
    absence,
    anniversaries,
    awards,
    checkins,
    directory,
    goals,
    kudos,
    notifications,
    nudges,
    pauses,
    platform,
    posts,
    workspace,
)
from bot.handlers.commands import Commands, Word
from bot.handlers.home import Home, Part
from bot.handlers.moments import Moments
from bot.handlers.plain_words import PlainWords
from bot.handlers.routing import Routes, merged
from bot.services.directory import PassOn
from bot.services.goals import pass_on as pass_on_goals
from bot.services.notifications import Kind
from bot.timetable import Job

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Capability:
    """One thing Rapport can do. `words` are what people type; `says` has each kind of message and who writes it.

    `home` is its part of the Home tab, with its buttons for HR and its preferences. `pass_on` gives its rows to the
    person that remains when two rows of the directory turn out to be one person. The order of the rows is the order in
    help and on Home.
    """

    name: str
    routes: Routes = field(default_factory=Routes)
    words: Sequence[Word] = ()
    says: Sequence[Spoken] = ()
    jobs: Sequence[Job] = ()
    home: Part | None = None
    pass_on: PassOn | None = None


@dataclass(frozen=True, slots=True)
class House:
    """All capabilities put together: what the bot answers, what it says unasked, and what it does by the clock."""

    front: Front
    spoken: Mapping[str, Spoken]
    kinds: Mapping[str, Kind]
    timetable: Sequence[Job]


CHECKIN_FORM = checkins.CheckinForm(parts=(kudos.HELPED_PART, goals.CHECKIN_PART, kudos.THANKS_PART))

CAPABILITIES = (
    Capability(
        name="checkins",
        routes=checkins.routes(CHECKIN_FORM),
        words=checkins.words(CHECKIN_FORM),
        says=composers.about_checkins((composers.goals_in_digest, composers.kudos_in_digest)),
        home=checkins.home_part,
    ),
    Capability(
        name="kudos",
        routes=kudos.ROUTES,
        words=kudos.WORDS,
        says=composers.KUDOS,
        jobs=kudos.JOBS,
        home=kudos.home_part,
    ),
    Capability(
        name="awards",
        routes=awards.ROUTES,
        words=awards.WORDS,
        says=composers.AWARDS,
        home=awards.home_part,
    ),
    Capability(
        name="goals",
        routes=goals.ROUTES,
        words=goals.WORDS,
        says=composers.GOALS,
        jobs=goals.JOBS,
        home=goals.home_part,
        pass_on=pass_on_goals,
    ),
    Capability(
        name="nudges",
        routes=nudges.ROUTES,
        words=nudges.WORDS,
        jobs=nudges.JOBS,
        home=nudges.home_part,
    ),
    Capability(name="pauses", routes=pauses.ROUTES, words=pauses.WORDS, home=pauses.home_part),
    Capability(
        name="anniversaries",
        routes=anniversaries.ROUTES,
        says=composers.ANNIVERSARIES,
        jobs=anniversaries.JOBS,
        home=anniversaries.home_part,
    ),
    Capability(name="absence", routes=absence.ROUTES, home=absence.home_part),
    Capability(name="posts", routes=posts.ROUTES, says=composers.POSTS),
    Capability(name="workspace", routes=workspace.ROUTES),
)


def house(capabilities: Sequence[Capability] = CAPABILITIES) -> House:
    """Raises `ValueError` where two capabilities answer to the same id, word, kind or job."""
    home = Home([one.home for one in capabilities if one.home])
    home_word = Word("rapport home", home.show, "Bring your Home tab up to date")
    commands = Commands([*(word for one in capabilities for word in one.words), home_word])
    spoken = _once((said.kind.name, unless_put_off(said)) for one in capabilities for said in one.says)
    kinds = {name: said.kind for name, said in spoken.items()}
    answer_with = {name: said.answer_with for name, said in spoken.items() if said.answer_with}
    accounts = directory.Accounts([one.pass_on for one in capabilities if one.pass_on])
    platform_routes = (
        accounts.routes(),
        commands.routes(),
        PlainWords(commands).routes(),
        home.routes(),
        notifications.routes(kinds, answer_with),
    )
    jobs = _once((job.name, job) for one in capabilities for job in one.jobs)
    return House(
        Front(merged(*(one.routes for one in capabilities), *platform_routes), home, Moments(kinds)),
        spoken,
        kinds,
        (*platform.jobs(kinds), *accounts.jobs(), *jobs.values()),
    )


def _once(rows: Iterable[tuple[str, Row]]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for name, row in rows:
        if name in found:
            raise ValueError(f"two capabilities have {name}")
        found[name] = row
    return found
