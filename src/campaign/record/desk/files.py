"""Pictures and attachments of a draft, handed in by browser."""

import re
from dataclasses import replace

from campaign.core.draft import Draft
from campaign.core.text import to_slug
from campaign.errors.drafts import DraftFileError
from campaign.pictures import clean_picture
from campaign.posts.front_matter import split_front_matter
from campaign.record.web.forms import Upload
from campaign.store.ledger.database import Connection
from campaign.store.posts.drafts import keep_file

PICTURES = {
    "png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "jpg": re.compile(rb"\xff\xd8\xff"),
    "webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
    "gif": re.compile(rb"GIF8[79]a"),
}
ATTACHMENTS = {"pdf": re.compile(rb"%PDF-"), "docx": re.compile(rb"PK\x03\x04"), "xlsx": re.compile(rb"PK\x03\x04")}
MOST_FILES = 40


def take_file(connection: Connection, draft: Draft, upload: Upload) -> Draft:
    """Keep a file with a draft, a picture without place, time and device; return the draft that shows it at its end.

    Raises:
        DraftFileError: A post can neither show nor attach it.
    """
    name, content = to_name(draft, upload), upload.content
    if name.rpartition(".")[2] in PICTURES:
        try:
            picture = clean_picture(content)
        except ValueError:
            raise DraftFileError(upload.name, "là hình hỏng hoặc quá lớn") from None
        name, content = f"{name.rpartition('.')[0]}.{picture.ending}", picture.content
    keep_file(connection, draft.post, name, content)
    front, said = split_front_matter(draft.path, draft.source), upload.form["alt"].replace("[", "(").replace("]", ")")
    sign = "!" if name.rpartition(".")[2] in PICTURES else ""
    link = f"{draft.post}/{name}"
    line = "" if f"({link})" in front.text else f"\n{sign}[{said or upload.name}]({link})\n"
    return replace(draft, source=(front.head + front.text + line).encode())


def to_name(draft: Draft, upload: Upload) -> str:
    """Return the name that a file gets: Latin letters, digits and hyphens.

    Raises:
        DraftFileError: It is of no kind that a post can show or attach, or says to be another, or there are too many.
    """
    stem, _, ending = upload.name.rpartition(".")
    kind = {"jpeg": "jpg"}.get(ending.casefold(), ending.casefold())
    form = (PICTURES | ATTACHMENTS).get(kind)
    reason = ""
    if not upload.content:
        reason = "trống hoặc chưa được chọn"
    elif form is None or not form.match(upload.content):
        reason = "không thuộc loại nhận được, hoặc đuôi tệp khác với nội dung"
    elif len(draft.files) >= MOST_FILES:
        reason = f"chưa nhận được vì bài đã có {MOST_FILES} tệp"
    elif kind in PICTURES and not upload.form["alt"]:
        reason = "chưa có lời mô tả: một câu nói hình gì, cho người không nhìn thấy hình"
    if reason:
        raise DraftFileError(upload.name, reason)
    return f"{to_slug(stem)[:50].strip('-') or 'tep'}.{kind}"
