"""The editor of a draft: fields, checks beside them, two who write at once, and the preview."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from campaign.core.people.access import Role
from campaign.record.desk.editor import DESK_PATH
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
