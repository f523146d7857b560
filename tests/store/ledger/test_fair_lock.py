from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from time import sleep

import pytest

from campaign.errors.store import StoreUnreachableError
from campaign.store.ledger.fair_lock import FairLock

PATIENCE = 60


def test_only_one_has_the_turn_at_a_time() -> None:
    turns, inside, most = FairLock(), list[int](), list[int]()

    def write(number: int) -> None:
        turns.take().result(PATIENCE)
        inside.append(number)
        sleep(0.001)
        most.append(len(inside))
        inside.remove(number)
        turns.end()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(100)))

    assert set(most) == {1}


def test_who_has_waited_longest_comes_next() -> None:
    turns, order = FairLock(), list[str]()
    waiting = deque(turns.take() for _ in range(4))
    for name, turn in zip("abcd", waiting, strict=True):
        turn.add_done_callback(lambda _, name=name: order.append(name))  # type: ignore[misc]

    for _ in waiting:
        turns.end()

    assert order == ["a", "b", "c", "d"]


def test_who_asks_again_and_again_waits_for_the_others() -> None:
    """SQLite's own lock would let whoever has it take it again."""
    turns = FairLock()
    greedy, modest = turns.take(), turns.take()
    assert greedy.done()

    again = turns.take()
    turns.end()

    assert modest.done()
    assert not again.done()


def test_who_waits_no_more_is_passed_over() -> None:
    turns = FairLock()
    _, leaving, waiting = turns.take(), turns.take(), turns.take()

    turns.leave(leaving)
    turns.end()

    assert not leaving.done()
    assert waiting.done()


def test_who_leaves_when_the_turn_has_come_hands_it_on() -> None:
    turns = FairLock()
    having, waiting = turns.take(), turns.take()

    turns.leave(having)

    assert waiting.done()


def test_when_there_are_no_turns_any_more_all_who_wait_are_told() -> None:
    turns = FairLock()
    having, waiting = turns.take(), turns.take()

    turns.close()
    late: Future[None] = turns.take()

    assert having.exception() is None
    assert isinstance(waiting.exception(PATIENCE), StoreUnreachableError)
    with pytest.raises(StoreUnreachableError):
        late.result(PATIENCE)
