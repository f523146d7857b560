"""Headings by their wording, as Decree 30/2020 sets them."""

import pytest

from tests.rigs.word_documents import b, p, r, tbl, to_text

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


def test_an_article_with_its_number_alone_in_bold_is_a_heading_whole() -> None:
    assert heads(p(r("Điều 2. ", "<w:b/>") + r("Có hiệu lực từ ngày ký."))) == ["## Điều 2. Có hiệu lực từ ngày ký."]


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
