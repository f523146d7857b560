from datetime import datetime, timedelta

import pytest

from campaign.core.clock import VIET_NAM
from campaign.core.revisions import is_announced, is_build_due, next_change
from tests.rigs.builders import FIRST_LATE, LAST_SECOND, post

NOON = datetime(2025, 11, 1, 12, tzinfo=VIET_NAM)
MIDNIGHT = datetime(2025, 11, 2, tzinfo=VIET_NAM)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("number", "digest", "may_be"),
    [(1, "a", False), (2, "b", True), (2, "c", False), (3, "c", True), (3, "b", True), (1, "c", False)],
)
def test_a_text_is_announced_by_a_number_above_all_published_ones(number: int, digest: str, *, may_be: bool) -> None:
    assert is_announced(number, digest, {1: "a", 2: "b"}) is may_be


def test_a_first_revision_is_announced() -> None:
    assert is_announced(1, "a", {})


def test_the_site_changes_at_midnight_while_a_deadline_is_open_and_no_more_after_it() -> None:
    assert next_change([post()], NOON) == MIDNIGHT
    assert next_change([post()], LAST_SECOND) == FIRST_LATE
    assert next_change([post()], FIRST_LATE) is None


def test_the_site_changes_when_a_post_begins_and_when_it_ends() -> None:
    plain = {"sentence": None, "deadline": None}
    timed = post(publish_at=NOON + HOUR, expires=NOON + 2 * HOUR, **plain)

    assert next_change([timed], NOON) == NOON + HOUR
    assert next_change([timed], NOON + HOUR) == NOON + 2 * HOUR
    assert next_change([timed], NOON + 2 * HOUR) is None
    assert next_change([post(draft=True)], NOON) is None


def test_a_build_is_due_from_the_instant_on_not_before() -> None:
    timed = [post(publish_at=NOON, sentence=None, deadline=None)]

    assert not is_build_due(timed, NOON - HOUR, NOON - timedelta(microseconds=1))
    assert is_build_due(timed, NOON - HOUR, NOON)
    assert not is_build_due(timed, NOON, NOON + HOUR)
