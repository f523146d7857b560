"""Word documents handed in by browser."""

import base64
import html
import io
import re
import zipfile
import zlib

import pytest
from httpx2 import Response

from campaign.core.people.access import Role
from campaign.posts.front_matter import split_front_matter
from campaign.posts.schema import read_post
from campaign.record.desk.word_uploads import FETCH_PATH, UPLOAD_PATH
from campaign.word.reading.file_kinds import COMPOUND
from tests.rigs.recorder import Desk, Visitor
from tests.rigs.word_documents import b, docx, p, r
from tests.word.official.test_letterhead import BODY, ENDS, HEADS, TITLE
from tests.word.reading.test_pictures import SHOWN, picture, with_picture

NOTICE = docx(HEADS["table of two rows"] + TITLE + BODY + p(r("<script>x</script>")) + ENDS["table of one row"])
FILE = "bai-dang/thong-bao-05-tb-skhcn.md"


@pytest.fixture
def visitor(desk: Desk) -> Visitor:
    return desk.staff(Role.UNIT_HEAD)


def hand_in(visitor: Visitor, content: bytes = NOTICE, name: str = "Thông báo số 5.docx") -> Response:
    fields = visitor.hidden(UPLOAD_PATH)
    return visitor.http.post(
        UPLOAD_PATH, data=fields, files={"file": (name, content)}, headers={"Origin": visitor.address}
    )


def fields_of(page: str) -> dict[str, str]:
    """Return what a browser would send back: hidden fields, fields and areas of text."""
    inputs = re.findall(r'<input [^>]*name="([^"]+)"[^>]*?value="([^"]*)"', page)
    areas = re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    return {name: html.unescape(value) for name, value in inputs + areas}


def fetch(visitor: Visitor, fields: dict[str, str]) -> Response:
    """Post a form of parts, none of which is a file."""
    parts = {name: (None, value) for name, value in fields.items()}
    return visitor.http.post(FETCH_PATH, files=parts, headers={"Origin": visitor.address})


def test_a_document_becomes_a_form_and_the_form_a_post(visitor: Visitor) -> None:
    page = hand_in(visitor)
    fields = fields_of(page.text)

    answer = fetch(visitor, fields | {"signer": "Lò Văn Sửa"})

    assert page.status_code == 200
    assert (fields["number"], fields["issued_on"]) == ("05/TB-SKHCN", "05/11/2025")
    assert answer.headers["content-disposition"] == 'attachment; filename="thong-bao-05-tb-skhcn.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        source = archive.read(FILE)
    post = read_post("a.md", split_front_matter("a.md", source), ["Văn phòng"])
    assert post.source_document is not None
    assert post.source_document.signer == "Lò Văn Sửa"
    assert post.source_document.recipients == ("Như trên", "Các phòng, đơn vị", "Lưu: VT, VP")


def test_the_preview_shows_the_text_and_runs_nothing(visitor: Visitor) -> None:
    page = hand_in(visitor).text

    assert "<strong>SỞ KHOA HỌC VÀ CÔNG NGHỆ</strong>" in page
    assert "<script>" not in page


def test_pictures_come_along(visitor: Visitor) -> None:
    fields = fields_of(hand_in(visitor, with_picture(picture("PNG"), b("THÔNG BÁO") + SHOWN)).text)

    with zipfile.ZipFile(io.BytesIO(fetch(visitor, fields).content)) as archive:
        assert archive.namelist() == ["bai-dang/thong-bao-so-5.md", "bai-dang/thong-bao-so-5/hinh-1.png"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (NOTICE[:300], "bị hỏng hoặc bị cắt cụt"),
        (docx(p("a"), files={"word/vbaProject.bin": b""}), "chứa macro"),
        (docx(p("Một", r("lạc chỗ "))), "số từ của văn bản"),
        (COMPOUND + bytes(600), "đời cũ"),
    ],
)
def test_what_is_refused_says_why_on_the_same_page(visitor: Visitor, content: bytes, told: str) -> None:
    answer = hand_in(visitor, content, "lạ.docx")

    assert answer.status_code == 400
    assert told in answer.text
    assert "lạ.docx" in answer.text


def test_a_wrong_id_is_asked_for_again_with_everything_kept(visitor: Visitor) -> None:
    fields = fields_of(hand_in(visitor).text) | {"id": "Mã Sai", "signer": "Giữ Lại"}

    answer = fetch(visitor, fields)

    assert answer.status_code == 400
    assert "khoá “id”" in html.unescape(answer.text)
    assert fields_of(answer.text)["signer"] == "Giữ Lại"


DEEP = base64.b64encode(zlib.compress(b"[" * 1_000_000)).decode()


@pytest.mark.parametrize("package", ["", "x", "eJwDAAAAAAE=", "bm90IHppcHBlZA==", DEEP])
def test_a_package_that_is_none_of_ours_is_refused_in_words(visitor: Visitor, package: str) -> None:
    answer = fetch(visitor, fields_of(hand_in(visitor).text) | {"package": package})

    assert (answer.status_code, "E-PACKAGE" in answer.text) == (400, True)


def test_a_long_document_is_shown_in_part(visitor: Visitor) -> None:
    answer = hand_in(visitor, docx(p("Một đoạn văn dài. " * 20) * 90 + p("câu cuối cùng")))

    assert "(phần đầu)" in answer.text
    assert "câu cuối cùng" not in answer.text


def test_handing_in_writes_nothing(desk: Desk, visitor: Visitor) -> None:
    before = desk.everything()

    fetch(visitor, fields_of(hand_in(visitor).text))

    assert desk.everything() == before
