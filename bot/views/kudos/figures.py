"""HR sees in groups how far recognition reaches; a channel sees the month in review."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.models.kudos import GivenKudos, KudosFigures, MonthOfKudos
from bot.slack import Message
from bot.spelling import command
from bot.views import groups, kit
from bot.views.home import HrEntry, HrGroup
from bot.views.kudos.values import VALUES
from bot.views.kudos.words import names
from bot.views.rooms import Posts

FIGURES = "kudos.figures"
DIGEST = "kudos.digest_form"
SAVED = "kudos.digest_saved"
CHANNEL = "where"
QUOTED = 300
LOOK_BACK = Posts("thanks", "Choose another channel, or type /invite @Rapport there.", CHANNEL)


def figures_page(figures: KudosFigures) -> View:
    return kit.modal(
        FIGURES,
        "Recognition",
        [
            kit.section(f"*The last 90 days, {figures.people:,} people*\n{_reach(figures)}"),
            *_values(figures),
            *groups.departments(figures.teams, _numbers),
            kit.buttons(kit.button("Monthly look back", f"{DIGEST}:open")),
            kit.small(f"Only thanks in public channels count. {groups.SMALL_ONES}"),
        ],
    )


def _reach(figures: KudosFigures) -> str:
    if figures.givers is None or figures.thanked is None:
        return groups.no_total(figures.teams)
    said = f"{figures.givers:,} gave thanks and {figures.thanked:,} {_were(figures.thanked)} thanked."
    if figures.answered is not None:
        said += (
            f" Of 100 pairs, {figures.answered} thanked each other and {figures.across} crossed departments."
        )
    return said


def _values(figures: KudosFigures) -> list[Block]:
    told = [f"{kit.escape(name)}: {kit.counted(number, 'giver')}" for name, number in figures.values]
    rare = f"Too few or too many givers to show: {', '.join(figures.uncounted)}"
    return [*groups.listed("Values", told), *([kit.small_plain(rare)] if figures.uncounted else [])]


def _numbers(gave: int | None, thanked: int | None) -> str:
    if gave is None and thanked is None:
        return groups.NO_NUMBERS
    told = [f"{gave} gave"] if gave is not None else []
    if thanked is not None:
        told.append(f"{thanked} {_were(thanked)} thanked")
    if len(told) == 1:
        told.append("the other number is left out, so that nobody can be singled out")
    return ", ".join(told)


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


def digest_form(channel: str | None) -> View:
    return kit.modal(
        DIGEST,
        "Monthly look back",
        [
            kit.section(
                "On the first working day of a month I post how many took part and three thanks drawn by lot. "
                "No ranking, no totals of anybody."
            ),
            kit.channel_input(
                CHANNEL, "In which channel?", value=channel, optional=True, hint="Leave it empty for none."
            ),
            kit.small(
                "Where I may not post in the channel somebody chose for thanks, I offer them this one."
            ),
            kit.reach(
                seen_by="everybody in that channel",
                affects="whoever gave or received thanks in a public channel: three thanks are drawn",
            ),
        ],
        submit="Save",
    )


def digest_saved_page(channel: str | None) -> View:
    said = (
        f"On the first working day of each month I look back on thanks in <#{channel}>."
        if channel
        else "I look back in no channel any more."
    )
    return kit.modal(SAVED, "Monthly look back", [kit.section(said)])


def read_digest(view: Mapping[str, Any]) -> str | None:
    return kit.Values(view).channel(CHANNEL)


def digest_message(month: MonthOfKudos) -> Message:
    """The channel reads names; nobody in it is mentioned."""
    title = f"Thanks in {month.month:%B}"
    numbers = f"{month.givers} colleagues thanked {month.thanked} others." if month.givers else ""
    quotes = [block for one in month.drawn for block in _quote(one)]
    lot = "Drawn by lot, no ranking. " if quotes else ""
    return kit.message(
        f"{title}. {numbers}".rstrip(),
        kit.section(f"*{title}*\n{numbers or _without_numbers(month)}"),
        *quotes,
        kit.small(f"{lot}Say yours with `{command('kudos')}`."),
    )


def _without_numbers(month: MonthOfKudos) -> str:
    match len(month.drawn):
        case 0:
            return "What stood here was taken back."
        case 1:
            return "One of them:"
        case _:
            return "A few of them:"


def _quote(given: GivenKudos) -> list[Block]:
    value = f" · {kit.escape(given.value)}" if given.value else ""
    first = f"*{kit.name(given.giver.name)}* thanks *{names(given.named)}*{value}"
    return [kit.section(first), kit.small_plain(kit.short(given.text, QUOTED))]


def hr_entries() -> list[HrEntry]:
    buttons = (kit.button("Values", VALUES), kit.button("Recognition", FIGURES))
    return [HrEntry(HrGroup.RECOGNITION, button) for button in buttons]
