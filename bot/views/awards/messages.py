"""These messages tell about awards: to a channel, to the receiver, to the nominator and to HR."""

from collections.abc import Sequence

from slack_sdk.models.blocks import OverflowMenuElement

from bot.models import Verdict
from bot.models.awards import GivenAward, SeenNomination
from bot.slack import Message
from bot.spelling import command
from bot.views import kit
from bot.views.awards.page import OPEN, PAGE
from bot.views.awards.ref import Ref
from bot.views.awards.words import title


def post_message(award: GivenAward) -> Message:
    """The channel reads names; nobody in it is mentioned."""
    name = kit.short(award.receiver.name, 80)
    value = f"{kit.escape(award.value)} · " if award.value else ""
    return kit.message(
        f"{award.award}: {name}. {award.text}",
        kit.section(f":trophy: *{kit.escape(award.award)}: {kit.name(award.receiver.name)}*"),
        kit.typed(award.text),
        kit.small(f"{value}Anybody can nominate a colleague: `{command('kudos nominate')}`"),
    )


def received_message(award: GivenAward) -> Message:
    """The receiver reads this before anybody else. The notification does not say what the award is for; the message
    does.
    """
    rooms = ", ".join(f"<#{channel}>" for channel in award.channels)
    next_step = f"It will stand in {rooms} in a minute." if rooms else "It is announced in no channel."
    return kit.message(
        "There is an award for you.",
        kit.section(f":trophy: *You receive the award “{kit.escape(award.award)}”*"),
        kit.typed(award.text),
        kit.small(f"You are the first to know. {next_step}"),
    )


def decided_message(seen: SeenNomination) -> Message:
    """The nominator reads this. The notification names nobody, and the reason stands only in the window that opens."""
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
    """HR reads this at most once a day. It holds no names."""
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
