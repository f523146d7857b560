"""Signatures and recipients: those of the document itself, by what they are and not by where they are."""

import pytest

from campaign.word import FoundFields
from tests.rigs.word_documents import b, p, r, tbl
from tests.word.official.test_letterhead import (
    BODY,
    BREAK,
    CENTRE,
    DAY,
    HEADS,
    ISSUER,
    MOTTO,
    NUMBER,
    RECIPIENTS,
    SIGNER,
    TITLE,
    fields,
)

START = HEADS["table of two rows"] + TITLE + BODY
END = tbl([[RECIPIENTS, SIGNER]], is_framed=False)
FORM = (
    b("Mẫu số 01", CENTRE) + tbl([[ISSUER + NUMBER, MOTTO + DAY]], is_framed=False) + b("THÔNG BÁO", CENTRE)
    + tbl([[p("Nơi nhận:") + p("- Người khác;"), b("CHỦ TỊCH") + b("Trần Văn B")]], is_framed=False)
)  # fmt: skip

LONG = "Các sở: " + "Tài chính, " * 20 + "Y tế"


def recipients(*items: str) -> str:
    return tbl([[p("Nơi nhận:") + "".join(map(p, items)), SIGNER]], is_framed=False)


@pytest.mark.parametrize(
    ("items", "found"),
    [
        (("- Như trên;", "- ..............;", "- Lưu: VT."), ("Như trên", "Lưu: VT")),
        (("- Như trên;", "- ;", "", "- Lưu: VT."), ("Như trên", "Lưu: VT")),
        ((f"- {LONG};", "- Lưu: VT."), (LONG, "Lưu: VT")),
        (("- Các bộ, cơ quan ngang bộ,", "cơ quan thuộc Chính phủ;", "- Lưu: VT."),
         ("Các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ", "Lưu: VT")),
        (("- Như trên; - Chi cục; - Lưu: VT.",), ("Như trên", "Chi cục", "Lưu: VT")),
        (("Như trên;", "Lưu: VT."), ("Như trên", "Lưu: VT")),
        (("- Như trên,", "- Lưu VT"), ("Như trên", "Lưu VT")),
    ],
)  # fmt: skip
def test_a_recipient_is_whole_and_says_something(items: tuple[str, ...], found: tuple[str, ...]) -> None:
    assert fields(START + recipients(*items)).recipients == found


def test_recipients_signature_and_annex_may_be_in_one_paragraph() -> None:
    rows = [f"| {number} | Đường số {number} | 1.200 m |" for number in range(9)]
    lines = ["Nơi nhận:", "- Ủy ban;", "- Chính phủ; - Lưu: VT. | CHỦ TỊCH", "| Nguyễn Văn A |", "PHỤ LỤC", *rows]

    found = fields(START + p(BREAK.join(map(r, lines))))

    assert found.recipients == ("Ủy ban", "Chính phủ", "Lưu: VT")
    assert (found.signer, found.position) == ("Nguyễn Văn A", "CHỦ TỊCH")


@pytest.mark.parametrize("sentence", ["Nơi nhận xác định những cơ quan được gửi; ghi ở góc.", "Nơi nhận hồ sơ: Sở."])
def test_a_sentence_about_recipients_is_no_list(sentence: str) -> None:
    for found in (fields(START + p(sentence) + END), fields(START + END + p(sentence))):
        assert found.recipients == ("Như trên", "Các phòng, đơn vị", "Lưu: VT, VP")
        assert found.signer == "Nguyễn Thị Hoà"


def test_the_list_of_a_form_in_an_annex_is_not_that_of_the_document() -> None:
    assert fields(START + END + FORM).recipients == ("Như trên", "Các phòng, đơn vị", "Lưu: VT, VP")
    assert fields(START + FORM) == fields(START)
    assert fields(START).recipients == ()


def test_what_a_decision_brings_into_force_does_not_sign_it() -> None:
    charter = b("QUY CHẾ", CENTRE) + p("Điều 1. Phạm vi.") + b("CHỦ TỊCH", CENTRE) + b("Trần Văn B", CENTRE)

    assert fields(START + END + charter).signer == "Nguyễn Thị Hoà"


@pytest.mark.parametrize(
    "text",
    [
        p("Trưởng thôn, bản có nhiệm vụ và quyền hạn:") + b("CHƯƠNG VII", CENTRE),
        b("GIÁM ĐỐC", CENTRE) + p("chịu trách nhiệm thi hành Quyết định này từ ngày ký, mọi quy định trái đều bãi bỏ."),
        p("Giám đốc Sở") + p("Nguyễn Văn A") + p("được giao nhiệm vụ tổng hợp và báo cáo kết quả về Sở. " * 4),
        b("Người phụ trách:", CENTRE) + b("Phần Thứ Hai", CENTRE),
    ],
)
def test_nobody_signs_by_being_named_in_the_text(text: str) -> None:
    found = fields(START + text)

    assert (found.signer, found.position) == ("", "")


@pytest.mark.parametrize(
    ("end", "signer", "position"),
    [
        (tbl([["", b("TM. ỦY BAN NHÂN DÂN") + b("CHỦ TỊCH") + p("") + b("Hoàng Quốc Khánh")]], is_framed=False),
         "Hoàng Quốc Khánh", "TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH"),
        (p("TM. ỦY BAN NHÂN DÂN") + p("CHỦ TỊCH") + p("(Đã ký)") + p("Hoàng Chí Thức"), "Hoàng Chí Thức",
         "TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH"),
        (tbl([[SIGNER, RECIPIENTS]], is_framed=False), "Nguyễn Thị Hoà", "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC"),
        (tbl([[RECIPIENTS, "", SIGNER]], is_framed=False), "Nguyễn Thị Hoà", "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC"),
        (tbl([[RECIPIENTS, b("K/T TRƯỞNG BAN") + b("PHÓ TRƯỞNG BAN") + b("THƯỜNG TRỰC") + p("") + b("Lò Minh Hùng")]],
             is_framed=False), "Lò Minh Hùng", "K/T TRƯỞNG BAN, PHÓ TRƯỞNG BAN, THƯỜNG TRỰC"),
        (tbl([[RECIPIENTS, b("KT. BỘ TRƯỞNG") + b("BỘ TÀI CHÍNH") + b("THỨ TRƯỞNG") + b("Võ Thành Hưng")]],
             is_framed=False), "Võ Thành Hưng", "KT. BỘ TRƯỞNG, BỘ TÀI CHÍNH, THỨ TRƯỞNG"),
        (tbl([[RECIPIENTS, b("TRƯỞNG PHÒNG") + p("") + b("H’Bliu Arul")]], is_framed=False), "H’Bliu Arul",
         "TRƯỞNG PHÒNG"),
        (tbl([[RECIPIENTS, b("TRƯỞNG PHÒNG") + p("") + b("Y Thanh Hà Niê Kđăm")]], is_framed=False),
         "Y Thanh Hà Niê Kđăm", "TRƯỞNG PHÒNG"),
        (tbl([[RECIPIENTS, p("TUQ. CHỦ TỊCH") + p("PHÓ GIÁM ĐỐC PHỤ TRÁCH TRUNG TÂM")
               + p("Phó Trưởng ban Thường trực") + p("Chủ nhiệm Chương trình") + p("Cầm Thị Hà")]],
             is_framed=False), "Cầm Thị Hà",
         "TUQ. CHỦ TỊCH, PHÓ GIÁM ĐỐC PHỤ TRÁCH TRUNG TÂM, Phó Trưởng ban Thường trực, Chủ nhiệm Chương trình"),
    ],
)  # fmt: skip
def test_a_signature_of_any_make_is_read(end: str, signer: str, position: str) -> None:
    found = fields(START + end)

    assert (found.signer, found.position) == (signer, position)


def test_a_text_without_letterhead_and_signature_says_nothing() -> None:
    assert fields(p("Trưởng phòng họp với nhân viên.") * 20) == FoundFields()
