"""The form of a post: what its front matter declares, as fields in Vietnamese, and back again."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from yaml.nodes import MappingNode

from campaign.core.people.roster import Category
from campaign.errors.base import CampaignError, Faults, Place
from campaign.errors.posts import FrontMatterError, PostKeyMissingError
from campaign.posts.editing import Declared
from campaign.posts.front_matter import FrontMatter, place_of
from campaign.publish.check.remarks import Remark
from campaign.record.web.forms import Form

LABELS: Mapping[str, str] = {
    "title": "Tên bài",
    "summary": "Tóm tắt",
    "text": "Nội dung",
    "source_document.kind": "Loại văn bản",
    "source_document.number": "Số, ký hiệu",
    "source_document.issued_on": "Ngày ban hành",
    "source_document.superior": "Cơ quan chủ quản",
    "source_document.issuer": "Cơ quan ban hành",
    "source_document.subject": "Trích yếu",
    "source_document.signer": "Người ký",
    "source_document.position": "Chức vụ",
    "source_document.recipients": "Nơi nhận",
    "confirmation": "Câu xác nhận",
    "deadline": "Thời hạn",
    "audience": "Dành cho ai",
    "roster": "Cách tính người",
    "campaign": "Đợt tuyên truyền",
    "lead_unit": "Đơn vị chủ trì",
    "cooperating_units": "Đơn vị phối hợp",
    "publish_at": "Đăng từ ngày",
    "expires": "Thôi hiện từ ngày",
    "tags": "Nhãn để tìm",
    "verified": "Đã đối chiếu với toàn văn văn bản nguồn",
    "revision.change": "Loại thay đổi",
    "revision.note": "Đã đổi gì",
}
"""What each field is called; its name is that of its key, with the key above it."""

_SIMPLE = ("title", "summary", "confirmation", "campaign", "publish_at", "expires")
_SOURCE = ("kind", "number", "issued_on", "superior", "issuer", "subject", "signer", "position")
_ELSEWHERE = {"revision": "revision.note", "lead_units": "lead_unit"}
"""The field beside which a key is told that has none of its name."""
_DAY = re.compile(r"^(\d{4})-(\d{2})-(\d{2})(?= |$)")
_KEY = re.compile(r"khoá “([\w.]+)”")
_EXAMPLE = re.compile(r"(ví dụ: )[a-z_]+: ")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is to be fixed or looked at again, beside the field that it is about.

    Attributes:
        where: Line and column of the text; "" for a field.
        is_fault: Whether it must be fixed.
    """

    problem: str
    advice: str
    where: str = ""
    line: int = 0
    is_fault: bool = True


def to_form(declared: Declared, text: str) -> Form:
    """Return the values of the fields, by name; a box that is ticked is "1"."""
    source, audience = _inner(declared, "source_document"), declared.get("audience")
    deadline, revision = _inner(declared, "deadline"), _inner(declared, "revision")
    chosen = audience if isinstance(audience, Mapping) else {}
    values = {name: _line(declared.get(name)) for name in _SIMPLE}
    values |= {f"source_document.{name}": _line(source.get(name)) for name in _SOURCE}
    values["source_document.recipients"] = "; ".join(_items(source.get("recipients")))
    values["deadline.kind"] = "through" if "through" in deadline else "before"
    values["deadline"] = _line(deadline.get("through", deadline.get("before")))
    values["audience"] = "some" if chosen else "all"
    values |= {f"unit:{name}": "1" for name in _items(chosen.get("units"))}
    values |= {f"category:{name}": "1" for name in _items(chosen.get("categories"))}
    leads = [_line(declared.get("lead_unit")), *_items(declared.get("lead_units"))]
    values |= {f"lead:{name}": "1" for name in leads}
    values |= {f"cooperating:{name}": "1" for name in _items(declared.get("cooperating_units"))}
    values["cooperating_units"] = _line(declared.get("cooperating_units"))
    values["roster"] = _line(declared.get("roster"))
    values["tags"] = ", ".join(_items(declared.get("tags")))
    values["verified"] = "1" if declared.get("verified") == "true" else ""
    values["revision.change"], values["revision.note"] = _line(revision.get("change")), _line(revision.get("note"))
    return Form((values | {"text": text}).items())


def from_form(form: Form, before: Declared, units: Sequence[str]) -> dict[str, object]:
    """Return what the form declares; what it has no field for stays as it was *before*."""
    said: dict[str, object] = {**before} | {name: form[name] for name in _SIMPLE}
    said.pop("draft", None)
    source = {**_inner(before, "source_document")} | {name: form[f"source_document.{name}"] for name in _SOURCE}
    said["source_document"] = source | {"recipients": _split(form["source_document.recipients"], ";")}
    kind = "through" if form["deadline.kind"] == "through" else "before"
    said["deadline"] = {kind: form["deadline"]}
    chosen_units = [unit for unit in units if form[f"unit:{unit}"]]
    categories = [category.value for category in Category if form[f"category:{category.value}"]]
    some = {"units": chosen_units, "categories": categories}
    said["audience"] = some if form["audience"] == "some" and (chosen_units or categories) else "all"
    leads = [unit for unit in units if form[f"lead:{unit}"]]
    said["lead_unit"], said["lead_units"] = (leads[0], []) if len(leads) == 1 else ("", leads)
    cooperating = [unit for unit in units if form[f"cooperating:{unit}"]]
    said["cooperating_units"] = form["cooperating_units"] or cooperating
    said["roster"] = form["roster"] if form["confirmation"] else ""
    said["tags"] = _split(form["tags"], ",")
    said["verified"] = "true" if form["verified"] else "false"
    number = _line(_inner(before, "revision").get("number")) or "1"
    said["revision"] = {"number": number}
    if number != "1":
        said["revision"] = {"number": number, "change": form["revision.change"], "note": form["revision.note"]}
    return said


def place_findings(
    found: Iterable[CampaignError | Remark], front: FrontMatter | None
) -> dict[str, tuple[Finding, ...]]:
    """Return what was found, by the field that it is about; "" for what is about none."""
    placed: dict[str, tuple[Finding, ...]] = {}
    keys = list(_keys(front.declared)) if front else []
    for item in found:
        name, finding = _place(item, front, keys)
        placed[name] = (*placed.get(name, ()), finding)
    return placed


def _place(item: CampaignError | Remark, front: FrontMatter | None, keys: list[tuple[int, str]]) -> tuple[str, Finding]:
    place: Place | None = getattr(item, "place", None)
    file = place.file if place else getattr(item, "file", "")
    advice = item.advice if isinstance(item, Remark) else item.remedy
    problem = item.problem.removeprefix(f"{place}: ").removeprefix(f"{file}: ")
    words = _KEY.sub(lambda key: f"ô “{LABELS.get(_field_of(key[1]), key[1])}”", problem)
    is_fault = isinstance(item, CampaignError)
    if place and front and place.line >= front.text_line:
        line = place.line - front.text_line + 1
        return "text", Finding(words, advice, f"Dòng {line}, cột {place.column}: ", line, is_fault)
    finding = Finding(words, _EXAMPLE.sub(r"\1", advice), is_fault=is_fault)
    if isinstance(item, PostKeyMissingError):
        return _field_of(item.key), finding
    if place is None or isinstance(item, FrontMatterError | Faults):
        return "", finding
    return _field_of(next((name for line, name in reversed(keys) if line <= place.line), "")), finding


def _keys(node: MappingNode, above: str = "") -> Iterable[tuple[int, str]]:
    """Yield the line and the full name of each key, in their order."""
    for key, value in node.value:
        yield place_of("", key).line, above + key.value
        if isinstance(value, MappingNode):
            yield from _keys(value, f"{above}{key.value}.")


def _field_of(key: str) -> str:
    """Return the field of a key, or of the key above it; "" when the form has none."""
    top = key.partition(".")[0]
    return next((name for name in (key, top, _ELSEWHERE.get(top, "")) if name in LABELS), "")


def _inner(declared: Declared, name: str) -> Mapping[str, object]:
    found = declared.get(name)
    return found if isinstance(found, Mapping) else {}


def _line(value: object) -> str:
    """Return a text; a day that begins with its year as people write it."""
    return _DAY.sub(r"\3/\2/\1", value) if isinstance(value, str) else ""


def _items(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _split(typed: str, mark: str) -> list[str]:
    return [part.strip() for part in typed.split(mark) if part.strip()]
