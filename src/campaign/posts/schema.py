"""What an editor may declare about a post, and how it becomes a :class:`~campaign.core.post.Post`.

The tables of keys below are the whole schema: what is not there is refused. All faults of a post are gathered and told
at once, each with its line and an example of how to write it.
"""

import posixpath
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from campaign.core.campaign import Campaign
from campaign.core.clock import VIET_NAM
from campaign.core.deadline import Deadline
from campaign.core.department import Contact
from campaign.core.people.roster import Category
from campaign.core.post import Audience, Change, Post, Revision, RosterRule
from campaign.core.source_document import (
    LONGEST_SOURCE_SUBJECT,
    LONGEST_SOURCE_TEXT,
    UNKNOWN,
    UNTITLED,
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
    "attachments": Key("attachments: [kem/phu-luc.pdf]"),
    "confirmation": Key("confirmation: Tôi đã đọc nội dung bài này."),
    "deadline": Key("deadline: với dòng con thụt vào “before: 05/11/2025” hoặc “through: 04/11/2025”"),
    "audience": Key("audience: all (hoặc các dòng con units: [Văn phòng], categories: [civil_servant])", required=True),
    "roster": Key("roster: following (theo danh sách hiện tại) hoặc fixed (chốt danh sách khi đăng bài)"),
    "campaign": Key("campaign: thong-bao-485 (mã của đợt tuyên truyền)"),
    "lead_unit": Key("lead_unit: Văn phòng"),
    "lead_units": Key("lead_units: [Văn phòng, Phòng Chuyển đổi số]"),
    "cooperating_units": Key("cooperating_units: [Phòng Chuyển đổi số] (hoặc lời của kế hoạch: các phòng chuyên môn)"),
    "revision": Key("revision: với dòng con thụt vào “number: 1”", required=True),
    "publish_at": Key("publish_at: 27/10/2025 08:00", required=True),
    "expires": Key("expires: 31/12/2026"),
    "draft": Key("draft: true (hoặc false)"),
    "tags": Key("tags: [an toàn, kỹ năng]"),
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
    "file": Key("file: kem/thong-bao-485.pdf (toàn văn, cạnh bài)"),
    "url": Key("url: https://… (nơi có toàn văn)"),
}
DEADLINE_KEYS: Mapping[str, Key] = {"before": Key("before: 05/11/2025"), "through": Key("through: 04/11/2025")}
CONTACT_KEYS: Mapping[str, Key] = {
    "name": Key("name: Văn phòng Sở"),
    "telephone": Key("telephone: 0212 3 000 000"),
    "room": Key("room: 101"),
    "mail": Key("mail: van-phong@co-quan.vn"),
}
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
_ADDRESS = re.compile(r"https?://[^\s/]+\S*")
_REVISION_NUMBER = re.compile(r"[1-9][0-9]{0,3}")
_NO_TIME = datetime(2000, 1, 1, tzinfo=VIET_NAM)
"""Stands for a time that could not be read; the post is never built then."""


def read_post(file: str, front_matter: FrontMatter, units: Collection[str], campaigns: Sequence[Campaign] = ()) -> Post:
    """Turn what an editor declared into a post; what it leaves out it has from its campaign.

    Args:
        file: How the file is named to its editor.
        front_matter: The file, taken apart.
        units: The names of the units.
        campaigns: To which it may belong; the only open one unless it says.

    Raises:
        Faults: Everything that is wrong, at once.
    """
    faults: list[CampaignError] = []
    fields = Fields(file, front_matter.declared, POST_KEYS, faults)
    campaign = _find_campaign(fields, campaigns)
    inherits = campaign is not None and "confirmation" in fields.nodes and "deadline" not in fields.nodes
    inherited = campaign.deadline if campaign and inherits else None
    if inherited is None:
        fields.require_together("confirmation", "deadline")
    if "roster" in fields.nodes and not {"deadline", "confirmation"} & fields.nodes.keys():
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
    source = _read_source_document(file, source_document, is_draft=is_draft)
    attached = [_resolve(file, fields, "attachments", name) for name in fields.texts("attachments")]
    post = Post(
        id=fields.matching("id", _ID, "chỉ gồm 3 đến 60 chữ thường không dấu, chữ số và dấu “-”"),
        title=title,
        summary=fields.text("summary", 600),
        text=front_matter.text,
        audience=_read_audience(fields, units),
        lead_units=_read_leads(fields, units, campaign),
        publish_at=publish_at,
        revision=_read_revision(fields.inner("revision", REVISION_KEYS)),
        source_document=source,
        cooperating_units=_read_cooperating(fields, units, campaign),
        sentence=fields.text("confirmation", 400) or None,
        deadline=inherited or read_deadline(fields, fields.inner("deadline", DEADLINE_KEYS)),
        roster=RosterRule(fields.one_of("roster", list(RosterRule)) or RosterRule.FOLLOWING),
        expires=expires,
        draft=is_draft,
        tags=fields.texts("tags"),
        verified=fields.flag("verified"),
        campaign=campaign.id if campaign else None,
        files=tuple(dict.fromkeys([*([source.file] if source and source.file else []), *attached])),
    )
    if faults:
        raise Faults(tuple(faults), "Trang chưa được dựng.")
    return post


def _find_campaign(fields: Fields, campaigns: Sequence[Campaign]) -> Campaign | None:
    """Return the campaign that a post names, or the only open one, or the only one."""
    if "campaign" in fields.nodes:
        name = fields.one_of("campaign", [campaign.id for campaign in campaigns])
        return next((campaign for campaign in campaigns if campaign.id == name), None)
    open_ones = [campaign for campaign in campaigns if not campaign.closed]
    found = open_ones if len(campaigns) > 1 else campaigns
    if len(found) != 1 and campaigns:
        fields.require("campaign")
    return found[0] if len(found) == 1 else None


def _read_leads(fields: Fields, units: Collection[str], campaign: Campaign | None) -> tuple[str, ...]:
    if "lead_unit" in fields.nodes:
        if "lead_units" in fields.nodes:
            fields.refuse("lead_unit", "chỉ ghi một trong hai khoá lead_unit, lead_units")
        return (fields.one_of("lead_unit", units),)
    if "lead_units" not in fields.nodes and not (campaign and campaign.lead_units):
        fields.require("lead_unit")
    return fields.some_of("lead_units", units) or (campaign.lead_units if campaign else ())


def _read_cooperating(fields: Fields, units: Collection[str], campaign: Campaign | None) -> tuple[str, ...]:
    """Read who cooperates; a post that names who leads takes nothing of the campaign, for it may be a lead there."""
    own = {"lead_unit", "lead_units", "cooperating_units"} & fields.nodes.keys()
    return read_some_units(fields, "cooperating_units", units) if own or not campaign else campaign.cooperating_units


def read_some_units(fields: Fields, name: str, units: Collection[str]) -> tuple[str, ...]:
    """Read a list of units, or the words in which a plan names them; empty when it is not there."""
    if fields.is_text(name):
        return (fields.text(name),)
    return fields.some_of(name, units)


def read_contact(inner: Fields | None) -> Contact | None:
    """Read whom to turn to; nothing when it is not said."""
    return Contact(**{name: inner.text(name) for name in CONTACT_KEYS}) if inner else None


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


def read_deadline(fields: Fields, inner: Fields | None) -> Deadline | None:
    """Read the deadline of a post or a campaign; nothing when it has none."""
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


def _resolve(file: str, fields: Fields, key: str, name: str) -> str:
    """Return the file of the content folder that a post names as seen from its own file."""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(file), name))
    if path.startswith(("../", "/")):
        fields.refuse(key, f"nêu tệp “{name}” ở ngoài thư mục nội dung")
    return path


def _read_source_document(file: str, inner: Fields | None, *, is_draft: bool) -> SourceDocument | None:
    if inner is None:
        return None
    issuer, subject = inner.text("issuer", LONGEST_SOURCE_TEXT), inner.text("subject", LONGEST_SOURCE_SUBJECT)
    for name, text in (("issuer", issuer), ("subject", subject)):
        if text == UNKNOWN and not is_draft:
            inner.refuse(name, f"còn ghi “{UNKNOWN}”")
    full_text = inner.text("file", LONGEST_SOURCE_TEXT)
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
        file=_resolve(file, inner, "file", full_text) if full_text else None,
        url=inner.matching("url", _ADDRESS, "phải là một địa chỉ https://…") or None,
    )
