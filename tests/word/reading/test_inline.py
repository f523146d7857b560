"""What stands in a paragraph, whatever wraps it."""

import pytest

from tests.rigs.word_documents import docx, p, r, relationship, tbl, tc, to_post, to_text

INS = '<w:ins w:id="1" w:author="An">'


@pytest.mark.parametrize(
    "wrapped",
    [
        f"{INS}{r('chữ')}</w:ins>",
        f"<w:moveTo>{r('chữ')}</w:moveTo>",
        f"<w:sdt><w:sdtPr/><w:sdtContent>{r('chữ')}</w:sdtContent></w:sdt>",
        f'<w:smartTag w:element="x">{r("chữ")}</w:smartTag>',
        f"<w:fldSimple>{r('chữ')}</w:fldSimple>",
        f"<w:hyperlink>{r('chữ')}</w:hyperlink>",
        f"<w:r><w:ruby><w:rt>{r('phiên âm')}</w:rt><w:rubyBase>{r('chữ')}</w:rubyBase></w:ruby></w:r>",
        "<m:oMath><m:r><m:t>chữ</m:t></m:r></m:oMath>",
    ],
)
def test_wrapped_text_is_kept(wrapped: str) -> None:
    assert to_text(f"<w:p>{r('Có ')}{wrapped}{r(' đây')}</w:p>") == "Có chữ đây\n"


def test_deleted_and_moved_away_text_is_left_out() -> None:
    deleted = "<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{r('dời')}</w:moveFrom>"

    assert to_text(f"<w:p>{r('Giữ')}{deleted}{moved}</w:p>") == "Giữ\n"


def test_a_paragraph_whose_mark_is_deleted_goes_on_in_the_next() -> None:
    text = to_text(p("Một câu ", "<w:rPr><w:del/></w:rPr>") + p("liền nhau."))

    assert text == "Một câu liền nhau.\n"


def test_a_block_of_content_control_is_read() -> None:
    assert to_text(f"<w:sdt><w:sdtContent>{p('Trong khung')}</w:sdtContent></w:sdt>") == "Trong khung\n"


def test_the_result_of_a_field_is_kept_and_its_instruction_not() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE \\* MERGEFORMAT</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("12")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )

    assert to_text(f"<w:p>{r('Trang ')}{field}</w:p>") == "Trang 12\n"


def test_a_field_that_links_becomes_a_link() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText>HYPERLINK "https://vanban.example/a"</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("toàn văn")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )

    assert to_text(f"<w:p>{field}</w:p>") == "[toàn văn](<https://vanban.example/a>)\n"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://vanban.example/", "[xem](<https://vanban.example/>)\n"),
        ("mailto:vanphong@so.example", "[xem](<mailto:vanphong@so.example>)\n"),
        ("javascript:alert(1)", "xem\n"),
        ("file:///C:/van-ban.docx", "xem\n"),
    ],
)
def test_only_links_that_a_reader_may_follow_stay_links(address: str, shown: str) -> None:
    body = f'<w:p><w:hyperlink r:id="a">{r("xem")}</w:hyperlink></w:p>'

    text = to_post(docx(body, links=relationship("a", "hyperlink", address, is_external=True))).text

    assert text == shown


BOX = f"<w:txbxContent>{p('Trong hộp')}</w:txbxContent>"
CHOICE = f"<w:drawing><wps:wsp><wps:txbx>{BOX}</wps:txbx></wps:wsp></w:drawing>"
ALTERNATIVES = "<mc:AlternateContent>"
FALLBACK = f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>"
OTHERWISE = f"<mc:Fallback>{FALLBACK}</mc:Fallback></mc:AlternateContent>"


@pytest.mark.parametrize(
    "drawing",
    [
        FALLBACK,
        f'{ALTERNATIVES}<mc:Choice Requires="wps">{CHOICE}</mc:Choice>{OTHERWISE}',
        f'{ALTERNATIVES}<mc:Choice Requires="x"/>{OTHERWISE}',
    ],
)
def test_a_text_box_follows_its_paragraph_once(drawing: str) -> None:
    assert to_text(f"<w:p>{r('Trước')}<w:r>{drawing}</w:r></w:p>{p('Sau')}") == "Trước\n\nTrong hộp\n\nSau\n"


def test_line_breaks_make_lines_and_tabs_make_spaces() -> None:
    assert to_text(f"<w:p>{r('a')}<w:r><w:br/></w:r>{r('b')}<w:r><w:tab/></w:r>{r('c')}</w:p>") == "a\n\nb c\n"


def test_a_no_break_hyphen_is_a_hyphen_and_a_soft_one_nothing() -> None:
    body = f"<w:p>{r('05')}<w:r><w:noBreakHyphen/></w:r>{r('QĐ tuyên')}<w:r><w:softHyphen/></w:r>{r('truyền')}</w:p>"

    assert to_text(body) == "05-QĐ tuyêntruyền\n"


def test_text_leaves_in_nfc_even_when_a_mark_stands_in_a_run_of_its_own() -> None:
    marked = r("\N{COMBINING HOOK ABOVE}o", "<w:i/>")

    assert to_text(f"<w:p>{r('Tha')}{marked}</w:p>").startswith("Thả")


def test_deleted_rows_and_cells_are_left_out() -> None:
    row = f"<w:tr><w:trPr><w:del/></w:trPr>{tc('bỏ')}{tc('cả hàng')}</w:tr>"
    table = tbl([["a", "b"], ["c", tc("bỏ ô", "<w:cellDel/>")]]).replace("</w:tbl>", f"{row}</w:tbl>")

    text = to_text(table)

    assert "bỏ" not in text
    assert "<td>c</td>" in text


def test_symbols_of_wingdings_become_unicode() -> None:
    assert to_text('<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r></w:p>') == "☑\n"


def test_a_large_first_letter_is_the_beginning_of_its_word() -> None:
    frame = '<w:framePr w:dropCap="drop" w:lines="3"/>'

    assert to_text(p("C", frame) + p("ăn cứ Luật")) == "Căn cứ Luật\n"
