"""Socket Mode: one-time addresses, at most ten connections, envelopes and acks, disconnects."""

import asyncio
import json
import random
import uuid
from dataclasses import dataclass, field
from typing import Any, Literal

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from playground.app import App
from playground.delivery.reply import Delivery, Reply
from playground.ground import Ground
from playground.limits import Limits
from playground.types import Payload

MOST_CONNECTIONS = 10
LIFETIME = 18_060  # seconds a connection is said to live; Slack's own fixtures say so
WARNING = 10.0  # seconds between the warning and the close
POLICY_VIOLATION = 1008
ENVELOPES = {
    "command": "slash_commands",
    "interactive": "interactive",
    "options": "interactive",
    "event": "events_api",
}
ANSWERABLE = {"view_submission", "block_suggestion"}
Reason = Literal["warning", "refresh_requested", "link_disabled", "too_many_websockets"]


@dataclass(eq=False)
class Connection:
    socket: WebSocket
    waiting: dict[str, asyncio.Future[Reply]] = field(default_factory=dict)  # by envelope id

    async def tell(self, message: Payload) -> None:
        if self.socket.application_state is WebSocketState.CONNECTED:
            await self.socket.send_text(json.dumps(message))


class SocketMode:
    """The connections of one app. Everything for it goes over one of them, and nothing over HTTP."""

    def __init__(self, ground: Ground, app: App, limits: Limits) -> None:
        self.app = app
        self.limits = limits
        self.connections: list[Connection] = []
        self._ground = ground
        self._tickets: set[str] = set()
        self._choose = random.Random(app.app_id)  # noqa: S311 - Slack promises no pattern; nor do we

    def new_address(self) -> str:
        """Good for one connection only."""
        ticket = str(uuid.uuid4())
        self._tickets.add(ticket)
        host = self._ground.url.replace("http://", "ws://")
        return f"{host}/link/?ticket={ticket}&app_id={self.app.app_id}"

    async def serve(self, socket: WebSocket) -> None:
        """One connection, from handshake to end."""
        ticket = socket.query_params.get("ticket", "")
        known = ticket in self._tickets and not self._ground.faults.refuses_ticket()
        self._tickets.discard(ticket)
        if not known or not self.app.socket_mode:
            await socket.close(POLICY_VIOLATION)  # before accept: the handshake itself is refused
            return
        await socket.accept()
        connection = Connection(socket)
        if len(self.connections) >= MOST_CONNECTIONS:
            await self._disconnect(connection, "too_many_websockets")
            return
        self.connections.append(connection)
        await connection.tell(self._hello())
        self._ground.activity.changed()
        try:
            await self._listen(connection)
        finally:
            self._forget(connection)

    async def send(self, delivery: Delivery) -> Reply:
        if not self.connections:
            return Reply(problem="connection_failed")
        connection = self._choose.choice(self.connections)
        envelope = _envelope(delivery)
        acked = asyncio.get_running_loop().create_future()
        connection.waiting[envelope["envelope_id"]] = acked
        try:
            async with asyncio.timeout(self._ground.ack_seconds):
                await connection.tell(envelope)
                if self._ground.faults.drops_socket(delivery):
                    await connection.socket.close()
                    self._forget(connection)
                reply = await acked
        except TimeoutError:
            return Reply(problem="timeout")
        finally:
            connection.waiting.pop(envelope["envelope_id"], None)
        return reply if envelope["accepts_response_payload"] or not reply.taken else Reply()

    # What Slack does to connections now and then

    async def refresh(self, *, warn: bool = True) -> None:
        """Closes all connections of now, with or without the warning ten seconds ahead."""
        going = list(self.connections)
        if warn:
            for connection in going:
                await connection.tell(_disconnect_message("warning"))
            await self._ground.sleep(WARNING)
        for connection in going:
            await self._disconnect(connection, "refresh_requested")

    async def disable(self) -> None:
        """Somebody switches Socket Mode off in the app's settings."""
        self.app.socket_mode = False
        for connection in list(self.connections):
            await self._disconnect(connection, "link_disabled")

    async def drop(self) -> None:
        """The line goes dead without a word."""
        for connection in list(self.connections):
            await connection.socket.close()

    async def _disconnect(self, connection: Connection, reason: Reason) -> None:
        self._forget(connection)
        await connection.tell(_disconnect_message(reason))
        if connection.socket.application_state is WebSocketState.CONNECTED:
            await connection.socket.close()

    async def _listen(self, connection: Connection) -> None:
        try:
            while True:
                _take_ack(connection, await connection.socket.receive_text())
        except (WebSocketDisconnect, RuntimeError):  # RuntimeError: we closed it ourselves meanwhile
            return

    def _forget(self, connection: Connection) -> None:
        if connection in self.connections:
            self.connections.remove(connection)
        for acked in connection.waiting.values():
            if not acked.done():
                acked.set_result(Reply(problem="connection_failed"))
        self._ground.activity.changed()

    def _hello(self) -> Payload:
        return {
            "type": "hello",
            "num_connections": len(self.connections),
            "debug_info": {
                "host": "applink-playground",
                "build_number": 1,
                "approximate_connection_time": LIFETIME,
            },
            "connection_info": {"app_id": self.app.app_id},
        }


def _envelope(delivery: Delivery) -> Payload:
    envelope: Payload = {
        "envelope_id": str(uuid.uuid4()),
        "payload": delivery.payload,
        "type": ENVELOPES[delivery.kind],
        "accepts_response_payload": delivery.kind == "command" or delivery.payload.get("type") in ANSWERABLE,
    }
    if delivery.kind == "event":
        envelope |= {"retry_attempt": delivery.attempt, "retry_reason": delivery.reason}
    return envelope


def _take_ack(connection: Connection, text: str) -> None:
    """Anything that is not the ack of an envelope still waiting is ignored, as Slack does."""
    try:
        ack: Any = json.loads(text)
    except ValueError:
        return
    acked = connection.waiting.get(ack.get("envelope_id", "")) if isinstance(ack, dict) else None
    if acked and not acked.done():
        payload = ack.get("payload")
        acked.set_result(Reply(body=json.dumps(payload) if payload else "", is_json=bool(payload)))


def _disconnect_message(reason: Reason) -> Payload:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-playground"}}
