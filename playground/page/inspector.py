"""The traffic between bot and Slack as the inspector shows it: one record per call or delivery."""

from playground.ground import CallRecord, DeliveryRecord, Log
from playground.types import Payload

MOST = 300  # records at once; the newest


def records(log: Log, calls_seen: int, deliveries_seen: int) -> Payload:
    """What is new, and how many there are: the caller says that number next time."""
    calls = [_call(number, one) for number, one in enumerate(log.calls)][max(0, calls_seen) :]
    deliveries = [_delivery(number, one) for number, one in enumerate(log.deliveries)]
    return {
        "calls": len(log.calls),
        "deliveries": len(log.deliveries),
        "records": [*calls[-MOST:], *deliveries[max(0, deliveries_seen) :][-MOST:]],
    }


def _call(number: int, one: CallRecord) -> Payload:
    refused = "" if one.answer.get("ok") else str(one.answer.get("error") or one.status)
    return {
        "id": f"call-{number}",
        "way": "call",
        "began": one.at - one.seconds,
        "name": one.method,
        "seconds": one.seconds,
        "problem": refused,
        "request": one.args,
        "answer": one.answer,
    }


def _delivery(number: int, one: DeliveryRecord) -> Payload:
    return {
        "id": f"delivery-{number}",
        "way": "delivery",
        "began": one.at - one.seconds,
        "name": _what(one),
        "seconds": one.seconds,
        "problem": one.problem,
        "attempt": one.attempt,
        "request": one.payload,
        "answer": one.reply,
    }


def _what(one: DeliveryRecord) -> str:
    """The payload in Slack's words, with what tells it from others of its kind."""
    payload = one.payload
    match one.kind:
        case "command":
            return f"{payload['command']} {payload['text']}".strip()
        case "event":
            return f"event {payload.get('event', {}).get('type', payload.get('type', ''))}"
        case _:
            actions = payload.get("actions") or [{}]
            told_by = payload.get("callback_id") or payload.get("view", {}).get("callback_id", "")
            return f"{payload.get('type')} {actions[0].get('action_id') or told_by}".strip()
