"""The send package: what the Office uploads to the document system, which no program can reach.

A ZIP with the post as Word and, where it could be made, as PDF; the fields of Decree 30/2020, annex VI, to be copied
into the form there; and the units that receive it.
"""

import io
import json
from zipfile import ZIP_DEFLATED, ZipFile

from campaign.core.clock import format_day
from campaign.core.source_document import UNVERIFIED
from campaign.report.excel import write_xlsx
from campaign.report.lists import Listing
from campaign.report.outcome import Outcome
from campaign.report.sentences import format_document

FIELD_CHARACTERS = {
    "FileNotation": 20,
    "TypeName": 100,
    "CodeNumber": 11,
    "CodeNotation": 30,
    "IssuedDate": 10,
    "OrganName": 200,
    "Subject": 500,
    "Language": 30,
    "PageAmount": 3,
    "Position": 100,
    "FullName": 50,
    "Priority": 1,
    "DueDate": 10,
}
"""The fields and how long they may be; each receiving organisation besides has an ``OrganName`` of 200."""
_GUIDE = """Gói để gửi trên hệ thống QLVB&ĐH.

1. noi-dung.docx, noi-dung.pdf: nội dung bài, để đính kèm. Không có tệp PDF thì mở tệp Word và lưu thành PDF.
2. metadata.json: các trường theo Phụ lục VI Nghị định 30/2020/NĐ-CP, chép vào biểu mẫu của hệ thống.
   CodeNumber, IssuedDate để trống: văn thư cấp số, ngày.
3. noi-nhan.xlsx: các phòng, đơn vị nhận và số người.
4. kem/: các tệp kèm theo bài và toàn văn văn bản, nếu có; tep-kem.txt nêu loại, cỡ và mã SHA-256 của từng tệp.
5. Gửi xong, ghi lại số, ngày ở trang “Đăng và gửi” của bài.
"""


def write_package(outcome: Outcome, document: bytes, pdf: bytes | None) -> bytes:
    """Return the package.

    Args:
        outcome: The figures of the post.
        document: The post as a Word document.
        pdf: The same as PDF, when it could be made.
    """
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("DOC-TRUOC.txt", _GUIDE)
        archive.writestr("noi-dung.docx", document)
        if pdf is not None:
            archive.writestr("noi-dung.pdf", pdf)
        archive.writestr("metadata.json", json.dumps(to_metadata(outcome), ensure_ascii=False, indent=1))
        for shown in outcome.post.attachments:
            if shown.digest in outcome.files:
                archive.writestr(
                    f"kem/{shown.path.removeprefix('bai-dang/').removeprefix('kem/')}", outcome.files[shown.digest]
                )
        archive.writestr("tep-kem.txt", _list_files(outcome))
        recipients = [(unit, figures.concerned) for unit, figures in outcome.by_unit.items()]
        units = Listing("Nơi nhận", {"Phòng, đơn vị": 60, "Số người": 12}, recipients)
        archive.writestr("noi-nhan.xlsx", write_xlsx(units))
    return file.getvalue()


def to_metadata(outcome: Outcome) -> dict[str, object]:
    """Return the fields of annex VI; number and day are for the clerk to give, pages for who prints."""
    department = outcome.department
    signer = department.signer
    fields = dict.fromkeys(FIELD_CHARACTERS, "") | {
        "TypeName": "Công văn",
        "CodeNotation": f"{department.symbol}-{department.office_symbol}",
        "OrganName": department.name,
        "Subject": f"V/v phổ biến {format_document(outcome.post)}",
        "Language": "Tiếng Việt",
        "Position": " ".join(part for part in (signer.authority, signer.position) if part),
        "FullName": signer.name,
        "Priority": "0",
        "DueDate": format_day(outcome.deadline.last_day),
    }
    short = {name: _cut(text, FIELD_CHARACTERS[name]) for name, text in fields.items()}
    return short | {"To": [{"OrganName": _cut(unit, FIELD_CHARACTERS["OrganName"])} for unit in outcome.by_unit]}


def _list_files(outcome: Outcome) -> str:
    source, post = outcome.post.source_document, outcome.post
    files = [f"{shown.format()}, SHA-256 {shown.digest}" for shown in post.attachments]
    full_text = [f"Toàn văn văn bản: {source.url}"] if source and source.url else []
    unverified = [UNVERIFIED] if source and not post.verified else []
    return "\n".join([*(files or ["Bài không có tệp kèm theo."]), *full_text, *unverified, ""])


def _cut(text: str, characters: int) -> str:
    return text if len(text) <= characters else f"{text[: characters - 1]}…"
