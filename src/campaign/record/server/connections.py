"""Connections: uvicorn's, with what it lacks against slow clients: deadlines, sizes, places for each sender.

Whoever sends a whole request at once, as browsers do, costs no timer. Measured by ``scripts/security/slow.py``.
"""

from asyncio import TimerHandle, Transport
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from http import HTTPStatus
from socket import SO_SNDBUF, SOL_SOCKET
from typing import Any, ClassVar

from starlette.types import ASGIApp
from uvicorn import Config, Server
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

try:
    import resource
except ImportError:
    resource = None  # type: ignore[assignment]  # Windows has none


OPEN_FILES = 65_536


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """How long is waited for a client, and for how many.

    Attributes:
        header_seconds: For the first line and the headers of a request.
        body_seconds: For its body, which has more time by what has come of it, so that files arrive over a slow line.
        body_bytes_per_second: How much must come in that further time.
        header_bytes: How large headers may be that come in pieces.
        writing_seconds: How long a client may take nothing of an answer that does not fit the buffers.
        writing_bytes: How much of an answer the system may hold ready for a client; it makes room in steps of a third.
        waiting_per_sender: How many connections of one address may be without a whole request.
        waiting_at_most: The same for all addresses; beyond either, those that have been so for longest are closed.
    """

    header_seconds: float = 5.0
    body_seconds: float = 10.0
    body_bytes_per_second: int = 50_000
    header_bytes: int = 64 * 1024
    writing_seconds: float = 30.0
    writing_bytes: int = 128 * 1024
    waiting_per_sender: int = 100
    waiting_at_most: int = 2_000


class _Reading(Enum):
    NOTHING = auto()
    HEADERS = auto()
    BODY = auto()


class WaitingConnections:
    """The connections that wait: they have not sent a whole request, or none since the last answer.

    A sender with too many loses the oldest, so that a browser on the same machine as a slow client still gets through.
    """

    def __init__(self, limits: ConnectionLimits, proxies: frozenset[str]) -> None:
        """Begin empty; through *proxies* come many senders, so only the limit for all counts for them."""
        self._limits = limits
        self._proxies = proxies
        self._all: dict[Connection, None] = {}
        self._by_sender: dict[str, dict[Connection, None]] = {}

    def enter(self, connection: "Connection") -> None:
        """Let *connection* wait, and close the oldest ones when they are too many."""
        self._all[connection] = None
        own = self._by_sender.setdefault(connection.sender, {})
        own[connection] = None
        if len(own) > self._limits.waiting_per_sender and connection.sender not in self._proxies:
            self._drop(next(iter(own)))
        if len(self._all) > self._limits.waiting_at_most:
            self._drop(next(iter(self._all)))

    def leave(self, connection: "Connection") -> None:
        """Forget *connection*: it has sent a whole request, or is gone."""
        self._all.pop(connection, None)
        own = self._by_sender.get(connection.sender, {})
        own.pop(connection, None)
        if not own:
            self._by_sender.pop(connection.sender, None)

    def _drop(self, connection: "Connection") -> None:
        self.leave(connection)
        connection.transport.close()


class Connection(HttpToolsProtocol):
    """A connection that waits for nobody for ever; made by `create_server`."""

    limits: ClassVar[ConnectionLimits]
    waiting: ClassVar[WaitingConnections]
    headers_of_all: ClassVar[tuple[tuple[bytes, bytes], ...]]

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - as uvicorn makes them
        """Begin with nothing read."""
        super().__init__(*arguments, **named)
        self._reading = _Reading.NOTHING
        self._read = 0
        self._since = 0.0
        self._deadline: TimerHandle | None = None
        self._unsent = 0
        self._progress: TimerHandle | None = None

    @property
    def sender(self) -> str:
        """The address at the other end."""
        return self.client[0] if self.client else ""

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """Expect a request from now on."""
        super().connection_made(transport)
        # The system would take in megabytes for each client, and not say for a long time whether any went out.
        transport.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_SNDBUF, self.limits.writing_bytes)
        self.waiting.enter(self)
        self._expect(_Reading.HEADERS)
        self._set_deadline()

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go of everything."""
        self.waiting.leave(self)
        for timer in (self._deadline, self._progress):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on; set a deadline when the request is not whole yet."""
        before = self._reading
        super().data_received(data)
        if self._reading is _Reading.NOTHING:
            self._clear_deadline()
            return
        self._read += len(data)
        if self._reading is _Reading.HEADERS and self._read > self.limits.header_bytes:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        elif self._deadline is None or self._reading is not before:
            self._clear_deadline()
            self._set_deadline()

    def on_message_begin(self) -> None:
        """Note that headers come."""
        super().on_message_begin()
        if self._reading is not _Reading.HEADERS:  # The first one has been expected since the connection was made.
            self._expect(_Reading.HEADERS)

    def on_headers_complete(self) -> None:
        """Note that a body may come."""
        self._expect(_Reading.BODY)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Note that the request is whole."""
        self._reading = _Reading.NOTHING
        self.waiting.leave(self)
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        if not self.transport.is_closing():
            self.waiting.enter(self)

    def pause_writing(self) -> None:
        """Watch whether the client takes what is waiting for it."""
        super().pause_writing()
        self._unsent = self.transport.get_write_buffer_size()
        self._progress = self.loop.call_later(self.limits.writing_seconds, self._check_progress)

    def resume_writing(self) -> None:
        """Stop watching."""
        super().resume_writing()
        if self._progress is not None:
            self._progress.cancel()
            self._progress = None

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's own words are left out
        """Refuse what is no HTTP."""
        self._refuse(HTTPStatus.BAD_REQUEST)

    def _expect(self, part: _Reading) -> None:
        self._reading, self._read, self._since = part, 0, self.loop.time()

    def _set_deadline(self) -> None:
        self._deadline = self.loop.call_at(self._due(), self._give_up)

    def _due(self) -> float:
        if self._reading is _Reading.HEADERS:
            return self._since + self.limits.header_seconds
        return self._since + self.limits.body_seconds + self._read / self.limits.body_bytes_per_second

    def _clear_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        self._deadline = None
        if self.loop.time() < self._due():
            self._set_deadline()
        elif self._has_answered():
            self.transport.close()  # A second answer would be taken for a part of it.
        else:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)

    def _has_answered(self) -> bool:
        """Say whether an answer has begun: to the request whose body does not come, or to one before it."""
        cycle: RequestResponseCycle | None = self.cycle
        is_whole = self._reading is _Reading.HEADERS and (cycle is None or cycle.response_complete)
        return cycle is not None and cycle.response_started and not is_whole

    def _check_progress(self) -> None:
        left = self.transport.get_write_buffer_size()
        if left >= self._unsent:
            self.transport.abort()
            return
        self._unsent = left
        self._progress = self.loop.call_later(self.limits.writing_seconds, self._check_progress)

    def _refuse(self, status: HTTPStatus) -> None:
        """Answer in place of the application, and close."""
        if self.transport.is_closing():
            return
        headers = (*self.headers_of_all, (b"content-length", b"0"), (b"connection", b"close"))
        lines = [b"HTTP/1.1 %d %s" % (status, status.phrase.encode()), *(b"%s: %s" % header for header in headers)]
        self.transport.write(b"\r\n".join([*lines, b"", b""]))
        self.transport.close()


def create_server(
    application: ASGIApp,
    proxies: frozenset[str],
    headers: tuple[tuple[bytes, bytes], ...],
    connection_limits: ConnectionLimits | None = None,
) -> Server:
    """Return the server of *application*, whose connections are ours.

    Args:
        application: What answers.
        proxies: The addresses of the servers in front of it.
        headers: What goes out with an answer that is given in the place of the application.
        connection_limits: Others than usual.
    """

    class OwnConnection(Connection):
        """Those of this server."""

        limits = connection_limits or ConnectionLimits()
        waiting = WaitingConnections(limits, proxies)
        headers_of_all = headers

    if resource is not None:  # Each connection is a file descriptor, and 256 are soon gone.
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = OPEN_FILES if most == resource.RLIM_INFINITY else min(OPEN_FILES, most)
        with suppress(ValueError, OSError):  # macOS says "no limit" and refuses more than it has.
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    return Server(
        Config(
            application,
            http=OwnConnection,
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,  # Who sent a request is for us to say; it would believe anyone on this machine.
        )
    )
