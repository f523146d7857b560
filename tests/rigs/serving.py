"""A built site on a server of its own, with the headers under which it must work."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from campaign.posts.policy import SITE_POLICY

ANSWER = {"state": "confirmed", "text": "Anh/chị đã xác nhận <b>lúc 09:05</b>"}


class _Recorder(SimpleHTTPRequestHandler):
    """Serves a built site, and answers like a recorder: for one post, and for others as if it were down."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", SITE_POLICY)
        super().end_headers()

    def do_GET(self) -> None:
        if not self.path.startswith("/trang-thai/"):
            super().do_GET()
        elif self.path == "/trang-thai/da-xac-nhan.json":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(ANSWER).encode())
        else:
            self.send_error(503)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serve(site: Path) -> Iterator[str]:
    """Serve the folder *site* on a free port of the loopback address, and give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Recorder, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
