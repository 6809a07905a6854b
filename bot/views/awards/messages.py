"""Awards as messages: the post in a channel, the word to its receiver, the outcome to its nominator, a word to HR."""

from collections.abc import Sequence

from slack_sdk.models.blocks import OverflowMenuElement

from bot.models import Verdict
from bot.models.awards import GivenAward, SeenNomination
from bot.slack import Message
from bot.views import kit
from bot.views.awards.page import OPEN, PAGE
from bot.views.awards.ref import Ref
from bot.views.awards.words import title


def post_message(award: GivenAward) -> Message:
    """What a channel sees. Names and no mentions."""
    name = kit.short(award.receiver.name, 80)
    value = f"{kit.escape(award.value)} · " if award.value else ""
    return kit.message(
        f"{award.award}: {name}. {award.text}",
        kit.section(f":trophy: *{kit.escape(award.award)}: {kit.name(award.receiver.name)}*"),
        kit.typed(award.text),
        kit.small(f"{value}Anybody can nominate a colleague: `/kudos nominate`"),
    )


def received_message(award: GivenAward) -> Message:
    """To its receiver, before anybody else. What it is for stands in the message, not in the notification."""
    rooms = ", ".join(f"<#{channel}>" for channel in award.channels)
    next_step = f"It will stand in {rooms} in a minute." if rooms else "It is announced in no channel."
    return kit.message(
        "There is an award for you.",
        kit.section(f":trophy: *You receive the award “{kit.escape(award.award)}”*"),
        kit.typed(award.text),
        kit.small(f"You are the first to know. {next_step}"),
    )


def decided_message(seen: SeenNomination) -> Message:
    """To whoever nominated. The notification names nobody, and why stays in the window that opens."""
    decision = seen.decision
    approved = decision is not None and decision.verdict == Verdict.APPROVED
    then = (
        "HR announces it; until then it stays between you and them."
        if approved
        else "It stays between you and HR."
    )
    button = kit.button("Open", OPEN, Ref(nomination=seen.nomination_id).encode())
    return kit.message(
        "HR has decided on your nomination.",
        kit.section(
            f"Your nomination was {'approved' if approved else 'declined'}: {title(seen)}", button=button
        ),
        kit.small(then),
    )


def waiting_message(number: int, *, more: Sequence[OverflowMenuElement] = ()) -> Message:
    """To HR, once a day at most, and without names."""
    first, them = (
        ("A nomination waits for a decision.", "it")
        if number == 1
        else (f"{number} nominations wait for a decision.", "them")
    )
    return kit.message(
        first,
        kit.section(f"*{first}*\nOnly HR admins and whoever wrote {them} can read {them}."),
        kit.buttons(kit.button("Open awards", f"{PAGE}:waiting", primary=True), *more),
    )
