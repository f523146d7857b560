"""Letterheads and signatures in the forms in which offices set them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.word import FoundFields
from tests.rigs.word_documents import b, docx, p, r, tbl, to_post

BREAK = "<w:r><w:br/></w:r>"
TAB = "<w:r><w:tab/></w:r>"
CENTRE = '<w:jc w:val="center"/>'
MOTTO = b("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", CENTRE) + b("Độc lập - Tự do - Hạnh phúc", CENTRE)
ISSUER = p("UBND TỈNH SƠN LA") + b("SỞ KHOA HỌC VÀ CÔNG NGHỆ")
NUMBER, DAY = p("Số: 05/TB-SKHCN"), p("Sơn La, ngày 05 tháng 11 năm 2025")
TITLE = b("THÔNG BÁO", CENTRE) + b("Về việc phổ biến kiến thức phòng cháy", CENTRE) + p("")
BODY = p("Căn cứ Kế hoạch số 12/KH-UBND ngày 01 tháng 10 năm 2025;") + p("Sở thông báo như sau. " * 9)
RECIPIENTS = p("Nơi nhận:") + p("- Như trên;") + p("- Các phòng, đơn vị;") + p("- Lưu: VT, VP.")
SIGNER = b("KT. GIÁM ĐỐC") + b("PHÓ GIÁM ĐỐC") + p("") + b("Nguyễn Thị Hoà")

EXPECTED = FoundFields(
    kind="Thông báo", number="05/TB-SKHCN", issued_on=date(2025, 11, 5), superior="UBND TỈNH SƠN LA",
    issuer="SỞ KHOA HỌC VÀ CÔNG NGHỆ", subject="Về việc phổ biến kiến thức phòng cháy", signer="Nguyễn Thị Hoà",
    position="KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC", recipients=("Như trên", "Các phòng, đơn vị", "Lưu: VT, VP"),
)  # fmt: skip


def fields(body: str) -> FoundFields:
    return to_post(docx(body)).fields


def pict(text: str) -> str:
    return f"<w:pict><v:shape><v:textbox><w:txbxContent>{p(text)}</w:txbxContent></v:textbox></v:shape></w:pict>"


def one_paragraph(*lines: str) -> str:
    return p(BREAK.join(r(line) for line in lines))


HEADS = {
    "table of one row": tbl([[ISSUER + NUMBER, MOTTO + DAY]], is_framed=False),
    "table of two rows": tbl([[ISSUER, MOTTO], [NUMBER, DAY]], is_framed=False),
    "table of three rows": tbl([[ISSUER, MOTTO], [p("-------"), p("_______")], [NUMBER, DAY]], is_framed=False),
    "motto left": tbl([[MOTTO + DAY, ISSUER + NUMBER]], is_framed=False),
    "table with lines": tbl([[ISSUER, MOTTO], [NUMBER, DAY]]),
    "tabs": (
        p(r("UBND TỈNH SƠN LA") + TAB + r("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))
        + p(r("SỞ KHOA HỌC VÀ CÔNG NGHỆ", "<w:b/>") + TAB + TAB + r("Độc lập - Tự do - Hạnh phúc"))
        + p(r("Số: 05/TB-SKHCN") + TAB + r("Sơn La, ngày 05 tháng 11 năm 2025"))
    ),
    "blanks": p("UBND TỈNH SƠN LA        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    + p("SỞ KHOA HỌC VÀ CÔNG NGHỆ       Độc lập - Tự do - Hạnh phúc")
    + p("Số: 05/TB-SKHCN           Sơn La, ngày 05 tháng 11 năm 2025"),
    "one paragraph": one_paragraph(
        "UBND TỈNH SƠN LA", "SỞ KHOA HỌC VÀ CÔNG NGHỆ", "-------", "Số: 05/TB-SKHCN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Sơn La, ngày 05 tháng 11 năm 2025",
    ),
    "motto first": MOTTO + p("_____") + ISSUER + NUMBER + DAY,
    "names broken over lines": tbl(
        [[p("UBND TỈNH") + p("SƠN LA") + b("SỞ KHOA HỌC VÀ") + b("CÔNG NGHỆ") + NUMBER, MOTTO + DAY]], is_framed=False
    ),
}  # fmt: skip


HEADS |= {
    "single blanks": p("UBND TỈNH SƠN LA CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    + p("SỞ KHOA HỌC VÀ CÔNG NGHỆ Độc lập - Tự do - Hạnh phúc")
    + p("Số: 05/TB-SKHCN Sơn La, ngày 05 tháng 11 năm 2025"),
    "number and day below": tbl([[ISSUER, MOTTO]], is_framed=False)
    + p(r("Số: 05/TB-SKHCN") + TAB + r("Sơn La, ngày 05 tháng 11 năm 2025")),
    "stamped": tbl([[ISSUER + b("DỰ THẢO LẦN 2") + p("(Ngày 12/10/2025)") + NUMBER, b("HỎA TỐC") + MOTTO + DAY]],
                   is_framed=False),
    "box": tbl([[ISSUER + f"<w:p><w:r>{pict('DỰ THẢO')}</w:r></w:p>" + NUMBER, MOTTO + DAY]], is_framed=False),
    "number with blanks": tbl([[ISSUER + p("Số:  05 /TB - SKHCN"), MOTTO + DAY]], is_framed=False),
}  # fmt: skip


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_letterheads_of_every_make_say_the_same(head: str) -> None:
    assert fields(head + TITLE + BODY + tbl([[RECIPIENTS, SIGNER]], is_framed=False)) == EXPECTED


ENDS = {
    "table of one row": tbl([[RECIPIENTS, SIGNER]], is_framed=False),
    "table of rows": tbl(
        [[p("Nơi nhận:"), b("KT. GIÁM ĐỐC")], [p("- Như trên;"), b("PHÓ GIÁM ĐỐC")],
         [p("- Các phòng, đơn vị;") + p("- Lưu: VT, VP."), b("Nguyễn Thị Hoà")]], is_framed=False,
    ),
    "recipients, then signature": RECIPIENTS + SIGNER,
    "signature, then recipients": SIGNER + RECIPIENTS,
    "tabs": p(r("Nơi nhận:") + TAB + r("KT. GIÁM ĐỐC")) + p(r("- Như trên;") + TAB + r("PHÓ GIÁM ĐỐC"))
    + p("- Các phòng, đơn vị;") + p(r("- Lưu: VT, VP.") + TAB + r("Nguyễn Thị Hoà")),
    "signed": tbl([[RECIPIENTS, b("KT. GIÁM ĐỐC") + b("PHÓ GIÁM ĐỐC") + p("(Đã ký)") + b("Nguyễn Thị Hoà")]],
                  is_framed=False),
    "an annex follows": tbl([[RECIPIENTS, SIGNER]], is_framed=False) + b("Phụ lục") + b("GIÁM ĐỐC") + b("Trần Văn B"),
}  # fmt: skip


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_signatures_of_every_make_say_the_same(end: str) -> None:
    assert fields(HEADS["table of two rows"] + TITLE + BODY + end) == EXPECTED


def test_a_letter_has_its_subject_under_the_number() -> None:
    left = ISSUER + p("Số: 45/SKHCN-VP") + p("V/v tăng cường phòng cháy") + p("mùa khô")
    body = tbl([[left, MOTTO + DAY]], is_framed=False) + p("Kính gửi: Các phòng, đơn vị.") + BODY

    found = fields(body)

    assert (found.kind, found.number) == ("Công văn", "45/SKHCN-VP")
    assert found.subject == "tăng cường phòng cháy mùa khô"


@pytest.mark.parametrize("number", ["Số:        /TB-SKHCN", "Số: ...../TB-SKHCN", "Số:", "Số: …/TB-SKHCN"])
def test_a_number_left_open_is_none(number: str) -> None:
    assert fields(tbl([[ISSUER + p(number), MOTTO + DAY]], is_framed=False) + TITLE + BODY).number == ""


@pytest.mark.parametrize(
    "day",
    ["Sơn La, ngày      tháng 11 năm 2025", "Sơn La, ngày … tháng … năm 2025", "Sơn La, ngày 31 tháng 02 năm 2025"],
)
def test_a_day_left_open_or_impossible_is_none(day: str) -> None:
    assert fields(tbl([[ISSUER + NUMBER, MOTTO + p(day)]], is_framed=False) + TITLE + BODY).issued_on is None


def test_the_day_of_another_document_is_not_taken() -> None:
    assert fields(tbl([[ISSUER + NUMBER, MOTTO]], is_framed=False) + TITLE + BODY).issued_on is None


@pytest.mark.parametrize(
    ("left", "superior", "issuer"),
    [
        (("ỦY BAN NHÂN DÂN", "XÃ MƯỜNG BÚ"), "", "ỦY BAN NHÂN DÂN XÃ MƯỜNG BÚ"),
        (("UBND TỈNH SƠN LA", "BAN CHỈ ĐẠO", "PHÒNG, CHỐNG TỘI PHẠM"), "UBND TỈNH SƠN LA",
         "BAN CHỈ ĐẠO PHÒNG, CHỐNG TỘI PHẠM"),
        (("UBND TỈNH SƠN LA", "BAN QUẢN LÝ", "KHU DI TÍCH"), "UBND TỈNH SƠN LA", "BAN QUẢN LÝ KHU DI TÍCH"),
        (("UBND HUYỆN MAI SƠN", "TRƯỜNG THCS", "CHU VĂN AN"), "UBND HUYỆN MAI SƠN", "TRƯỜNG THCS CHU VĂN AN"),
        (("ĐẢNG BỘ TỈNH SƠN LA", "HUYỆN ỦY SÔNG MÃ"), "ĐẢNG BỘ TỈNH SƠN LA", "HUYỆN ỦY SÔNG MÃ"),
        (("BỘ NÔNG NGHIỆP VÀ", "MÔI TRƯỜNG"), "", "BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG"),
    ],
)  # fmt: skip
def test_lines_of_one_body_are_joined_and_two_bodies_are_not(left: tuple[str, ...], superior: str, issuer: str) -> None:
    found = fields(tbl([["".join(map(b, left)) + NUMBER, MOTTO + DAY]], is_framed=False) + TITLE + BODY)

    assert (found.superior, found.issuer) == (superior, issuer)


def test_a_name_that_goes_on_below_tabs_is_one() -> None:
    head = (
        p(r("UBND TỈNH BÀ RỊA") + TAB + r("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"))
        + p(r("BQL CÁC KHU CÔNG NGHIỆP") + TAB + r("Độc lập – Tự do – Hạnh phúc"))
        + b("BÀ RỊA – VŨNG TÀU")
        + p("*****")
    )

    found = fields(head + b("QUYẾT ĐỊNH", CENTRE) + b("V/v ban hành Quy chế", CENTRE) + BODY)

    assert (found.superior, found.issuer) == ("UBND TỈNH BÀ RỊA", "BQL CÁC KHU CÔNG NGHIỆP BÀ RỊA – VŨNG TÀU")
    assert (found.kind, found.subject) == ("Quyết định", "V/v ban hành Quy chế")


def test_a_letter_whose_subject_names_a_kind_is_still_a_letter() -> None:
    left = ISSUER + p("Số: 45/SKHCN-VP") + p("V/v góp ý dự thảo") + p("Nghị định về đo lường")

    found = fields(tbl([[left, MOTTO + DAY]], is_framed=False) + p("Kính gửi: Các phòng.", CENTRE) + BODY)

    assert (found.kind, found.subject) == ("Công văn", "góp ý dự thảo Nghị định về đo lường")


def test_an_application_about_something_is_no_letter() -> None:
    found = fields(MOTTO + b("ĐƠN KHỞI KIỆN", CENTRE) + p("(V/v tranh chấp)", CENTRE) + p("Kính gửi: Tòa án"))

    assert (found.kind, found.subject, found.issuer) == ("Đơn khởi kiện", "V/v tranh chấp", "")


def test_a_form_has_neither_the_number_nor_the_day_of_what_brought_it_into_force() -> None:
    form = MOTTO + p("____o0o____", CENTRE) + b("ĐƠN ĐĂNG KÝ", CENTRE) + b("THỰC HIỆN ĐỀ TÀI", CENTRE)
    note = b("(Kèm theo Quyết định số 16/2003/QĐ-BKHCN ngày 18/7/2003", CENTRE) + b("của Bộ trưởng)", CENTRE)

    found = fields(form + note + b("Kính gửi: Bộ Khoa học và Công nghệ", CENTRE))

    assert found == FoundFields(kind="Đơn đăng ký", subject="THỰC HIỆN ĐỀ TÀI")


OPEN = {
    NUMBER: [NUMBER, p("Số:      /TB-SKHCN"), p("Số: …/2025/TB-SKHCN"), ""],
    DAY: [DAY, p("Sơn La, ngày      tháng 11 năm 2025"), ""],
    TITLE: [TITLE, b("THÔNG BÁO", CENTRE), b("BÀI VIẾT VỀ PHÒNG CHÁY", CENTRE), ""],
}
FOREIGN = [
    "Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;", "Nghị định số 138/2020/NĐ-CP ngày 27/11/2020;",
    "Số: 99/QĐ-ABC", "Hà Nội, ngày 01 tháng 02 năm 2003 là ngày ban hành Thông tư số 12/2003/TT-BTC về giá.",
    "BỘ TRƯỞNG BỘ TÀI CHÍNH", "QUYẾT ĐỊNH:", "V/v giá nước", "Trưởng phòng Lê Thị Lạ báo cáo.", "Nguyễn Lạ Mặt",
    "Quyết định số 15/2023/QĐ-UBND ngày 10 tháng 5 năm 2023 của UBND tỉnh quy định chức năng của Sở,",
]  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(*(st.sampled_from(choices) for choices in OPEN.values()), st.lists(st.sampled_from(FOREIGN), max_size=6))
def test_nothing_is_filled_from_the_text_below(number: str, day: str, title: str, foreign: list[str]) -> None:
    """Whatever is left open above: what is proposed is in the letterhead, the title or the signature."""
    body = p("Căn cứ các quy định hiện hành;") + "".join(map(p, foreign)) + p("Nội dung của thông báo như sau. " * 9)

    found = fields(tbl([[ISSUER + number, MOTTO + day]], is_framed=False) + title + body + tbl(
        [[RECIPIENTS, SIGNER]], is_framed=False))  # fmt: skip

    assert found.number == ("05/TB-SKHCN" if number == NUMBER else "")
    assert found.issued_on == (date(2025, 11, 5) if day == DAY else None)
    assert (found.superior, found.issuer) == ("UBND TỈNH SƠN LA", "SỞ KHOA HỌC VÀ CÔNG NGHỆ")
    assert found.subject in {"Về việc phổ biến kiến thức phòng cháy", "BÀI VIẾT VỀ PHÒNG CHÁY", ""}
    assert (found.signer, found.position) == ("Nguyễn Thị Hoà", "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC")


def test_a_document_of_the_party() -> None:
    left = p("TỈNH ỦY SƠN LA") + b("BAN TUYÊN GIÁO") + p("*") + p("Số 12-KH/BTGTU")
    right = b("ĐẢNG CỘNG SẢN VIỆT NAM") + p("Sơn La, ngày 3 tháng 2 năm 2025")

    found = fields(
        tbl([[left, right]], is_framed=False) + b("KẾ HOẠCH", CENTRE) + b("Tuyên truyền", CENTRE) + p("-----") + BODY
    )

    assert (found.superior, found.issuer, found.number) == ("TỈNH ỦY SƠN LA", "BAN TUYÊN GIÁO", "12-KH/BTGTU")
    assert (found.kind, found.subject, found.issued_on) == ("Kế hoạch", "Tuyên truyền", date(2025, 2, 3))


def test_two_agencies_issue_together() -> None:
    left = b("BỘ Y TẾ - BỘ TÀI CHÍNH") + p("Số: 03/2014/TTLT-BYT-BTC")
    split = b("BỘ Y TẾ -") + b("BỘ TÀI CHÍNH") + p("Số: 03/2014/TTLT-BYT-BTC")

    for head in (left, split):
        found = fields(
            tbl([[head, MOTTO + DAY]], is_framed=False)
            + b("THÔNG TƯ LIÊN TỊCH", CENTRE)
            + b("Hướng dẫn", CENTRE)
            + BODY
        )
        assert (found.superior, found.issuer, found.kind) == ("", "BỘ Y TẾ - BỘ TÀI CHÍNH", "Thông tư liên tịch")


def test_a_law_is_signed_without_recipients() -> None:
    head = tbl(
        [[b("QUỐC HỘI") + p("Luật số: 55/2024/QH15"), MOTTO + p("Hà Nội, ngày 29 tháng 11 năm 2024")]], is_framed=False
    )

    found = fields(
        head
        + b("LUẬT", CENTRE)
        + b("PHÒNG CHÁY, CHỮA CHÁY", CENTRE)
        + BODY
        + b("CHỦ TỊCH QUỐC HỘI")
        + b("Trần Thanh Mẫn")
    )

    assert (found.kind, found.number, found.subject) == ("Luật", "55/2024/QH15", "PHÒNG CHÁY, CHỮA CHÁY")
    assert (found.signer, found.position) == ("Trần Thanh Mẫn", "CHỦ TỊCH QUỐC HỘI")


def test_kind_and_subject_may_stand_in_one_paragraph_and_end_before_the_authority() -> None:
    title = one_paragraph("QUYẾT ĐỊNH", "Về việc thành lập Tổ công tác") + b(
        "GIÁM ĐỐC SỞ KHOA HỌC VÀ CÔNG NGHỆ", CENTRE
    )

    found = fields(HEADS["table of two rows"] + title + BODY)

    assert (found.kind, found.subject) == ("Quyết định", "Về việc thành lập Tổ công tác")


def test_an_old_decree_names_everything_in_its_title() -> None:
    title = b("Nghị định của Chính phủ số 117/2003/NĐ-CP ngày 10/10/2003") + b("về việc tuyển dụng công chức") + p("")

    found = fields(title + BODY)

    assert (found.kind, found.number, found.issuer) == ("Nghị định", "117/2003/NĐ-CP", "Chính phủ")
    assert (found.issued_on, found.subject) == (date(2003, 10, 10), "về việc tuyển dụng công chức")


def test_a_text_without_a_letterhead_says_nothing() -> None:
    assert fields(b("Một bài viết") + p("Mở đầu.") * 20) == FoundFields()


@pytest.mark.parametrize(
    ("lines", "signer"),
    [
        (("BỘ TRƯỞNG", "(đã ký)", "Đại tướng Tô Lâm"), "Đại tướng Tô Lâm"),
        (("THỨ TRƯỞNG", "Thượng Tướng", "Lê Quý Vương"), "Lê Quý Vương"),
        (("HIỆU TRƯỞNG", "PGS.TS. Đỗ Ánh Ơn"), "PGS.TS. Đỗ Ánh Ơn"),
        (("GIÁM ĐỐC", "NGUYỄN VĂN AN"), "NGUYỄN VĂN AN"),
        (("TRƯỞNG PHÒNG", "Trương Văn An"), "Trương Văn An"),
        (("GIÁM ĐỐC", "Đoàn Trường Giang"), "Đoàn Trường Giang"),
        (("GIÁM ĐỐC", "Ksor Hà"), "Ksor Hà"),
        (("GIÁM ĐỐC", "(Ký, ghi rõ họ tên)"), ""),
        (("GIÁM ĐỐC", "ông ấy"), ""),
        (("GIÁM ĐỐC", "SỞ KHOA HỌC"), ""),
    ],
)
def test_a_name_is_told_from_what_stands_around_it(lines: tuple[str, ...], signer: str) -> None:
    end = tbl([[RECIPIENTS, "".join(p(line) for line in lines)]], is_framed=False)

    assert fields(HEADS["table of two rows"] + TITLE + BODY + end).signer == signer
