"""For HR how far recognition reaches, in groups; for a channel the month's look back."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.models.groups import Group
from bot.models.kudos import GivenKudos, KudosFigures, MonthOfKudos
from bot.slack import Message
from bot.views import kit
from bot.views.kudos.words import names

FIGURES = "kudos.figures"
DIGEST = "kudos.digest_form"
SAVED = "kudos.digest_saved"
CHANNEL = "where"
TEAMS_SHOWN, LINES, QUOTED = 40, 10, 300


def figures_page(figures: KudosFigures) -> View:
    return kit.modal(
        FIGURES,
        "Recognition",
        [
            kit.line(f"*The last 90 days, {figures.people:,} people*\n{_reach(figures)}"),
            *_values(figures),
            *_teams(figures),
            kit.buttons(kit.button("Monthly look back", f"{DIGEST}:open")),
            kit.small(
                "Only thanks in public channels count. Departments under five people are counted together with the "
                "next larger ones, so that nobody can be singled out. There are no figures about single people."
            ),
        ],
    )


def _reach(figures: KudosFigures) -> str:
    if figures.givers is None or figures.thanked is None:
        return _no_total(figures)
    said = f"{figures.givers:,} gave thanks and {figures.thanked:,} {_were(figures.thanked)} thanked."
    if figures.answered is not None:
        said += (
            f" Of 100 pairs, {figures.answered} thanked each other and {figures.across} crossed departments."
        )
    return said


def _no_total(figures: KudosFigures) -> str:
    if not figures.teams.groups and figures.teams.others is None:
        return "You are too few for numbers: they would point at single people. From five people on there are some."
    return "There is no total, because it would give away the numbers left out below."


def _values(figures: KudosFigures) -> list[Block]:
    told = [f"{kit.escape(name)}: {kit.counted(number, 'giver')}" for name, number in figures.values]
    rare = f"Given for by fewer than five people, or by everybody: {', '.join(figures.uncounted)}"
    return [*_listed("Values", told), *([kit.small_plain(rare)] if figures.uncounted else [])]


def _teams(figures: KudosFigures) -> list[Block]:
    rows = [*figures.teams.groups[:TEAMS_SHOWN], *([figures.teams.others] if figures.teams.others else [])]
    more = len(figures.teams.groups) - TEAMS_SHOWN
    return _listed("Departments", [_team(row) for row in rows]) + (
        [kit.small(f"And {more} more departments.")] if more > 0 else []
    )


def _listed(title: str, lines: Sequence[str]) -> list[Block]:
    """In blocks that hold the longest names there can be, escaped."""
    several = [lines[start : start + LINES] for start in range(0, len(lines), LINES)]
    return [
        kit.line("\n".join([f"*{title}*", *some] if not place else some))
        for place, some in enumerate(several)
    ]


def _team(group: Group) -> str:
    name = (
        "All other departments together" if group.name == "others" else kit.escape(kit.short(group.name, 40))
    )
    return f"{name} ({group.people}): {_numbers(*group.counts)}"


def _numbers(gave: int | None, thanked: int | None) -> str:
    if gave is None and thanked is None:
        return "no numbers, so that nobody can be singled out"
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
            kit.line(
                "On the first working day of a month I post how many took part and three thanks drawn by lot. "
                "No ranking, no totals of anybody."
            ),
            kit.channel_input(
                CHANNEL, "In which channel?", value=channel, optional=True, hint="Leave it empty for none."
            ),
            kit.small(
                "*Who sees this:* everybody in that channel. Only thanks from public channels are drawn."
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
    return kit.modal(SAVED, "Monthly look back", [kit.line(said)])


def read_digest(view: Mapping[str, Any]) -> str | None:
    return kit.Values(view).channel(CHANNEL)


def digest_message(month: MonthOfKudos) -> Message:
    """Names and no mentions: it pings nobody."""
    title = f"Thanks in {month.month:%B}"
    numbers = f"{month.givers} colleagues thanked {month.thanked} others." if month.givers else ""
    quotes = [block for one in month.drawn for block in _quote(one)]
    return kit.message(
        f"{title}. {numbers}",
        kit.line(f"*{title}*\n{numbers or 'A few of them, drawn by lot:'}"),
        *quotes,
        kit.small("Drawn by lot, no ranking. Say yours with `/kudos`."),
    )


def _quote(given: GivenKudos) -> list[Block]:
    value = f" · {kit.escape(given.value)}" if given.value else ""
    first = f"*{kit.name(given.giver.name)}* thanks *{names(given.named)}*{value}"
    return [kit.line(first), kit.small_plain(kit.short(given.text, QUOTED))]
