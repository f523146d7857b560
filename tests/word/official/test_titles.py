"""Titles: kind and subject as offices set them, and nothing of another document."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rigs.word_documents import b, p, r
from tests.word.official.test_letterhead import BODY, BREAK, CENTRE, HEADS, TAB, fields

HEAD = HEADS["table of two rows"]


def cb(text: str) -> str:
    return b(text, CENTRE)


@pytest.mark.parametrize(
    ("title", "kind", "subject"),
    [
        (cb("KẾ HOẠCH") + cb("Thực hiện phong trào thi đua") + cb("trong các đơn vị"), "Kế hoạch",
         "Thực hiện phong trào thi đua trong các đơn vị"),
        (cb("KẾ HOẠCH") + cb("Để phòng cháy trong mùa khô"), "Kế hoạch", "Để phòng cháy trong mùa khô"),
        (cb("THÔNG BÁO") + p(r("về tăng cường", "<w:b/>") + TAB + r("phòng cháy", "<w:b/>"), CENTRE) + cb("mùa khô"),
         "Thông báo", "về tăng cường phòng cháy mùa khô"),
        (cb("ĐIỀU LỆ (SỬA ĐỔI, BỔ SUNG)") + cb("HỘI THỬ NGHIỆM TỈNH SƠN LA")
         + p(r("(Kèm theo Quyết định số") + TAB + r("/QĐ-UBND ngày") + TAB + r("tháng 11 năm 2025"), CENTRE)
         + p("của Chủ tịch Ủy ban nhân dân tỉnh)", CENTRE), "Điều lệ",
         "(SỬA ĐỔI, BỔ SUNG) HỘI THỬ NGHIỆM TỈNH SƠN LA"),
        (cb("BÁO CÁO TỔNG KẾT") + cb("CÔNG TÁC NĂM 2025"), "Báo cáo", "TỔNG KẾT CÔNG TÁC NĂM 2025"),
        (cb("KẾ HOẠCH") + cb("Sửa đổi Kế hoạch") + cb("số 88/KH-SKHCN ngày 13 tháng 3 năm 2024"), "Kế hoạch",
         "Sửa đổi Kế hoạch số 88/KH-SKHCN ngày 13 tháng 3 năm 2024"),
        (cb("QUYẾT ĐỊNH CỦA GIÁM ĐỐC SỞ KHOA HỌC VÀ CÔNG NGHỆ") + cb("về việc sửa đổi mức thu"), "Quyết định",
         "về việc sửa đổi mức thu"),
        (cb("QUYẾT ĐỊNH") + cb("CỦA ỦY BAN NHÂN DÂN") + cb("TỈNH SƠN LA") + cb("Về việc ban hành giá")
         + cb("ỦY BAN NHÂN DÂN TỈNH SƠN LA"), "Quyết định", "Về việc ban hành giá"),
        (cb("QUYẾT ĐỊNH") + cb("GIÁM ĐỐC SỞ KHOA HỌC VÀ CÔNG NGHỆ"), "Quyết định", ""),
        (b("QUYẾT ĐỊNH") + p("Về việc ban hành Quy chế làm việc") + p("của Sở"), "Quyết định",
         "Về việc ban hành Quy chế làm việc của Sở"),
        (cb("CÔNG ĐIỆN") + cb("Về việc khắc phục bão số 3") + cb("THỦ TƯỚNG CHÍNH PHỦ điện:"), "Công điện",
         "Về việc khắc phục bão số 3"),
        (cb("THÔNG BÁO") + cb("(V/v điều chỉnh giá dịch vụ)"), "Thông báo", "V/v điều chỉnh giá dịch vụ"),
        (cb("Q U Y Ế T Đ Ị N H") + cb("Về giá nước"), "Quyết định", "Về giá nước"),
    ],
)  # fmt: skip
def test_the_subject_is_all_that_is_between_kind_and_body(title: str, kind: str, subject: str) -> None:
    found = fields(HEAD + title + BODY)

    assert (found.kind, found.subject) == (kind, subject)
    assert (found.number, found.issued_on, found.issuer) == (
        "05/TB-SKHCN", date(2025, 11, 5), "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("PHIẾU TRÌNH GIẢI QUYẾT CÔNG VIỆC", "Phiếu trình"), ("DANH SÁCH CÁN BỘ DỰ HỌP", "Danh sách"),
        ("LỊCH CÔNG TÁC TUẦN", "Lịch công tác"), ("BẢN CAM KẾT", "Bản cam kết"), ("BÀI TUYÊN TRUYỀN", ""),
        ("ĐƠN KHỞI KIỆN", "Đơn khởi kiện"),
    ],
)  # fmt: skip
def test_a_title_of_any_kind_is_no_part_of_the_issuer(title: str, kind: str) -> None:
    found = fields(HEADS["table of two rows"] + cb(title) + cb("Kết luận của Giám đốc") + BODY)

    assert (found.superior, found.issuer) == ("UBND TỈNH SƠN LA", "SỞ KHOA HỌC VÀ CÔNG NGHỆ")
    assert found.kind == kind
    assert found.subject.endswith("Kết luận của Giám đốc")


@pytest.mark.parametrize(
    ("title", "number", "day", "issuer", "subject"),
    [
        (cb("NGHỊ ĐỊNH") + cb("CỦA CHÍNH PHỦ SỐ 99/1995/NĐ-CP NGÀY 20 THÁNG 4 NĂM 1995")
         + cb("VỀ VIỆC BAN HÀNH QUY CHẾ"), "99/1995/NĐ-CP", date(1995, 4, 20), "CHÍNH PHỦ", "VỀ VIỆC BAN HÀNH QUY CHẾ"),
        (cb("THÔNG TƯ") + cb("CỦA BỘ KHOA HỌC VÀ CÔNG NGHỆ SỐ 12/2004/TT-BKHCN")
         + cb("NGÀY 5 THÁNG 3 NĂM 2004 HƯỚNG DẪN NGHỊ ĐỊNH SỐ 54/2003/NĐ-CP"),
         "12/2004/TT-BKHCN", date(2004, 3, 5), "BỘ KHOA HỌC VÀ CÔNG NGHỆ", "HƯỚNG DẪN NGHỊ ĐỊNH SỐ 54/2003/NĐ-CP"),
        (cb("QUYẾT ĐỊNH SỐ 15/2001/QĐ-UB NGÀY 05/3/2001 CỦA ỦY BAN NHÂN DÂN TỈNH SƠN LA VỀ VIỆC BAN HÀNH QUY CHẾ"),
         "15/2001/QĐ-UB", date(2001, 3, 5), "ỦY BAN NHÂN DÂN TỈNH SƠN LA", "VỀ VIỆC BAN HÀNH QUY CHẾ"),
        (cb("LUẬT") + cb("PHÒNG CHÁY VÀ CHỮA CHÁY") + p("(số 27/2001/QH10 ngày 29-6-2001)", CENTRE),
         "27/2001/QH10", date(2001, 6, 29), "", "PHÒNG CHÁY VÀ CHỮA CHÁY"),
        (cb("NGHỊ QUYẾT") + cb("CỦA CHÍNH PHỦ") + cb("Về cải cách hành chính"), "", None, "CHÍNH PHỦ",
         "Về cải cách hành chính"),
        (cb("QUY CHẾ") + cb("CỦA HỘI ĐỒNG THẨM ĐỊNH"), "", None, "", "CỦA HỘI ĐỒNG THẨM ĐỊNH"),
    ],
)  # fmt: skip
def test_a_title_of_the_old_form_names_issuer_number_and_day(
    title: str, number: str, day: date | None, issuer: str, subject: str
) -> None:
    found = fields(title + p("") + BODY)

    assert (found.number, found.issued_on, found.issuer, found.subject) == (number, day, issuer, subject)


first_words = st.sampled_from(
    ["Thực hiện", "Để", "Nhằm", "Xét tặng", "Theo dõi", "Trong", "Về việc", "Căn cứ", "Hôm nay", "Ngày", "Quy định"]
)
words = st.text(st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxy"), min_size=1, max_size=7)
gaps = st.sampled_from([" ", "  ", "\xa0", "      ", "\t", "\t\t", " \t "])
lines = st.builds(
    lambda start, rest: start + "".join(gap + word for gap, word in rest),
    first_words, st.lists(st.tuples(gaps, words), min_size=1, max_size=8),
)  # fmt: skip


def to_runs(line: str) -> str:
    return TAB.join(r(part, "<w:b/>") for part in line.split("\t"))


@settings(max_examples=60, deadline=None)
@given(st.lists(lines, min_size=1, max_size=3))
def test_every_word_between_kind_and_body_is_in_the_subject(subject: list[str]) -> None:
    one_paragraph = p(BREAK.join(map(to_runs, subject)), CENTRE)
    paragraphs = "".join(p(to_runs(line), CENTRE) for line in subject)

    for title in (one_paragraph, paragraphs):
        assert fields(HEAD + cb("KẾ HOẠCH") + title + BODY).subject == " ".join(" ".join(subject).split())
