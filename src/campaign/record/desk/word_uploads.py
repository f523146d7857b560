"""Word documents handed in by browser: the fields found in them are confirmed, then the post is fetched as a ZIP.

Between the two steps the conversion travels in the form itself, so that a recorder keeps nothing and any other can go
on. What comes back is the sender's own text and goes to the sender alone; it is never shown to anyone else.
"""

import asyncio
import base64
import io
import json
import re
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from campaign.core.clock import day_in_viet_nam, format_day, read_day
from campaign.core.text import to_nfc
from campaign.errors.access import DayError, PackageUnreadableError
from campaign.errors.base import CampaignError, Faults
from campaign.posts.content import POSTS_FOLDER
from campaign.posts.front_matter import split_front_matter
from campaign.posts.rendering import to_html
from campaign.posts.schema import read_post
from campaign.record.web.answers import reading, send_file, show_page
from campaign.record.web.forms import Form, Upload, read_large_form, read_upload
from campaign.record.web.guard import UPLOAD_BYTES
from campaign.record.web.visitor import recorder_of
from campaign.store.ledger.database import Connection
from campaign.word import (
    Conversion,
    FoundFields,
    PostFrame,
    convert_file,
    from_json,
    propose_id,
    to_json,
    write_post,
)

UPLOAD_PATH = "/van-phong/nhap-van-ban"
FETCH_PATH = f"{UPLOAD_PATH}/tai-ve"
LARGEST_PACKAGE = UPLOAD_BYTES - 2**20
"""Bytes of the conversion with its pictures, as the form carries them."""
_PREVIEW_CHARACTERS = 20_000
_PICTURE = re.compile(r"!\[([^\]]*)\]\(hinh-\d+\.\w+\)")
_PICTURE_NAME = re.compile(r"hinh-\d{1,4}\.(?:png|jpg)")

_at_once = asyncio.Semaphore(2)
"""Conversions at a time: each takes a whole core."""


@dataclass(frozen=True, slots=True)
class WordUploadPage:
    """Where a Word document is handed in.

    Attributes:
        file: The name of the document that was refused, or "".
    """

    template: ClassVar[str] = "desk/word_upload.html"
    title: ClassVar[str] = "Đưa văn bản Word vào"
    file: str = ""
    fault: CampaignError | None = None


@dataclass(frozen=True, slots=True)
class WordFieldsPage:
    """What was found in a Word document, to be confirmed, with a look at the post.

    Attributes:
        typed: The fields by name, as they stand in the form.
        package: The conversion, which goes back with the form.
        preview: The beginning of the post, rendered and cleaned.
        is_cut: Whether the post is longer than that.
        kept: Percent of the document's words that the post holds.
    """

    template: ClassVar[str] = "desk/word_fields.html"
    title: ClassVar[str] = "Xem lại trước khi tải bài về"
    file: str
    typed: Mapping[str, str]
    package: str
    preview: Markup
    is_cut: bool
    kept: float
    remarks: tuple[str, ...] = ()
    fault: CampaignError | None = None

    @property
    def labels(self) -> Mapping[str, str]:
        """What each field is called."""
        return {
            "kind": "Loại văn bản", "number": "Số, ký hiệu", "issued_on": "Ngày ban hành",
            "superior": "Cơ quan chủ quản", "issuer": "Cơ quan ban hành", "subject": "Trích yếu",
            "signer": "Người ký", "position": "Chức vụ", "recipients": "Nơi nhận", "lead_unit": "Đơn vị chủ trì",
            "id": "Mã bài",
        }  # fmt: skip


@reading
def show_upload(
    _request: Request, _connection: Connection, file: str = "", fault: CampaignError | None = None
) -> WordUploadPage:
    """Show the form that takes a document."""
    return WordUploadPage(file, fault)


async def convert_document(request: Request) -> Response:
    """Convert the document, and show what was found in it."""
    upload = await read_upload(request)
    async with _at_once:
        return await run_in_threadpool(_convert, request, upload)


async def fetch_post(request: Request) -> Response:
    """Return the post with its pictures, with the fields as they were confirmed."""
    return await run_in_threadpool(_pack, request, await read_large_form(request))


def _convert(request: Request, upload: Upload) -> Response:
    with tempfile.TemporaryDirectory() as folder:
        document, parts = Path(folder, "van-ban.docx"), Path(folder, "phan")
        document.write_bytes(upload.content)
        parts.mkdir()
        try:
            found = convert_file(document, parts, uses_libreoffice=False)
        except CampaignError as fault:
            return show_upload(request, upload.name, fault)
        pictures = {picture: (parts / picture).read_bytes() for picture in found.pictures}
    return show_page(request, _to_page(found, pictures, upload.name))


def _to_page(found: Conversion, pictures: Mapping[str, bytes], name: str) -> WordFieldsPage:
    fields = found.fields
    remarks = list(found.remarks)
    package = _seal(found, pictures)
    if len(package) > LARGEST_PACKAGE:
        package = _seal(replace(found, pictures=()), {})
        remarks.append("các hình quá nặng nên không đi kèm; mời gửi hình riêng cho người biên tập")
    return WordFieldsPage(
        file=name,
        typed={
            "id": propose_id(fields, name.rpartition(".")[0]), "lead_unit": "Văn phòng", "kind": fields.kind,
            "number": fields.number, "issued_on": format_day(fields.issued_on) if fields.issued_on else "",
            "superior": fields.superior, "issuer": fields.issuer, "subject": fields.subject, "signer": fields.signer,
            "position": fields.position, "recipients": "; ".join(fields.recipients),
        },
        package=package,
        preview=_preview(found.text),
        is_cut=len(found.text) > _PREVIEW_CHARACTERS,
        kept=found.loss.shown,
        remarks=tuple(remarks),
    )  # fmt: skip


def _preview(text: str) -> Markup:
    """Render the beginning of a post; its pictures are named, for they are nowhere that a browser could fetch."""
    cut = text[:_PREVIEW_CHARACTERS]
    cut = cut if len(text) <= _PREVIEW_CHARACTERS else cut.rpartition("\n\n")[0]
    return Markup(to_html(_PICTURE.sub(r"*\1*", cut), f"{UPLOAD_PATH}/"))  # noqa: S704  (cleaned there)


def _seal(found: Conversion, pictures: Mapping[str, bytes]) -> str:
    facts = {"conversion": to_json(found), "pictures": {k: base64.b85encode(v).decode() for k, v in pictures.items()}}
    return base64.b64encode(zlib.compress(json.dumps(facts).encode(), 6)).decode()


def _open(package: str) -> tuple[Conversion, dict[str, bytes]]:
    """Open what :func:`_seal` closed.

    Raises:
        PackageUnreadableError: It is something else.
    """
    with suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError, zlib.error):
        unpacker = zlib.decompressobj()
        facts = json.loads(unpacker.decompress(base64.b64decode(package, validate=True), 4 * UPLOAD_BYTES))
        found = from_json(facts["conversion"])
        pictures = {name: base64.b85decode(data) for name, data in facts["pictures"].items()}
        if all(_PICTURE_NAME.fullmatch(name) for name in pictures) and found.pictures == tuple(pictures):
            return found, pictures
    raise PackageUnreadableError


def _pack(request: Request, form: Form) -> Response:
    found, pictures = _open(form["package"])
    frame = PostFrame(form["id"], form["lead_unit"], day_in_viet_nam(recorder_of(request).clock()))
    file = f"{POSTS_FOLDER}/{frame.id}.md"
    try:
        source = write_post(found, _read_fields(form), frame)
        read_post(file, split_front_matter(file, source.encode()), [frame.lead_unit])
    except CampaignError as fault:
        page = _to_page(found, pictures, form["file"])
        # Whoever fills in the form cannot edit the file: the remedies of its faults are not for them.
        faults = Faults(getattr(fault, "errors", (fault,)), "Sửa các ô dưới đây rồi tải lại.")
        return show_page(request, replace(page, typed={name: form[name] for name in page.typed}, fault=faults))
    files = {file: source.encode()} | {f"{POSTS_FOLDER}/{frame.id}/{name}": data for name, data in pictures.items()}
    return send_file(_to_zip(files), f"{frame.id}.zip", "application/zip")


def _read_fields(form: Form) -> FoundFields:
    """Read the fields as they were typed; a day that cannot be is left out, and the post says that it has none."""
    day = None
    with suppress(DayError):
        day = read_day(form["issued_on"])
    names = ("kind", "number", "superior", "issuer", "subject", "signer", "position")
    recipients = tuple(part.strip() for part in form["recipients"].split(";") if part.strip())
    return FoundFields(**{name: form[name] for name in names}, issued_on=day, recipients=recipients)


def _to_zip(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(to_nfc(name)), data)
    return out.getvalue()
