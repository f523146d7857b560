"""What is drawn: charts, diagrams, shapes, boxes to tick, embedded files; each is in the post or named in a remark."""

import pytest

from campaign.word.conversion import Conversion
from tests.rigs.word_documents import NAMES, docx, p, r, relationship, to_post

FORM = '<a:prstGeom prst="{}"/>'
SHAPE = (
    '<w:drawing><wps:wsp><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{}" cy="{}"/></a:xfrm>{}</wps:spPr></wps:wsp>'
    "</w:drawing>"
)
CENTIMETRE = 360_000


def shape(form: str, width: float, height: float) -> str:
    return SHAPE.format(int(width * CENTIMETRE), int(height * CENTIMETRE), FORM.format(form))


def read(drawn: str, *parts: tuple[str, str, str]) -> Conversion:
    """Convert a document with something drawn after "Trước"; *parts* are id, kind and content of other parts."""
    links = "".join(relationship(key, kind, f"{key}.xml") for key, kind, _ in parts)
    files = {f"word/{key}.xml": content for key, _, content in parts}
    return to_post(docx(p("Trước") + p(f"<w:r>{drawn}</w:r>") + p("Sau"), links=links, files=files))


def series(name: str, values: list[str], form: str = "General") -> str:
    points = "".join(f'<c:pt idx="{at}"><c:v>{value}</c:v></c:pt>' for at, value in enumerate(values))
    return (
        f"<c:ser><c:tx><c:strRef><c:strCache><c:pt idx='0'><c:v>{name}</c:v></c:pt></c:strCache></c:strRef></c:tx>"
        "<c:cat><c:strRef><c:strCache><c:pt idx='0'><c:v>Quý I</c:v></c:pt><c:pt idx='1'><c:v>Quý II</c:v></c:pt>"
        "</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:numCache><c:formatCode>{form}</c:formatCode>{points}</c:numCache></c:numRef></c:val></c:ser>"
    )


CHART = (
    f"<c:chartSpace {NAMES}><c:chart><c:title><c:tx><a:p><a:r><a:t>Hồ sơ đúng hạn</a:t></a:r></a:p></c:tx></c:title>"
    f"<c:plotArea><c:barChart>{series('Đã nhận', ['12', '1234.5'])}{series('Tỷ lệ', ['0.256', '1'], '0.0%')}"
    "</c:barChart></c:plotArea></c:chart></c:chartSpace>"
)
CHART_FRAME = (
    '<w:drawing><wp:inline><wp:docPr id="1" name="B" descr="{}"/><a:graphic><c:chart r:id="c"/></a:graphic></wp:inline>'
    "</w:drawing>"
)


def test_a_chart_becomes_the_table_of_its_numbers() -> None:
    found = read(CHART_FRAME, ("c", "chart", CHART))

    assert found.text == (
        "Trước\n\n**Hồ sơ đúng hạn**\n\n|   | Đã nhận | Tỷ lệ |\n| --- | --- | --- |\n| Quý I | 12 | 25,6% |\n"
        "| Quý II | 1234,5 | 100% |\n\nSau\n"
    )
    assert found.remarks == ("1 biểu đồ được thay bằng bảng số liệu của nó: sau “Trước”",)
    assert found.loss.shown == 100


def test_a_chart_that_cannot_be_read_leaves_its_words_and_a_remark() -> None:
    found = read(CHART_FRAME.format("Tỷ lệ hồ sơ đúng hạn"))

    assert found.text == "Trước\n\n*\\[Tỷ lệ hồ sơ đúng hạn\\]*\n\nSau\n"
    assert found.remarks == ("1 biểu đồ không đọc được nên không đưa vào bài: sau “Trước”",)
    assert found.loss.shown == 99.99


def test_the_words_of_a_diagram_are_kept() -> None:
    points = "".join(
        f"<dgm:pt><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>" for text in ("Nhận", "Trả")
    )
    data = f"<dgm:dataModel {NAMES}><dgm:ptLst>{points}</dgm:ptLst></dgm:dataModel>"

    found = read('<w:drawing><a:graphic><dgm:relIds r:dm="d"/></a:graphic></w:drawing>', ("d", "diagramData", data))

    assert found.text == "Trước\n\nNhận\n\nTrả\n\nSau\n"
    assert found.remarks == ("1 sơ đồ (SmartArt) chỉ giữ được chữ: sau “Trước”",)


@pytest.mark.parametrize(
    "line",
    [
        shape("line", 4, 0), shape("straightConnector1", 4, 3), shape("rect", 4, 0.02), "<w:pict><v:line/></w:pict>",
        '<w:pict><v:shapetype id="_x0000_t32"/><v:shape type="#_x0000_t32"/></w:pict>',
        '<w:pict><v:rect o:hr="t"/></w:pict>',
    ],
)  # fmt: skip
def test_a_line_that_rules_the_page_is_nothing_to_tell(line: str) -> None:
    found = read(line)

    assert (found.text, found.remarks, found.loss.shown) == ("Trước\n\nSau\n", (), 100)


@pytest.mark.parametrize(
    "box", [shape("rect", 0.4, 0.4), '<w:pict><v:rect style="position:absolute;width:12pt;height:11.5pt"/></w:pict>']
)
def test_a_small_empty_rectangle_is_a_box_to_tick(box: str) -> None:
    assert read(box).text == "Trước\n\n☐\n\nSau\n"


@pytest.mark.parametrize(
    ("drawn", "remark"),
    [
        (shape("rightArrow", 3, 1), "1 hình vẽ không có chữ (mũi tên, khung…) không đưa vào bài: sau “Trước”"),
        ('<w:pict><v:oval style="width:99pt;height:40pt"/></w:pict>',
         "1 hình vẽ không có chữ (mũi tên, khung…) không đưa vào bài: sau “Trước”"),
        ('<w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object>', "1 tệp nhúng không đưa vào bài: sau “Trước”"),
        ("<w:control/>", "1 tệp nhúng không đưa vào bài: sau “Trước”"),
        ("<w:drawing><wp:inline><a:graphic><a:graphicData uri='la'/></a:graphic></wp:inline></w:drawing>",
         "1 thành phần lạ không đưa vào bài: sau “Trước”"),
        ('<w14:contentPart r:id="x"/>', "1 thành phần lạ không đưa vào bài: sau “Trước”"),
    ],
)  # fmt: skip
def test_what_has_no_words_is_named_with_its_place(drawn: str, remark: str) -> None:
    found = read(drawn)

    assert found.text == "Trước\n\nSau\n"
    assert found.remarks == (remark,)
    assert found.loss.shown == 99.99


def test_a_flowchart_keeps_its_words() -> None:
    content = f"<wps:txbx><w:txbxContent>{p('Bước 1')}</w:txbxContent></wps:txbx>"
    box = f"<wps:wsp><wps:spPr>{FORM.format('rect')}</wps:spPr>{content}</wps:wsp>"
    arrow = shape("rightArrow", 2, 1).removeprefix("<w:drawing>").removesuffix("</w:drawing>")

    found = read(f"<w:drawing><wpg:wgp>{box}{arrow}</wpg:wgp></w:drawing>")

    assert found.text == "Trước\n\nBước 1\n\nSau\n"
    assert found.remarks == ("1 sơ đồ vẽ bằng các hình: chữ vẫn giữ, hình vẽ và mũi tên thì không: sau “Trước”",)


def test_the_words_of_word_art_are_words() -> None:
    assert read('<w:pict><v:shape><v:textpath string="MẬT"/></v:shape></w:pict>').text == "Trước\n\nMẬT\n\nSau\n"


def test_one_remark_tells_how_often_and_where() -> None:
    arrow = p(f"<w:r>{shape('rightArrow', 3, 1)}</w:r>")

    found = to_post(docx(arrow + "".join(p(f"Đoạn {at}") + arrow for at in range(5))))

    assert found.remarks == (
        (
            "6 hình vẽ không có chữ (mũi tên, khung…) không đưa vào bài: "
            "ở đầu văn bản; sau “Đoạn 0”; sau “Đoạn 1” …"
        ),
    )  # fmt: skip


def test_comments_changes_hidden_words_and_headers_are_told() -> None:
    each = "".join(f"<w:comment w:id='{at}'>{p('Xem lại')}</w:comment>" for at in (1, 2))
    comments = f"<w:comments {NAMES}>{each}</w:comments>"
    header = f"<w:hdr {NAMES}>{p('DỰ THẢO LẦN 2')}{p('Trang 3')}</w:hdr>"
    links = relationship("m", "comments", "comments.xml") + relationship("h", "header", "header1.xml")
    body = p("Chữ") + p(r("mật", "<w:vanish/>")) + f"<w:p><w:ins w:id='1'>{r('thêm')}</w:ins></w:p>"

    found = to_post(docx(body, links=links, files={"word/comments.xml": comments, "word/header1.xml": header}))

    assert found.text == "Chữ\n\nthêm\n"
    assert found.remarks == (
        "1 đoạn chữ ẩn (Hidden) không đưa vào bài: sau “Chữ”",
        "2 lời bình (comment) của người soạn không đưa vào bài",
        "văn bản còn 1 chỗ sửa chưa chốt (Track Changes): bài lấy bản đã chấp nhận mọi chỗ sửa",
        "chữ ở đầu trang, chân trang không đưa vào bài: “DỰ THẢO LẦN 2”",
    )
