"""All errors become sentences here and are shown where the person is looking."""

import logging
import secrets

from bot.context import Bot
from bot.errors import AlreadyDone, BotError, Invalid
from bot.handlers.deadline import TookTooLong
from bot.handlers.routing import Call, Choices, Errors, Reply, Unacknowledged, Window
from bot.handlers.windows import has_no_room_above, show
from bot.slack import SlackError
from bot.views import errors as sentences
from bot.views import kit

log = logging.getLogger(__name__)


async def refused(bot: Bot, call: Call, error: BotError) -> Reply:
    """The error carries a sentence for the person."""
    log.info("call.refused", extra={"kind": call.kind, "handler": call.name, "error": type(error).__name__})
    if isinstance(error, AlreadyDone) and call.kind == "submission":
        return None  # the first of two presses closed the form; so does the second
    if isinstance(error, SlackError):
        return await _told_without_trigger(bot, call, error.sentence)  # the trigger may have been used
    return await _told(bot, call, error.sentence, error.field if isinstance(error, Invalid) else None)


async def broken(bot: Bot, call: Call, error: Exception) -> Reply:
    """Any other error becomes an apology with a reference. The reference finds the log line; Slack shows no details."""
    reference = secrets.token_hex(3).upper()
    log.error(
        "call.failed", exc_info=error, extra={"kind": call.kind, "handler": call.name, "reference": reference}
    )
    bot.metrics.errors.labels(call.kind).inc()
    if call.kind == "event":
        return Unacknowledged(500)  # Slack delivers events again, and the inbox makes that safe
    said = sentences.unsure if isinstance(error, TookTooLong) else sentences.apology
    return await _told(bot, call, said(reference), None)


async def _told(bot: Bot, call: Call, sentence: str, field: str | None) -> Reply:
    """A command gets a private answer. A form shows the sentence under the field and keeps what was typed. A button
    opens a small window.
    """
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
    """The sentence stands under the field itself, under a numbered variant of it ("comment:3"), under the field it is
    part of ("key_results.1.target" may be part of "key_results"), or under the first field of the form.
    """
    fields = kit.input_fields(call.view)
    while field:
        for name in fields:
            if name == field or name.startswith(f"{field}:"):
                return name
        field = field.rpartition(".")[0]
    return fields[0] if fields else None


async def _in_window(bot: Bot, call: Call, sentence: str) -> Reply:
    """The sentence opens on top of the modal whose button was pressed, or as a modal of its own."""
    if has_no_room_above(call):  # in its place it would take away what is typed there
        return await _told_without_trigger(bot, call, sentence)
    try:
        await show(bot, call, Window(sentences.window(sentence)))
    except SlackError:
        return await _told_without_trigger(bot, call, sentence)
    return None


async def _told_without_trigger(bot: Bot, call: Call, sentence: str) -> Reply:
    """Slack opens no window any more, since the trigger is too old."""
    if call.kind == "command":
        return sentences.private(sentence)
    if call.kind == "submission":
        return await _told(bot, call, sentence, None)
    if call.kind == "event":
        return None
    if not call.response_url:  # in a window and on Home only Slack's warning sign is left
        return Unacknowledged(424)
    try:
        await bot.slack.respond(call.response_url, sentences.private(sentence))
    except SlackError as error:
        log.warning("call.unanswered", extra={"handler": call.name, "error": type(error).__name__})
        return Unacknowledged(424)
    return None
