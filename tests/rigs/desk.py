"""A desk with a content folder: what an editor has who works in the browser."""

import html
import re
from dataclasses import replace
from pathlib import Path

from httpx2 import Response

from campaign.posts.workplace import find_workplace
from campaign.record.desk.editor import DESK_PATH
from tests.rigs.editing import EditorsDesk
from tests.rigs.recorder import Desk, Visitor, fill_desk, open_desk

UNITS = ["Văn phòng", "Trung tâm Đổi mới Sáng tạo"]


def open_workplace(folder: Path) -> tuple[Desk, EditorsDesk]:
    """Return a recorder that stands in a content folder, and that folder."""
    terminal = EditorsDesk(folder)
    terminal.sample.campaign["units"] = list(UNITS)
    terminal.sample.configure()
    opened = open_desk(folder)
    desk = Desk(replace(opened.recorder, workplace=find_workplace(folder)), opened.clock, opened.watch)
    return fill_desk(desk), terminal


def fields_of(page: str) -> dict[str, str]:
    """Return what a browser would send back of the form of a draft."""
    form = re.search(r'<form id="soan".*?</form>', page, re.DOTALL)
    assert form
    found: dict[str, str] = {}
    for tag in re.findall(r"<input [^>]*>", form[0]):
        said = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        is_off = said.get("type") in ("checkbox", "radio") and not re.search(r"\schecked\b", tag)
        if said.get("type") != "file" and not is_off:
            found[said["name"]] = html.unescape(said.get("value", ""))
    for name, area in re.findall(r'<textarea [^>]*\bname="([^"]+)"[^>]*>(.*?)</textarea>', form[0], re.DOTALL):
        found[name] = html.unescape(area)
    for name, options in re.findall(r'<select [^>]*\bname="([^"]+)"[^>]*>(.*?)</select>', form[0], re.DOTALL):
        chosen = re.search(r"<option(?: value=\"([^\"]*)\")? selected>([^<]*)", options)
        first = re.search(r"<option(?: value=\"([^\"]*)\")?>([^<]*)", options)
        option = chosen or first
        found[name] = html.unescape((option[1] if option[1] is not None else option[2]) if option else "")
    return found


def begin_draft(visitor: Visitor, title: str = "Phòng máy chủ", **fields: str) -> str:
    """Begin a draft, and return its id."""
    answer = visitor.submit(f"{DESK_PATH}/bai-moi", title=title, **fields)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].rpartition("/")[2]


def type_draft(visitor: Visitor, post: str, act: str = "save", **fields: str) -> Response:
    """Fill in the form of a draft, and press a button."""
    before = fields_of(visitor.get(f"{DESK_PATH}/{post}").text)
    return send_draft(visitor, post, before | {"act": act} | fields)


def send_draft(visitor: Visitor, post: str, fields: dict[str, str]) -> Response:
    """Send the form of a draft as it is."""
    parts = {name: (None, value) for name, value in fields.items()}
    return visitor.http.post(f"{DESK_PATH}/{post}", files=parts, headers={"Origin": visitor.address})


COMPLETE = {
    "summary": "Câu một. Câu hai. Câu ba.",
    "text": "Ai được vào phòng máy chủ.\n\n## Cần làm gì\n\n- Đăng ký trước.\n- Ghi sổ.",
    "confirmation": "Tôi đã đọc bài về phòng máy chủ.",
    "deadline": "05/11/2025",
}
"""What a new draft needs to be without a fault."""
