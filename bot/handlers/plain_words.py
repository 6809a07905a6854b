"""The bot answers plain words in its own conversation: one line, with up to three buttons that fit.

A message event opens no window, so its words wait in the buttons.
"""

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.context import Bot
from bot.errors import AlreadyDone, BotError
from bot.handlers.answering import reading
from bot.handlers.commands import RAPPORT, Commands, Word
from bot.handlers.routing import Call, Reply, Routes
from bot.services import inbox, people
from bot.slack import Message
from bot.views import errors as sentences
from bot.views import help as views
from bot.views import kit
from bot.views.help import Offer, Offered

log = logging.getLogger(__name__)

MOST_BUTTONS = 3
A_SENTENCE = 3  # so many words are worth keeping in a form
TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
MARKUP = re.compile(r"<[^>]*>")
GREETINGS = frozenset({"hello", "hi", "hey", "hallo", "hola", "morning"})
HELP = frozenset({"help", "menu", "commands", RAPPORT})
ASKING = frozenset(
    {"please", "open", "show", "start", "write", "give", "set", "do", "want", "can", "need", "how"}
)
LITTLE = frozenset({"my", "the", "a", "an", "new", "to", "me", "you", "is", "are", "in", "this"})
FILLERS = ASKING | LITTLE | {"i", "it", "what"}
FROM_PEOPLE = (None, "", "file_share")  # all other subtypes tell of edits, removals and apps


@dataclass(frozen=True, slots=True)
class PlainWords:
    """Each `Word` says which plain words it answers to, so a capability joins by its row."""

    commands: Commands

    async def on_message(self, bot: Bot, call: Call) -> Reply:
        """Each message of a person is answered at most once, however often Slack delivers it. What they wrote goes into
        the answer's buttons and nowhere else.
        """
        if not _is_of_a_person(call):
            return None
        async with bot.work() as session:
            await inbox.accept(session, call.key, now=bot.now())
        try:
            said = await self._answer(bot, call)
        except AlreadyDone:
            raise
        except BotError as error:  # people without access read why
            said = sentences.private(error.sentence)
        await bot.slack.post(str(call.event["channel"]), said)
        return None

    async def _answer(self, bot: Bot, call: Call) -> Message:
        async with reading(bot, call) as (session, me):
            manager = bool(await people.reports_of(session, me, limit=1))
        mine = [word for word in self.commands.words if manager or not word.for_managers]
        text = kit.clean(call.event.get("text")).strip().lstrip("/")
        said = [one.lower() for one in TOKEN.findall(MARKUP.sub(" ", text))]
        if said and said[0] in GREETINGS and len(said) < A_SENTENCE:
            return self._menu(views.greeting(me.name), mine)
        if said and said[0] in HELP:
            return self._menu(views.MOST_DONE, mine)
        return self._to_words(text, said, mine)

    def _to_words(self, text: str, said: Sequence[str], mine: Sequence[Word]) -> Message:
        found = _found(said, mine)
        known = {one for word in found for one in word.plain} | (FILLERS if ASKING & set(said) else LITTLE)
        says_more = bool(set(said) - known) or "<@" in text
        if found and not (says_more and any(word.with_words for word in found)):
            return views.plain_answer(views.HERE, _offers(found), with_all=False)
        if found:
            return views.plain_answer(views.WITH_YOUR_WORDS, _offers(found, text), with_all=False)
        if len(said) >= A_SENTENCE:
            takes_words = [word for word in mine if word.with_words]
            return views.plain_answer(views.INTO_A_FORM, _offers(takes_words, text), with_all=False)
        near = self.commands.closest(" ".join(said))
        first = [near] if near and near in mine else []
        return self._menu(views.FEW_WORDS, mine, ahead=first)

    def _menu(self, sentence: str, mine: Sequence[Word], ahead: Sequence[Word] = ()) -> Message:
        most = [word for word in mine if word.button and not word.after_command and word not in ahead]
        offers = _offers([*ahead, *most])[: MOST_BUTTONS - 1]
        return views.plain_answer(sentence, offers, with_all=True)

    def routes(self) -> Routes:
        return Routes(events={"message": self.on_message})


def _is_of_a_person(call: Call) -> bool:
    """In the bot's own conversation, written by the person: no edit, no removal, nothing that an app posted."""
    event = call.event
    by_app = event.get("bot_id") or event.get("app_id")
    return bool(
        event.get("channel_type") == "im"
        and isinstance(event.get("channel"), str)
        and event.get("subtype") in FROM_PEOPLE
        and call.user_id
        and not by_app
    )


def _found(said: Sequence[str], mine: Sequence[Word]) -> list[Word]:
    """The words that answer, those first of which the most was said."""
    hits = [(len(word.plain.intersection(said)), word) for word in mine]
    return [word for number, word in sorted(hits, key=lambda hit: -hit[0]) if number]


def _offers(words: Sequence[Word], text: str = "") -> list[Offer]:
    """With a text, the words that have a form for it open it filled."""
    offers = []
    for word in words[:MOST_BUTTONS]:
        takes = bool(text and word.with_words)
        label = word.with_words if takes else word.button or word.does
        offers.append(Offer(label, Offered(typed=word.typed, words=text if takes else "")))
    return offers
