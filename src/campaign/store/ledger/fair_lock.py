"""A lock that goes to whoever has waited longest, be it a thread or the event loop."""

from collections import deque
from concurrent.futures import Future
from threading import Lock

from campaign.errors.store import StoreUnreachableError


class FairLock:
    """Lets those who write do so one after the other.

    A database's own lock goes to whoever happens to ask when it is free: who writes all the time gets it nearly always,
    and who asks now and then gives up after some seconds.
    """

    def __init__(self) -> None:
        """Begin with nobody's turn."""
        self._lock = Lock()
        self._queue = deque[Future[None]]()
        self._is_closed = False

    def take(self) -> Future[None]:
        """Return what is done as soon as it is the caller's turn, who then has to `end` it.

        It holds a `StoreUnreachableError` when there will be no turn any more.
        """
        turn: Future[None] = Future()
        with self._lock:
            self._queue.append(turn)
            if self._is_closed:
                turn.set_exception(StoreUnreachableError())
            self._call_first()
        return turn

    def end(self) -> None:
        """Let the next one have its turn."""
        with self._lock:
            self._queue.popleft()
            self._call_first()

    def leave(self, turn: Future[None]) -> None:
        """Wait no more for *turn*, which may have come meanwhile."""
        with self._lock:
            self._queue.remove(turn)
            self._call_first()

    def close(self) -> None:
        """Send away who waits, and whoever comes; who has the turn keeps it."""
        with self._lock:
            self._is_closed = True
            for turn in self._queue:
                if not turn.done():
                    turn.set_exception(StoreUnreachableError())

    def _call_first(self) -> None:
        if self._queue and not self._queue[0].done():
            self._queue[0].set_result(None)
