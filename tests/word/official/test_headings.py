"""Headings by their wording, as Decree 30/2020 sets them."""

import pytest

from tests.rigs.word_documents import b, docx, p, r, tbl, to_post, to_text

LONG = "nội dung của điều này dài hơn một dòng tiêu đề " * 6


def heads(body: str) -> list[str]:
    return [line for line in to_text(body).splitlines() if line.startswith("#")]


def test_headings_stand_one_level_below_what_they_belong_to() -> None:
    body = (
        b("PHẦN THỨ NHẤT") + b("Chương I") + b("QUY ĐỊNH CHUNG") + b("Điều 1. Phạm vi") + b("Mục 1") + b("Điều 2. Khác")
    )

    assert heads(body) == [
        "## PHẦN THỨ NHẤT",
        "### Chương I. QUY ĐỊNH CHUNG",
        "#### Điều 1. Phạm vi",
        "#### Mục 1",
        "##### Điều 2. Khác",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Điều 5. Hiệu lực",
        "Chương IV: TỔ CHỨC",
        "Mục 2. Hồ sơ",
        "Tiểu mục 1",
        "Phụ lục II",
        "PHỤ LỤC",
        "I. MỤC ĐÍCH",
        "Điều 12a.",
    ],
)
def test_a_bold_line_of_that_wording_is_a_heading(line: str) -> None:
    assert heads(b(line)) == [f"## {line}"]


@pytest.mark.parametrize(
    "line", ["Điều 5 và Điều 6 của Luật", "Chương trình công tác", "Mục đích của việc này", "Điều kiện"]
)
def test_other_bold_lines_are_none(line: str) -> None:
    assert heads(b(line)) == []


def test_a_plain_line_that_cites_an_article_is_none() -> None:
    assert heads(p("Điều 5. của Luật số 55 quy định như sau")) == []


def test_a_line_in_capitals_needs_no_bold() -> None:
    assert heads(p("II. TỔ CHỨC THỰC HIỆN")) == ["## II. TỔ CHỨC THỰC HIỆN"]


def test_an_article_whose_number_alone_is_bold_is_a_heading_above_its_sentence() -> None:
    text = to_text(p(r("Điều 2. ", "<w:b/>") + r("Quyết định này có hiệu lực từ ngày ký.")))

    assert text == "## Điều 2.\n\nQuyết định này có hiệu lực từ ngày ký.\n"


@pytest.mark.parametrize(
    "article",
    [
        p(r("Điều 1.", "<w:b/>") + r(" Phạm vi điều chỉnh")), b("Điều 1. Phạm vi điều chỉnh"),
        p("Điều 1. Phạm vi điều chỉnh"),
    ],
)  # fmt: skip
def test_an_article_with_a_name_is_one_heading(article: str) -> None:
    assert heads(article) == ["## Điều 1. Phạm vi điều chỉnh"]


CENTRE = '<w:jc w:val="center"/>'


@pytest.mark.parametrize(
    ("body", "heading"),
    [
        (b("CHƯƠNG IV", CENTRE) + b("TRÁCH NHIỆM CỦA CÁC PHÒNG, ĐƠN VỊ,", CENTRE) + b("CÔNG CHỨC CỦA SỞ", CENTRE),
         "CHƯƠNG IV. TRÁCH NHIỆM CỦA CÁC PHÒNG, ĐƠN VỊ, CÔNG CHỨC CỦA SỞ"),
        (b("II. KẾ HOẠCH NÀY KHÔNG ÁP DỤNG CHO CÁC TRƯỜNG HỢP") + b("DƯỚI ĐÂY:"),
         "II. KẾ HOẠCH NÀY KHÔNG ÁP DỤNG CHO CÁC TRƯỜNG HỢP DƯỚI ĐÂY:"),
        (b("Phần thứ hai", CENTRE) + b("Phương hướng, nhiệm vụ", CENTRE) + b("năm 2026", CENTRE),
         "Phần thứ hai. Phương hướng, nhiệm vụ năm 2026"),
    ],
)  # fmt: skip
def test_a_title_over_several_lines_is_one_heading(body: str, heading: str) -> None:
    assert heads(body + p("Nội dung.")) == [f"## {heading}"]


def test_what_has_a_label_or_follows_an_end_does_not_go_on_a_title() -> None:
    body = b("I. MỤC ĐÍCH:") + b("NÂNG CAO NHẬN THỨC") + b("II. YÊU CẦU") + b("1. ĐÚNG HẠN") + b("(KÈM THEO)")

    assert heads(body) == ["## I. MỤC ĐÍCH:", "## II. YÊU CẦU"]


LONG_NAME = "Điều 6. Sửa đổi, bổ sung " + "một số điều của Thông tư số 73/2021/TT-BCA, " * 3


def test_only_what_is_set_apart_as_a_whole_may_be_a_long_heading() -> None:
    assert heads(b(LONG_NAME)) == [f"## {LONG_NAME.strip()}"]
    assert heads(p(r("I. Mục đích: ", "<w:b/>") + r("nâng cao nhận thức " * 9))) == []
    assert heads(p("Nâng cao nhận thức của mọi người. " * 5, '<w:pStyle w:val="H1"/>')) == []


STYLE = (
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr>'
    "</w:style>"
)


@pytest.mark.parametrize(
    "line",
    [
        "1 Ban hành kèm theo Nghị định số 30/2020/NĐ-CP", "Số: 12/KH-SKHCN", "I. MỤC TIÊU ......... 3",
        "Nâng cao nhận thức của mọi người. " * 5, "Theo đề nghị của Chánh Văn phòng;",
    ],
)  # fmt: skip
def test_the_style_of_a_heading_makes_none_of_notes_numbers_and_sentences(line: str) -> None:
    assert "#" not in to_text(p(line, '<w:pStyle w:val="H1"/>'), styles=STYLE)


FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def test_the_contents_list_of_word_is_left_out_with_a_remark() -> None:
    instruction = '<w:r><w:instrText>TOC \\o "1-3" \\h</w:instrText></w:r>'
    first = FIELD.format("begin") + instruction + FIELD.format("separate") + r("I. MỤC TIÊU", "<w:b/>") + r("3")
    body = p(first) + b("II. NHIỆM VỤ 5") + p(FIELD.format("end")) + b("I. MỤC TIÊU") + p("Nội dung.")

    found = to_post(docx(body))

    assert found.text == "## I. MỤC TIÊU\n\nNội dung.\n"
    assert found.remarks == ("mục lục tự động của Word được bỏ ra: bài có danh sách mục riêng, không có số trang",)


def test_a_typed_contents_list_makes_no_headings() -> None:
    body = b("MỤC LỤC") + b("I. MỤC TIÊU ......... 3") + p(r("II. NHIỆM VỤ", "<w:b/>") + "<w:r><w:tab/></w:r>" + r("5"))

    assert heads(body + b("I. MỤC TIÊU")) == ["## I. MỤC TIÊU"]


def test_a_long_article_keeps_its_text_below_its_number() -> None:
    text = to_text(p(r("Điều 1. ", "<w:b/>") + r(LONG)))

    assert text == f"## Điều 1.\n\n{LONG.strip()}\n"


def test_headings_by_style_are_headings() -> None:
    style = '<w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'

    assert to_text(p("Giới thiệu", '<w:pStyle w:val="H1"/>'), styles=style) == "## Giới thiệu\n"


def test_cells_hold_no_headings() -> None:
    assert heads(tbl([[b("Điều 1. Phạm vi"), "b"]])) == []


def test_lines_of_a_letterhead_in_the_style_of_a_heading_are_none() -> None:
    style = '<w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    use = '<w:pStyle w:val="H1"/>'
    body = (
        p("BỘ CÔNG AN", use)
        + p("Số: 518/QĐ-BCA", use)
        + b("QUYẾT ĐỊNH")
        + p("Căn cứ Luật;")
        + b("BỘ TRƯỞNG")
        + p("Tô Lâm", use)
    )

    text = to_text(body, styles=style)

    assert "#" not in text
