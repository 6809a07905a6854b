"""`url_verification`: what Slack sends when a Request URL is saved, and the answer it wants."""

import json
from urllib.parse import parse_qs

from playground.app import App
from playground.delivery.reply import Delivery, Reply, Transport


class UrlNotVerified(Exception):
    """The sentence Slack shows in the app's settings."""


async def save_request_url(app: App, url: str, challenge: str, transport: Transport) -> None:
    """Keeps the address only when it answers the challenge."""
    before, app.request_url = app.request_url, url
    payload = {"token": app.verification_token, "challenge": challenge, "type": "url_verification"}
    reply = await transport.send(Delivery("event", payload))
    if not reply.taken or challenge not in _answers(reply):
        app.request_url = before
        raise UrlNotVerified("Your URL didn't respond with the value of the `challenge` parameter.")


def _answers(reply: Reply) -> list[str]:
    """Plain text, a form, or JSON."""
    answers = [reply.body.strip(), *parse_qs(reply.body).get("challenge", [])]
    if reply.is_json:
        parsed = json.loads(reply.body)
        answers += [str(parsed.get("challenge"))] if isinstance(parsed, dict) else []
    return answers
