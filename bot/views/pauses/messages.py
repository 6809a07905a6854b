"""The person who asked for a pause reads these sentences, and Home shows them."""

from datetime import datetime

from slack_sdk.models.views import View

from bot import clock
from bot.models import PauseInForce
from bot.slack import Message
from bot.spelling import command
from bot.views import kit, times
from bot.views.home import Line
from bot.views.pauses.form import PAUSE, RESUME


def _day(until: datetime, timezone: str | None, now: datetime) -> str:
    return times.day(clock.local(until, timezone).date(), today=clock.local(now, timezone).date())


def paused(
    until: datetime, timezone: str | None, *, now: datetime, name: str | None = None, already: bool = False
) -> Message:
    """`name` is the paused person, if not the reader. `already` says that a longer pause was already in force."""
    short, day = kit.short(name or "", 80), _day(until, timezone, now)
    if already:
        said = f"{f'{short} is' if name else 'You are'} paused until {day} already, and that stays."
    else:
        said = f"I pause {short or 'you'} until {day}."
    it = f"{command('rapport resume')} @{short}" if name else command("rapport resume")
    reader = "them" if name else "you"
    return _sentence(f"{said} Nothing unasked reaches {reader} before. To end it sooner, send {it}")


def ended(name: str | None = None) -> Message:
    if name:
        return _sentence(f"The pause of {kit.short(name, 80)} is over. I write to them as usual.")
    return _sentence("Your pause is over. I write to you as usual.")


def not_paused(name: str | None = None) -> Message:
    whom = f"{kit.short(name, 80)} is" if name else "You are"
    return _sentence(f"{whom} not paused, so there is nothing to end.")


def window(message: Message) -> View:
    """A window with the message replaces the form."""
    return kit.modal("pauses.said", "Pause", message.blocks)


def _sentence(sentence: str) -> Message:
    return kit.message(sentence, kit.section(kit.escape(sentence)))


def preference(pause: PauseInForce | None, timezone: str | None, *, now: datetime, own: bool) -> Line:
    """Home shows this. `own` says that the person asked for the pause themselves."""
    if pause is None:
        return Line("When you need quiet, I can wait.", kit.button("Pause", PAUSE))
    until = _day(pause.until, timezone, now)
    by = "" if own else f", as {kit.name(pause.set_by)} asked"
    said = f"You are paused until {until}{by}. Nothing unasked reaches you before."
    return Line(said, kit.button("End the pause", RESUME))
