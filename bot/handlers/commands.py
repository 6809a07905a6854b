"""The words people type: one table that dispatches, writes the help and knows the closest match.

`/rapport checkin team` equals `/checkin team`.
"""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.context import Bot
from bot.handlers import awards, checkins, home, kudos, pauses, rhythms
from bot.handlers.goals import lists, setting
from bot.handlers.routing import Call, Handler, Reply, Routes
from bot.views import help as words


@dataclass(frozen=True, slots=True)
class Word:
    """A command, its bare meaning, its sub-words, and one help line for each. `line`: what else may be typed."""

    bare: Handler
    does: str
    sub: Mapping[str, tuple[Handler, str]]
    line: tuple[str, Handler, str] | None = None

    def takes(self, text: str) -> bool:
        """Whether that is a line of its own: it names somebody, or is longer than a mistyped word."""
        return self.line is not None and ("<@" in text or "<!" in text or len(text.split()) > 1)


COMMANDS: Mapping[str, Word] = {
    "checkin": Word(
        bare=checkins.open_form,
        does="Write this week's check-in, or edit it until the week closes",
        sub={
            "history": (checkins.open_history, "Your earlier check-ins and what was said to them"),
            "team": (checkins.open_team, "For managers: your team's week, obstacles first"),
            "export": (checkins.send_export, "All your check-ins as a CSV file, sent to you only"),
        },
    ),
    "kudos": Word(
        bare=kudos.open_form,
        does="Thank colleagues, in a form",
        sub={
            "mine": (kudos.open_mine, "The thanks you gave and received, and how you like to be thanked"),
            "nominate": (awards.open_form, "Nominate a colleague for an award, in confidence"),
            "awards": (awards.open_page, "Awards given, your nominations; for HR: decide and announce"),
        },
        line=(
            "@ana @ben for … #craft",
            kudos.on_line,
            "Thank them in one line; you see it before it is sent",
        ),
    ),
    "goals": Word(
        bare=lists.open_mine,
        does="Your goals: how they stand, and a tap to say so",
        sub={
            "new": (setting.open_form, "Set a goal"),
            "team": (lists.open_team, "For managers: your team's goals, trouble first"),
            "company": (lists.open_tree, "The company's goals as a tree"),
            "past": (lists.open_past, "Your closed, dropped and carried-over goals"),
        },
    ),
}

RAPPORT: Mapping[str, tuple[Handler, str]] = {
    "preferences": (rhythms.open_preferences, "The day and time I ask you, and how often"),
    "pause": (
        pauses.pause,
        "Silence until Monday, for 2 weeks, until 1 December; managers: pause @ana until …",
    ),
    "resume": (pauses.resume, "End a pause"),
    "home": (home.show, "Bring your Home tab up to date"),
}
"""What only `/rapport` knows: it is about Rapport itself."""


async def on_word(bot: Bot, call: Call) -> Reply:
    """`/checkin [sub-word]`."""
    word = COMMANDS[call.name]
    first = call.text.split(maxsplit=1)[0].lower() if call.text else ""
    if not first:
        return await word.bare(bot, call)
    if first == "help":
        return overview(bot.settings.command_prefix)
    if first in word.sub:
        return await word.sub[first][0](bot, replace(call, text=call.text[len(first) :].strip()))
    if word.line and word.takes(call.text):
        return await word.line[1](bot, call)
    return words.did_you_mean(call.text, closest(f"{call.name} {first}", bot.settings.command_prefix))


async def on_rapport(bot: Bot, call: Call) -> Reply:
    """`/rapport` alone or with help: what there is. `/rapport checkin …`: the same as `/checkin …`."""
    first, _, rest = call.text.partition(" ")
    if first.lower() in ("", "help"):
        return overview(bot.settings.command_prefix)
    if first.lower() in RAPPORT:
        return await RAPPORT[first.lower()][0](bot, replace(call, text=rest.strip()))
    if first.lower() in COMMANDS:
        return await on_word(bot, replace(call, name=first.lower(), text=rest.strip()))
    return words.did_you_mean(call.text, closest(call.text.lower(), bot.settings.command_prefix))


def lines(prefix: str = "") -> list[tuple[str, str]]:
    slash = f"/{prefix}-" if prefix else "/"
    listed = []
    for name, word in COMMANDS.items():
        listed.append((f"{slash}{name}", word.does))
        if word.line:
            listed.append((f"{slash}{name} {word.line[0]}", word.line[2]))
        listed += [(f"{slash}{name} {sub}", does) for sub, (_, does) in word.sub.items()]
    listed += [(f"{slash}rapport {word}", does) for word, (_, does) in RAPPORT.items()]
    return [*listed, (f"{slash}rapport help", "This list")]


def overview(prefix: str = "") -> Reply:
    return words.overview(lines(prefix))


def closest(typed: str, prefix: str = "") -> str | None:
    """The known command line most like what was typed, also when only its sub-word was typed."""
    slash = f"/{prefix}-" if prefix else "/"
    known = {typed.removeprefix(slash): typed for typed, _ in lines(prefix)}
    known |= {line.split()[-1]: full for line, full in list(known.items())}
    found = difflib.get_close_matches(typed.strip()[:60].lower(), list(known), n=1, cutoff=0.6)
    return known[found[0]] if found else None


ROUTES = Routes(commands={**dict.fromkeys(COMMANDS, on_word), "rapport": on_rapport})
