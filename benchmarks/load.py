"""The load generator: sends ready-made HTTP requests over kept-open connections and times every answer."""

import asyncio
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

_content_length = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE).search


@dataclass(frozen=True, slots=True)
class Timing:
    """One round: how long it took, and each request in it, sorted; in seconds. `wrong`: answers of another kind."""

    total: float
    each: Sequence[float]
    wrong: Sequence[bytes] = ()

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
    """Sends each request once, on whichever connection is free. Only `status` is right, with an empty
    body or with the page that ends a check-in.
    """
    round_ = _Round(iter(requests), b"HTTP/1.1 %d " % status)
    loop = asyncio.get_running_loop()
    users = [
        (await loop.create_connection(lambda: _User(round_), "127.0.0.1", port))[1]
        for _ in range(connections)
    ]
    started = time.perf_counter()
    for user in users:
        user.send_next()
    await asyncio.gather(*(user.done for user in users))
    return Timing(time.perf_counter() - started, sorted(round_.seconds), round_.wrong)


@dataclass(frozen=True, slots=True)
class _Round:
    """What all connections share: requests still to send, the right answer's beginning, and what was seen."""

    waiting: Iterator[bytes]
    right: bytes
    seconds: list[float] = field(default_factory=list)
    wrong: list[bytes] = field(default_factory=list)

    def take(self, answer: bytes, seconds: float) -> None:
        ends_well = answer.endswith(b"\r\n\r\n") or b'"checkins.saved"' in answer
        if answer.startswith(self.right) and ends_well:
            self.seconds.append(seconds)
        else:
            self.wrong.append(answer)


class _User(asyncio.Protocol):
    """One connection, one request at a time."""

    def __init__(self, round_: _Round) -> None:
        self._round = round_
        self._answer = b""
        self._sent_at = 0.0
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is one in all but name

    def send_next(self) -> None:
        request = next(self._round.waiting, None)
        if request is None:
            self._transport.close()
            return
        self._sent_at = time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._answer += data
        if _is_whole(self._answer):
            self._round.take(self._answer, time.perf_counter() - self._sent_at)
            self._answer = b""
            self.send_next()

    def connection_lost(self, error: Exception | None) -> None:
        if error is None:
            self.done.set_result(None)
        else:
            self.done.set_exception(error)


def _is_whole(answer: bytes) -> bool:
    head, blank, body = answer.partition(b"\r\n\r\n")
    length = _content_length(head + b"\r\n")
    return bool(blank) and (length is None or len(body) >= int(length[1]))
