"""A wire to PostgreSQL that can be cut at a commit."""

import select
import socket
import threading
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path
from types import TracebackType
from typing import Self

CHUNK = 65_536
COMMIT = b"COMMIT\0"
"""The end of the command; "READ COMMITTED" is in others."""


class Cut(Enum):
    """When to cut the wire: the server does not get the commit, or its answer does not arrive."""

    BEFORE = auto()
    AFTER = auto()


class Proxy:
    """Passes on what goes between a port of the loopback address and a PostgreSQL's socket."""

    def __init__(self, server: Path) -> None:
        """Lead to *server*."""
        self._server = str(server)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._next_cut: Cut | None = None
        self._cut_done = threading.Condition()
        self._thread = threading.Thread(target=self._accept, name="proxy")

    @property
    def url(self) -> str:
        """The address of the database through this wire."""
        return "postgresql://campaign@127.0.0.1:{1}/postgres".format(*self._listening.getsockname())

    def cut_next_commit(self, when: Cut, seconds: float) -> None:
        """Cut the wire that carries the next commit, and wait for that so many seconds at most."""
        with self._cut_done:
            self._next_cut = when
            assert self._cut_done.wait_for(lambda: self._next_cut is None, seconds), "there was no commit"

    def __enter__(self) -> Self:
        """Begin to listen."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Listen no more; the wires end with those who use them."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(self._server)
                threading.Thread(target=self._carry, args=(client, server), name="wire", daemon=True).start()

    def _carry(self, client: socket.socket, server: socket.socket) -> None:
        other = {client: server, server: client}
        with client, server, suppress(OSError):
            while True:
                for source in select.select(list(other), [], [])[0]:
                    data = source.recv(CHUNK)
                    cut = self._take_cut() if source is client and COMMIT in data else None
                    if cut is Cut.AFTER:
                        server.sendall(data)
                        server.recv(CHUNK)
                    if cut is not None or not data:
                        return
                    other[source].sendall(data)

    def _take_cut(self) -> Cut | None:
        with self._cut_done:
            cut, self._next_cut = self._next_cut, None
            self._cut_done.notify_all()
            return cut
