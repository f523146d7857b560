"""The editor of a draft: fields, checks beside them, two who write at once, and the preview."""

import html
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx2 import Response
from PIL import Image

from campaign.core.people.access import Role
from campaign.record.desk.editor import DESK_PATH
from campaign.store.posts.drafts import require_draft
from tests.rigs.desk import COMPLETE, begin_draft, fields_of, open_workplace, send_draft, type_draft
from tests.rigs.recorder import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened, _ = open_workplace(tmp_path)
    yield opened
    opened.close()


def words(page: str) -> str:
    return " ".join(html.unescape(page).split())


def test_a_new_draft_says_beside_each_field_what_it_lacks(desk: Desk) -> None:
    yen = desk.staff(Role.EDITOR)
    post = begin_draft(yen)

    page = words(yen.get(f"{DESK_PATH}/{post}").text)

    assert post == "phong-may-chu"
    assert "thiếu ô “Tóm tắt”" in page.split('data-findings="summary"')[1].split("</div>")[0]


def test_what_was_typed_is_kept_and_shown_again(desk: Desk) -> None:
    yen = desk.staff(Role.EDITOR)
    post = begin_draft(yen)

    answer = type_draft(yen, post, **COMPLETE)

    page = yen.get(answer.headers["location"]).text
    assert {name: fields_of(page)[name] for name in COMPLETE} == COMPLETE
    assert "Không còn chỗ nào phải sửa." in page
    assert "hạn cuối 24 giờ 00 ngày 04/11/2025" in page


def test_the_second_to_save_is_shown_both_texts_and_nothing_is_lost(desk: Desk) -> None:
    yen, chi = desk.staff(Role.EDITOR), desk.office()
    post = begin_draft(yen)
    mine = fields_of(chi.get(f"{DESK_PATH}/{post}").text)
    type_draft(yen, post, text="Bản của Yến.")

    answer = send_draft(chi, post, mine | {"act": "save", "text": "Bản của Chi."})
    page = answer.text

    assert (answer.status_code, "E-DRAFT-CHANGED" in page or "tài khoản yen" in page) == (409, True)
    assert "Bản của Yến." in page
    assert fields_of(page)["text"] == "Bản của Chi."
    assert send_draft(chi, post, fields_of(page) | {"act": "save"}).status_code == 303


def test_the_preview_is_the_real_page_and_runs_nothing(desk: Desk) -> None:
    yen = desk.staff(Role.EDITOR)
    post = begin_draft(yen)
    type_draft(yen, post, **(COMPLETE | {"text": "Xin <script>alert(1)</script> chào **anh**."}))

    answer = yen.get(f"{DESK_PATH}/{post}/xem")

    assert "sandbox" in answer.headers["content-security-policy"]
    assert re.search("<link [^>]*campaign.css[^>]*>.*</head>", answer.text, re.DOTALL)
    assert "<strong>anh</strong>" in answer.text
    assert "alert(1)" not in answer.text.replace("&lt;script&gt;alert(1)", "")
    assert "Hạn cuối" in answer.text


def test_a_unit_head_proposes_for_the_own_unit_and_sees_no_other_draft(desk: Desk) -> None:
    dung, yen = desk.staff(Role.UNIT_HEAD), desk.staff(Role.EDITOR)
    mine, other = begin_draft(dung, "Tập huấn"), begin_draft(yen)

    type_draft(dung, mine, **COMPLETE, **{"audience": "all", "lead:Văn phòng": "1", "unit:Văn phòng": "1"})

    assert [dung.get(f"{DESK_PATH}/{other}{rest}").status_code for rest in ("", "/xem", "/duyet", "/lich-su")] == [
        404
    ] * 4
    assert other not in dung.get(DESK_PATH).text
    with desk.database.reading() as connection:
        source = require_draft(connection, mine).source.decode()
    assert "audience:\n  units:\n  - Trung tâm Đổi mới Sáng tạo" in source
    assert "lead_unit: Trung tâm Đổi mới Sáng tạo" in source


def test_a_picture_loses_what_it_says_of_itself_and_needs_words(desk: Desk) -> None:
    yen = desk.staff(Role.EDITOR)
    post = begin_draft(yen)
    photo = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Máy của Tuấn"
    Image.new("RGB", (40, 30), "red").save(photo, "JPEG", exif=exif)
    fields = fields_of(yen.get(f"{DESK_PATH}/{post}").text) | {"act": "file"}

    def hand_in(name: str, content: bytes, alt: str = "") -> Response:
        parts = {key: (None, value) for key, value in (fields | {"alt": alt}).items()} | {"file": (name, content)}
        return yen.http.post(f"{DESK_PATH}/{post}", files=parts, headers={"Origin": yen.address})

    assert hand_in("ảnh 1.jpg", photo.getvalue()).status_code == 400
    assert hand_in("tệp.png", b"<svg onload=alert(1)>", "Hình").status_code == 400
    assert hand_in("ảnh 1.jpg", photo.getvalue(), "Tường đỏ").status_code == 303
    text = fields_of(yen.get(f"{DESK_PATH}/{post}").text)["text"]
    assert f"![Tường đỏ]({post}/anh-1.jpg)" in text
    assert "Máy của".encode() not in yen.get(f"{DESK_PATH}/{post}/tep/anh-1.jpg").content


def test_words_that_look_like_marks_of_html_are_told_with_their_line(desk: Desk) -> None:
    yen = desk.staff(Role.EDITOR)
    post = begin_draft(yen)

    answer = type_draft(yen, post, "auto", text="Một dòng.\n\n[vào](file://may/a.pdf)")

    found = answer.json()["findings"]["text"]
    assert [(finding["line"], finding["is_fault"]) for finding in found if "file://" in finding["problem"]] == [
        (3, True)
    ]


def test_both_who_write_at_once_are_told_of_each_other(desk: Desk) -> None:
    yen, chi = desk.staff(Role.EDITOR), desk.office()
    post = begin_draft(yen)

    type_draft(yen, post, "auto")

    assert type_draft(chi, post, "auto").json()["others"] == ["Vì Thị Yến"]
    assert "Cũng đang mở bài này: <strong>" in yen.get(f"{DESK_PATH}/{post}").text


def test_a_file_changed_outside_is_told_and_either_text_can_be_kept(tmp_path: Path) -> None:
    desk, folder = open_workplace(tmp_path)
    file = folder.write("Bản cũ.\n", name="bai-cu", id="bai-cu", lead_unit="Văn phòng")
    yen = desk.staff(Role.EDITOR)
    yen.submit(f"{DESK_PATH}/bai-moi/phien-ban", DESK_PATH, post="bai-cu")
    file.write_text(file.read_text().replace("Bản cũ.", "Bản sửa bằng trình soạn thảo."))

    told = yen.get(f"{DESK_PATH}/bai-cu")
    type_draft(yen, "bai-cu", "theirs")
    after = yen.get(f"{DESK_PATH}/bai-cu")

    assert ("Lấy bản trong thư mục" in told.text, "Lấy bản trong thư mục" in after.text) == (True, False)
    assert "Bản sửa bằng trình soạn thảo." in fields_of(after.text)["text"]
    desk.close()


def test_a_front_matter_that_says_the_same_stays_as_it_was_written(tmp_path: Path) -> None:
    desk, folder = open_workplace(tmp_path)
    folder.write("Chữ.\n", name="bai-cu", id="bai-cu", lead_unit="Văn phòng # chủ trì")
    yen = desk.staff(Role.EDITOR)
    yen.submit(f"{DESK_PATH}/bai-moi/phien-ban", DESK_PATH, post="bai-cu")

    type_draft(yen, "bai-cu", text="Chữ khác.")

    with desk.database.reading() as connection:
        assert b"# ch\xe1\xbb\xa7 tr\xc3\xac" in require_draft(connection, "bai-cu").source
    desk.close()
