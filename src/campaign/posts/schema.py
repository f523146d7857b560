"""What an editor may declare about a post, and how it becomes a :class:`~campaign.core.post.Post`.

The tables of keys below are the whole schema: what is not there is refused. All faults of a post are gathered and told
at once, each with its line and an example of how to write it.
"""

import re
from collections.abc import Collection, Mapping
from datetime import datetime

from campaign.core.clock import VIET_NAM
from campaign.core.deadline import Deadline
from campaign.core.people.roster import Category
from campaign.core.post import (
    LONGEST_SOURCE_SUBJECT,
    LONGEST_SOURCE_TEXT,
    UNKNOWN,
    UNTITLED,
    Audience,
    Change,
    Post,
    Revision,
    RosterRule,
    SourceDocument,
)
from campaign.errors.base import CampaignError, Faults
from campaign.posts.fields import Fields, Key
from campaign.posts.front_matter import FrontMatter

POST_KEYS: Mapping[str, Key] = {
    "id": Key("id: thong-bao-485", required=True),
    "title": Key("title: Phổ biến Thông báo số 485/TB-VPCP", required=True),
    "summary": Key("summary: Ba câu nói bài này về việc gì, ai cần đọc, cần làm gì.", required=True),
    "source_document": Key("source_document: gồm hai dòng con thụt vào, issuer: … và subject: …"),
    "confirmation": Key("confirmation: Tôi đã đọc nội dung bài này."),
    "deadline": Key("deadline: với dòng con thụt vào “before: 05/11/2025” hoặc “through: 04/11/2025”"),
    "audience": Key("audience: all (hoặc các dòng con units: [Văn phòng], categories: [civil_servant])", required=True),
    "roster": Key("roster: following (theo danh sách hiện tại) hoặc fixed (chốt danh sách khi đăng bài)"),
    "lead_unit": Key("lead_unit: Văn phòng", required=True),
    "cooperating_units": Key("cooperating_units: [Phòng Chuyển đổi số]"),
    "revision": Key("revision: với dòng con thụt vào “number: 1”", required=True),
    "publish_at": Key("publish_at: 27/10/2025 08:00", required=True),
    "expires": Key("expires: 31/12/2026"),
    "draft": Key("draft: true (hoặc false)"),
    "tags": Key("tags: [phòng cháy, kỹ năng]"),
    "verified": Key("verified: false (hoặc true khi đã đối chiếu với toàn văn)", required=True),
}
SOURCE_DOCUMENT_KEYS: Mapping[str, Key] = {
    "number": Key("number: 485/TB-VPCP"),
    "issuer": Key("issuer: Văn phòng Chính phủ", required=True),
    "issued_on": Key("issued_on: 15/09/2025"),
    "subject": Key("subject: Trích yếu của văn bản", required=True),
    "kind": Key("kind: Thông báo"),
    "superior": Key("superior: Uỷ ban nhân dân tỉnh Sơn La (cơ quan chủ quản)"),
    "signer": Key("signer: Nguyễn Văn A"),
    "position": Key("position: KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC"),
    "recipients": Key("recipients: [Như trên, Lưu VT]"),
}
DEADLINE_KEYS: Mapping[str, Key] = {"before": Key("before: 05/11/2025"), "through": Key("through: 04/11/2025")}
AUDIENCE_KEYS: Mapping[str, Key] = {
    "units": Key("units: [Văn phòng, Phòng Chuyển đổi số]"),
    "categories": Key("categories: [civil_servant, public_employee, worker]"),
}
REVISION_KEYS: Mapping[str, Key] = {
    "number": Key("number: 2", required=True),
    "change": Key("change: correction (đính chính, giữ xác nhận cũ) hoặc replacement (thay thế, mời xác nhận lại)"),
    "note": Key("note: Sửa ngày họp ở mục 2."),
}

_ID = re.compile(r"[a-z0-9-]{3,60}")
_REVISION_NUMBER = re.compile(r"[1-9][0-9]{0,3}")
_NO_TIME = datetime(2000, 1, 1, tzinfo=VIET_NAM)
"""Stands for a time that could not be read; the post is never built then."""


def read_post(file: str, front_matter: FrontMatter, units: Collection[str]) -> Post:
    """Turn what an editor declared into a post.

    Args:
        file: How the file is named to its editor.
        front_matter: The file, taken apart.
        units: The names of the units of the campaign.

    Raises:
        Faults: Everything that is wrong, at once.
    """
    faults: list[CampaignError] = []
    fields = Fields(file, front_matter.declared, POST_KEYS, faults)
    fields.require_together("confirmation", "deadline")
    if "roster" in fields.nodes and "deadline" not in fields.nodes:
        fields.refuse("roster", "chỉ dùng khi bài mời xác nhận (có confirmation và deadline)")
    publish_at = fields.instant("publish_at") or _NO_TIME
    expires = fields.instant("expires")
    if expires and expires <= publish_at:
        fields.refuse("expires", "phải sau publish_at")
    is_draft = fields.flag("draft")
    source_document = fields.inner("source_document", SOURCE_DOCUMENT_KEYS)
    title = fields.text("title")
    if title == UNTITLED and not is_draft:
        fields.refuse("title", f"còn ghi “{UNTITLED}”")
    post = Post(
        id=fields.matching("id", _ID, "chỉ gồm 3 đến 60 chữ thường không dấu, chữ số và dấu “-”"),
        title=title,
        summary=fields.text("summary", 600),
        text=front_matter.text,
        audience=_read_audience(fields, units),
        lead_unit=fields.one_of("lead_unit", units),
        publish_at=publish_at,
        revision=_read_revision(fields.inner("revision", REVISION_KEYS)),
        source_document=_read_source_document(source_document, is_draft=is_draft),
        cooperating_units=fields.some_of("cooperating_units", units),
        sentence=fields.text("confirmation", 400) or None,
        deadline=_read_deadline(fields, fields.inner("deadline", DEADLINE_KEYS)),
        roster=RosterRule(fields.one_of("roster", list(RosterRule)) or RosterRule.FOLLOWING),
        expires=expires,
        draft=is_draft,
        tags=fields.texts("tags"),
        verified=fields.flag("verified"),
    )
    if faults:
        raise Faults(tuple(faults), "Trang chưa được dựng.")
    return post


def _read_audience(fields: Fields, units: Collection[str]) -> Audience:
    if fields.is_text("audience"):
        if fields.text("audience") not in ("all", ""):
            fields.refuse("audience", "phải là all, hoặc gồm các khoá con units, categories")
        return Audience()
    inner = fields.inner("audience", AUDIENCE_KEYS)
    if inner is None:
        return Audience()
    found = Audience(
        inner.some_of("units", units), tuple(Category(name) for name in inner.some_of("categories", list(Category)))
    )
    if not inner.nodes:
        fields.refuse("audience", "chưa nêu đơn vị hay loại nào; để mọi người cùng đọc, ghi all")
    return found


def _read_deadline(fields: Fields, inner: Fields | None) -> Deadline | None:
    if inner is None:
        return None
    if len(inner.nodes.keys() & DEADLINE_KEYS.keys()) != 1:
        fields.refuse("deadline", "phải có đúng một trong hai khoá con before (trước ngày), through (đến hết ngày)")
    before, through = inner.day("before"), inner.day("through")
    if before:
        return Deadline.before_day(before)
    return Deadline.through_day(through) if through else None


def _read_revision(inner: Fields | None) -> Revision:
    if inner is None:
        return Revision()
    number = int(inner.matching("number", _REVISION_NUMBER, "phải là số 1, 2, 3…") or 1)
    if number == 1:
        for key in ("change", "note"):
            if key in inner.nodes:
                inner.refuse(key, "chỉ dùng từ phiên bản 2 trở đi")
        return Revision()
    inner.require("change", "note")
    change = inner.one_of("change", [Change.CORRECTION, Change.REPLACEMENT])
    return Revision(number, Change(change or Change.CORRECTION), inner.text("note", 600))


def _read_source_document(inner: Fields | None, *, is_draft: bool) -> SourceDocument | None:
    if inner is None:
        return None
    issuer, subject = inner.text("issuer", LONGEST_SOURCE_TEXT), inner.text("subject", LONGEST_SOURCE_SUBJECT)
    for name, text in (("issuer", issuer), ("subject", subject)):
        if text == UNKNOWN and not is_draft:
            inner.refuse(name, f"còn ghi “{UNKNOWN}”")
    return SourceDocument(
        issuer=issuer,
        subject=subject,
        number=inner.text("number", LONGEST_SOURCE_TEXT) or None,
        issued_on=inner.day("issued_on"),
        kind=inner.text("kind", LONGEST_SOURCE_TEXT) or None,
        superior=inner.text("superior", LONGEST_SOURCE_TEXT) or None,
        signer=inner.text("signer", LONGEST_SOURCE_TEXT) or None,
        position=inner.text("position", LONGEST_SOURCE_TEXT) or None,
        recipients=inner.texts("recipients", LONGEST_SOURCE_TEXT),
    )
