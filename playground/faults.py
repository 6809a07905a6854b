"""Where things between the app and Slack may go wrong. Nothing does, until somebody hands in a subclass."""

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from playground.delivery.reply import Delivery, Reply
    from playground.web_api.call import Answer, Request

Cut = Literal["", "reset", "truncated"]
"""How an answer's connection ends: well, without a word, or in the middle of the body."""


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

    def drops_socket(self, delivery: "Delivery") -> bool:
        """Over Socket Mode: the app has this delivery, and its connection dies before it can say so."""
        return False

    def refuses_ticket(self) -> bool:
        """Socket Mode's handshake fails although the address is fresh. The address is used up by that."""
        return False
