"""These blocks answer `/rapport help` and mistyped commands."""

from collections.abc import Sequence

from bot.slack import Message
from bot.spelling import command
from bot.views import kit


def overview(lines: Sequence[tuple[str, str]]) -> Message:
    """Each line pairs a command with what it does."""
    text = "\n".join(f"`{typed}`  {does}" for typed, does in lines)
    plain = "Rapport: " + "; ".join(f"{typed}: {does}" for typed, does in lines)
    return kit.message(
        plain,
        kit.section(f"*What you can type*\n{text}"),
        kit.small("My Home tab shows what waits for you. Each form names who will read what you write."),
    )


def did_you_mean(typed: str, closest: str | None) -> Message:
    """`closest` is a whole command line, such as "/checkin team"."""
    sentence = f"I do not know “{kit.short(typed, 60)}”. "
    sentence += (
        f"Did you mean {closest}?" if closest else f"Send {command('rapport help')} to see what there is."
    )
    return kit.message(sentence, kit.typed(sentence))
