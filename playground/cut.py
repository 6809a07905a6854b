"""Answers that do not arrive: the connection is reset before the first byte, or dies in the middle."""

import socket
import struct
from collections.abc import Mapping

from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from playground.listening import LINE

AT_ONCE = struct.pack("ii", 1, 0)  # SO_LINGER of zero seconds: closing sends RST instead of FIN


class Reset(JSONResponse):
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        line = scope["state"][LINE]
        line.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        line.abort()
        await gone(receive)


class Truncated(JSONResponse):
    """The length promised is that of the whole body."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        half = bytes(self.body[: len(self.body) // 2])
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        await send({"type": "http.response.body", "body": half, "more_body": True})
        scope["state"][LINE].close()
        await gone(receive)


CUTS: Mapping[str, type[JSONResponse]] = {"reset": Reset, "truncated": Truncated}


async def gone(receive: Receive) -> None:
    """Returning earlier would look like a mistake to the server, which would answer 500."""
    while (await receive())["type"] != "http.disconnect":
        pass
