"""When Slack refuses a post, its author reads why, what helps, and gets a button to try again."""

from collections.abc import Mapping
from typing import ClassVar

from bot.models import NotificationState
from bot.slack import Message
from bot.views import kit
from bot.views.rooms import INVITE

TRY_AGAIN = "posts.try_again"
WHY = {
    "not_in_channel": f"I may not post in that channel. {INVITE}",
    "channel_not_found": f"I cannot see that channel. Is it private? {INVITE}",
    "is_archived": "That channel is archived. Bring it back and try again, or say it elsewhere.",
    "restricted_action": "That channel lets only some people post. Ask one of its managers to let Rapport in.",
    "not_composed": "I stumbled over it myself. Whoever runs Rapport finds the reason in the log.",
    "unsettled": "It may stand there already, and Slack does not let me look. Please look before you repeat it.",
}


class Ref(kit.Carried):
    gone: ClassVar[str] = "That post is not waiting for you any more."

    former: ClassVar[Mapping[str, str]] = {"notice": "notification"}

    notification: kit.Id


def refused_message(post_id: int, channel: str, reason: str | None, *, may_repeat: bool) -> Message:
    code = "restricted_action" if (reason or "").startswith("restricted_action") else reason or ""
    why = WHY.get(code, "Slack did not take it. Try again in a while, or ask whoever runs Rapport.")
    ref = Ref(notification=post_id).encode()
    buttons = [kit.buttons(kit.button("Try again", TRY_AGAIN, ref, primary=True))] if may_repeat else []
    return kit.message(
        f"Your post could not be sent. {why}",
        kit.section(f"*Your post is not in <#{channel}> yet*\n{kit.escape(why)}"),
        kit.small("Nothing is lost: I keep what you wrote."),
        *buttons,
    )


def settled_message(channel: str, state: NotificationState) -> Message:
    """This replaces the message once the post is tried again or given up."""
    if state == NotificationState.SKIPPED:
        text = f"Your post for <#{channel}> was taken back, so I do not try it again."
    elif state == NotificationState.SENT:
        text = f"Your post stands in <#{channel}>."
    else:
        text = f"I am trying your post for <#{channel}> again. If Slack refuses once more, I tell you."
    return Message(text=text, blocks=[kit.section(text)])


def underway_message() -> Message:
    text = "I am trying again. If Slack refuses once more, I tell you."
    return kit.message(text, kit.section(text))
