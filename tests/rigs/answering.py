"""A server on this machine that answers everything alike, and remembers what it was sent."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Taken:
    """A request."""

    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Answering:
    """The server: how it answers a body, at which address, and what came."""

    answer: Callable[[bytes], bytes]
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    address: str = ""
    taken: list[Taken] = field(default_factory=list)


@contextmanager
def answering(
    answer: Callable[[bytes], bytes] | bytes = b"", status: int = 200, headers: Mapping[str, str] | None = None
) -> Iterator[Answering]:
    """Run it on a free port of the loopback address."""
    server = Answering(answer if callable(answer) else lambda _body: answer, status, headers or {})

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.taken.append(Taken(self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(server.status)
            for name, value in server.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(server.answer(body))

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.address = f"http://127.0.0.1:{http.server_port}/"
    thread = threading.Thread(target=http.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()
