"""The evidence bundle and its verifier: what a forger may do, and what is said then."""

import json
import stat
import warnings
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest

from campaign.core.attachment import Attachment
from campaign.core.clock import VIET_NAM
from campaign.core.ledger.entry import Kind, Personal, to_payload
from campaign.core.ledger.keyring import Revocation
from campaign.core.ledger.note import read_note
from campaign.core.ledger.policy import Policy, Witness
from campaign.core.ledger.verdict import Answer, Verdict
from campaign.core.post import digest_of
from campaign.report.evidence import make_verifier
from campaign.report.verifier import main, verify_bundle
from tests.rigs.builders import OPENED, post
from tests.rigs.evidence import STORY, Ledger, bundle, confirmation, person, repack
from tests.rigs.keys import KEY, key_named

POLICY = Policy(KEY.verifier)
FORGER = key_named("kẻ giả mạo")
BACKDATED = datetime(2025, 10, 20, tzinfo=VIET_NAM)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a bundle lies."""
    return tmp_path / "gói.zip"


def judge(file: Path, ledger: Ledger, policy: Policy | None = POLICY, *notes: bytes) -> Verdict:
    """Return what the verifier says of the bundle of *ledger*."""
    return verify_bundle(bundle(file, ledger), policy, notes)


def said(verdict: Verdict) -> str:
    return "\n".join(verdict.to_lines())


# 0. What readers were shown beside the text.

SHOWN = b"%PDF-1.4"
ATTACHED = post(attachments=(Attachment("bai-dang/kem/a.pdf", len(SHOWN), digest_of(SHOWN)),))


@pytest.mark.parametrize(
    ("files", "finding"),
    [
        ([SHOWN], ""),
        ([], "gói thiếu tệp đã cho xem: bai-dang/kem/a.pdf (thong-bao-485, phiên bản 1)"),
        ([b"%PDF-1.5"], "không phải tệp đã cho xem"),
        ([SHOWN, b"la"], "gói có tệp lạ"),
    ],
)
def test_the_files_that_were_shown_are_in_the_bundle(file: Path, files: list[bytes], finding: str) -> None:
    document = json.loads(ATTACHED.to_document())
    published = {"post": ATTACHED.id, "revision": 1, "digest": ATTACHED.digest, "document": document}
    opened = {"title": "Thử", "sample": False, "key": str(KEY.verifier)}
    story = Ledger().append(Kind.CAMPAIGN_OPENED, opened).append(Kind.REVISION_PUBLISHED, published).sealed()
    bundle(file, story)
    parts = dict(zip((f"files/{digest_of(SHOWN)}", "files/la"), files, strict=False))
    repack(file, lambda held: held.update(parts))

    verdict = verify_bundle(file, POLICY)

    assert (verdict.answer is Answer.RIGHT) == (not finding)
    assert finding in said(verdict)


# 1. A bundle that is passed on by somebody without a key.


def test_a_sound_bundle_is_right_by_the_key_that_is_named(file: Path) -> None:
    verdict = judge(file, STORY)

    assert verdict.answer is Answer.RIGHT
    assert "Đúng: 6 dòng ghi, mốc đã ký đến dòng 6." in said(verdict)
    assert str(KEY.verifier) in said(verdict)


def test_without_a_key_it_is_consistent_and_nobody_s(file: Path) -> None:
    verdict = judge(file, STORY, None)

    assert verdict.answer is Answer.UNVOUCHED
    assert "Nhất quán, nhưng chưa biết của ai" in said(verdict)


def test_without_a_checkpoint_nobody_vouches(file: Path) -> None:
    """Rows 1.3 and 1.6: whatever was altered, there is no signature to break."""
    verdict = judge(file, replace(STORY.alter(6, at=BACKDATED + timedelta(days=1)), checkpoints=()))

    assert verdict.answer is not Answer.RIGHT
    assert "không có mốc nào đã ký" in said(replace(verdict, findings=()))


def test_an_unsigned_entry_at_the_end_is_told(file: Path) -> None:
    """Row 1.4, with a time that does not go back."""
    verdict = judge(file, STORY.append(Kind.CONFIRMATION, confirmation(2), person(2, "Lò Thị Bình")))

    assert verdict.answer is Answer.UNVOUCHED
    assert "1 dòng sau mốc 6 không có mốc nào đã ký (dòng 7)" in said(verdict)


def test_an_entry_that_is_dated_back_is_found(file: Path) -> None:
    """Row 1.4 as it stands: somebody who never confirmed is made to have done it in time."""
    last = STORY.append(Kind.MEMBER_LEFT, {"member": 2}, at=BACKDATED + timedelta(days=400))

    verdict = judge(file, last.append(Kind.CONFIRMATION, confirmation(2), at=BACKDATED).sealed())

    assert verdict.answer is Answer.WRONG
    assert "dòng ghi 8: ghi lúc 00:00:00 ngày 20/10/2025, trước dòng 7" in said(verdict)


def test_an_entry_may_be_overtaken_while_it_waits_for_its_commit(file: Path) -> None:
    last_at = STORY.entries[-1][0].at

    verdict = judge(file, STORY.append(Kind.CONFIRMATION, confirmation(2), at=last_at - timedelta(seconds=30)).sealed())

    assert verdict.answer is Answer.RIGHT


def test_a_cut_bundle_names_the_checkpoint_to_compare_with(file: Path) -> None:
    """Row 1.5: it cannot be told from an earlier bundle; so size and time are said."""
    earlier = replace(STORY, entries=STORY.entries[:5], checkpoints=()).sealed()

    verdict = judge(file, earlier)

    assert "Mốc mới nhất: 5 dòng ghi, ký lúc 23:59:59 ngày 04/11/2025" in said(verdict)
    assert "sổ chỉ có 5 dòng ghi" in said(judge(file, earlier, POLICY, STORY.note()))


def test_an_altered_entry_is_found_by_the_checkpoint(file: Path) -> None:
    verdict = judge(file, STORY.alter(6, at=STORY.entries[5][0].at + timedelta(minutes=1)))

    assert verdict.answer is Answer.WRONG
    assert "mốc kiểm chứng 6: 6 dòng ghi đầu đã bị thay đổi" in said(verdict)


def test_a_checkpoint_kept_elsewhere_finds_what_the_key_s_holder_wrote_anew(file: Path) -> None:
    rewritten = replace(STORY.alter(6, at=OPENED + timedelta(days=1)), checkpoints=()).sealed()

    assert judge(file, rewritten).answer is Answer.RIGHT
    assert judge(file, rewritten, POLICY, STORY.note()).answer is Answer.WRONG


def test_a_checkpoint_in_any_line_endings_is_one_that_the_program_reads(file: Path, tmp_path: Path) -> None:
    bundle(file, STORY)
    (tmp_path / "mốc.txt").write_bytes(STORY.note().replace(b"\n", b"\r\n"))

    assert run(file, "--key", str(KEY.verifier), "--checkpoint", str(tmp_path / "mốc.txt")) == Answer.RIGHT


Change = Callable[[dict[str, bytes]], None]


def put(name: str, content: bytes) -> Change:
    return lambda files: files.update({name: content})


def drop(name: str) -> Change:
    return lambda files: files.__delitem__(name)


FORGED_FILES: dict[str, tuple[Change, str]] = {
    "roster": (put("roster-2025-10-01.csv", b"Ai,cung,duoc"), "tệp roster-2025-10-01.csv: không phải nội dung"),
    "index": (put("index.html", b"<h1>Khong sao</h1>"), "tệp index.html: không phải nội dung"),
    "guide": (put("DOC-TRUOC.txt", b"Chay verify.pyz trong goi"), "tệp DOC-TRUOC.txt: không phải nội dung"),
    "a verifier of his own": (put("verify.pyz", b"print('dung')"), "gói có tệp lạ: verify.pyz"),
    "another folder": (put("checkpoints2/000000006.txt", b"x"), "gói có tệp lạ: checkpoints2/000000006.txt"),
    "a way out": (put("../ngoai.txt", b"x"), "gói có tệp lạ: ../ngoai.txt"),
    "other capitals": (put("INDEX.html", b"x"), "gói có hai tệp cùng tên index.html"),
    "no index": (drop("index.html"), "gói thiếu tệp index.html"),
    "no roster": (drop("roster-2025-10-01.csv"), "gói thiếu tệp roster-2025-10-01.csv"),
    "no revision": (drop("revisions/thong-bao-485.1.json"), "phiên bản thong-bao-485.1.json"),
    "another revision": (put("revisions/thong-bao-485.1.json", b"{}"), "phiên bản thong-bao-485.1.json"),
    "a revision more": (put("revisions/khac.1.json", b"{}"), "phiên bản khac.1.json"),
    "a renamed checkpoint": (put("checkpoints/000000005.txt", STORY.note()), "tên không khớp"),
}


@pytest.mark.parametrize(("change", "finding"), FORGED_FILES.values(), ids=list(FORGED_FILES))
def test_every_file_is_bound_to_the_entries(file: Path, change: Change, finding: str) -> None:
    """Rows 1.8, 1.11 and 1.12."""
    repack(bundle(file, STORY), change)

    verdict = verify_bundle(file, POLICY)

    assert verdict.answer is Answer.WRONG
    assert finding in said(verdict)


def test_two_files_of_one_name_are_found(file: Path) -> None:
    """Row 1.9: programs differ in which of the two they read."""
    forged = bundle(file.with_name("giả.zip"), STORY.alter(6, at=OPENED + timedelta(days=3)))
    with ZipFile(forged) as archive:
        entries = archive.read("entries.jsonl")
    bundle(file, STORY)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # zipfile warns of the double name that is meant here
        repack(file, lambda _files: None, [("entries.jsonl", entries)])

    verdict = verify_bundle(file, POLICY)

    assert "gói có hai tệp cùng tên entries.jsonl" in said(verdict)


def test_names_that_went_under_an_unsigned_erasure_are_found(file: Path) -> None:
    """Row 1.10."""
    erased = STORY.append(Kind.PERSONAL_ERASED, {"member": None, "reason": "expired"})
    nameless = replace(erased, entries=tuple((entry, None) for entry, _ in erased.entries))

    verdict = judge(file, nameless)

    assert verdict.answer is Answer.WRONG
    assert "dòng ghi 7: xoá thông tin cá nhân mà không có mốc đã ký nào bao gồm" in said(verdict)


def erase(ledger: Ledger, member: int) -> Ledger:
    gone = ledger.append(Kind.PERSONAL_ERASED, {"member": member, "reason": "request"})
    kept = (
        (entry, None if personal and json.loads(entry.facts).get("member") == member else personal)
        for entry, personal in gone.entries
    )
    return replace(gone, entries=tuple(kept))


def test_an_erasure_under_a_checkpoint_is_right(file: Path) -> None:
    assert judge(file, erase(STORY, 1).sealed()).answer is Answer.RIGHT


def test_fields_that_went_without_an_entry_are_missed(file: Path) -> None:
    entry, _ = STORY.entries[2]

    verdict = judge(file, replace(STORY, entries=(*STORY.entries[:2], (entry, None), *STORY.entries[3:])))

    assert "dòng ghi 3: thông tin cá nhân bị mất mà không có dòng ghi xoá" in said(verdict)


def test_a_name_that_is_not_the_hashed_one_is_found(file: Path) -> None:
    entry, _ = STORY.entries[2]
    other = Personal(bytes(32), to_payload(person(1, "Vừ A Hồng")))

    verdict = judge(file, replace(STORY, entries=(*STORY.entries[:2], (entry, other), *STORY.entries[3:])))

    assert "dòng ghi 3: thông tin cá nhân không khớp mã băm" in said(verdict)


def test_a_bundle_without_names_is_right_and_names_nobody(file: Path) -> None:
    bundle(file, STORY, named=False)

    assert verify_bundle(file, POLICY).answer is Answer.RIGHT
    with ZipFile(file) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert "Lò Thị Bình" not in everything
    assert "SKHCN-00" not in everything


def test_a_confirmation_that_stands_twice_is_found_with_both_numbers(file: Path) -> None:
    twice = STORY.append(Kind.CONFIRMATION, confirmation(1), person(1, "=Đặng Văn An")).sealed()

    assert "dòng ghi 7: xác nhận đã có ở dòng 6" in said(judge(file, twice))


def test_what_was_withdrawn_may_be_confirmed_again(file: Path) -> None:
    again = STORY.append(Kind.WITHDRAWAL, {"withdraws": 6, "actor": "chi"}).append(Kind.CONFIRMATION, confirmation(1))

    assert judge(file, again.sealed()).answer is Answer.RIGHT


@pytest.mark.parametrize("line", [b"[]", b'{"at":1}', b'{"sequence": 7}'])
def test_an_unreadable_entry_is_named(file: Path, line: bytes) -> None:
    def spoil(files: dict[str, bytes]) -> None:
        files["entries.jsonl"] += json.dumps({"entry": line.decode(), "personal": None}).encode() + b"\n"

    repack(bundle(file, STORY), spoil)

    assert "dòng ghi 7: không đọc được" in said(verify_bundle(file, POLICY))


# 2. Keys.


def test_a_ledger_that_a_forger_hands_over_to_the_real_key_is_found(file: Path) -> None:
    """Row 1.7 and 2.6: his key appoints the real one as its heir."""
    forged = replace(STORY.alter(6, at=OPENED + timedelta(days=1)), checkpoints=())
    forged = forged.rotate(FORGER, KEY, accepted=False).sealed(FORGER)

    verdict = judge(file, forged)

    assert verdict.answer is Answer.WRONG
    assert "dòng ghi 7: thay khoá không có chữ ký của khoá đang tin" in said(verdict)
    assert "mốc kiểm chứng 7: chữ ký không đúng" in said(verdict)


NEXT = key_named("khoá kế tiếp")


def test_old_and_new_key_vouch_for_each_other(file: Path) -> None:
    rotated = STORY.rotate(KEY, NEXT).sealed(NEXT)

    assert judge(file, rotated, Policy(KEY.verifier)).answer is Answer.RIGHT
    assert judge(file, rotated, Policy(NEXT.verifier)).answer is Answer.RIGHT


def test_an_old_rotation_is_followed_back_from_a_checkpoint_of_the_new_key(file: Path) -> None:
    legacy = STORY.rotate(KEY, NEXT, accepted=False)

    assert judge(file, legacy.sealed(NEXT), Policy(NEXT.verifier)).answer is Answer.RIGHT
    assert judge(file, legacy, Policy(NEXT.verifier)).answer is Answer.WRONG


def test_an_old_key_does_not_sign_for_what_comes_after_it(file: Path) -> None:
    """Rows 2.7 and 2.8: it leaked, and somebody goes on with it."""
    rotated = STORY.rotate(KEY, NEXT).append(Kind.CONFIRMATION, confirmation(2)).sealed(KEY)

    verdict = judge(file, rotated, Policy(NEXT.verifier))

    assert verdict.answer is Answer.WRONG
    assert "mốc kiểm chứng 8: khoá ký mốc này chỉ có giá trị đến dòng 6" in said(verdict)


def test_a_revoked_key_counts_no_more(file: Path) -> None:
    rotated = STORY.rotate(KEY, NEXT).append(Kind.KEY_REVOKED, {"key": str(KEY.verifier), "from": 6, "actor": "chi"})

    verdict = judge(file, rotated.sealed(NEXT), Policy(NEXT.verifier))

    assert "mốc kiểm chứng 6: khoá ký mốc này chỉ có giá trị đến dòng 5" in said(verdict)
    known_elsewhere = Policy(KEY.verifier, revocations=(Revocation(8, KEY.verifier, 6),))
    assert judge(file, STORY, known_elsewhere).answer is Answer.WRONG


def test_a_ledger_that_names_another_key_is_another_s(file: Path) -> None:
    verdict = judge(file, replace(STORY, checkpoints=()).sealed(FORGER), Policy(FORGER.verifier))

    assert f"dòng ghi 1: sổ này là sổ của khoá {KEY.verifier}" in said(verdict)


def test_too_few_witnesses_do_not_vouch(file: Path) -> None:
    witness = key_named("nhân chứng", "nhan-chung.example/1")
    policy = replace(POLICY, witnesses=(Witness("w", witness.verifier.cosigner),), quorum="w")
    [(size, note)] = STORY.checkpoints
    cosignature = read_note(replace(STORY, checkpoints=()).note(witness)).signatures[1]
    cosigned = replace(STORY, checkpoints=((size, bytes(read_note(note).with_signatures(cosignature))),))

    alone, together = judge(file, STORY, policy), judge(file, cosigned, policy)

    assert alone.answer is Answer.UNVOUCHED
    assert "chưa đủ nhân chứng" in said(alone)
    assert together.answer is Answer.RIGHT
    assert "Nhân chứng cùng ký: w." in said(together)


# 3. The program and its files.


def run(file: Path, *arguments: str) -> int:
    """Return the exit code of the verifier as it is called."""
    with pytest.raises(SystemExit) as ended:
        main([str(file), *arguments])
    return int(ended.value.code or 0)


def test_the_exit_code_is_the_answer(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = tmp_path / "khoá.txt"
    key.write_text(f"log {KEY.verifier}\nquorum none\n", "utf-8")
    bundle(file, STORY)

    assert run(file, "--key", str(key)) == Answer.RIGHT
    assert run(file) == Answer.UNVOUCHED
    repack(file, put("lạ", b"x"))
    assert run(file, "--key", str(key)) == Answer.WRONG
    assert "gói có tệp lạ: lạ" in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip"])
def test_what_is_no_bundle_ends_with_a_sentence(file: Path, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_bytes(content)

    assert run(file) == Answer.WRONG
    assert "Không đọc được gói" in capsys.readouterr().err


def test_same_evidence_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = (bundle(tmp_path / name, STORY).read_bytes() for name in ("a.zip", "b.zip"))

    assert first == second
    assert make_verifier() == make_verifier()


def test_only_its_owner_may_read_a_bundle(file: Path) -> None:
    assert stat.S_IMODE(bundle(file, STORY).stat().st_mode) == 0o600


def test_the_index_shows_markup_as_text(file: Path) -> None:
    ledger = Ledger().append(Kind.CAMPAIGN_OPENED, {"title": "<script>alert(1)</script>", "sample": False})
    with ZipFile(bundle(file, ledger)) as archive:
        index = archive.read("index.html").decode()

    assert "&lt;script&gt;" in index
    assert "<script" not in index


def test_a_roster_runs_no_formula_and_leaves_out_who_was_erased(file: Path) -> None:
    with ZipFile(bundle(file, erase(STORY, 2))) as archive:
        roster = archive.read("roster-2025-10-01.csv").decode("utf-8-sig")

    assert roster.splitlines() == ["Mã,Họ và tên,Đơn vị,Loại", "SKHCN-001,'=Đặng Văn An,Văn phòng,người lao động"]


def test_a_line_of_the_entries_is_exactly_what_the_leaf_hashes(file: Path) -> None:
    with ZipFile(bundle(file, STORY)) as archive:
        lines = [json.loads(line) for line in archive.read("entries.jsonl").splitlines()]

    assert [line["entry"].encode() for line in lines] == [entry.leaf_data for entry, _ in STORY.entries]


def test_a_long_ledger_tells_how_far_it_is(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = Ledger(tuple((replace(STORY.entries[0][0], sequence=number), None) for number in range(1, 100_001)))

    judge(file, ledger)

    assert "100000 dòng ghi" in capsys.readouterr().err


def test_findings_end_before_they_become_a_flood(file: Path) -> None:
    ledger = Ledger(tuple((replace(STORY.entries[0][0], sequence=2 * number), None) for number in range(1, 301)))

    assert len(judge(file, ledger).findings) == 100
