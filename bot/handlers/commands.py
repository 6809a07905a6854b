"""This table of typed words dispatches commands, writes the help and finds the closest match of a mistyped one.

`/rapport checkin team` equals `/checkin team`.
"""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.context import Bot
from bot.handlers.routing import Call, Handler, Reply, Routes
from bot.views import help as words

RAPPORT = "rapport"


@dataclass(frozen=True, slots=True)
class Word:
    """People type this without the slash: a command ("checkin"), or a command and its word ("checkin team").

    `does` is its line in the help. `example` makes it the command's free text: text that names somebody, or is longer
    than a mistyped word, goes there, and the help shows the example.
    """

    typed: str
    handler: Handler
    does: str
    example: str = ""

    @property
    def command(self) -> str:
        return self.typed.partition(" ")[0]

    @property
    def after_command(self) -> str:
        return self.typed.partition(" ")[2]


@dataclass(frozen=True, slots=True)
class Command:
    """One slash command has a handler for itself alone, for each word behind it, and for free text."""

    name: str
    bare: Word | None
    free_text: Word | None
    words: Mapping[str, Word]

    def takes(self, text: str) -> bool:
        return self.free_text is not None and ("<@" in text or "<!" in text or len(text.split()) > 1)

    def lines(self, slash: str) -> list[tuple[str, str]]:
        """The help pairs each command with what it does."""
        first = [(f"{slash}{self.name}", self.bare.does)] if self.bare else []
        free = self.free_text
        typed = [(f"{slash}{self.name} {free.example}", free.does)] if free else []
        return [*first, *typed, *((f"{slash}{word.typed}", word.does) for word in self.words.values())]


class Commands:
    """All slash commands of all capabilities. `/rapport` knows its own words and every other command's."""

    def __init__(self, words: Sequence[Word]) -> None:
        names = dict.fromkeys(word.command for word in words)
        self._commands = {name: _command(name, words) for name in names if name != RAPPORT}
        self._rapport = _command(RAPPORT, words)

    def routes(self) -> Routes:
        return Routes(commands={**dict.fromkeys(self._commands, self.on_command), RAPPORT: self.on_rapport})

    async def on_command(self, bot: Bot, call: Call) -> Reply:
        """This answers `/checkin [word]`."""
        command, prefix = self._commands[call.name], bot.settings.command_prefix
        first = call.text.split(maxsplit=1)[0].lower() if call.text else ""
        if not first and command.bare:
            return await command.bare.handler(bot, call)
        if first in ("", "help"):
            return self.overview(prefix)
        if first in command.words:
            rest = call.text[len(first) :].strip()
            return await command.words[first].handler(bot, replace(call, text=rest))
        if command.free_text and command.takes(call.text):
            return await command.free_text.handler(bot, call)
        return words.did_you_mean(call.text, self.closest(f"{call.name} {first}", prefix))

    async def on_rapport(self, bot: Bot, call: Call) -> Reply:
        """`/rapport` alone or with "help" lists all commands. `/rapport checkin …` equals `/checkin …`."""
        typed, _, rest = call.text.partition(" ")
        first, prefix = typed.lower(), bot.settings.command_prefix
        if first in ("", "help"):
            return self.overview(prefix)
        if first in self._rapport.words:
            return await self._rapport.words[first].handler(bot, replace(call, text=rest.strip()))
        if first in self._commands:
            return await self.on_command(bot, replace(call, name=first, text=rest.strip()))
        return words.did_you_mean(call.text, self.closest(call.text.lower(), prefix))

    def lines(self, prefix: str = "") -> list[tuple[str, str]]:
        slash = f"/{prefix}-" if prefix else "/"
        listed = [line for command in self._commands.values() for line in command.lines(slash)]
        return [*listed, *self._rapport.lines(slash), (f"{slash}{RAPPORT} help", "This list")]

    def overview(self, prefix: str = "") -> Reply:
        return words.overview(self.lines(prefix))

    def closest(self, typed: str, prefix: str = "") -> str | None:
        """The result is the known command most similar to the typed one, even if only its second word was typed."""
        slash = f"/{prefix}-" if prefix else "/"
        known = {typed.removeprefix(slash): typed for typed, _ in self.lines(prefix)}
        known |= {line.split()[-1]: full for line, full in list(known.items())}
        found = difflib.get_close_matches(typed.strip()[:60].lower(), list(known), n=1, cutoff=0.6)
        return known[found[0]] if found else None


def _command(name: str, words: Sequence[Word]) -> Command:
    """Raises `ValueError`, at start, where two capabilities want the same word."""
    own = [word for word in words if word.command == name]
    if len({(word.typed, bool(word.example)) for word in own}) < len(own):
        raise ValueError(f"two words of /{name} are the same")
    bare = [word for word in own if not word.after_command]
    return Command(
        name=name,
        bare=next((word for word in bare if not word.example), None),
        free_text=next((word for word in bare if word.example), None),
        words={word.after_command: word for word in own if word.after_command},
    )
