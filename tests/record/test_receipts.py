"""The receipt: proof that a third person can check."""

import html
import re

from campaign.core import merkle
from tests.record.desk import Desk
from tests.store.steps import press, replaced

HASH = r"(?:[0-9a-f]{8} ){7}[0-9a-f]{8}"


def from_hex(shown: str) -> bytes:
    return bytes.fromhex(shown.replace(" ", ""))


def find(pattern: str, page: str) -> str:
    found = re.search(pattern, page, re.DOTALL)
    assert found is not None, pattern
    return html.unescape(found[1])


def test_the_proof_on_the_receipt_leads_to_the_signed_checkpoint(desk: Desk) -> None:
    """With nothing but what stands on the page and the ledger's public key."""
    press(desk.database, "SKHCN-002")
    sequence = press(desk.database, "SKHCN-001", identified_by="slip_code").sequence
    press(desk.database, "SKHCN-003")

    page = desk.reader().get(f"/bien-nhan/{sequence}").text

    leaf = from_hex(find(rf"Mã của dòng ghi.*?({HASH})", page))
    proof = [from_hex(step) for step in re.findall(rf"<li>({HASH})</li>", page)]
    checkpoint = desk.recorder.key.verifier.read(find(r"<pre>(.*?)</pre>", page).encode())
    assert merkle.verify_inclusion(leaf, sequence - 1, checkpoint.size, proof, checkpoint.root)
    assert find(rf"Mã gốc của sổ.*?({HASH})", page).replace(" ", "") == checkpoint.root.hex()
    assert str(desk.recorder.key.verifier) in html.unescape(page)


def test_the_receipt_names_person_instant_and_way_in(desk: Desk) -> None:
    sequence = press(desk.database, identified_by="slip_qr").sequence

    page = desk.reader().get(f"/bien-nhan/{sequence}").text

    for words in ("Nguyễn Văn An", "23:59:59 ngày 04/11/2025", "trên trang web", "mã QR trên phiếu", "Đúng hạn"):
        assert words in page


def test_nobody_sees_the_receipt_of_another(desk: Desk) -> None:
    sequence = press(desk.database, "SKHCN-002", identified_by="slip_code").sequence
    an = desk.reader("SKHCN-001")

    others, missing = an.get(f"/bien-nhan/{sequence}"), an.get("/bien-nhan/9999")

    assert (others.status_code, missing.status_code) == (404, 404)
    assert "Lò Thị Bình" not in others.text


def test_what_is_no_confirmation_has_no_receipt(desk: Desk) -> None:
    """Neither Python's limit on digits nor the database's largest integer may show."""
    an = desk.reader()

    statuses = [an.get(f"/bien-nhan/{number}").status_code for number in ("1", "0", "-1", "x", "9" * 30, "9" * 5000)]

    assert statuses == [404] * 6


def test_a_receipt_still_names_the_revision_that_was_confirmed(desk: Desk) -> None:
    sequence = press(desk.database, identified_by="slip_code").sequence
    before = desk.reader().get(f"/bien-nhan/{sequence}").text
    desk.publish(replaced())

    after = desk.reader().get(f"/bien-nhan/{sequence}").text

    revision = r"Phiên bản</dt><dd>(\d+)"
    digest = rf"Mã đối chiếu nội dung.*?({HASH})"
    assert (find(revision, after), find(digest, after)) == ("1", find(digest, before))
