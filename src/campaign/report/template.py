"""The Office's own Word template: read strictly when it is handed in, and filled in a sandbox.

A template may show fields, go through lists of them and ask whether one is empty; it calls nothing and has no filters.
Whatever people wrote is escaped, so that it stays text in the document.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml.etree import XMLSyntaxError

from campaign.core.dispatch import Channel
from campaign.core.figures.coverage import Coverage, State
from campaign.core.text import drop_unprintable, format_number, format_percent, group_digits
from campaign.errors.report import TemplateFileError
from campaign.report.chart import draw_chart
from campaign.report.outcome import Outcome
from campaign.report.sentences import (
    format_channels,
    format_closing,
    format_document,
    format_document_shortly,
    format_figures,
    format_missing_channels,
    format_moment,
    format_order,
    format_yearly,
)

FIELDS = {
    "superior": "Cơ quan chủ quản",
    "department": "Tên cơ quan",
    "place": "Địa danh",
    "symbol": "Ký hiệu cơ quan",
    "year": "Năm lập",
    "document": "Văn bản được phổ biến, đủ số, ngày, cơ quan",
    "document_short": "Văn bản được phổ biến, gọi ngắn",
    "order": "Đoạn: ai chủ trì, hạn cuối",
    "website": "Đoạn: đăng trên Trang thông tin điện tử",
    "document_system": "Đoạn: gửi trên hệ thống QLVB&ĐH",
    "figures": "Đoạn: số liệu chung",
    "closing": "Đoạn: số liệu chốt khi hết hạn; có thể trống",
    "yearly": "Đoạn lồng ghép",
    "total": "Số liệu chung: total.due, total.on_time …",
    "units": "Danh sách đơn vị, mỗi đơn vị có number, name và các số liệu",
    "outstanding": "Người chưa xác nhận, mỗi người có number, staff_code, name, unit, note",
    "late": "Người quá hạn, note là lúc xác nhận",
    "exempt": "Người được miễn, note là lý do",
    "chart": "Biểu đồ",
    "size": "Số dòng ghi của mốc kiểm chứng",
    "root": "Gốc của sổ",
    "public_key": "Khoá công khai",
}
"""What a template may name, with what it is."""
_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml|docProps/core\.xml")
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Const,
    nodes.For,
    nodes.If,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Compare,
    nodes.Operand,
)
"""No calls and no filters: nothing that could run long, or reach out of the fields."""
_LOOPS_AT_MOST = 2
"""How deep loops may be nested."""


def check_template(content: bytes) -> None:
    """Refuse a template that could not be filled, or that asks for more than fields; the archive was judged before.

    Raises:
        TemplateFileError: What is wrong, all of it.
    """
    faults = list(dict.fromkeys(_find_faults(content)))
    if faults:
        raise TemplateFileError(faults)


def fill_template(content: bytes, outcome: Outcome) -> bytes:
    """Return the document that the template becomes.

    Raises:
        TemplateFileError: It names a field of a list that there is not.
    """
    check_template(content)
    template = DocxTemplate(io.BytesIO(content))
    try:
        template.render(_to_context(outcome, template), _environment(), autoescape=True)
    except TemplateError as error:
        raise TemplateFileError([str(error)]) from None
    file = io.BytesIO()
    template.save(file)
    return file.getvalue()


def read_template(file: Path) -> bytes:
    """Return the template that is in use.

    Raises:
        TemplateFileError: It does not exist.
    """
    try:
        return file.read_bytes()
    except OSError:
        raise TemplateFileError([f"chưa có mẫu nào ở {file}"]) from None


def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def _find_faults(content: bytes) -> Iterator[str]:
    template, environment = DocxTemplate(io.BytesIO(content)), _environment()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in filter(_PARTS.fullmatch, archive.namelist()):
            try:
                source = template.patch_xml(archive.read(name).decode())
                yield from _judge(environment.parse(source), frozenset(FIELDS), 0)
            except TemplateSyntaxError as error:
                yield f"dấu {{{{ }}}} hoặc {{% %}} chưa đúng: {error.message}"
            except (UnicodeDecodeError, XMLSyntaxError):
                yield f"không đọc được phần {name}"


def _judge(node: nodes.Node, known: frozenset[str], loops: int) -> Iterator[str]:
    """Find what a template must not hold; *known* are the names that mean something at this place."""
    if not isinstance(node, _ALLOWED):
        yield f"không dùng được “{type(node).__name__}” trong mẫu; chỉ hiện trường, for và if"
    elif isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in known:
        yield f"không có trường “{node.name}”; các trường: {', '.join(FIELDS)}"
    elif isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        yield f"không dùng được “{node.attr}” trong mẫu"
    elif isinstance(node, nodes.For):
        if loops == _LOOPS_AT_MOST:
            yield f"quá {_LOOPS_AT_MOST} vòng for lồng nhau"
        known |= {"loop", node.target.name} if isinstance(node.target, nodes.Name) else {"loop"}
        loops += 1
    for child in node.iter_child_nodes():
        yield from _judge(child, known, loops)


def _to_context(outcome: Outcome, template: DocxTemplate) -> Mapping[str, object]:
    department, checkpoint = outcome.department, outcome.checkpoint
    channels = {
        channel.value: format_channels(outcome, channel) or format_missing_channels(outcome, channel)[0]
        for channel in Channel
    }
    people = {state.value: list(_people(outcome, state)) for state in (State.OUTSTANDING, State.LATE, State.EXEMPT)}
    units = enumerate(outcome.by_unit.items(), 1)
    texts = {
        "superior": department.superior,
        "department": department.name,
        "place": department.place,
        "symbol": department.symbol,
        "year": str(outcome.made_on.year),
        "document": format_document(outcome.post),
        "document_short": format_document_shortly(outcome.post),
        "order": format_order(outcome),
        "figures": format_figures(outcome),
        "closing": format_closing(outcome),
        "yearly": format_yearly(outcome),
        "size": format_number(checkpoint.size),
        "root": group_digits(checkpoint.root.hex()),
        "public_key": str(outcome.verifier),
    }
    return {
        **{name: drop_unprintable(text) for name, text in (texts | channels).items()},
        **people,
        "total": _figures(outcome.total),
        "units": [{"number": str(number), "name": name} | _figures(figures) for number, (name, figures) in units],
        "chart": InlineImage(template, io.BytesIO(draw_chart(outcome.curve)), width=Mm(150)),
    }


def _figures(figures: Coverage) -> dict[str, str]:
    names = ("opening", "joined", "left", "concerned", "exempt", "due", "on_time", "late", "outstanding")
    shares = {name: format_percent(getattr(figures, name)) for name in ("share_on_time", "share_confirmed")}
    return {name: format_number(getattr(figures, name)) for name in names} | shares


def _people(outcome: Outcome, state: State) -> Iterator[dict[str, object]]:
    for number, person in enumerate(outcome.those(state), 1):
        note = person.reason or format_moment(person)
        texts = {"staff_code": person.staff_code, "name": person.name, "unit": person.unit, "note": note}
        yield {"number": number} | {name: drop_unprintable(text) for name, text in texts.items()}
