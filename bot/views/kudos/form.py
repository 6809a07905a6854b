"""This form gives thanks and is read back here: people, what they did and changed, value, channel, readers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.models import CompanyValue
from bot.models.goals import GoalSummary
from bot.models.kudos import CheckedThanks, Thanks
from bot.slack import Room
from bot.views import kit
from bot.views.kudos.ref import Ref
from bot.views.kudos.words import names, you_and
from bot.views.rooms import Posts

FORM = "kudos.form"
CHANGED = "kudos.changed"
WHO, TEXT, VALUE, WHERE, GOAL = "who", "text", "value", "where", "goal"
MOST_RECEIVERS = 10
VAGUE = 40  # characters: a shorter text cannot say what was done and what it changed
NOTHING = Thanks((), "")
POSTS = Posts("thanks", "Choose another channel, or none for private.", WHERE)
LOOK_AGAIN = "*Who sees this* has changed: please read the last line once more, then send."


@dataclass(frozen=True, slots=True)
class Form:
    """The form holds these values. `ref` tells what it was opened from."""

    thanks: Thanks
    ref: Ref = field(default_factory=Ref)

    @property
    def is_vague(self) -> bool:
        return len(self.thanks.text) < VAGUE


def form(
    filled: Form,
    values: Sequence[CompanyValue],
    checked: CheckedThanks | None = None,
    *,
    goal: str | None = None,
    hint: bool = False,
    note: str = "",
) -> View:
    """`checked` is set once somebody has been chosen: the last line then names the readers. `goal` is the title of the
    chosen goal. `hint` asks once what the thanks changed. `note` is a sentence about what to check before sending.
    """
    thanks, ref = filled.thanks, filled.ref
    return kit.modal(
        FORM,
        "Give kudos",
        [
            *([kit.section(note)] if note else []),
            *(_hint() if hint else []),
            *_about(ref),
            kit.people_input(
                WHO,
                "Whom do you thank?",
                most=MOST_RECEIVERS,
                values=thanks.receivers,
                action_id=f"{CHANGED}:who",
                tells=True,
            ),
            kit.text_input(
                TEXT,
                "What did they do, and what did it change?",
                value=thanks.text,
                hint="“Stayed with the customer until the import ran; they renewed on Friday.”",
            ),
            *_values(values, thanks.value_id),
            _goal(thanks.goal_id, goal),
            kit.channel_input(
                WHERE,
                "Where shall I say it?",
                value=thanks.channel,
                hint="Leave it empty to thank in private.",
                optional=True,
                action_id=f"{CHANGED}:{'instead' if ref.moved else 'where'}",
                tells=True,
            ),
            who_sees(thanks.channel, checked),
        ],
        submit="Send as it is" if hint else "Send kudos",
        metadata=ref.model_copy(
            update={"hinted": ref.hinted or hint, "said": _channel_named(thanks.channel, checked)}
        ).encode(),
    )


def _channel_named(channel: str | None, checked: CheckedThanks | None) -> str | None:
    """The last line names the readers of this channel."""
    return checked.channel if checked else channel


def trimmed(filled: Form) -> tuple[Form, str]:
    """A typed line is cut to what the form can hold, with a sentence about what was cut."""
    thanks, notes = filled.thanks, []
    if len(thanks.receivers) > MOST_RECEIVERS:
        notes.append(
            f"The line was for {len(thanks.receivers)} people; choose up to {MOST_RECEIVERS} of them."
        )
        thanks = replace(thanks, receivers=())
    if len(thanks.text) > kit.TYPED_LIMIT:
        notes.append(f"The line was very long; here are its first {kit.TYPED_LIMIT:,} characters.")
        thanks = replace(thanks, text=thanks.text[: kit.TYPED_LIMIT])
    return replace(filled, thanks=thanks), " ".join(notes)


def moved(filled: Form, thanks: Thanks) -> Form:
    """The form offers another channel than the one chosen. Slack keeps what was chosen in a field of the same id."""
    return Form(thanks, filled.ref.model_copy(update={"moved": not filled.ref.moved}))


def elsewhere(room: Room, instead: Room) -> str:
    """The giver reads this, ready for mrkdwn, where the bot may not post in the channel they chose."""
    return kit.escape(f"I may not post in #{room.name}, so I chose #{instead.name}. Change it as you like.")


def from_checkin(receivers: Sequence[str], text: str) -> tuple[Form, str]:
    """The form starts with what its author wrote in the check-in, and says so."""
    note = "What you wrote in your check-in. Change it as you like: whoever you thank reads it as it stands here."
    thanks = Thanks(tuple(receivers[:MOST_RECEIVERS]), kit.short(text, kit.TYPED_LIMIT))
    return Form(thanks), note if text else ""


def _hint() -> list[Block]:
    return [
        kit.section(
            "*What did it change?* One more sentence about what they did, and who is better off for it, "
            "makes this worth keeping. Or send it as it is."
        )
    ]


def _about(ref: Ref) -> list[Block]:
    return [kit.small("About the message you chose. I link to it if I can see it.")] if ref.ts else []


def _values(values: Sequence[CompanyValue], chosen: int | None) -> list[Block]:
    if not values:
        return []
    return [
        kit.choice_input(
            VALUE,
            "Which value did it show?",
            {str(value.id): _label(value) for value in values},
            value=str(chosen) if chosen else None,
            optional=True,
        )
    ]


def _goal(goal_id: int | None, title: str | None) -> Block:
    chosen = (str(goal_id), kit.short(title, kit.OPTION_LIMIT)) if goal_id and title else None
    return kit.search_input(
        GOAL,
        "Which goal did it serve?",
        hint="Whoever reads the thanks reads its title. Goals that only some may read are not on offer.",
        value=chosen,
    )


def goal_choices(lines: Sequence[GoalSummary]) -> Mapping[str, str]:
    """The choices map value to label."""
    return {str(one.goal_id): f"{one.title} ({one.owner_name})" for one in lines}


def _label(value: CompanyValue) -> str:
    return f"{value.name}: {value.meaning}" if value.meaning else value.name


def who_sees(channel: str | None, checked: CheckedThanks | None) -> Block:
    """The last line of the form names the readers."""
    if checked is None:
        where = f"everybody in <#{channel}>" if channel else "only you and those you thank. Not HR"
        return kit.small(f"*Who sees this:* {where}.")
    if checked.channel is None:
        as_asked = " They asked to be thanked in private." if channel else ""
        return kit.small(
            f"*Who sees this:* only {you_and(checked.receivers)}. Not their managers, not HR.{as_asked}"
        )
    text = f"*Who sees this:* everybody in <#{channel}>."
    if checked.in_private:
        text += f" {names(checked.in_private)} asked to be thanked in private and will not be named there."
    return kit.small(text)


def read_form(view: Mapping[str, Any]) -> Form:
    """The values are plain, whether the form was submitted or is still being filled in."""
    values = kit.Values(view)
    return Form(
        Thanks(
            receivers=tuple(values.users(WHO)),
            text=values.text(TEXT),
            value_id=kit.row_id(values.choice(VALUE)),
            channel=values.channel(WHERE),
            goal_id=kit.row_id(values.choice(GOAL)),
        ),
        Ref.decode(view.get("private_metadata")),
    )
