"""This table of typed words dispatches commands and plain words, writes the help, and finds the closest match of a
mistyped word.

`/rapport checkin team` equals `/checkin team`.
"""

import difflib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from bot.context import Bot
from bot.errors import BotError, NotFound
from bot.handlers.answering import reading
from bot.handlers.routing import Call, Handler, Reply, Routes
from bot.services import people
from bot.slack import Message
from bot.spelling import command
from bot.views import help as views
from bot.views import kit
from bot.views.help import Offer, Offered

RAPPORT = "rapport"
TWO_WORDS = 2  # a longer text than this is no mistyped word


@dataclass(frozen=True, slots=True)
class Word:
    """People type this without the slash: a command ("checkin"), or a command and its word ("checkin team").

    `does` is its line in the help. `example` makes it the command's free text: text that names somebody, or is longer
    than a mistyped word, goes there, and the help shows the example. `button` is its label in the menu of `/rapport`;
    without one it is not there. In the bot's own conversation it answers to the `plain` words, and `with_words` is the
    label of the button that opens its form filled with what the person wrote.
    """

    typed: str
    handler: Handler
    does: str
    example: str = ""
    button: str = ""
    with_words: str = ""
    plain: frozenset[str] = frozenset()
    for_managers: bool = False

    @property
    def command(self) -> str:
        return self.typed.partition(" ")[0]

    @property
    def after_command(self) -> str:
        return self.typed.partition(" ")[2]

    @property
    def line(self) -> tuple[str, str]:
        """The help pairs the command with what it does."""
        return command(f"{self.typed} {self.example}".strip()), self.does


@dataclass(frozen=True, slots=True)
class Command:
    """One slash command has a handler for itself alone, for each word behind it, and for free text."""

    name: str
    bare: Word | None
    free_text: Word | None
    words: Mapping[str, Word]

    def takes(self, text: str) -> bool:
        return self.free_text is not None and ("<@" in text or "<!" in text or len(text.split()) > 1)

    @property
    def all_words(self) -> Sequence[Word]:
        first = (self.bare, self.free_text, *self.words.values())
        return [word for word in first if word]


class Commands:
    """All slash commands of all capabilities. `/rapport` knows its own words and every other command's."""

    def __init__(self, words: Sequence[Word]) -> None:
        names = dict.fromkeys(word.command for word in words)
        self._commands = {name: _command(name, words) for name in names if name != RAPPORT}
        self._rapport = _command(RAPPORT, words)
        everyone = (*self._commands.values(), self._rapport)
        self.words = [word for one in everyone for word in one.all_words]

    def routes(self) -> Routes:
        return Routes(
            commands={**dict.fromkeys(self._commands, self.on_command), RAPPORT: self.on_rapport},
            actions={views.RUN: self.on_button, views.ALL: self.on_all},
        )

    async def on_command(self, bot: Bot, call: Call) -> Reply:
        """This answers `/checkin [word]`."""
        known = self._commands[call.name]
        first = call.text.split(maxsplit=1)[0].lower() if call.text else ""
        if not first and known.bare:
            return await known.bare.handler(bot, call)
        if first in ("", "help"):
            return await self._help(bot, call, known)
        if first in known.words:
            rest = call.text[len(first) :].strip()
            return await known.words[first].handler(bot, replace(call, text=rest))
        near = self._near(first, known.words)
        is_sentence = len(call.text.split()) > TWO_WORDS
        if known.free_text and known.takes(call.text) and (is_sentence or not near):
            return await known.free_text.handler(bot, call)
        near = near or self.closest(f"{call.name} {first}")
        rest = call.text[len(first) :].strip()
        return views.did_you_mean(call.text, Offered(typed=near.typed, words=rest) if near else None)

    async def on_rapport(self, bot: Bot, call: Call) -> Reply:
        """`/rapport` alone opens a menu; with "help" it lists all commands. `/rapport checkin …` equals
        `/checkin …`.
        """
        typed, _, rest = call.text.partition(" ")
        first = typed.lower()
        if first == "":
            return views.menu(self._in_menu(await manages(bot, call)))
        if first == "help":
            return self.overview()
        if first in self._rapport.words:
            return await self._rapport.words[first].handler(bot, replace(call, text=rest.strip()))
        if first in self._commands:
            return await self.on_command(bot, replace(call, name=first, text=rest.strip()))
        near = self.closest(call.text.lower())
        return views.did_you_mean(call.text, Offered(typed=near.typed) if near else None)

    async def on_button(self, bot: Bot, call: Call) -> Reply:
        """A button does what typing its command does, with the words that the person wrote before."""
        offered = Offered.decode(call.value)
        word = self.named(offered.typed, offered.words)
        reply = await word.handler(bot, replace(call, value="", text=offered.words))
        return await _said(bot, call, reply)

    async def on_all(self, bot: Bot, call: Call) -> Reply:
        return await _said(bot, call, self.overview())

    def named(self, typed: str, words: str = "") -> Word:
        """The word of that name. Where it has a form of its own for what people wrote, that one is taken with words."""
        found = [word for word in self.words if word.typed == typed and bool(word.example) <= bool(words)]
        if not found:
            raise NotFound(Offered.gone)
        return next((word for word in found if words and word.with_words), found[0])

    def lines(self) -> list[tuple[str, str]]:
        return [*(word.line for word in self.words), (command(f"{RAPPORT} help"), "This list")]

    def overview(self) -> Message:
        return views.overview(self.lines())

    def closest(self, typed: str) -> Word | None:
        """The result is the known command most similar to the typed one, even if only its second word was typed."""
        known = {word.typed: word for word in self.words if not word.example}
        known |= {typed.split()[-1]: word for typed, word in list(known.items())}
        return self._near(typed, known)

    def _near(self, typed: str, known: Mapping[str, Word]) -> Word | None:
        found = difflib.get_close_matches(typed.strip()[:60].lower(), list(known), n=1, cutoff=0.6)
        return known[found[0]] if found else None

    def _in_menu(self, manager: bool) -> list[Offer]:
        mine = (word for word in self.words if word.button and (manager or not word.for_managers))
        return [Offer(word.button, Offered(typed=word.typed)) for word in mine]

    async def _help(self, bot: Bot, call: Call, about: Command) -> Message:
        """The command's own lines, without those for managers where nobody reports to the person."""
        manager = await manages(bot, call)
        return views.about([word.line for word in about.all_words if manager or not word.for_managers])


async def manages(bot: Bot, call: Call) -> bool:
    """Whether somebody reports to the person who asks. Nobody reports to people without access."""
    with suppress(BotError):
        async with reading(bot, call) as (session, me):
            return bool(await people.reports_of(session, me, limit=1))
    return False


async def words_of(bot: Bot, call: Call) -> str:
    """What the person wrote behind the command, as they see it: with names, and without Slack's escapes."""
    if not call.text:
        return ""
    async with reading(bot, call) as (session, _):
        names = await people.names_of(session, kit.people_in(call.text))
    return kit.spelled_out(call.text, names)


async def _said(bot: Bot, call: Call, reply: Reply) -> Reply:
    """A button's answer cannot carry a message, so it is sent to the person privately."""
    if not isinstance(reply, Message):
        return reply
    await bot.slack.respond(call.response_url, reply)
    return None


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
