"""Word documents handed in by browser: each is a draft at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx2 import Response

from campaign.core.people.access import Role
from campaign.record.desk.editor import DESK_PATH
from campaign.record.desk.word_uploads import UPLOAD_PATH
from campaign.store.posts.drafts import find_draft
from campaign.word.reading.file_kinds import COMPOUND
from tests.rigs.desk import fields_of, open_workplace
from tests.rigs.recorder import Desk, Visitor
from tests.rigs.word_documents import b, docx, p, r
from tests.word.official.test_letterhead import BODY, ENDS, HEADS, TITLE
from tests.word.reading.test_pictures import SHOWN, picture, with_picture

NOTICE = docx(HEADS["table of two rows"] + TITLE + BODY + p(r("<script>x</script>")) + ENDS["table of one row"])
POST = "thong-bao-05-tb-skhcn"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened, _ = open_workplace(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def visitor(desk: Desk) -> Visitor:
    return desk.staff(Role.UNIT_HEAD)


def hand_in(visitor: Visitor, content: bytes = NOTICE, name: str = "Thông báo số 5.docx") -> Response:
    fields = visitor.hidden(UPLOAD_PATH)
    return visitor.http.post(
        UPLOAD_PATH, data=fields, files={"file": (name, content)}, headers={"Origin": visitor.address}
    )


def test_a_document_becomes_a_draft_with_what_was_found_in_its_fields(desk: Desk) -> None:
    yen = desk.staff(Role.EDITOR)

    page = hand_in(yen)

    fields = fields_of(page.text)
    assert page.status_code == 200
    assert (fields["source_document.number"], fields["source_document.issued_on"]) == ("05/TB-SKHCN", "05/11/2025")
    assert fields["source_document.recipients"] == "Như trên; Các phòng, đơn vị; Lưu: VT, VP"
    assert "số từ của văn bản" in page.text
    assert yen.get(f"{DESK_PATH}/{POST}").status_code == 200
    with desk.database.reading() as connection:
        draft = find_draft(connection, POST)
    assert draft
    assert b"\ndraft:" not in draft.source


def test_what_a_unit_head_hands_in_is_for_the_own_unit(visitor: Visitor) -> None:
    fields = fields_of(hand_in(visitor).text)

    assert fields["unit:Trung tâm Đổi mới Sáng tạo"] == "1"
    assert [name for name in fields if name.startswith("unit:")] == ["unit:Trung tâm Đổi mới Sáng tạo"]


def test_words_of_the_document_run_nothing(visitor: Visitor) -> None:
    page = hand_in(visitor).text

    assert "<script>x" not in page
    assert "script" in fields_of(page)["text"]


def test_the_same_document_handed_in_again_leaves_the_first_draft_as_it_is(visitor: Visitor) -> None:
    hand_in(visitor)

    page = hand_in(visitor).text

    assert f"{DESK_PATH}/{POST}-2" in page


def test_pictures_come_along(visitor: Visitor) -> None:
    page = hand_in(visitor, with_picture(picture("PNG"), b("THÔNG BÁO") + SHOWN)).text

    address = f"{DESK_PATH}/thong-bao-so-5/tep/hinh-1.png"
    assert address in page
    assert visitor.get(address).headers["content-type"] == "image/png"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (NOTICE[:300], "bị hỏng hoặc bị cắt cụt"),
        (docx(p("a"), files={"word/vbaProject.bin": b""}), "chứa macro"),
        (docx(p("Một", r("lạc chỗ "))), "số từ của văn bản"),
        (COMPOUND + bytes(600), "đời cũ"),
    ],
)
def test_what_is_refused_says_why_on_the_same_page(desk: Desk, visitor: Visitor, content: bytes, told: str) -> None:
    before = desk.everything()

    answer = hand_in(visitor, content, "lạ.docx")

    assert answer.status_code == 400
    assert told in answer.text
    assert "lạ.docx" in answer.text
    assert desk.everything() == before
