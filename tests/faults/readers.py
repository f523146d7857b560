"""Readers who press the button, several at once, until each press has its receipt."""

import random
import re
import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from types import TracebackType
from typing import Self
from urllib.parse import urlencode, urlsplit

from tests.rigs.programs import PATIENCE
from tests.rigs.scene import Acknowledgement, Press

READERS = 6
WAIT_SECONDS = 0.02
"""How long a reader waits who was told to come back later; real ones wait longer."""
UNCERTAIN = "Chưa biết chắc lần gửi này đã được ghi hay chưa."
HARMLESS = ("không bị ghi trùng", "cũng không ghi trùng")
"""What tells a reader that pressing again does no harm."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a recorder answered to a press."""

    status: int
    location: str
    text: str

    @property
    def sequence(self) -> int | None:
        """The entry that the receipt is of, or nothing when it is no receipt."""
        found = re.fullmatch(r"/bien-nhan/(\d+)", self.location)
        return int(found[1]) if found and self.status == 303 else None

    @property
    def is_right(self) -> bool:
        """Whether it is a receipt, or says that a retry is harmless without saying that anything is recorded."""
        if self.sequence is not None:
            return True
        says_so = any(words in self.text for words in HARMLESS)
        return self.status == 503 and says_so and "đã ghi nhận" not in self.text.casefold()


def press_once(address: str, press: Press) -> Answer:
    """Press once.

    Raises:
        OSError: The recorder does not answer.
        HTTPException: It broke off.
    """
    with closing(connect(address)) as connection:
        return send(connection, address, press)


def connect(address: str) -> HTTPConnection:
    """Return a connection to the recorder at *address*, made when it is first used and whenever it was closed."""
    return HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)


def send(connection: HTTPConnection, address: str, press: Press) -> Answer:
    """Press as a browser does.

    Raises:
        OSError: The recorder does not answer.
        HTTPException: It broke off.
    """
    form = {"form_token": press.form_token, "revision": "1", "digest": press.digest}
    headers = {
        "Origin": address,
        "Cookie": f"campaign-reader={press.token}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection.request("POST", f"/xac-nhan/{press.post}", urlencode(form), headers)
    response = connection.getresponse()
    text = response.read().decode()
    return Answer(response.status, response.headers.get("Location", ""), text)


class Readers:
    """Several readers at once; they press until stopped or until every press has its receipt, a fifth of them twice.

    Attributes:
        acknowledged: What they were told that is recorded.
        refused: The answers that were no receipt.
    """

    def __init__(self, presses: Iterable[Press], addresses: Sequence[str]) -> None:
        """Press each of *presses* at each of *addresses*."""
        waiting = [(address, press) for press in presses for address in addresses]
        random.shuffle(waiting)
        self.acknowledged: set[Acknowledgement] = set()
        self.refused: list[Answer] = []
        self.receipts: dict[str, int] = dict.fromkeys(addresses, 0)
        self._waiting = deque(waiting)
        self._busy = 0
        self._changed = threading.Condition()
        self._stopped = threading.Event()
        self._threads = [threading.Thread(target=self._run, name=f"reader {number}") for number in range(READERS)]

    def __enter__(self) -> Self:
        """Begin."""
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop."""
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def wait_for_receipts(self, more: int) -> None:
        """Wait until so many more presses have got a receipt, or none waits any more."""
        aim = sum(self.receipts.values()) + more
        self._wait(lambda: sum(self.receipts.values()) >= aim or self._are_done())

    def wait_for_refusal(self) -> None:
        """Wait until one more was answered without a receipt."""
        before = len(self.refused)
        self._wait(lambda: len(self.refused) > before)

    def finish(self) -> None:
        """Wait until every press has got a receipt."""
        self._wait(self._are_done)

    @property
    def left(self) -> int:
        """How many presses still wait for a receipt."""
        return len(self._waiting) + self._busy

    def _are_done(self) -> bool:
        return self.left == 0

    def _wait(self, is_reached: Callable[[], bool]) -> None:
        with self._changed:
            if not self._changed.wait_for(is_reached, 2 * PATIENCE):
                message = f"{self.left} presses still wait, {len(self.refused)} were refused: {self.refused[-1:]}"
                raise TimeoutError(message)

    def _run(self) -> None:
        connections = {address: connect(address) for address in self.receipts}
        while not self._stopped.is_set():
            with self._changed:
                item = self._waiting.popleft() if self._waiting else None
                self._busy += item is not None
            answer = None
            if item is not None:
                answer = _try_to_send(connections[item[0]], *item)
                self._note(item, answer)
            if answer is None or answer.sequence is None:
                self._stopped.wait(WAIT_SECONDS)
        for connection in connections.values():
            connection.close()

    def _note(self, item: tuple[str, Press], answer: Answer | None) -> None:
        address, press = item
        with self._changed:
            self._busy -= 1
            if answer is None or answer.sequence is None:
                self._waiting.append(item)
            else:
                self.acknowledged.add(Acknowledgement(answer.sequence, press.member, press.post))
                self.receipts[address] += 1
                if random.random() < 1 / 5:  # noqa: S311 - nothing secret
                    self._waiting.append(item)
            if answer is not None and answer.sequence is None:
                self.refused.append(answer)
            self._changed.notify_all()


def _try_to_send(connection: HTTPConnection, address: str, press: Press) -> Answer | None:
    """Press, and return the answer, or nothing when there was none."""
    try:
        return send(connection, address, press)
    except (OSError, HTTPException):
        connection.close()
        return None
