"""The evidence bundle and its verifier, with a ledger of a few entries."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from campaign.core import merkle
from campaign.core.checkpoint import Checkpoint
from campaign.core.entry import Entry, Kind, Personal, to_payload
from campaign.core.note import Verifier, to_note
from campaign.report.evidence import Evidence, RosterSnapshot, write_bundle
from campaign.report.verifier import main
from tests.rigs.builders import OPENED, member, post

KEY = Ed25519PrivateKey.generate()
VERIFIER = Verifier("example.vn/so-ghi-nhan", KEY.public_key().public_bytes_raw())
NOTICE = post()
AN = member("A-1", "=Đặng Văn An")


def entries(*facts: tuple[Kind, Mapping[str, object], str | None]) -> list[tuple[bytes, Personal | None]]:
    """Return the entries of a ledger with these facts, each with a name or none."""
    made = []
    for sequence, (kind, fields, name) in enumerate(facts, 1):
        personal = Personal(bytes(32), to_payload({"name": name})) if name else None
        entry = Entry(
            sequence, OPENED + timedelta(sequence), kind, to_payload(fields), personal.digest if personal else None
        )
        made.append((entry.leaf_data, personal))
    return made


STORY = entries(
    (Kind.CAMPAIGN_OPENED, {"title": "Thử", "sample": False}, None),
    (Kind.MEMBER_JOINED, {"member": 1, "unit": 1, "category": "worker"}, "Đặng Văn An"),
    (Kind.REVISION_PUBLISHED, {"post": NOTICE.id, "revision": 1, "digest": NOTICE.digest, "document": {}}, None),
    (Kind.PERSONAL_ERASED, {"member": 1, "reason": "request"}, None),
)


def sign(ledger: list[tuple[bytes, Personal | None]]) -> bytes:
    frontier, _ = merkle.grow(0, (), [merkle.hash_leaf(leaf) for leaf, _ in ledger])
    checkpoint = Checkpoint(VERIFIER.origin, len(ledger), merkle.root_of_frontier(frontier))
    return to_note(VERIFIER, checkpoint, KEY.sign(checkpoint.to_note()))


def evidence(ledger: list[tuple[bytes, Personal | None]]) -> Evidence:
    return Evidence(
        title="Thử",
        made_at=datetime(2025, 11, 5, tzinfo=UTC),
        verifier=VERIFIER,
        entries=ledger,
        posts=[NOTICE],
        revisions={f"{NOTICE.id}.1.json": NOTICE.to_document()},
        checkpoints={len(ledger): sign(ledger)},
        rosters=[RosterSnapshot(OPENED, [AN])],
        counts=Counter({Kind.CONFIRMATION: 1}),
    )


def verify(path: Path, *arguments: str) -> str:
    """Return what the verifier finds; empty when the bundle holds."""
    try:
        main([str(path), *arguments])
    except SystemExit as ended:
        return str(ended.code)
    return ""


def test_bundle_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_bundle(tmp_path / "b.zip", evidence(STORY))

    assert verify(tmp_path / "b.zip", "--key", str(VERIFIER)) == ""
    assert "4 dòng ghi" in capsys.readouterr().out


def test_same_evidence_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        write_bundle(tmp_path / name, evidence(STORY))

    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_index_tells_what_is_in_it_and_runs_nothing(tmp_path: Path) -> None:
    write_bundle(tmp_path / "b.zip", replace(evidence(STORY), title="<script>alert(1)</script>"))

    with ZipFile(tmp_path / "b.zip") as bundle:
        index = bundle.read("index.html").decode()

    assert "&lt;script&gt;" in index
    assert "<script" not in index
    assert NOTICE.digest in index


def test_roster_runs_no_formula(tmp_path: Path) -> None:
    write_bundle(tmp_path / "b.zip", evidence(STORY))

    with ZipFile(tmp_path / "b.zip") as bundle:
        name = next(name for name in bundle.namelist() if name.startswith("roster-"))
        assert "'=Đặng Văn An" in bundle.read(name).decode("utf-8-sig")


def test_fields_that_an_entry_erased_are_not_missed(tmp_path: Path) -> None:
    erased = [*STORY[:1], (STORY[1][0], None), *STORY[2:]]
    write_bundle(tmp_path / "b.zip", evidence(erased))

    assert verify(tmp_path / "b.zip") == ""


def test_fields_that_went_without_an_entry_are_missed(tmp_path: Path) -> None:
    write_bundle(tmp_path / "b.zip", evidence([*STORY[:1], (STORY[1][0], None), STORY[2]]))

    assert "dòng ghi 2: thông tin cá nhân bị mất" in verify(tmp_path / "b.zip")


def test_revision_that_the_ledger_does_not_know_is_found(tmp_path: Path) -> None:
    added = {**evidence(STORY).revisions, "khac.1.json": b"{}"}
    write_bundle(tmp_path / "b.zip", replace(evidence(STORY), revisions=added))

    assert "phiên bản khac.1.json" in verify(tmp_path / "b.zip")


def test_unreadable_entry_is_named(tmp_path: Path) -> None:
    write_bundle(tmp_path / "b.zip", evidence([*STORY[:1], (b"[]", None), *STORY[2:]]))

    assert "dòng ghi 2: không đọc được" in verify(tmp_path / "b.zip")


def test_checkpoint_of_another_ledger_is_found(tmp_path: Path) -> None:
    write_bundle(tmp_path / "b.zip", evidence(STORY))
    (tmp_path / "moc.txt").write_bytes(sign([*STORY[1:], STORY[0]]))

    assert "mốc kiểm chứng 4: 4 dòng ghi đầu đã bị thay đổi" in verify(
        tmp_path / "b.zip", "--checkpoint", str(tmp_path / "moc.txt")
    )


def test_checkpoint_that_is_none_is_found(tmp_path: Path) -> None:
    write_bundle(tmp_path / "b.zip", evidence(STORY))
    (tmp_path / "moc.txt").write_text("không phải mốc", "utf-8")

    assert "mốc kiểm chứng ?: chữ ký" in verify(tmp_path / "b.zip", "--checkpoint", str(tmp_path / "moc.txt"))


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip"])
def test_what_is_no_bundle_ends_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "b.zip").write_bytes(content)

    assert "Không đọc được gói" in verify(tmp_path / "b.zip")


def test_long_ledger_tells_how_far_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = entries(*[(Kind.CONFIRMATION, {"member": 1}, None)] * 100_000)
    write_bundle(tmp_path / "b.zip", replace(evidence(ledger), revisions={}))

    assert verify(tmp_path / "b.zip") == ""
    assert "100000 dòng ghi" in capsys.readouterr().err


def test_findings_end_before_they_become_a_flood(tmp_path: Path) -> None:
    ledger = entries(*[(Kind.CONFIRMATION, {"member": 1}, None)] * 300)[1:]
    write_bundle(tmp_path / "b.zip", replace(evidence(ledger), revisions={}))

    assert verify(tmp_path / "b.zip").count("mang số") == 100


def test_line_of_the_entries_is_exactly_what_the_leaf_hashes(tmp_path: Path) -> None:
    write_bundle(tmp_path / "b.zip", evidence(STORY))

    with ZipFile(tmp_path / "b.zip") as bundle:
        lines = [json.loads(line) for line in bundle.read("entries.jsonl").splitlines()]

    assert [line["entry"].encode() for line in lines] == [leaf for leaf, _ in STORY]


def test_name_that_is_not_the_hashed_one_is_found(tmp_path: Path) -> None:
    other = Personal(bytes(32), to_payload({"name": "Lò Thị Bình"}))
    write_bundle(tmp_path / "b.zip", evidence([*STORY[:1], (STORY[1][0], other), *STORY[2:]]))

    assert "dòng ghi 2: thông tin cá nhân không khớp" in verify(tmp_path / "b.zip")


def test_ledger_that_lost_its_end_is_found_by_its_checkpoint(tmp_path: Path) -> None:
    write_bundle(tmp_path / "b.zip", replace(evidence(STORY[:3]), checkpoints={4: sign(STORY)}))

    assert "mốc kiểm chứng 4: sổ chỉ có 3 dòng ghi" in verify(tmp_path / "b.zip")
