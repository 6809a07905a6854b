"""HR announces an award in a form (words, channels, time) and sees a preview before it goes out."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from slack_sdk.models.views import View

from bot import clock
from bot.errors import Invalid
from bot.models.awards import Announcing, SeenNomination
from bot.spelling import command
from bot.views import kit, rhythms, times
from bot.views.awards.messages import post_message
from bot.views.awards.page import ANNOUNCE
from bot.views.awards.ref import Ref
from bot.views.awards.words import duration, moment, title
from bot.views.rooms import Posts

ANNOUNCEMENT = "awards.announcement"
PREVIEW = "awards.preview"
POSTS = Posts("awards", "Take it off the list, or type /invite @Rapport there.")
FIELDS = (
    kit.Field(
        "text",
        "What shall everybody read?",
        limit=2000,
        hint="The nominator's words, to begin with. Say what they did and what it changed.",
    ),
    kit.Field("where", "In which channels?", "channels", hint="Leave it empty to tell only the receiver."),
    kit.Field("day", "On which day?", "date", optional=True, hint="Leave day and time empty for at once."),
    kit.Field("time", "At what time?", "numbered", optional=True),
)


class Announced(NamedTuple):
    """HR filled these values into the form. Without `due_at` the award is announced at once."""

    nomination_id: int
    text: str
    channels: list[str]
    due_at: datetime | None


def announcement_form(seen: SeenNomination, text: str, channels: Sequence[str], timezone: str | None) -> View:
    name = kit.name(seen.nominee.name)
    half_hours = {str(minute): times.of_minute(minute) for minute in rhythms.HALF_HOURS}
    return kit.modal(
        ANNOUNCEMENT,
        "Announce an award",
        [
            kit.section(title(seen)),
            *kit.fields(FIELDS, {"text": text, "where": channels}, choices={"time": half_hours}),
            kit.small(f"Times are yours{_in(timezone)}."),
            kit.reach(
                seen_by=f"{name} first, by direct message; then everybody in these channels, "
                f"and under `{command('kudos awards')}`",
                affects=name,
            ),
        ],
        submit="Show me",
        metadata=Ref(nomination=seen.nomination_id).encode(),
    )


def _in(timezone: str | None) -> str:
    return f", in {kit.escape(timezone)}" if timezone else ": UTC, since Slack names no zone for you"


def read_announcement(view: Mapping[str, Any], timezone: str | None) -> Announced:
    given = kit.read(view, FIELDS)
    day, minute = given["day"], given["time"]
    if day and minute is None:
        raise Invalid("Choose the time too, or leave the day empty for at once.", field="time")
    if minute is not None and not day:
        raise Invalid("Choose the day too, or leave the time empty for at once.", field="day")
    due_at = clock.due_at(day, minute, timezone) if day and minute in rhythms.HALF_HOURS else None
    return Announced(
        Ref.decode(view.get("private_metadata")).nomination_id, given["text"], given["where"], due_at
    )


def preview_page(announcing: Announcing, timezone: str | None, *, now: datetime) -> View:
    ref = Ref(nomination=announcing.nomination_id).encode()
    return kit.modal(
        PREVIEW,
        "This is how it looks",
        [
            *post_message(announcing.award).blocks,
            kit.rule(),
            kit.section(_plan(announcing, timezone, now)),
            kit.buttons(kit.button("Change it", f"{ANNOUNCE}:change", ref)),
        ],
        submit="Schedule it" if announcing.due_at else "Announce it now",
        metadata=Ref(announcement=announcing.announcement_id).encode(),
    )


def _plan(announcing: Announcing, timezone: str | None, now: datetime) -> str:
    name, when = kit.name(announcing.award.receiver.name), moment(announcing.due_at, timezone, now=now)
    first = f"{name} hears it first, {when} or as soon as they are at work, by direct message."
    if not announcing.award.channels:
        return f"{first} No channel is told."
    rooms = ", ".join(f"<#{channel}>" for channel in announcing.award.channels)
    takes = duration(announcing.fastest, announcing.slowest)
    return f"{first}\nOnce they know, it goes to {rooms}. Posting takes {takes}."


def read_preview(view: Mapping[str, Any]) -> int:
    return Ref.decode(view.get("private_metadata")).announcement_id


def confirmation(announcing: Announcing, due_at: datetime, timezone: str | None, *, now: datetime) -> str:
    """HR reads this after confirming the announcement."""
    name = kit.short(announcing.award.receiver.name, 80)
    when = "now" if due_at - now < timedelta(seconds=1) else times.moment(due_at, timezone, now=now)
    rooms = len(announcing.award.channels)
    then = f", and {kit.counted(rooms, 'channel')} a minute later" if rooms else ""
    return f"{name} hears of it {when} or as soon as they are at work{then}."
