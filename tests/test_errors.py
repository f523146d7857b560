"""Faults, and that another process gets them as they are."""

import pickle

import pytest

from campaign.errors.access import SessionExpiredError
from campaign.errors.base import CampaignError, Faults
from campaign.errors.confirming import NotConcernedError, RevisionStaleError
from campaign.errors.store import UncertainCommitError


@pytest.mark.parametrize(
    "error",
    [
        SessionExpiredError(),
        UncertainCommitError(),
        RevisionStaleError("thong-bao-485", 1, 2),
        NotConcernedError("Trực tết"),
        Faults([NotConcernedError("Trực tết")], "Chưa ghi gì."),
    ],
    ids=lambda error: error.code,
)
def test_a_fault_arrives_in_another_process_as_it_is(error: CampaignError) -> None:
    arrived = pickle.loads(pickle.dumps(error))  # noqa: S301 - just made

    assert type(arrived) is type(error)
    assert str(arrived) == str(error)
    assert arrived.args == error.args
    assert {name: str(value) for name, value in vars(arrived).items()} == {
        name: str(value) for name, value in vars(error).items()
    }


def test_a_fault_arrives_with_its_cause() -> None:
    error = UncertainCommitError()
    error.__cause__ = RuntimeError("disk I/O error")

    arrived = pickle.loads(pickle.dumps(error))  # noqa: S301 - just made

    assert str(arrived.__cause__) == "disk I/O error"
