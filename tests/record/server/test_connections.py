"""Slow clients, over real sockets: their connections end, and nobody else waits for them."""

import select
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace

import pytest
from uvicorn import Server

from campaign.record.application import make_server
from campaign.record.server.connections import ConnectionLimits
from tests.rigs.recorder import Desk

PATIENCE = ConnectionLimits(
    header_seconds=0.3,
    body_seconds=0.3,
    body_bytes_per_second=10_000,
    writing_seconds=0.3,
    waiting_per_sender=5,
    waiting_at_most=8,
)
HEAD = b"GET /vao HTTP/1.1\r\nHost: 127.0.0.1\r\n"
WHOLE = HEAD + b"\r\n"
POST = HEAD.replace(b"GET", b"POST") + (
    b"Origin: http://127.0.0.1:8000\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
)
FORM = b"application/x-www-form-urlencoded"
OK, TIMEOUT, FORBIDDEN = b"HTTP/1.1 200 OK", b"HTTP/1.1 408 Request Timeout", b"HTTP/1.1 403 Forbidden"
CLOSED = b""
LARGE = 20_000_000


@dataclass
class Running:
    """A recorder that serves on a port."""

    port: int
    server: Server

    def connect(self, sender: str = "127.0.0.1", receive_buffer: int | None = None) -> socket.socket:
        connection = socket.socket()
        if receive_buffer is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        connection.bind((sender, 0))
        connection.settimeout(10)
        connection.connect(("127.0.0.1", self.port))
        return connection

    def wait(self, stack: ExitStack, sender: str = "127.0.0.1") -> socket.socket:
        """Connect and send half a request."""
        connection = stack.enter_context(self.connect(sender))
        connection.sendall(HEAD)
        return connection

    def ask(self, request: bytes = WHOLE, sender: str = "127.0.0.1") -> bytes:
        """Send a request, and return the first line of the answer."""
        with self.connect(sender) as connection:
            connection.sendall(request)
            return first_line(connection)

    def dribble(self, *pieces: bytes, seconds: float = 0.05) -> bytes:
        """Send one piece after the other with so long between, until there is an answer; return its first line."""
        with self.connect() as connection:
            for piece in pieces:
                connection.sendall(piece)
                if select.select([connection], [], [], seconds)[0]:
                    break
            return first_line(connection)


def first_line(connection: socket.socket) -> bytes:
    """Return the first line that arrives; what arrived before the end when there is none."""
    found = b""
    try:
        while not found.endswith(b"\r\n") and (one := connection.recv(1)):
            found += one
    except ConnectionResetError:
        return CLOSED
    return found.rstrip()


def read_all(connection: socket.socket) -> bytes:
    found = []
    try:
        while piece := connection.recv(65536):
            found.append(piece)
    except ConnectionResetError:
        pass
    return b"".join(found)


@contextmanager
def serving(desk: Desk, limits: ConnectionLimits) -> Iterator[Running]:
    """Serve the desk while the block runs."""
    server = make_server(desk.recorder, limits)
    with socket.create_server(("127.0.0.1", 0), backlog=1024) as listening:
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            running = Running(listening.getsockname()[1], server)
            running.ask()
            yield running
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture
def running(desk: Desk) -> Iterator[Running]:
    """A recorder that has little patience."""
    with serving(desk, PATIENCE) as found:
        yield found


def test_requests_one_after_the_other_on_one_connection_are_answered(running: Running) -> None:
    with running.connect() as connection:
        for _ in range(3):
            connection.sendall(WHOLE)
            assert first_line(connection) == OK
            while b"</html>" not in connection.recv(65536):
                pass


@pytest.mark.parametrize("sent", [b"", b"G", b"GET /vao HTTP/1.1\r\n", HEAD])
def test_who_sends_no_whole_header_in_time_is_sent_away(running: Running, sent: bytes) -> None:
    start = time.monotonic()

    assert running.ask(sent) == TIMEOUT
    assert time.monotonic() - start < 5


def test_a_header_that_dribbles_has_no_more_time(running: Running) -> None:
    assert running.dribble(HEAD, *[b"X-A: b\r\n"] * 100) == TIMEOUT


def test_the_header_of_a_second_request_has_a_deadline_too(running: Running) -> None:
    with running.connect() as connection:
        connection.sendall(WHOLE)
        while b"</html>" not in connection.recv(65536):
            pass
        connection.sendall(HEAD)

        assert first_line(connection) == TIMEOUT


def test_a_body_that_does_not_come_ends_the_request(running: Running) -> None:
    assert running.ask(POST % (FORM, 100)) == TIMEOUT
    assert running.dribble(POST % (FORM, 1000), *[b"x"] * 100) == TIMEOUT


def test_a_body_that_keeps_coming_has_the_time_it_needs(running: Running) -> None:
    """A file over a slow line takes longer than the first deadline; here twice as long."""
    assert running.dribble(POST % (FORM, 12 * 1024), *[b"x" * 1024] * 12) == FORBIDDEN


def test_headers_without_end_are_refused(desk: Desk) -> None:
    with serving(desk, replace(PATIENCE, header_bytes=4096, header_seconds=10)) as running:
        assert (
            running.dribble(HEAD, *[b"X-A: " + b"b" * 1000 + b"\r\n"] * 20)
            == b"HTTP/1.1 431 Request Header Fields Too Large"
        )


def test_what_is_no_http_is_refused_with_the_headers_of_every_answer(running: Running) -> None:
    with running.connect() as connection:
        connection.sendall(b"\x16\x03\x01 hello\r\n\r\n")
        answer = read_all(connection)

    assert answer.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert b"content-security-policy: default-src" in answer
    assert b"x-content-type-options: nosniff" in answer
    assert b"server:" not in answer.lower()


def test_the_oldest_of_too_many_that_wait_gives_way_and_others_do_not_notice(running: Running) -> None:
    with ExitStack() as stack:
        other = running.wait(stack, "127.0.0.2")
        first, *rest = [running.wait(stack) for _ in range(5)]

        assert running.ask() == OK
        assert first_line(first) == CLOSED
        for connection in (other, *rest):
            connection.sendall(b"\r\n")
            assert first_line(connection) == OK


def test_a_sender_may_have_more_connections_that_do_not_wait(running: Running) -> None:
    """What waits for the recorder, and not the recorder for it, takes nobody's place."""
    with ExitStack() as stack:
        asking = [stack.enter_context(running.connect()) for _ in range(5)]
        for connection in asking:
            connection.sendall(WHOLE)

        assert [first_line(connection) for connection in asking] == [OK] * 5


def test_many_senders_together_have_a_limit_too(running: Running) -> None:
    with ExitStack() as stack:
        first, *_ = [running.wait(stack, f"127.0.0.{number}") for number in range(2, 10)]

        assert running.ask() == OK
        assert first_line(first) == CLOSED


def test_a_proxy_brings_many_senders(desk: Desk) -> None:
    desk.recorder = replace(desk.recorder, proxies=frozenset({"127.0.0.1"}))
    with serving(desk, PATIENCE) as running, ExitStack() as stack:
        waiting = [running.wait(stack) for _ in range(8)]

        for connection in waiting:
            connection.sendall(b"\r\n")
        assert [first_line(connection) for connection in waiting] == [OK] * 8


@pytest.fixture
def large(desk: Desk) -> bytes:
    """The path of a page that fits no buffer."""
    (desk.recorder.site.folder / "lon.bin").write_bytes(b"x" * LARGE)
    desk.publish()
    return b"GET /lon.bin HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"


def test_an_answer_that_nobody_takes_is_given_up(desk: Desk, large: bytes) -> None:
    with serving(desk, PATIENCE) as running, running.connect(receive_buffer=4096) as connection:
        connection.sendall(large)
        deadline = time.monotonic() + 10
        connection.recv(1)
        while running.server.server_state.connections and time.monotonic() < deadline:
            select.select([], [], [], 0.05)

        assert len(read_all(connection)) < LARGE


def test_an_answer_that_is_taken_slowly_arrives_whole(desk: Desk, large: bytes) -> None:
    with serving(desk, PATIENCE) as running, running.connect() as connection:
        connection.sendall(large)
        got = b""
        for _ in range(20):
            got += connection.recv(65536)
            select.select([], [], [], 0.05)

        assert len(got + read_all(connection)) > LARGE


def test_five_hundred_slow_clients_leave_a_request_under_a_second(desk: Desk) -> None:
    with serving(desk, ConnectionLimits()) as running, ExitStack() as stack:
        for number in range(500):
            running.wait(stack, f"127.0.0.{2 + number % 10}")
        start = time.monotonic()

        assert running.ask() == OK
        assert running.ask(sender="127.0.0.2") == OK
        assert time.monotonic() - start < 1
