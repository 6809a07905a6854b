"""Where things between the app and Slack may go wrong. Nothing does, until a test hands in a subclass."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playground.delivery.reply import Delivery, Reply
    from playground.web_api.call import Answer, Request


class Faults:
    """Each hook sees the traffic and may bend it; the default lets everything pass."""

    async def before_call(self, request: "Request") -> "Answer | None":
        """An answer given here replaces the method: it never runs."""
        return None

    async def after_call(self, request: "Request", answer: "Answer") -> "Answer":
        """The method has run and its effect stands, whatever the app is told."""
        return answer

    async def before_delivery(self, delivery: "Delivery") -> "Reply | None":
        """A reply given here replaces the delivery: the app never sees it."""
        return None

    async def after_delivery(self, delivery: "Delivery", reply: "Reply") -> "Reply":
        """The app has answered; Slack may still have lost the answer."""
        return reply
