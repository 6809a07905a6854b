"""`/rapport help`, and the helpful answer to a typing mistake."""

from collections.abc import Sequence

from bot.slack import Message
from bot.views import kit


def overview(lines: Sequence[tuple[str, str]]) -> Message:
    """`lines`: what to type, and what it does."""
    text = "\n".join(f"`{typed}`  {does}" for typed, does in lines)
    plain = "Rapport: " + "; ".join(f"{typed}: {does}" for typed, does in lines)
    return Message(
        text=plain,
        blocks=[
            kit.line(f"*What you can type*\n{text}"),
            kit.small(
                "Open my Home tab to see what waits for you. What you write here is seen only by whom the form names."
            ),
        ],
    )


def did_you_mean(typed: str, closest: str | None) -> Message:
    """`closest` is a whole command line, such as "/checkin team"."""
    shown = kit.escape(kit.short(typed, 60)).replace("`", "'")
    if closest:
        sentence = f"I do not know “{shown}”. Did you mean `{closest}`?"
    else:
        sentence = f"I do not know “{shown}”. Send `/rapport help` to see what there is."
    return Message(text=sentence, blocks=[kit.line(sentence)])
