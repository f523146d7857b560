"""The receipt: proof that a third person can check."""

import html
import re

from sqlalchemy import delete, update

from campaign.core.clock import format_instant
from campaign.core.ledger import merkle
from campaign.core.ledger.policy import Policy
from campaign.core.ledger.receipt import check_receipt, receipt_from_json
from campaign.core.people.paper import Paper
from campaign.record.web.guard import PAGE_POLICY
from campaign.store.base import schema
from campaign.store.ledger.ledger import appending
from campaign.store.posts.paper import record_paper
from campaign.store.roster.roster import find_by_code
from tests.rigs.builders import OPENED
from tests.rigs.ledger_steps import press, replaced
from tests.rigs.recorder import NOTICE, Desk

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

    assert '<div class="proof__qr"><svg ' in page
    for words in ("Nguyễn Văn An", "23:59:59 ngày 04/11/2025", "trên trang web", "mã QR trên phiếu", "Đúng hạn"):
        assert words in page


def test_nobody_sees_the_receipt_of_another(desk: Desk) -> None:
    sequence = press(desk.database, "SKHCN-002", identified_by="slip_code").sequence
    an = desk.reader("SKHCN-001")

    answers = [an.get(f"/bien-nhan/{number}{form}") for number in (sequence, 9999) for form in ("", ".json")]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert all("Lò Thị Bình" not in answer.text for answer in answers)


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


def test_the_file_holds_for_anyone_who_has_the_public_key(desk: Desk) -> None:
    sequence = press(desk.database, "SKHCN-001", identified_by="slip_code").sequence
    press(desk.database, "SKHCN-003")

    answer = desk.reader().get(f"/bien-nhan/{sequence}.json")
    press(desk.database, "SKHCN-002")

    assert check_receipt(receipt_from_json(answer.content), Policy(desk.recorder.key.verifier)).findings == ()
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-disposition"] == f'attachment; filename="bien-nhan-{sequence}.json"'
    assert answer.headers["cache-control"] == "no-store"


def test_the_page_shows_what_the_file_holds(desk: Desk) -> None:
    sequence = press(desk.database, "SKHCN-001", identified_by="slip_code").sequence
    press(desk.database, "SKHCN-003")
    an = desk.reader()

    receipt = receipt_from_json(an.get(f"/bien-nhan/{sequence}.json").content)
    page = html.unescape(an.get(f"/bien-nhan/{sequence}").text)

    said, bare = receipt.statement, page.replace(" ", "")
    for words in (said.name, said.staff_code, said.unit, said.sentence, format_instant(said.received_at)):
        assert str(words) in page
    for shown in (said.digest, receipt.leaf_hash.hex(), *(step.hex() for step in receipt.proof)):
        assert shown in bare
    assert receipt.checkpoint.decode() in page


def test_a_receipt_keeps_the_name_of_its_day(desk: Desk) -> None:
    """What was confirmed is proved; what the roster says since then is not."""
    sequence = press(desk.database, "SKHCN-001", identified_by="slip_code").sequence
    with desk.database.writing() as connection:
        renamed = update(schema.member).values(name="Tên Mới")
        connection.execute(renamed.where(schema.member.c.staff_code == "SKHCN-001"))

    page = desk.reader().get(f"/bien-nhan/{sequence}").text

    assert "<strong>Nguyễn Văn An</strong>" in page


def test_there_is_no_receipt_once_the_personal_fields_are_erased(desk: Desk) -> None:
    sequence = press(desk.database, "SKHCN-001", identified_by="slip_code").sequence
    with desk.database.writing() as connection:
        connection.execute(delete(schema.personal).where(schema.personal.c.sequence == sequence))

    answers = [desk.reader().get(f"/bien-nhan/{sequence}{form}") for form in ("", ".json")]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_anyone_may_verify_with_the_key_of_this_ledger_and_the_page_asks_nobody(desk: Desk) -> None:
    answer = desk.visitor().get("/kiem-chung")

    assert answer.headers["content-security-policy"] == PAGE_POLICY
    assert "connect-src" not in PAGE_POLICY
    assert PAGE_POLICY.startswith("default-src 'none';")
    assert f">{desk.recorder.key.verifier}</textarea>" in html.unescape(answer.text)
    assert desk.visitor().get("/giao-dien/x/receipt.js").headers["content-type"].startswith("text/javascript")


def sign(desk: Desk, staff_code: str = "SKHCN-001") -> int:
    """Record what a member signed on paper, and return the number of the entry."""
    paper = Paper("chi", signed_on=OPENED.date())
    with appending(desk.database) as ledger:
        return record_paper(ledger, find_by_code(ledger.connection, staff_code), NOTICE.id, paper, OPENED).sequence


def test_what_was_signed_on_paper_has_a_receipt_too(desk: Desk) -> None:
    """It ended in a fault: the page knew confirmations on the web only."""
    number = sign(desk)

    response = desk.reader().get(f"/bien-nhan/{number}")

    assert response.status_code == 200
    assert "ký trên giấy, Văn phòng ghi vào sổ" in response.text


def test_the_office_sees_the_receipt_of_anyone(desk: Desk) -> None:
    number = press(desk.database).sequence
    chi = desk.office()

    page, file = chi.get(f"/van-phong/bien-nhan/{number}").text, chi.get(f"/van-phong/bien-nhan/{number}.json")

    assert f'<a href="/van-phong/bien-nhan/{number}">' in chi.get("/van-phong/nguoi/1").text
    assert "Nguyễn Văn An" in page
    assert f'href="/van-phong/bien-nhan/{number}.json"' in page
    assert '"/cua-toi">Về' not in page
    assert check_receipt(receipt_from_json(file.content), Policy(desk.recorder.key.verifier)).findings == ()
    assert chi.get("/van-phong/bien-nhan/1").status_code == 404
