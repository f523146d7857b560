"""The Office's forms of a campaign and of the department: what they write are the files of the content folder.

The checks are those of the files. Saving publishes: the site is built with the file, and the recorder takes the new
state into the ledger; when the build refuses, the file is as it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from campaign.core.campaign import Approval
from campaign.core.dispatch import Channel
from campaign.errors.access import PageNotFoundError
from campaign.errors.base import CampaignError
from campaign.errors.drafts import NoWorkplaceError
from campaign.posts.declarations import (
    CAMPAIGNS_FOLDER,
    DEPARTMENT_FILE,
    is_campaign_file,
    parse_campaign,
    parse_department,
)
from campaign.posts.editing import to_declared, write_file
from campaign.posts.front_matter import split_front_matter
from campaign.record.desk.place import publisher_of
from campaign.record.web.admission import staff_of
from campaign.record.web.answers import reading
from campaign.record.web.forms import Form, read_form
from campaign.record.web.guard import OFFICE_PATH
from campaign.record.web.visitor import recorder_of
from campaign.store.ledger.database import Connection

CAMPAIGN_PATH = f"{OFFICE_PATH}/dot/{{campaign}}"
DEPARTMENT_PATH = f"{OFFICE_PATH}/co-quan"
NEW = "moi"
"""What the address of a campaign has that is not there yet."""
_FIELDS_AT_MOST = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A field of the form.

    Attributes:
        name: The key in the file, with the one above it: ``plan.number``.
        parts: The keys of an item of a list of mappings, which has a line of its own, parted by “|”.
        choices: What can be chosen, by value.
    """

    name: str
    label: str
    hint: str = ""
    rows: int = 1
    parts: tuple[str, ...] = ()
    choices: Mapping[str, str] | None = None
    many: bool = False


_A_LINE_EACH = "Mỗi dòng một mục."
_CONTACT = (
    Line("contact.name", "Nơi liên hệ"),
    Line("contact.telephone", "Điện thoại"),
    Line("contact.room", "Phòng"),
    Line("contact.mail", "Thư điện tử"),
)
_TEXT = Line("text", "Lời trên trang", "Hiện dưới các mục trên.", rows=5)
CAMPAIGN_LINES = (
    Line("id", "Mã đợt", "Chữ thường không dấu, số, dấu “-”; là tên tệp và địa chỉ trang, không đổi được nữa."),
    Line("title", "Tên đợt"),
    Line("plan.kind", "Loại văn bản giao việc", "Để trống là Kế hoạch."),
    Line("plan.issuer", "Cơ quan ban hành kế hoạch"),
    Line("plan.number", "Số, ký hiệu kế hoạch", "Chưa có thì để trống, văn bản in “…”."),
    Line("plan.issued_on", "Ngày ban hành kế hoạch"),
    Line("plan.item", "Mục của kế hoạch"),
    Line("plan.subject", "Trích yếu của kế hoạch", rows=2),
    Line("lead_units", "Đơn vị chủ trì", _A_LINE_EACH, rows=3, many=True),
    Line("cooperating_units", "Phối hợp", "Mỗi dòng một đơn vị, hoặc một dòng đúng lời kế hoạch.", rows=3, many=True),
    Line("channels", "Kênh phải đăng, gửi", choices={each.value: each.label for each in Channel}, many=True),
    Line("deadline.before", "Thời hạn: trước ngày", "Chỉ ghi một trong hai ô thời hạn."),
    Line("deadline.through", "Hoặc: đến hết ngày"),
    Line("bases", "Căn cứ", "Mỗi dòng một căn cứ; sau dấu | là ngày kiểm tra hiệu lực.", 5, ("text", "checked_on")),
    Line("yearly_report.name", "Lồng ghép vào báo cáo"),
    Line("yearly_report.form", "Mẫu báo cáo"),
    Line("yearly_report.before", "Báo cáo ấy nộp trước ngày"),
    Line("recipients", "Nơi nhận báo cáo", _A_LINE_EACH, rows=4, many=True),
    Line("retention_months", "Giữ dữ liệu cá nhân bao nhiêu tháng sau hạn cuối", "Để trống là 12."),
    Line("approval", "Ai được đăng bài", choices={each.value: each.label for each in Approval}),
    *_CONTACT,
    Line("closed", "Đợt", choices={"": "đang thực hiện", "true": "đã kết thúc"}),
    _TEXT,
)
DEPARTMENT_LINES = (
    Line("title", "Tên trang"),
    Line("name", "Tên cơ quan"),
    Line("superior", "Cơ quan chủ quản"),
    Line("place", "Địa danh trên văn bản"),
    Line("symbol", "Ký hiệu cơ quan"),
    Line("office_symbol", "Ký hiệu đơn vị soạn công văn"),
    Line("office", "Nơi nhận báo cáo, liên hệ"),
    Line("archive", "Lưu"),
    Line("signer.authority", "Quyền hạn ký", "Ví dụ KT. GIÁM ĐỐC; để trống nếu người đứng đầu tự ký."),
    Line("signer.position", "Chức vụ người ký"),
    Line("signer.name", "Họ tên người ký"),
    *_CONTACT,
    Line("days_off", "Ngày nghỉ hoán đổi", _A_LINE_EACH, rows=2, many=True),
    Line("days_worked", "Ngày làm bù", _A_LINE_EACH, rows=2, many=True),
    Line("heads", "Thư của người đứng đầu", "Mỗi dòng một đơn vị; sau dấu | là thư điện tử.", 4, ("unit", "mail")),
    _TEXT,
)


@dataclass(frozen=True, slots=True)
class DeclarationPage:
    """The form of a campaign, or of the department.

    Attributes:
        lines: Its fields.
        typed: What is in them; of a list, a line each.
        is_here: Whether the content folder is on this machine.
    """

    template: ClassVar[str] = "desk/declaration.html"
    title: ClassVar[str] = "Khai báo"
    lines: tuple[Line, ...]
    typed: Form
    is_here: bool = True
    fault: CampaignError | None = None

    @property
    def of(self) -> str:
        """What is declared."""
        return "cơ quan" if self.lines is DEPARTMENT_LINES else "đợt tuyên truyền"


@reading
def show_declaration(
    request: Request, _connection: Connection, typed: Form | None = None, fault: CampaignError | None = None
) -> DeclarationPage:
    """Show the form, with what the file says or what was typed."""
    path, workplace = _path_of(request), recorder_of(request).workplace
    lines = DEPARTMENT_LINES if path == DEPARTMENT_FILE else CAMPAIGN_LINES
    source = workplace.read(path) if path and workplace else None
    if typed is None:
        typed = to_typed(lines, path, source) if source else Form()
    return DeclarationPage(lines, typed, is_here=workplace is not None, fault=fault)


async def save_declaration(request: Request) -> Response:
    """Check what was typed, write the file and publish; what is wrong is told beside what was typed."""
    form = await read_form(request, _FIELDS_AT_MOST)
    try:
        await run_in_threadpool(_save, request, form)
    except PageNotFoundError:
        raise
    except CampaignError as fault:
        return await run_in_threadpool(show_declaration, request, form, fault)
    return RedirectResponse(OFFICE_PATH, 303)


def _save(request: Request, form: Form) -> None:
    workplace, path = recorder_of(request).workplace, _path_of(request)
    if workplace is None:
        raise NoWorkplaceError
    path = path or f"{CAMPAIGNS_FOLDER}/{form['id'] or NEW}.md"
    is_department = path == DEPARTMENT_FILE
    lines = DEPARTMENT_LINES if is_department else CAMPAIGN_LINES
    before = workplace.read(path)
    front = split_front_matter(path, before) if before else None
    source = write_file(to_values(lines, form, workplace.units), form["text"], front).encode()
    if is_department:
        parse_department(path, source)
    else:
        parse_campaign(path, source, workplace.units)
    publisher = publisher_of(recorder_of(request), workplace)
    publisher.publish_files({path: source}, staff_of(request).full_name)


def _path_of(request: Request) -> str:
    """Return the file that an address is about; "" for a campaign that is not there yet."""
    campaign = request.path_params.get("campaign")
    if campaign is None or campaign == NEW:
        return DEPARTMENT_FILE if campaign is None else ""
    path = f"{CAMPAIGNS_FOLDER}/{campaign}.md"
    workplace = recorder_of(request).workplace
    if not is_campaign_file(path) or (workplace and workplace.read(path) is None):
        raise PageNotFoundError
    return path


def to_typed(lines: tuple[Line, ...], path: str, source: bytes) -> Form:
    """Return what a file says as its form shows it."""
    front = split_front_matter(path, source)
    declared = to_declared(front)
    typed = {"text": front.text.strip()}
    for line in lines[:-1]:
        value: Any = declared
        for key in line.name.split("."):
            value = value.get(key, "") if isinstance(value, dict) else ""
        if isinstance(value, list):
            items = (" | ".join(item.values()) if isinstance(item, dict) else item for item in value)
            value = "\n".join(items)
        typed[line.name] = str(value)
    return Form(typed.items())


def to_values(lines: tuple[Line, ...], form: Form, units: tuple[str, ...]) -> dict[str, Any]:
    """Return what a form says as the file declares it."""
    declared: dict[str, Any] = {}
    for line in lines[:-1]:
        typed = form[line.name]
        items = [item.strip() for item in typed.splitlines() if item.strip()]
        value: Any = typed
        if line.parts:
            value = [dict(zip(line.parts, map(str.strip, item.split("|", 1)), strict=False)) for item in items]
        elif line.many and line.choices:
            value = [name for name in line.choices if form[f"{line.name}.{name}"] or name in items]
        elif line.many:
            is_wording = line.name == "cooperating_units" and len(items) == 1 and items[0] not in units
            value = items[0] if is_wording else items
        outer, _, inner = line.name.partition(".")
        if inner:
            declared.setdefault(outer, {})[inner] = value
        else:
            declared[outer] = value
    return declared
