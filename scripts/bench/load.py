"""A load generator: so many connections, each sending the next request as soon as it has its answer.

Run as ``load.py FILE SECONDS CONNECTIONS STATUS PORT…``: the file holds the requests, NUL between them, and each is
sent once (from the beginning again when ``--again`` is given). Prints what was measured as JSON.
"""

import argparse
import asyncio
import json
import statistics
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import cast

import uvloop

WARM_UP = 300
"""Requests that are sent before the clock starts."""

LAST_ANSWER_SECONDS = 20.0


class Caller(asyncio.Protocol):
    """One connection."""

    def __init__(self, requests: Iterator[bytes], status: bytes, waits: list[float], until: float) -> None:
        """Send *requests*, shared by all connections, and note how long each waits, until the time is over."""
        self._requests = requests
        self._expected = b"HTTP/1.1 " + status
        self._waits = waits
        self._until = until
        self._received = bytearray()
        self.ended = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first request."""
        self._transport = cast("asyncio.Transport", transport)
        self._send()

    def data_received(self, data: bytes) -> None:
        """Send the next request when the answer is whole."""
        self._received += data
        end = self._received.find(b"\r\n\r\n") + 4
        if end < 4 or len(self._received) < end + _length(self._received[:end]):  # noqa: PLR2004 - not found
            return
        if not self._received.startswith(self._expected):
            self.ended.set_exception(RuntimeError(self._received.decode()))
            return
        self._received.clear()
        self._waits.append(time.perf_counter() - self._sent_at)
        self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        """Give up when the server does."""
        if not self.ended.done():
            self.ended.set_exception(exc or ConnectionError("closed by the server"))

    def _send(self) -> None:
        self._sent_at = time.perf_counter()
        request = next(self._requests, None) if self._sent_at < self._until else None
        if request is None:
            self.ended.set_result(None)
            self._transport.close()
        else:
            self._transport.write(request)


def _length(head: bytearray) -> int:
    start = head.lower().find(b"content-length:")
    return 0 if start < 0 else int(head[start + 15 : head.find(b"\r", start)])


async def send(
    requests: Iterator[bytes], seconds: float, connections: int, status: str, ports: list[int]
) -> list[float]:
    """Send requests over all connections at once and return how long each waited, in seconds."""
    waits: list[float] = []
    until = time.perf_counter() + seconds
    loop = asyncio.get_running_loop()
    made = [
        await loop.create_connection(
            lambda: Caller(requests, status.encode(), waits, until), "127.0.0.1", ports[number % len(ports)]
        )
        for number in range(connections)
    ]
    async with asyncio.timeout(seconds + LAST_ANSWER_SECONDS):
        await asyncio.gather(*(caller.ended for _, caller in made))
    return waits


async def measure(found: list[bytes], arguments: argparse.Namespace) -> dict[str, float]:
    """Warm the server up, then measure it."""
    requests = cycle(found) if arguments.again else iter(found)
    warm_up = iter([next(requests) for _ in range(WARM_UP)])
    await send(warm_up, arguments.seconds, arguments.connections, arguments.status, arguments.ports)
    began = time.perf_counter()
    waits = await send(requests, arguments.seconds, arguments.connections, arguments.status, arguments.ports)
    took = time.perf_counter() - began
    return {
        "requests": len(waits) + WARM_UP,
        "rate": len(waits) / took,
        "p50": statistics.median(waits) * 1000,
        "p99": statistics.quantiles(waits, n=100)[98] * 1000,
    }


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("seconds", type=float)
    parser.add_argument("connections", type=int)
    parser.add_argument("status")
    parser.add_argument("ports", type=int, nargs="+")
    parser.add_argument("--again", action="store_true")
    arguments = parser.parse_args()
    found = Path(arguments.file).read_bytes().split(b"\0")
    print(json.dumps(uvloop.run(measure(found, arguments))))


if __name__ == "__main__":
    main()
