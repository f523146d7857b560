"""Faults: what they are made of, what they say, and that another process gets them as they are."""

import pickle
from datetime import timedelta
from string import Formatter

import pytest

from campaign.errors.access import BodyTooLargeError, TooManyTriesError
from campaign.errors.base import CampaignError, Faults
from campaign.errors.confirming import NotConcernedError
from campaign.errors.posts import RevisionNeededError
from campaign.errors.roster import RosterColumnError, RosterUndoError
from campaign.errors.store import LedgerAlteredError, UncertainCommitError
from campaign.errors.units import UnitChangeError, UnitFault
from campaign.errors.word import WordDamagedError, WordLossError, WordNameError
from tests.rigs.faults import TYPED, example_facts, list_kinds, make_example

KINDS = list_kinds()

STATUS = {
    401: {"E-ACCESS", "E-ACCOUNT", "E-PASSKEY", "E-PROOF-WRONG", "E-SESSION", "E-SLIP-CODE", "E-TOKEN"},
    403: {"E-AUDIENCE", "E-DRAFT-APPROVER", "E-FORM", "E-HTTPS", "E-NOT-LISTED", "E-ORIGIN", "E-PROOF", "E-ROLE"},
    404: {
        "E-CAMPAIGN-UNKNOWN",
        "E-DRAFT-FILE-UNKNOWN",
        "E-DRAFT-UNKNOWN",
        "E-LINK",
        "E-NOT-FOUND",
        "E-PAPER-SHEET",
        "E-POST-UNKNOWN",
        "E-SLIP",
    },
    409: {
        "E-DRAFT-CHANGED",
        "E-DRAFT-CONTENT",
        "E-DRAFT-ELSEWHERE",
        "E-DRAFT-FAULTY",
        "E-DRAFT-PUBLISH",
        "E-DRAFT-STATE",
        "E-REVISION-STALE",
    },
    413: {"E-BODY"},
    421: {"E-HOST"},
    429: {"E-TRIES"},
    500: {"E-BUG"},
    502: {"E-OIDC"},
    503: {
        "E-CLOCK-BEHIND",
        "E-LEDGER-KEY-FOREIGN",
        "E-LEDGER-KEY-MISSING",
        "E-STORE-CORRUPT",
        "E-STORE-EMPTY",
        "E-STORE-NEWER",
        "E-STORE-OLDER",
        "E-STORE-TABLES",
        "E-STORE-UNCERTAIN",
        "E-STORE-UNFIT",
        "E-STORE-UNREACHABLE",
    },
}
"""What a browser or a program is answered with; any other fault is 400."""


def facts_of(value: object) -> object:
    """Return all that is known of *value*, faults taken apart."""
    if isinstance(value, BaseException):
        parts = {name: facts_of(part) for name, part in vars(value).items()}
        return type(value), parts, facts_of(value.args), str(value), facts_of(value.__cause__)
    return [facts_of(part) for part in value] if isinstance(value, tuple) else value


def send(error: CampaignError) -> object:
    """Return *error* as another process gets it."""
    return pickle.loads(pickle.dumps(error))  # noqa: S301 - just made


def test_each_fault_has_the_status_of_the_table() -> None:
    others = {kind.code for kind in KINDS} - set().union(*STATUS.values())

    assert {status: {kind.code for kind in KINDS if kind.status == status} for status in (*STATUS, 400)} == {
        **STATUS,
        400: others,
    }


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_a_fault_is_worded_from_its_own_fields_and_properties(kind: type[CampaignError]) -> None:
    error = make_example(kind)
    named = {name for text in (kind.wrong, kind.todo) for _, name, _, _ in Formatter().parse(text) if name is not None}

    known = {*example_facts(kind), *(name for name, of in vars(kind).items() if isinstance(of, property))}
    assert named <= known
    assert str(error) == f"Lỗi: {error.problem}\nCách sửa: {error.remedy}\nMã lỗi: {kind.code}" or kind is Faults


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_a_fault_shows_what_was_typed_as_it_was_typed(kind: type[CampaignError]) -> None:
    error = make_example(kind)
    shown = {name for text in (kind.wrong, kind.todo) for _, name, _, _ in Formatter().parse(text)}

    for name, value in example_facts(kind).items():
        if name in shown and TYPED in str(value):
            assert TYPED in error.problem + error.remedy
    assert not {"{{", "}}"} & {error.problem, error.remedy}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
@pytest.mark.parametrize("by_keyword", [True, False])
def test_a_fault_arrives_in_another_process_as_it_is(kind: type[CampaignError], *, by_keyword: bool) -> None:
    facts = example_facts(kind)
    error = kind(**facts) if by_keyword else kind(*facts.values())
    error.__cause__ = NotConcernedError(TYPED)

    assert facts_of(send(error)) == facts_of(error)


def test_all_faults_of_an_input_are_told_then_what_did_not_happen() -> None:
    error = Faults((NotConcernedError("Trực tết"), UncertainCommitError()), "Chưa ghi gì.")

    assert (
        str(error) == f"{NotConcernedError('Trực tết')}\n\n{UncertainCommitError()}\n\nCó 2 lỗi cần sửa. Chưa ghi gì."
    )


@pytest.mark.parametrize(("confirmed", "told"), [(None, "đọc và xác nhận lại)"), (3, "lại; 3 xác nhận đang có")])
def test_a_changed_text_is_told_with_what_a_replacement_does(confirmed: int | None, told: str) -> None:
    unchanged = RevisionNeededError("a.md", "a", 2, 2, confirmed)
    went_back = RevisionNeededError("a.md", "a", 1, 2, confirmed)

    assert "mà vẫn mang số phiên bản 2." in unchanged.problem
    assert "mang số phiên bản 1, trong khi đã đăng đến phiên bản 2." in went_back.problem
    assert told in unchanged.remedy
    assert "number: 3" in went_back.remedy


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (RosterUndoError(9, ["A", "B", "C", "D", "E"]), "khác với A, B, C, D, E."),
        (RosterUndoError(9, ["A", "B", "C", "D", "E", "F"]), "khác với A, B, C, D, E và 1 người nữa."),
        (RosterColumnError("a.csv", ["Mã", "Loại"]), "thiếu cột “Mã”, “Loại”."),
        (TooManyTriesError(timedelta(seconds=5401)), "sau khoảng 2 giờ."),
        (TooManyTriesError(timedelta(seconds=5400)), "sau khoảng 90 phút."),
        (BodyTooLargeError(16 * 1024), "(16 KiB)"),
        (BodyTooLargeError(10 * 1024**2), "(10 MiB)"),
        (WordLossError(98.76, ["hai chữ", "ba"]), "98,76% số từ của văn bản, dưới mức 99,5%. Thiếu: “hai chữ”; “ba”."),
        (WordNameError("a" * 130), f"“{'a' * 120}”"),
        (WordDamagedError(), "cắt cụt."),
        (WordDamagedError("a.xml"), "cắt cụt (phần “a.xml”)."),
        (LedgerAlteredError(["dòng 1", "dòng 2"]), "thay đổi:\n- dòng 1\n- dòng 2\n"),
        (UnitChangeError(UnitFault.EARLIER, "Phòng A", "05/11/2025"), "“Phòng A” đã có thay đổi từ ngày 05/11/2025;"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.code,
)
def test_what_must_be_worded_first_is_worded(error: CampaignError, told: str) -> None:
    assert told in str(error)
