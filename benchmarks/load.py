"""The load generator: sends ready-made HTTP requests over kept-open connections and times every answer."""

import asyncio
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

_content_length = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE).search


class WrongAnswer(Exception):
    """A server that answers something else is not measured."""


@dataclass(frozen=True, slots=True)
class Timing:
    """One round: how long it took, and each request in it, sorted; in seconds."""

    total: float
    each: Sequence[float]

    @property
    def per_second(self) -> float:
        return len(self.each) / self.total

    @property
    def p50(self) -> float:
        return self.each[len(self.each) // 2]

    @property
    def p99(self) -> float:
        return self.each[len(self.each) * 99 // 100]


async def send(port: int, requests: Sequence[bytes], *, connections: int, status: int) -> Timing:
    """Sends each request once, on whichever connection is free. Only `status` with an empty body is right."""
    loop = asyncio.get_running_loop()
    waiting, latencies = iter(requests), list[float]()
    users = [
        (await loop.create_connection(lambda: _User(waiting, status, latencies), "127.0.0.1", port))[1]
        for _ in range(connections)
    ]
    started = time.perf_counter()
    for user in users:
        user.send_next()
    await asyncio.gather(*(user.done for user in users))
    return Timing(time.perf_counter() - started, sorted(latencies))


class _User(asyncio.Protocol):
    """One connection, one request at a time."""

    def __init__(self, waiting: Iterator[bytes], status: int, latencies: list[float]) -> None:
        self._waiting = waiting
        self._right = b"HTTP/1.1 %d " % status
        self._latencies = latencies
        self._answer = b""
        self._sent_at = 0.0
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is one in all but name

    def send_next(self) -> None:
        request = next(self._waiting, None)
        if request is None:
            self._transport.close()
            return
        self._sent_at = time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._answer += data
        if not self._is_whole():
            return
        self._latencies.append(time.perf_counter() - self._sent_at)
        self._answer = b""
        self.send_next()

    def _is_whole(self) -> bool:
        """Whether the answer has arrived; the connection ends here if it is the wrong one."""
        head, blank, body = self._answer.partition(b"\r\n\r\n")
        if not blank:
            return False
        length = _content_length(head + b"\r\n")
        if not head.startswith(self._right) or not length or length[1] != b"0":
            self._fail(WrongAnswer((head + blank + body).decode("latin-1")))
            return False
        return True

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self._fail(error) if error else self.done.set_result(None)

    def _fail(self, error: Exception) -> None:
        self.done.set_exception(error)
        self._transport.abort()
