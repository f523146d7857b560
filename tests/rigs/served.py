"""A desk behind its real server, on a port of the loopback address."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from campaign.record.application import make_server
from tests.rigs.recorder import Desk


@contextmanager
def served(desk: Desk) -> Iterator[int]:
    """Serve the desk's application until the block ends, and give its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = make_server(desk.recorder)
        thread = threading.Thread(target=server.run, args=([listening],), name="server")
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()
