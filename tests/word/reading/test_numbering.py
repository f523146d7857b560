"""Automatic numbers, as the page shows them."""

import pytest

from campaign.word.reading.numbering import to_number
from tests.rigs.word_documents import lvl, num, p, tbl, to_text

ARTICLES = lvl(0, "Điều %1.") + lvl(1, "%2.") + lvl(2, "%3)", "lowerLetter")


def abstract(levels: str, key: str = "0", more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{more}{levels}</w:abstractNum>'


def use(list_id: str, key: str = "0", more: str = "") -> str:
    return f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{key}"/>{more}</w:num>'


def restart(level: int, start: int = 1) -> str:
    return f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def lines(body: str, numbering: str, **parts: str) -> list[str]:
    return to_text(body, numbering=numbering, **parts).replace("\\", "").replace("#", "").split("\n\n")


def labels(levels: str, *places: int, more: str = "") -> list[str]:
    body = "".join(p("x", num("1", level)) for level in places)
    return [line.strip().removesuffix(" x") for line in lines(body, abstract(levels) + use("1", more=more))]


def test_deeper_levels_begin_anew_under_each_higher_one() -> None:
    assert labels(ARTICLES, 0, 1, 2, 2, 1, 0, 1, 2) == ["Điều 1.", "1.", "a)", "b)", "2.", "Điều 2.", "1.", "a)"]


def test_a_level_that_never_restarts_counts_through() -> None:
    levels = lvl(0, "Chương %1", "upperRoman") + lvl(1, "Điều %2.", more='<w:lvlRestart w:val="0"/>')

    assert labels(levels, 0, 1, 1, 0, 1) == ["Chương I", "Điều 1.", "Điều 2.", "Chương II", "Điều 3."]


def test_a_level_restarts_only_after_the_level_it_names() -> None:
    levels = lvl(0, "%1") + lvl(1, "%2") + lvl(2, "%3", more='<w:lvlRestart w:val="1"/>')

    assert labels(levels, 0, 1, 2, 1, 2, 0, 2) == ["1", "1", "1", "2", "2", "2", "1"]


def test_legal_numbering_writes_higher_levels_in_digits() -> None:
    levels = lvl(0, "Chương %1", "upperRoman") + lvl(1, "%1.%2", more="<w:isLgl/>")

    assert labels(levels, 0, 0, 1) == ["Chương I", "Chương II", "2.1"]


def test_lists_of_one_abstract_list_share_a_counter() -> None:
    body = p("x", num("1")) + p("x", num("2")) + p("x", num("1"))
    numbering = abstract(lvl(0, "%1.")) + use("1") + use("2")

    assert [line.strip() for line in lines(body, numbering)] == ["1. x", "2. x", "3. x"]


def test_an_override_begins_a_list_anew_once() -> None:
    body = p("x", num("1")) + p("x", num("2")) + p("x", num("2"))
    numbering = abstract(lvl(0, "%1.")) + use("1") + use("2", more=restart(0, 5))

    assert [line.strip() for line in lines(body, numbering)] == ["1. x", "5. x", "6. x"]


def test_an_override_may_bring_a_level_of_its_own() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{lvl(0, "(%1)", "lowerRoman")}</w:lvlOverride>'

    assert labels(lvl(0, "%1."), 0, 0, more=own) == ["(i)", "(ii)"]


def test_a_list_may_take_its_levels_from_a_style() -> None:
    numbering = (
        abstract(lvl(0, "Điểm %1:"), "0", '<w:styleLink w:val="KieuSo"/>')
        + abstract("", "1", '<w:numStyleLink w:val="KieuSo"/>')
        + use("1", "0")
        + use("2", "1")
    )
    style = f'<w:style w:type="numbering" w:styleId="KieuSo"><w:pPr>{num("1")}</w:pPr></w:style>'

    assert lines(p("x", num("2")), numbering, styles=style) == ["Điểm 1: x\n"]


def test_a_style_numbers_its_paragraphs_at_the_level_tied_to_it() -> None:
    levels = lvl(0, "%1.") + lvl(1, "%2)", "lowerLetter", '<w:pStyle w:val="Diem"/>')
    style = (
        '<w:style w:type="paragraph" w:styleId="Diem"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Con"><w:basedOn w:val="Diem"/></w:style>'
    )
    body = p("x", '<w:pStyle w:val="Diem"/>') + p("x", '<w:pStyle w:val="Con"/>')

    assert [line.strip() for line in lines(body, abstract(levels) + use("1"), styles=style)] == ["a) x", "b) x"]


def test_list_zero_takes_the_number_of_a_style_away() -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="So"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = p("x", f'<w:pStyle w:val="So"/>{num("0")}')

    assert lines(body, abstract(lvl(0, "%1.")) + use("1"), styles=style) == ["x\n"]


def test_a_deleted_paragraph_takes_no_number() -> None:
    deleted = "<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>"
    gone = f"<w:p><w:pPr>{num('1')}<w:rPr><w:del/></w:rPr></w:pPr>{deleted}</w:p>"
    body = p("x", num("1")) + gone + p("x", num("1"))

    assert [line.strip() for line in lines(body, abstract(lvl(0, "%1.")) + use("1"))] == ["1. x", "2. x"]


def test_numbers_alone_in_cells_are_kept() -> None:
    empty = f"<w:p><w:pPr>{num('1')}</w:pPr></w:p>"

    text = to_text(
        tbl([["STT", "Việc"], [empty, "Họp"], [empty, "Báo cáo"]]), numbering=abstract(lvl(0, "%1")) + use("1")
    )

    assert text == "| STT | Việc |\n| --- | --- |\n| 1 | Họp |\n| 2 | Báo cáo |\n"


def test_the_suffix_says_what_stands_behind_a_label() -> None:
    assert labels(lvl(0, "Điều %1: ", more='<w:suff w:val="nothing"/>'), 0) == ["Điều 1:"]


def test_bullets_of_symbol_fonts_become_unicode() -> None:
    assert labels(lvl(0, "\uf0b7", "bullet"), 0) == ["•"]
    assert labels(lvl(0, "-", "bullet"), 0) == ["-"]


@pytest.mark.parametrize(
    ("count", "form", "written"),
    [
        (4, "upperRoman", "IV"), (49, "lowerRoman", "xlix"), (27, "lowerLetter", "aa"), (3, "upperLetter", "C"),
        (7, "decimalZero", "07"), (5, "none", ""), (15, "vietnameseCounting", "mười lăm"),
        (21, "vietnameseCounting", "hai mươi mốt"), (3, "numberInDash", "- 3 -"), (9, "001, 002, 003, ...", "009"),
        (2, "decimalEnclosedCircle", "②"), (6, "chicago", "6"),
    ],
)  # fmt: skip
def test_numbers_are_written_in_their_form(count: int, form: str, written: str) -> None:
    assert to_number(count, form) == written


def test_a_label_in_a_legacy_font_is_decoded_and_in_nfc() -> None:
    legacy = lvl(0, "§iÒu %1.").replace("</w:lvl>", '<w:rPr><w:rFonts w:hAnsi=".VnTime"/></w:rPr></w:lvl>')

    assert labels(legacy, 0) == ["Điều 1."]
    assert labels(lvl(0, "\N{LATIN CAPITAL LETTER D WITH STROKE}ie\u0302\u0300u %1."), 0) == ["Điều 1."]


def test_a_label_goes_with_the_first_line_that_says_something() -> None:
    body = f"<w:p><w:pPr>{num('1')}</w:pPr><w:r><w:br/></w:r><w:r><w:t>x</w:t></w:r></w:p>"

    assert lines(body, abstract(lvl(0, "%1.")) + use("1")) == ["1. x\n"]
