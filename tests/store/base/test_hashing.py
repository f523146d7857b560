import time

import pytest

from campaign.store.base.hashing import hash_secret, is_secret_right


def test_a_secret_fits_its_own_hash_only() -> None:
    hashed = hash_secret("bốn từ chẳng liên quan")

    assert is_secret_right("bốn từ chẳng liên quan", hashed)
    assert not is_secret_right("bốn từ chẳng liên quan ", hashed)
    assert hash_secret("bốn từ chẳng liên quan") != hashed


def test_the_hash_costs_what_owasp_asks_for() -> None:
    """OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane."""
    assert hash_secret("x").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.parametrize("hashed", ["", "not a hash", "$argon2id$v=19$broken"])
def test_nothing_fits_what_is_no_hash(hashed: str) -> None:
    assert not is_secret_right("", hashed)
    assert not is_secret_right(hashed, hashed)


def test_a_secret_that_nobody_has_takes_as_long_as_a_wrong_one() -> None:
    """Else the time of the answer would tell which staff codes and accounts exist."""
    hashed = hash_secret("MINHHOA2")
    assert not is_secret_right("ABCDEFGH", None)

    def measure(known: str | None) -> float:
        before = time.thread_time()
        is_secret_right("ABCDEFGH", known)
        return time.thread_time() - before

    unknown, wrong = (min(measure(known) for _ in range(5)) for known in (None, hashed))

    assert wrong / 2 < unknown < wrong * 2
