"""Witnesses of C2SP tlog-witness: an honest one is a program of Go's own packages; others refuse, are gone, or lie."""

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from campaign.core.ledger.note import Signature, cosigned_text, read_note
from campaign.core.ledger.policy import Policy, Witness, policy_from_text
from campaign.core.ledger.receipt import check_receipt, receipt_from_file
from campaign.core.ledger.verdict import Answer
from campaign.jobs.checkpoint_round import Outlets, send_checkpoint
from campaign.jobs.evidence import export_evidence
from campaign.report.verifier import verify_bundle
from campaign.store.base import schema
from campaign.store.ledger.ledger import kept_checkpoints
from campaign.store.proofs.signing import LedgerKey
from campaign.store.proofs.verification import verify_ledger
from tests.rigs.answering import answering
from tests.rigs.builders import LAST_SECOND
from tests.rigs.go_programs import build_program, running_witness
from tests.rigs.keys import key_named
from tests.rigs.ledger_steps import press
from tests.rigs.recorder import Desk, fill_desk, open_desk

HONEST = key_named("nhân chứng thật", "nhan-chung.example/1")
OTHER = key_named("nhân chứng khác", "nhan-chung.example/2")
REWRITTEN = "một trong hai sổ đã bị viết lại"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The witness, built from Debian's packages alone."""
    return build_program("witness", tmp_path_factory.mktemp("go"))


def policy(desk: Desk, quorum: str = "w", **witnesses: tuple[LedgerKey, str]) -> Policy:
    """Trust the desk's key, with these witnesses by name."""
    known = (Witness(name, key.verifier.cosigner, address) for name, (key, address) in witnesses.items())
    return Policy(desk.recorder.key.verifier, witnesses=tuple(known), quorum=quorum)


def ask(desk: Desk, trusted: Policy) -> dict[str, str]:
    """Ask the witnesses of a policy; return what is wrong, by witness."""
    deliveries = send_checkpoint(desk.database, desk.recorder.key, Outlets(trusted), desk.clock)
    return {delivery.place.removeprefix("nhân chứng "): delivery.problem for delivery in deliveries}


def newest(desk: Desk) -> bytes:
    with desk.database.reading() as connection:
        [*_, note] = kept_checkpoints(connection).values()
    return note


@pytest.fixture
def witness(desk: Desk, program: Path) -> Iterator[Policy]:
    """The policy that demands one honest witness."""
    with running_witness(program, desk.recorder.key.verifier, HONEST) as address:
        yield policy(desk, w=(HONEST, address))


def test_a_witness_cosigns_each_checkpoint_after_the_one_before(desk: Desk, witness: Policy) -> None:
    first = ask(desk, witness)
    press(desk.database, at=LAST_SECOND)
    second = ask(desk, witness)
    again = ask(desk, witness)

    assert [first, second, again] == [{"w": ""}] * 3
    assert set(witness.cosigned(newest(desk))) == {"w"}
    with desk.database.reading() as connection:
        assert all(len(read_note(note).signatures) == 3 for note in kept_checkpoints(connection).values())
        verdict = verify_ledger(connection, witness)
    assert (verdict.answer, verdict.sealed and verdict.sealed.witnesses) == (Answer.RIGHT, ("w",))


def test_a_witness_that_knows_more_of_us_than_we_do_is_asked_again(desk: Desk, witness: Policy) -> None:
    """The database was restored from a backup of before: the witness says how far it saw (409)."""
    ask(desk, witness)
    bare = read_note(newest(desk))
    with desk.database.writing() as connection:
        forgotten = bytes(replace(bare, signatures=bare.signatures[:2]))
        connection.execute(update(schema.checkpoint).values(note=forgotten))
    press(desk.database, at=LAST_SECOND)

    assert ask(desk, witness) == {"w": ""}


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (0, REWRITTEN),
        (1, "nhân chứng thấy sổ không nối tiếp sổ mà họ đã ký: sổ đã bị viết lại"),
        (-1, "sổ đã bị quay lui"),
    ],
    ids=["same size", "longer", "set back"],
)
def test_a_ledger_that_was_rewritten_or_set_back_is_refused(
    desk: Desk, witness: Policy, tmp_path: Path, more: int, told: str
) -> None:
    press(desk.database, at=LAST_SECOND)
    ask(desk, witness)
    folder = tmp_path / "viết lại"
    (folder / "site").mkdir(parents=True)
    (folder / "ledger.key").write_bytes((tmp_path / "ledger.key").read_bytes())
    forged = fill_desk(open_desk(folder))
    for code in ("SKHCN-002", "SKHCN-003")[: more + 1]:
        press(forged.database, code, at=LAST_SECOND)
    assert forged.entries() == desk.entries() + more

    problems = ask(forged, witness)

    forged.close()
    assert told in problems["w"]


def test_a_ledger_of_which_entries_were_deleted_is_not_even_sent(desk: Desk, witness: Policy) -> None:
    """The kept checkpoints still tell what the witness saw."""
    ask(desk, witness)
    press(desk.database, at=LAST_SECOND)
    with desk.database.writing() as connection:
        connection.execute(schema.checkpoint.insert(), {"size": desk.entries() + 5, "note": newest(desk)})

    assert "quay lui" in ask(desk, witness)["w"]


def test_one_that_refuses_one_that_is_gone_and_one_that_lies_stop_no_other(desk: Desk, program: Path) -> None:
    liar = key_named("nhân chứng dối", "nhan-chung.example/3")

    def sign_something_else(body: bytes) -> bytes:
        """Cosign another checkpoint than that which was handed in."""
        text = read_note(body.partition(b"\n\n")[2]).text.replace(b"example", b"sample")
        seconds = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())
        value = seconds.to_bytes(8) + liar.private.sign(cosigned_text(text, seconds))
        cosigner = liar.verifier.cosigner
        return f"{Signature(cosigner.origin, cosigner.key_id, value)}\n".encode()

    with ExitStack() as stack:
        honest = stack.enter_context(running_witness(program, desk.recorder.key.verifier, HONEST))
        foreign = stack.enter_context(running_witness(program, OTHER.verifier, OTHER))
        lying = stack.enter_context(answering(sign_something_else)).address
        trusted = policy(
            desk,
            w=(HONEST, honest),
            x=(OTHER, foreign),
            y=(liar, lying),
            z=(key_named("z", "z"), "http://127.0.0.1:9/"),
        )
        problems = ask(desk, trusted)

    assert problems == {
        "w": "",
        "x": "nhân chứng chưa biết sổ này; gửi họ tệp khoá công khai",
        "y": "chữ ký không phải của nhân chứng ấy trên mốc này",
        "z": "không nối được",
    }
    note = newest(desk)
    assert set(trusted.cosigned(note)) == {"w"}
    assert len(read_note(note).signatures) == 3


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (200, b"", "không đúng chuẩn"),
        (200, "— a b\n".encode(), "không đúng chuẩn"),
        (200, b"\xff\n", "không đúng chuẩn"),
        (409, b"", "không đúng chuẩn"),
        (409, b"07\n", "không đúng chuẩn"),
        (409, b"-1\n", "không đúng chuẩn"),
        (409, b"9" * 10_000 + b"\n", "không đúng chuẩn"),
        (409, b"1\n", "không đúng chuẩn"),
        (409, b"999\n", "quay lui"),
        (403, b"", "không nhận khoá"),
        (418, b"", "mã 418"),
    ],
)
def test_whatever_a_witness_answers_is_told(desk: Desk, status: int, body: bytes, told: str) -> None:
    with answering(body, status) as server:
        assert told in ask(desk, policy(desk, w=(HONEST, server.address)))["w"]


@pytest.fixture
def witnessed(desk: Desk, witness: Policy) -> Desk:
    """The same recorder, started with the witness."""
    return Desk(replace(desk.recorder, outlets=Outlets(witness)), desk.clock, desk.watch)


def test_a_receipt_carries_the_cosignature_as_soon_as_there_is_one(
    witnessed: Desk, witness: Policy, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    an = witnessed.reader()
    an.submit("/xac-nhan/thong-bao-485")
    path = f"/bien-nhan/{witnessed.entries()}.tlog-proof"

    at_once = receipt_from_file(an.get(path).content)
    page_at_once = an.get(path.removesuffix(".tlog-proof")).text
    ask(witnessed, witness)
    press(witnessed.database, "SKHCN-002")
    later = an.get(path).content

    assert "nhân chứng ký mỗi đêm" in page_at_once
    assert "Nhân chứng cùng ký</dt><dd>w</dd>" in an.get(path.removesuffix(".tlog-proof")).text
    assert check_receipt(at_once, witness).answer is Answer.UNVOUCHED
    verdict = check_receipt(receipt_from_file(later), witness)
    assert (verdict.answer, verdict.sealed and verdict.sealed.witnesses) == (Answer.RIGHT, ("w",))
    (tmp_path / "proof").write_bytes(later)
    (tmp_path / "entry").write_bytes(at_once.leaf_data)
    check = build_program("check", tmp_path_factory.mktemp("go"))
    command = [str(check), str(witness.trusted), str(tmp_path / "proof"), str(tmp_path / "entry")]
    assert subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.startswith(b"record ")


def test_the_policy_that_is_published_names_the_witness(witnessed: Desk, witness: Policy) -> None:
    published = policy_from_text(witnessed.visitor().get("/kiem-chung/khoa-cong-khai.txt").text)

    assert published == witness


def test_a_bundle_is_right_by_the_policy_once_its_checkpoint_is_cosigned(
    desk: Desk, witness: Policy, tmp_path: Path
) -> None:
    def export() -> Answer:
        file = tmp_path / "gói.zip"
        export_evidence(desk.database, desk.recorder.key, file, desk.clock(), named=True)
        return verify_bundle(file, witness).answer

    before = export()
    ask(desk, witness)

    assert [before, export()] == [Answer.UNVOUCHED, Answer.RIGHT]
