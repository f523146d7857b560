"""Pictures: drawn anew, or named as left out."""

import io

import pytest
from PIL import Image

from campaign.word.converter import convert
from tests.rigs.word_documents import docx, p, relationship, tbl, tc

SHOWN = '<w:p><w:r><w:drawing><a:blip r:embed="h"/></w:drawing></w:r></w:p>'


def picture(form: str, size: tuple[int, int] = (4, 3), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, form, **options)
    return out.getvalue()


def with_picture(data: bytes, body: str = SHOWN, name: str = "image1.png") -> bytes:
    return docx(body, links=relationship("h", "image", f"media/{name}"), files={f"word/media/{name}": data})


@pytest.mark.parametrize(("form", "name"), [("PNG", "hinh-1.png"), ("JPEG", "hinh-1.jpg"), ("BMP", "hinh-1.png")])
def test_a_picture_is_drawn_anew_with_words_in_its_place(form: str, name: str) -> None:
    found, pictures = convert(with_picture(picture(form) + b"<script>"))

    assert found.text == f"![Hình 1 trong văn bản gốc]({name})\n"
    assert b"<script>" not in pictures[name]
    assert Image.open(io.BytesIO(pictures[name])).size == (4, 3)


def test_where_a_picture_was_taken_does_not_leave() -> None:
    place = Image.Exif()
    place[0x010E] = "nhà riêng"

    _, pictures = convert(with_picture(picture("JPEG", exif=place)))

    assert not Image.open(io.BytesIO(pictures["hinh-1.jpg"])).getexif()


def test_a_picture_shown_twice_is_one_file_and_a_large_one_is_made_smaller() -> None:
    found, pictures = convert(with_picture(picture("PNG", (4000, 1000)), SHOWN + SHOWN))

    assert found.text.count("hinh-1.png") == 2
    assert Image.open(io.BytesIO(pictures["hinh-1.png"])).size == (1600, 400)


@pytest.mark.parametrize("data", [b"\x01\0\0\0EMF", b"<svg onload='x'/>", picture("PNG")[:40]])
def test_what_cannot_be_drawn_is_left_out_with_its_place(data: bytes) -> None:
    found, pictures = convert(with_picture(data, p("chữ") + SHOWN, "image7.emf"))

    assert found.text == "chữ\n"
    assert not pictures
    assert found.remarks == ("1 hình dạng EMF không vẽ lại được nên không đưa vào bài: sau “chữ”",)
    assert (found.loss.kept, found.loss.shown) == (100, 99.99)


def test_a_picture_in_a_merged_table_stands_below_it() -> None:
    table = tbl([[tc(SHOWN, '<w:gridSpan w:val="2"/>')], ["a", "b"]])

    found, _ = convert(with_picture(picture("PNG"), table))

    assert found.text.endswith("</table>\n\n![Hình 1 trong văn bản gốc](hinh-1.png)\n")


def test_a_picture_on_the_writers_machine_and_an_embedded_file_are_left_out() -> None:
    link = relationship("h", "image", "file:///C:\\Hinh\\a.png", is_external=True)

    found, pictures = convert(docx(p("chữ") + SHOWN + '<w:altChunk r:id="x"/>', links=link))

    assert (found.text, pictures) == ("chữ\n", {})
    assert found.remarks == (
        "1 hình nằm ngoài tệp, ở máy người soạn, không đưa vào bài: sau “chữ”",
        "văn bản nhúng cả một tệp khác, phần ấy không đưa vào bài",
    )
