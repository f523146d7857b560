"""Looking at something again and again while the recorder runs, in a thread of its own."""

import threading
from collections.abc import Callable


class Watch:
    """Calls *look* at the start, and then after every so many seconds; *look* must not raise."""

    def __init__(self, name: str, look: Callable[[], None], seconds: float) -> None:
        """Prepare the thread."""
        self._look = look
        self._seconds = seconds
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Look once before this returns, then go on in the thread."""
        self._look()
        self._thread.start()

    def close(self) -> None:
        """Stop looking."""
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.wait(self._seconds):
            self._look()
