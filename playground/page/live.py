"""One window's line to its person's Slack: sends what has changed, part by part, until the window closes."""

import asyncio
import contextlib
import json
from typing import Protocol

from starlette.websockets import WebSocket, WebSocketDisconnect

from playground.activity import Activity
from playground.types import Payload

PAUSE = (
    0.04  # seconds between two tellings: nobody sees faster, and on a journey everything changes all the time
)


class Parts(Protocol):
    def parts(self) -> Payload:
        """Everything the window shows, cut into named parts."""


async def stay_live(socket: WebSocket, activity: Activity, sight: Parts) -> None:
    await socket.accept()
    telling = asyncio.create_task(_tell(socket, activity, sight))
    try:
        with contextlib.suppress(WebSocketDisconnect):
            while True:
                await socket.receive_text()
    finally:
        telling.cancel()
        with contextlib.suppress(asyncio.CancelledError, WebSocketDisconnect, RuntimeError):
            await telling


async def _tell(socket: WebSocket, activity: Activity, sight: Parts) -> None:
    """A part that is gone is sent as null."""
    told: dict[str, str] = {}
    seen = -1
    while True:
        seen = await activity.change(since=seen)
        now = {name: json.dumps(part) for name, part in sight.parts().items()}
        news = {name: text for name, text in now.items() if told.get(name) != text}
        news |= dict.fromkeys(told.keys() - now.keys(), "null")
        if news:
            fields = ",".join(f"{json.dumps(name)}:{text}" for name, text in news.items())
            await socket.send_text(f"{{{fields}}}")
        told = now
        await asyncio.sleep(PAUSE)
