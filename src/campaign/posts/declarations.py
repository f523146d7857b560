"""What the Office declares in files of the content folder: campaigns, and the department.

The files are read as posts are: the front matter is text with its lines, an unknown key is a fault, and all faults are
told at once. Their text is a page of the site.
"""

import re
from collections.abc import Collection, Mapping
from pathlib import Path

from campaign.core.campaign import Approval, Basis, Campaign, Plan, YearlyReport, in_order
from campaign.core.department import Contact, Department, Signer
from campaign.core.dispatch import Channel
from campaign.core.text import to_nfc
from campaign.errors.base import CampaignError, Faults
from campaign.posts.fields import Fields, Key
from campaign.posts.front_matter import split_front_matter
from campaign.posts.schema import CONTACT_KEYS, DEADLINE_KEYS, read_contact, read_deadline, read_some_units

CAMPAIGNS_FOLDER = "dot-tuyen-truyen"
"""Where campaigns are declared; every Markdown file in it is one, but for the folder's own page."""
DEPARTMENT_FILE = "co-quan.md"

CAMPAIGN_KEYS: Mapping[str, Key] = {
    "id": Key("id: bao-ve-du-lieu", required=True),
    "title": Key("title: Phổ biến Luật Bảo vệ dữ liệu cá nhân", required=True),
    "plan": Key("plan: với các dòng con issuer, number, issued_on, item, subject"),
    "lead_units": Key("lead_units: [Văn phòng, Phòng Chuyển đổi số]", required=True),
    "cooperating_units": Key("cooperating_units: các phòng chuyên môn"),
    "channels": Key("channels: [website, document_system]"),
    "deadline": Key("deadline: với dòng con thụt vào “before: 05/11/2025” hoặc “through: 04/11/2025”"),
    "bases": Key("bases: mỗi mục có text: Căn cứ Luật … và checked_on: 01/10/2025"),
    "yearly_report": Key("yearly_report: với các dòng con name, form, before"),
    "recipients": Key("recipients: [UBND tỉnh (để báo cáo), Lãnh đạo Sở]"),
    "retention_months": Key("retention_months: 12"),
    "approval": Key("approval: one_person (tự đăng) hoặc two_persons (người khác duyệt)"),
    "contact": Key("contact: với các dòng con name, telephone, room, mail"),
    "closed": Key("closed: true (hoặc false)"),
}
PLAN_KEYS: Mapping[str, Key] = {
    "kind": Key("kind: Kế hoạch"),
    "issuer": Key("issuer: Sở Nội vụ tỉnh A"),
    "number": Key("number: 12/KH-SNV"),
    "issued_on": Key("issued_on: 01/10/2025"),
    "item": Key("item: mục II.2"),
    "subject": Key("subject: Trích yếu của kế hoạch"),
}
BASIS_KEYS: Mapping[str, Key] = {
    "text": Key("text: Căn cứ Luật số 91/2025/QH15 ngày 26 tháng 6 năm 2025", required=True),
    "checked_on": Key("checked_on: 01/12/2025"),
}
YEARLY_REPORT_KEYS: Mapping[str, Key] = {
    "name": Key("name: báo cáo công tác cải cách hành chính năm 2025", required=True),
    "form": Key("form: Mẫu 01"),
    "before": Key("before: 15/12/2025"),
}
DEPARTMENT_KEYS: Mapping[str, Key] = {
    "title": Key("title: Liên hệ"),
    "name": Key("name: Sở Nội vụ", required=True),
    "superior": Key("superior: UBND tỉnh A"),
    "place": Key("place: Tên tỉnh, dùng trước ngày tháng của văn bản"),
    "symbol": Key("symbol: SNV (ký hiệu của cơ quan)"),
    "office_symbol": Key("office_symbol: VP (ký hiệu của đơn vị soạn công văn)"),
    "office": Key("office: Văn phòng Sở"),
    "archive": Key("archive: VT, VP"),
    "signer": Key("signer: với các dòng con authority, position, name"),
    "contact": Key("contact: với các dòng con name, telephone, room, mail"),
    "days_off": Key("days_off: [02/01/2026]"),
    "days_worked": Key("days_worked: [10/01/2026]"),
    "heads": Key("heads: mỗi mục có unit: Phòng Chuyển đổi số và mail: a@b.vn"),
}
SIGNER_KEYS: Mapping[str, Key] = {
    "authority": Key("authority: KT. GIÁM ĐỐC"),
    "position": Key("position: PHÓ GIÁM ĐỐC"),
    "name": Key("name: Nguyễn Văn A"),
}
HEAD_KEYS: Mapping[str, Key] = {
    "unit": Key("unit: Phòng Chuyển đổi số", required=True),
    "mail": Key("mail: truong-phong@co-quan.vn", required=True),
}
_ID = re.compile(r"[a-z0-9-]{3,60}")
_MONTHS = re.compile(r"[1-9]\d{0,2}", re.ASCII)
_OUTCOME = "Trang chưa được dựng."
_LONG = 2000


def is_campaign_file(path: str) -> bool:
    """Say whether the file *path* of the content folder declares a campaign."""
    folder, _, name = path.partition("/")
    return folder == CAMPAIGNS_FOLDER and name.endswith(".md") and name != "index.md" and not name.startswith(".")


def read_campaigns(content: Path, units: Collection[str]) -> tuple[Campaign, ...]:
    """Read the campaigns of the content folder: the one with the earliest deadline first.

    Raises:
        Faults: Everything that is wrong with them, at once.
    """
    faults: list[CampaignError] = []
    campaigns = []
    for file in sorted((content / CAMPAIGNS_FOLDER).glob("*.md")):
        path = f"{CAMPAIGNS_FOLDER}/{file.name}"
        if is_campaign_file(path) and not file.is_symlink():
            try:
                campaigns.append(parse_campaign(to_nfc(path), file.read_bytes(), units))
            except Faults as found:
                faults += found.errors
            except CampaignError as found:
                faults.append(found)
    if faults:
        raise Faults(tuple(faults), _OUTCOME)
    return in_order(campaigns)


def parse_campaign(file: str, source: bytes, units: Collection[str]) -> Campaign:
    """Turn the file of a campaign into the campaign.

    Args:
        file: How the file is named to its editor, relative to the content folder.
        source: What it holds.
        units: The names of the units.

    Raises:
        CampaignError: It has faults; when several, all at once.
    """
    faults: list[CampaignError] = []
    fields = Fields(file, split_front_matter(file, source).declared, CAMPAIGN_KEYS, faults)
    name = fields.matching("id", _ID, "chỉ gồm 3 đến 60 chữ thường không dấu, chữ số và dấu “-”")
    if name and name != Path(file).stem:
        fields.refuse("id", f"phải trùng tên tệp ({Path(file).stem})", f"id: {Path(file).stem}")
    plan = fields.inner("plan", PLAN_KEYS)
    yearly = fields.inner("yearly_report", YEARLY_REPORT_KEYS)
    campaign = Campaign(
        id=name,
        title=fields.text("title"),
        plan=_read_plan(plan) if plan else None,
        lead_units=fields.some_of("lead_units", units),
        cooperating_units=read_some_units(fields, "cooperating_units", units),
        channels=tuple(map(Channel, fields.some_of("channels", list(Channel)))) or tuple(Channel),
        deadline=read_deadline(fields, fields.inner("deadline", DEADLINE_KEYS)),
        bases=tuple(
            Basis(each.text("text", _LONG).rstrip(";."), each.day("checked_on"))
            for each in fields.inners("bases", BASIS_KEYS)
        ),
        yearly_report=YearlyReport(yearly.text("name"), yearly.text("form"), yearly.day("before")) if yearly else None,
        recipients=tuple(text.rstrip(";.") for text in fields.texts("recipients")),
        retention_months=int(fields.matching("retention_months", _MONTHS, "phải là số tháng, từ 1 đến 999") or 12),
        approval=Approval(fields.one_of("approval", list(Approval)) or Approval.ONE_PERSON),
        contact=read_contact(fields.inner("contact", CONTACT_KEYS)),
        closed=fields.flag("closed"),
    )
    if faults:
        raise Faults(tuple(faults), _OUTCOME)
    return campaign


def read_department(file: Path) -> Department | None:
    """Read the department's file; nothing when there is none.

    Raises:
        CampaignError: It has faults; when several, all at once.
    """
    return parse_department(file.name, file.read_bytes()) if file.is_file() and not file.is_symlink() else None


def parse_department(file: str, source: bytes) -> Department:
    """Turn the department's file into the department.

    Raises:
        CampaignError: It has faults; when several, all at once.
    """
    faults: list[CampaignError] = []
    fields = Fields(file, split_front_matter(file, source).declared, DEPARTMENT_KEYS, faults)
    lines = ("name", "superior", "place", "symbol", "office_symbol", "office", "archive")
    signer = fields.inner("signer", SIGNER_KEYS)
    said: Mapping[str, str] = {name: text for name in lines if (text := fields.text(name))}
    department = Department(
        **said,
        signer=Signer(*(signer.text(name) for name in SIGNER_KEYS)) if signer else Department().signer,
        contact=read_contact(fields.inner("contact", CONTACT_KEYS)) or Contact(),
        days_off=fields.days("days_off"),
        days_worked=fields.days("days_worked"),
        heads={each.text("unit"): each.text("mail") for each in fields.inners("heads", HEAD_KEYS)},
    )
    if faults:
        raise Faults(tuple(faults), _OUTCOME)
    return department


def _read_plan(fields: Fields) -> Plan:
    return Plan(
        kind=fields.text("kind") or "Kế hoạch",
        issuer=fields.text("issuer"),
        number=fields.text("number"),
        issued_on=fields.day("issued_on"),
        item=fields.text("item"),
        subject=fields.text("subject", _LONG),
    )
