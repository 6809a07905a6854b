"""Thanks become these messages: the post in the channel, a private one to each receiver, and the preview of a typed
line.
"""

from collections.abc import Sequence

from slack_sdk.models.blocks import ButtonElement, ConfirmObject, OverflowMenuElement

from bot.models import KudosEvent
from bot.models.kudos import CheckedThanks, GivenKudos
from bot.slack import Message
from bot.spelling import command
from bot.views import kit
from bot.views.kudos.ref import Ref
from bot.views.kudos.words import GONE, TAKEN_BACK, names, plain_names

POST_MENU = "kudos.post_menu"
SEND, EDIT, UNDO = "kudos.send", "kudos.edit", "kudos.undo"
PRIVATE = "kudos.private"
GIVE = "kudos.give"
TAKE_BACK, REMOVE = "take_back", "remove"
FOR_GOOD = (
    "The words disappear for everybody; where they stood, it says that they are gone. This cannot be undone, but you "
    "can give these thanks anew."
)


def post_message(given: GivenKudos) -> Message:
    """The channel reads names; nobody in it is mentioned. Replies go into the thread, and reactions echo the thanks."""
    if given.taken_back:
        return _gone(given.taken_back)
    ref = Ref(kudos=given.kudos_id).encode()
    menu = kit.menu(
        POST_MENU,
        {f"{TAKE_BACK}:{ref}": "Take it back", f"{REMOVE}:{ref}": "Remove it (HR admins)"},
    )
    first = f"{kit.short(given.giver.name, 80)} thanks {plain_names(given.named)}."
    return kit.message(
        f"{first} {given.text}",
        kit.section(
            f":raised_hands: *{kit.name(given.giver.name)}* thanks *{names(given.named)}*", button=menu
        ),
        kit.typed(given.text),
        kit.small(" · ".join([*_value_goal_and_link(given), "React to say “me too”"])),
    )


def really_take_back() -> ConfirmObject:
    return kit.sure("Take them back?", FOR_GOOD, yes="Take back", no="Keep")


def _value_goal_and_link(given: GivenKudos) -> list[str]:
    link = [f"<{given.link}|about this message>"] if given.link else []
    goal = [goal_words(given.goal)] if given.goal else []
    return [*([kit.escape(given.value)] if given.value else []), *goal, *link]


def goal_words(title: str) -> str:
    return f"Goal: {kit.name(title)}"


def _gone(event: KudosEvent) -> Message:
    text = f"A thank-you {TAKEN_BACK[event]}."
    return kit.message(text, kit.small(text))


def received_message(
    given: GivenKudos, *, prefers_private: bool, more: Sequence[OverflowMenuElement] = ()
) -> Message:
    """Each receiver gets this. The notification does not quote the thanks; the message does."""
    if given.taken_back:
        return _gone(given.taken_back)
    giver = kit.short(given.giver.name, 80)
    public = given.channel is not None and given.names_viewer
    about = _value_goal_and_link(given)
    choice = [_thank_in_private()] if public and not prefers_private else []
    return kit.message(
        f"{giver} thanks you.",
        kit.section(f"*{kit.escape(giver)} thanks you*"),
        kit.typed(given.text),
        *([kit.small(" · ".join(about))] if about else []),
        kit.small(_readers(given)),
        *([kit.buttons(*choice, *more)] if choice or more else []),
    )


def _readers(given: GivenKudos) -> str:
    """The sentence says whom the giver chose as readers. Slack may still refuse the post."""
    if given.channel is None:
        return (
            f"Only {kit.name(given.giver.name)} and those thanked here see this. Not your managers, not HR."
        )
    if given.names_viewer:
        return f"Also meant for everybody in <#{given.channel}>."
    return f"You are thanked in private: the post for <#{given.channel}> leaves your name out."


def _thank_in_private() -> ButtonElement:
    return kit.button(
        "Thank me in private",
        PRIVATE,
        "on",
        sure=kit.sure(
            "Thanked in private?",
            "From now on posts in channels leave your name out, and only you and the giver see it. "
            f"What stands there already stays. You can change this with {command('kudos mine')}.",
            yes="Thank me in private",
            no="Keep naming me",
        ),
    )


def removed_message(given: GivenKudos, reason: str, *, more: Sequence[OverflowMenuElement] = ()) -> Message:
    """The giver reads this when HR removed the post."""
    first = f"HR removed your thanks to {plain_names(given.named)}."
    return kit.message(
        first,
        kit.section(f"*HR removed your thanks to {names(given.named)}*"),
        kit.typed(f"Why: {reason}"),
        kit.small("Your words are kept: the button opens them in the form. Your HR admins can say more."),
        kit.buttons(anew_button(given.kudos_id), *more),
    )


def removed_and_over_message(given: GivenKudos, reason: str) -> Message:
    """The giver has given these thanks anew, as the line below says."""
    return kit.message(
        f"HR removed your thanks to {plain_names(given.named)}.",
        kit.section(f"*HR removed your thanks to {names(given.named)}*"),
        kit.typed(f"Why: {reason}"),
    )


def anew_button(kudos_id: int) -> ButtonElement:
    """The button opens the form with the same text."""
    return kit.button("Give kudos anew", f"{GIVE}:anew", Ref(kudos=kudos_id).encode())


def preview_message(
    checked: CheckedThanks, draft_id: int, *, left_out: int = 0, group: bool = False, note: str = ""
) -> Message:
    """Only the author sees the preview, in the conversation where they typed the line. `note` is a sentence about what
    to check before sending.
    """
    ref, count = Ref(draft=draft_id).encode(), len(checked.receivers)
    number = f" ({kit.counted(count, 'person') if count == 1 else f'{count} people'})" if group else ""
    whom = f"*Thanks to {names(checked.receivers)}*{number}"
    return kit.message(
        f"Thanks to {plain_names(checked.receivers)}: send it?",
        *([kit.section(note)] if note else []),
        kit.section(f"{whom}\n{_where(checked)}"),
        kit.typed(checked.thanks.text),
        kit.small(_value_and_goal(checked) + _left_out(left_out)),
        kit.buttons(
            kit.button(f"Send to {count} people" if group else "Send kudos", SEND, ref, primary=True),
            kit.button("Edit", EDIT, ref),
        ),
    )


def _where(checked: CheckedThanks) -> str:
    if checked.channel is None:
        as_asked = " (as they asked)" if checked.thanks.channel else ""
        return f"In private{as_asked}: only you and they see it. Not their managers, not HR."
    text = f"In <#{checked.channel}>: everybody there sees it."
    if checked.in_private:
        text += f" {names(checked.in_private)} asked to be thanked in private and will not be named there."
    return text


def _value_and_goal(checked: CheckedThanks) -> str:
    goal = f" {goal_words(checked.goal)}." if checked.goal else ""
    if checked.value:
        return f"Value: {kit.escape(checked.value.name)}.{goal}"
    return f"No value. Edit to choose one, or type it as #craft.{goal}"


def _left_out(number: int) -> str:
    if not number:
        return ""
    return f" {number} of the group left out: yourself, guests, apps or people who left."


def refused_message(sentence: str, draft_id: int) -> Message:
    """The line cannot be sent as it is. It is kept and can be opened in the form."""
    ref = Ref(draft=draft_id).encode()
    return kit.message(
        f"{sentence} What you typed is kept.",
        kit.section(f"{kit.escape(sentence)}\nWhat you typed is kept: go on in the form."),
        kit.buttons(kit.button("Open the form", EDIT, ref, primary=True)),
    )


def sent_message(names_shown: str, kudos_id: int) -> Message:
    """This replaces the preview. The names in `names_shown` are not escaped yet."""
    text = f"Thanks sent to {names_shown}."
    undo = kit.button("Undo", UNDO, Ref(kudos=kudos_id).encode())
    return kit.message(
        text,
        kit.section(kit.escape(text), button=undo),
        kit.small(f"Undo within ten minutes; after that, take it back from `{command('kudos mine')}`."),
    )


def taken_back_message(event: KudosEvent, kudos_id: int) -> Message:
    done = "Undone" if event == KudosEvent.UNDONE else "Taken back"
    text = f"{done}. {GONE}"
    return kit.message(text, kit.section(text), kit.buttons(anew_button(kudos_id)))


def prefers_message(in_private: bool) -> Message:
    text = (
        f"From now on you are thanked in private. Change it any time with {command('kudos mine')}."
        if in_private
        else "From now on colleagues may thank you in channels again."
    )
    return kit.message(text, kit.section(text))
