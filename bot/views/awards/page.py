"""The window about awards lists what waits for HR, the viewer's nominations and the awards given. Home links to it."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.models.awards import AwardsOverview, GivenAward, SeenNomination
from bot.views import kit
from bot.views.awards.figures import FIGURES
from bot.views.awards.form import NOMINATE
from bot.views.awards.ref import Ref
from bot.views.awards.types import TYPES
from bot.views.awards.words import day, standing, title
from bot.views.home import Line, QuickAction, Urgency, WaitingLine

PAGE = "awards.page"
OPEN = "awards.open"
ANNOUNCE = "awards.announce"
WITHDRAW = "awards.withdraw"
PAID = "awards.paid"
TEXT_SHOWN = 300


def page(overview: AwardsOverview, timezone: str | None, *, news: str = "") -> View:
    """`news` says on top what has just happened."""
    return kit.modal(
        PAGE,
        "Awards",
        [
            *([kit.section(f"*{kit.escape(news)}*"), kit.rule()] if news else []),
            *(_for_hr(overview, timezone) if overview.is_hr else []),
            *_mine(overview.mine, timezone),
            *_given(overview.given, timezone),
            kit.rule(),
            kit.buttons(
                kit.button("Nominate", f"{NOMINATE}:page"),
                *(_tools_of_hr() if overview.is_hr else []),
            ),
            kit.small(
                "Nominations are seen by whoever wrote them and by HR. An award is everybody's to see once it "
                "is announced, unless its receiver asked to be thanked in private."
            ),
        ],
    )


def _tools_of_hr() -> list[ButtonElement]:
    return [kit.button("List of awards", TYPES), kit.button("How they spread", FIGURES)]


def _for_hr(overview: AwardsOverview, timezone: str | None) -> list[Block]:
    more = f"And {overview.more_waiting} more. Decide on these first." if overview.more_waiting else ""
    return [
        kit.header("For HR: to decide"),
        *(block for one in overview.waiting for block in _waiting(one, timezone)),
        *(
            []
            if overview.waiting
            else [kit.section("No nomination waits for you. Anybody can nominate a colleague.")]
        ),
        *([kit.small(more)] if more else []),
        *([kit.header("For HR: to announce")] if overview.approved else []),
        *(_approved(one) for one in overview.approved),
        *([kit.header("For HR: decided")] if overview.decided else []),
        *(block for one in overview.decided for block in _decided(one, timezone)),
    ]


def _waiting(seen: SeenNomination, timezone: str | None) -> list[Block]:
    by = f"nominated by {kit.name(seen.nominator.name)} on {day(seen.nominated_at, timezone)}"
    return [kit.section(f"{title(seen)}, {by}", button=_opens(seen, "Read and decide"))]


def _opens(seen: SeenNomination, label: str) -> ButtonElement:
    ref = Ref(nomination=seen.nomination_id).encode()
    return kit.button(label, f"{OPEN}:{seen.nomination_id}", ref, spoken=f"{label}: {seen.nominee.name}")


def _approved(seen: SeenNomination) -> Block:
    ref = Ref(nomination=seen.nomination_id).encode()
    button = kit.button(
        "Announce", f"{ANNOUNCE}:{seen.nomination_id}", ref, spoken=f"Announce: {seen.nominee.name}"
    )
    return kit.section(title(seen), button=button)


def _decided(seen: SeenNomination, timezone: str | None) -> list[Block]:
    if seen.decision is None:
        return []
    said = f"{title(seen)}: {standing(seen, timezone)}"
    by = f"by {kit.name(seen.decision.by.name)}, {day(seen.decision.at, timezone)}{_money(seen)}"
    return [kit.section(f"{said}\n{by}", button=_opens(seen, "Open"))]


def _money(seen: SeenNomination) -> str:
    if seen.decision is None or not seen.decision.budget_code:
        return ""
    paid = "paid" if seen.decision.paid_at else "not paid yet"
    return f" · {kit.escape(seen.decision.budget_code)}, {paid}"


def _mine(mine: Sequence[SeenNomination], timezone: str | None) -> list[Block]:
    if not mine:
        empty = "You have nominated nobody yet. Whose work should more people know of?"
        return [kit.header("My nominations"), kit.section(empty)]
    return [
        kit.header("My nominations"),
        *(
            kit.section(f"{title(one)}: {standing(one, timezone)}", button=_opens(one, "Open"))
            for one in mine
        ),
    ]


def _given(given: Sequence[GivenAward], timezone: str | None) -> list[Block]:
    if not given:
        return [kit.header("Awards given"), kit.section("None yet. Every award begins with a nomination.")]
    return [kit.header("Awards given"), *(block for one in given for block in _award(one, timezone))]


def _award(award: GivenAward, timezone: str | None) -> list[Block]:
    value = f" · {kit.escape(award.value)}" if award.value else ""
    return [
        kit.section(f"{title(award)}, {day(award.announced_at, timezone)}{value}"),
        kit.small_plain(kit.short(award.text, TEXT_SHOWN)),
    ]


# On Home


def quick_action() -> QuickAction:
    return QuickAction(kit.button("Nominate", f"{NOMINATE}:home"))


def mine_lines() -> list[Line]:
    said = "*Awards*: whose work should more people know of?"
    return [Line(said, kit.button("Awards", f"{PAGE}:home"))]


def waiting_lines(number: int) -> list[WaitingLine]:
    """HR sees these lines on Home among the things that wait."""
    if not number:
        return []
    wait = "nomination waits" if number == 1 else "nominations wait"
    button = kit.button("Open", f"{PAGE}:waiting", spoken="Open the nominations that wait")
    return [WaitingLine(f"{number} {wait} for a decision.", button, urgency=Urgency.ASKED)]
