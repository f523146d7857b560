"""Tables: pipes when simple, HTML when cells are merged or nested, plain text when they only lay it out."""

import pytest

from campaign.posts.rendering import to_raw_html
from tests.rigs.word_documents import b, docx, p, r, relationship, relationships, tbl, tc, to_post, to_text

SPAN = '<w:gridSpan w:val="2"/>'
BEGIN, GO_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_a_plain_grid_becomes_a_pipe_table_that_renders() -> None:
    text = to_text(tbl([["TT", "Nội dung | ghi chú"], ["1.", p("dòng một") + p("- dòng hai")]]))

    assert text.splitlines() == [
        "| TT | Nội dung &#124; ghi chú |",
        "| --- | --- |",
        "| 1\\. | dòng một<br>\\- dòng hai |",
    ]
    assert "<td>1.</td>" in to_raw_html(text)


def test_merged_cells_keep_their_spans() -> None:
    text = to_text(tbl([[tc("Tiêu đề", SPAN)], [tc("gộp", BEGIN), "a"], [tc("", GO_ON), "b"]]))

    assert '<td colspan="2">Tiêu đề</td>' in text
    assert '<td rowspan="2">gộp</td>' in text
    assert text.count("<td") == 4


def test_words_in_a_merged_away_cell_are_not_lost() -> None:
    assert "ẩn dưới" in to_text(tbl([[tc("trên", BEGIN), "a"], [tc("ẩn dưới", GO_ON), "b"]]))


def test_a_nested_table_stays_in_its_cell() -> None:
    inner = tbl([["x", "y"]])

    text = to_text(tbl([["a", tc(p("b") + inner + p(""))]]))

    assert text.count("<table>") == 2
    assert "\n\n" not in text.strip()


def test_a_table_without_lines_only_lays_out_text() -> None:
    assert to_text(tbl([["trái", "phải"]], is_framed=False)) == "trái\n\nphải\n"


def test_lines_may_come_from_the_style_of_the_table_or_from_its_cells() -> None:
    grid = (
        '<w:style w:type="table" w:styleId="Luoi"><w:tblPr><w:tblBorders><w:top w:val="single"/>'
        '<w:left w:val="single"/></w:tblBorders></w:tblPr></w:style>'
        '<w:style w:type="table" w:styleId="Con"><w:basedOn w:val="Luoi"/></w:style>'
    )
    styled = tbl([["a", "b"], ["1", "2"]], is_framed=False).replace("<w:tblPr>", '<w:tblPr><w:tblStyle w:val="Con"/>')
    borders = '<w:tcBorders><w:top w:val="single"/><w:start w:val="single"/></w:tcBorders>'

    assert to_text(styled, styles=grid).startswith("| a | b |")
    assert to_text(tbl([[tc("a", borders), tc("b", borders)], ["1", "2"]], is_framed=False)).startswith("| a | b |")


def test_rows_in_content_controls_are_read() -> None:
    row = f"<w:sdt><w:sdtContent><w:tr>{tc('c')}{tc('d')}</w:tr></w:sdtContent></w:sdt>"

    assert "| c | d |" in to_text(tbl([["a", "b"]]).replace("</w:tbl>", f"{row}</w:tbl>"))


def test_a_table_directly_after_text_does_not_swallow_it() -> None:
    html = to_raw_html(to_text(p("Trước") + tbl([["a", "b"], ["1", "2"]]) + p("Sau")))

    assert "<p>Trước</p>" in html
    assert "<p>Sau</p>" in html


HEAD = "<w:tr><w:trPr><w:tblHeader/></w:trPr>"


def test_the_head_that_word_marks_is_the_head_of_the_table() -> None:
    table = tbl([[tc("Tên", BEGIN), tc("Số", SPAN)], [tc("", GO_ON), "a", "b"], ["x", "1", "2"]])
    marked = table.replace("<w:tr>", HEAD, 2)

    html = to_raw_html(to_text(marked))

    assert html.partition("</thead>")[0].count("<th") == 5  # with thead itself
    assert '<th scope="col" rowspan="2">Tên</th>' in html
    assert "<td>x</td>" in html


@pytest.mark.parametrize(
    "rows",
    [
        [["Họ và tên:", "Nguyễn Văn A"], ["Chức vụ:", "Giám đốc"]], [["1", "Họp"], ["2", "Báo cáo"]],
        [["", "a"], ["b", "c"]],
    ],
)  # fmt: skip
def test_a_table_without_a_head_gets_none(rows: list[list[str]]) -> None:
    text = to_text(tbl(rows))

    assert "<th" not in to_raw_html(text)
    assert text.count("<td>") == 4


def test_the_bold_rows_on_top_are_the_head() -> None:
    text = to_text(
        tbl([[tc(b("Tên"), BEGIN), tc(b("Số"), SPAN)], [tc("", GO_ON), tc(b("a")), tc(b("b"))], list("x12")])
    )

    assert text.partition("</thead>")[0].count("<th ") == 4


ROWS = [["Thứ tự", ":", "Việc phải làm"], *([str(at), ":", f"Việc {at}"] for at in range(1, 5))]
LONG = "Một đoạn văn dài được xếp thành hai cột để đọc song song. " * 4


@pytest.mark.parametrize("rows", [ROWS, [[str(at), f"Việc {at}"] for at in range(24)]])
def test_rows_and_columns_of_short_texts_are_a_table_without_lines_too(rows: list[list[str]]) -> None:
    text = to_text(tbl(rows, is_framed=False))

    assert text.count("<tr>") == len(rows)
    assert "<td>:</td>" in text or "<td>Việc 7</td>" in text


@pytest.mark.parametrize(
    "rows",
    [
        [["UBND TỈNH SƠN LA", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ["SỞ NỘI VỤ", "Độc lập - Tự do - Hạnh phúc"],
         ["Số: 5/SNV", "Sơn La, ngày 5 tháng 1 năm 2025"]],
        [["Nơi nhận:", "GIÁM ĐỐC"], ["- Như trên;", ""], ["- Lưu: VT.", "Nguyễn Văn A"]],
        [["NGƯỜI LẬP", "THỦ TRƯỞNG ĐƠN VỊ"], ["(Ký, ghi rõ họ tên)", "(Ký tên, đóng dấu)"], ["Lò Văn B", "Cầm Thị C"]],
        [["THƯ KÝ", "CHỦ TRÌ"], ["", ""], ["Lê Thị D", "Nguyễn Văn C"]],
        [[LONG, LONG], [LONG, LONG], [LONG, LONG]],
        [["một", "hai"], ["ba", "bốn"]],
    ],
)  # fmt: skip
def test_letterheads_signatures_and_columns_of_text_are_no_tables(rows: list[list[str]]) -> None:
    assert "<t" not in to_text(tbl(rows, is_framed=False))


NOTE = f'<w:footnote w:id="2">{p(r("Xem Luật 55"))}{p("câu hai")}</w:footnote>'
REFERENCE = '<w:r><w:footnoteReference w:id="2"/></w:r>'


def test_a_note_renders_with_all_its_paragraphs() -> None:
    text = to_text(f"<w:p>{r('Theo Luật')}{REFERENCE}</w:p>", footnotes=NOTE)

    assert text == "Theo Luật[^1]\n\n[^1]: Xem Luật 55\n\n    câu hai\n"
    assert "câu hai" in to_raw_html(text).partition('class="footnote"')[2]


def test_a_note_in_a_merged_table_is_referred_to_below_it() -> None:
    cell = f"<w:p>{r('a')}{REFERENCE}</w:p>"

    text = to_text(tbl([[tc(cell, SPAN)], ["b", "c"]]), footnotes=NOTE)

    assert "a<sup>(1)</sup></td>" in text
    assert "(1)[^1]" in text


def test_endnotes_are_counted_on_after_footnotes() -> None:
    body = f'<w:p>{r("x")}{REFERENCE}<w:r><w:endnoteReference w:id="2"/></w:r></w:p>'
    endnotes = f'<w:endnote w:id="0" w:type="separator">{p("")}</w:endnote><w:endnote w:id="2">{p("cuối")}</w:endnote>'

    text = to_post(docx(body, footnotes=NOTE, endnotes=endnotes)).text

    assert text.startswith("x[^1][^2]\n")
    assert "[^2]: cuối" in text


def test_a_frame_around_text_is_no_table() -> None:
    assert to_text(tbl([["chữ trong khung"]])) == "chữ trong khung\n"


def test_cells_merged_the_old_way_are_one() -> None:
    first, second = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"

    text = to_text(tbl([[tc("a", first), tc("b", second), "c"], ["1", "2", "3"]]))

    assert '<td colspan="2">a<br>b</td>' in text


def test_links_in_notes_lead_where_the_notes_say() -> None:
    """Notes are a part of their own, with ids of their own: the same id is another address in the body."""
    link = f'<w:hyperlink r:id="a">{r("xem")}</w:hyperlink>'
    note = f'<w:footnote w:id="2"><w:p>{link}</w:p></w:footnote>'
    own = relationships(relationship("a", "hyperlink", "https://chu-thich.example/", is_external=True))
    links = relationship("a", "hyperlink", "https://than-bai.example/", is_external=True)
    body = f"<w:p>{link}{REFERENCE}</w:p>"

    text = to_post(docx(body, links=links, files={"word/_rels/footnotes.xml.rels": own}, footnotes=note)).text

    assert text == "[xem](<https://than-bai.example/>)[^1]\n\n[^1]: [xem](<https://chu-thich.example/>)\n"
