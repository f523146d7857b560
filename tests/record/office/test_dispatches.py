"""The Office's page of the two channels."""

import re
from hashlib import sha256

import pytest

from campaign.core.text import group_digits
from tests.rigs.recorder import Desk, Visitor

POST = "/van-phong/bai/thong-bao-485"
PAGE = f"{POST}/dang-gui"
SENT = {"channel": "document_system", "sent_on": "01/10/2025", "number": "45/SKHCN-VP", "recipients": "các đơn vị"}


@pytest.fixture
def chi(desk: Desk) -> Visitor:
    """Chi, who works in the office."""
    return desk.office()


def test_a_dispatch_is_recorded_and_shown_on_both_pages(chi: Visitor) -> None:
    before = chi.get(PAGE).text

    answer = chi.submit(PAGE, **SENT)

    assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
    after = chi.get(PAGE).text
    assert ("Đã gửi trên" in before, after.count("Đã gửi trên"), after.count("Chưa đăng trên")) == (False, 1, 1)
    assert "số 45/SKHCN-VP, ngày 01/10/2025, gửi các đơn vị" in after
    assert "chi ghi lúc" in after
    assert "số 45/SKHCN-VP, ngày 01/10/2025" in chi.get(POST).text


def test_a_mistake_is_taken_back_and_stays_in_the_ledger(desk: Desk, chi: Visitor) -> None:
    before = desk.entries()
    chi.submit(PAGE, **SENT)
    found = re.search(r'name="withdrawn" value="(\d+)"', chi.get(PAGE).text)
    assert found is not None

    chi.submit(PAGE, withdrawn=found[1])

    assert len(re.findall("Chưa (đăng|gửi) trên", chi.get(PAGE).text)) == 2
    assert desk.entries() == before + 2
    assert "E-DISPATCH" not in chi.get(PAGE).text
    assert chi.submit(PAGE, withdrawn=found[1]).status_code == 400


@pytest.mark.parametrize("wrong", [{"sent_on": "hôm qua"}, {"sent_on": "01/01/2030"}, {"channel": ""}])
def test_what_cannot_be_recorded_stays_in_the_form(chi: Visitor, wrong: dict[str, str]) -> None:
    answer = chi.submit(PAGE, **(SENT | wrong))

    assert answer.status_code == 400
    assert 'value="45/SKHCN-VP"' in answer.text
    assert 'role="alert"' in answer.text
    assert len(re.findall("Chưa (đăng|gửi) trên", chi.get(PAGE).text)) == 2


def test_an_unknown_post_is_a_fault_page(chi: Visitor) -> None:
    assert chi.get("/van-phong/bai/khong-co/dang-gui").status_code == 404
    assert chi.submit("/van-phong/bai/khong-co/dang-gui", PAGE, **SENT).status_code == 404


def test_a_file_is_kept_as_its_digest_only(chi: Visitor) -> None:
    file = {"evidence": ("ảnh.png", b"anh chup")}
    fields = chi.hidden(PAGE) | SENT

    answer = chi.http.post(PAGE, data=fields, files=file, headers={"Origin": chi.address})

    assert answer.status_code == 303
    assert group_digits(sha256(b"anh chup").hexdigest()) in chi.get(PAGE).text


def test_without_a_file_the_same_form_is_taken(chi: Visitor) -> None:
    fields = chi.hidden(PAGE) | SENT

    answer = chi.http.post(PAGE, data=fields, files={"evidence": ("", b"")}, headers={"Origin": chi.address})

    assert answer.status_code == 303
    assert "mã đối chiếu tệp minh chứng" not in chi.get(PAGE).text
