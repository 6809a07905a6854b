"""The one place where errors become sentences, shown where the person is looking."""

import logging
import secrets

from bot.context import Bot
from bot.errors import AlreadyDone, BotError, Invalid
from bot.handlers.deadline import TookTooLong
from bot.handlers.routing import Call, Choices, Errors, Reply, Unacknowledged, Window
from bot.handlers.windows import show
from bot.slack import SlackError
from bot.views import errors as sentences
from bot.views import kit

log = logging.getLogger(__name__)


async def refused(bot: Bot, call: Call, error: BotError) -> Reply:
    """An error with a sentence for the person."""
    log.info("call.refused", extra={"kind": call.kind, "handler": call.name, "error": type(error).__name__})
    if isinstance(error, AlreadyDone) and call.kind == "submission":
        return None  # the first of two presses closed the form; so does the second
    if isinstance(error, SlackError):
        return await _told_without_trigger(bot, call, error.sentence)  # its trigger may be spent
    return await _told(bot, call, error.sentence, error.field if isinstance(error, Invalid) else None)


async def broken(bot: Bot, call: Call, error: Exception) -> Reply:
    """Anything else: an apology with a reference that finds the full log line, and nothing of it in Slack."""
    reference = secrets.token_hex(3).upper()
    log.error(
        "call.failed", exc_info=error, extra={"kind": call.kind, "handler": call.name, "reference": reference}
    )
    bot.metrics.errors.labels(call.kind).inc()
    if call.kind == "event":
        return Unacknowledged(500)  # the one kind Slack delivers again, and the inbox makes that safe
    said = sentences.unsure if isinstance(error, TookTooLong) else sentences.apology
    return await _told(bot, call, said(reference), None)


async def _told(bot: Bot, call: Call, sentence: str, field: str | None) -> Reply:
    """Command: a private answer. Form: under the field, keeping what was typed. Button: a small window."""
    if call.kind == "command":
        return sentences.private(sentence)
    if call.kind == "submission":
        place = _place(call, field)
        return Errors({place: sentence}) if place else Window(sentences.window(sentence))
    if call.kind == "event":
        return None
    if call.kind == "suggestion":
        return Choices({})  # a menu has no place for a sentence
    return await _in_window(bot, call, sentence)


def _place(call: Call, field: str | None) -> str | None:
    """The field itself, a numbered variant of it ("comment:3"), what it is a part of ("key_results.1.target"), or
    the first field of the form.
    """
    fields = kit.input_fields(call.view)
    field = field.partition(".")[0] if field else None
    if field in fields:
        return field
    numbered = (name for name in fields if field and name.startswith(f"{field}:"))
    return next(numbered, fields[0] if fields else None)


async def _in_window(bot: Bot, call: Call, sentence: str) -> Reply:
    """On top of the open modal if the button was pressed in one, else as a modal of its own."""
    try:
        await show(bot, call, Window(sentences.window(sentence)))
    except SlackError:
        return await _told_without_trigger(bot, call, sentence)
    return None


async def _told_without_trigger(bot: Bot, call: Call, sentence: str) -> Reply:
    """Where no window can be opened any more."""
    if call.kind == "command":
        return sentences.private(sentence)
    if call.kind == "submission":
        return await _told(bot, call, sentence, None)
    if call.kind == "event":
        return None
    if not call.response_url:  # in a window and on Home: Slack's own sign at the button is all that is left
        return Unacknowledged(424)
    try:
        await bot.slack.respond(call.response_url, sentences.private(sentence))
    except SlackError as error:
        log.warning("call.unanswered", extra={"handler": call.name, "error": type(error).__name__})
        return Unacknowledged(424)
    return None
