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
from dataclasses import replace
from pathlib import Path

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from campaign.core.clock import day_in_viet_nam, format_day, read_day
from campaign.core.text import to_nfc
from campaign.errors.access import DayError, FormRefusedError
from campaign.errors.base import CampaignError
from campaign.posts.content import POSTS_FOLDER
from campaign.posts.front_matter import split_front_matter
from campaign.posts.rendering import to_html
from campaign.posts.schema import read_post
from campaign.record.office.office_pages import WordFieldsPage, WordUploadPage
from campaign.record.web.answers import browser_from, recorder_of, show
from campaign.record.web.guard import UPLOAD_BYTES, Form, field
from campaign.record.web.uploads import read_large_form, read_upload
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


def show_upload(request: Request) -> Response:
    """Show the form that takes a document."""
    with recorder_of(request).database.reading() as connection:
        return show(request, connection, WordUploadPage())


async def take_document(request: Request) -> Response:
    """Convert the document, and show what was found in it."""
    upload = await read_upload(request, browser_from(request), recorder_of(request).address)
    async with _at_once:
        return await run_in_threadpool(_convert, request, upload.name, upload.content)


async def fetch_post(request: Request) -> Response:
    """Return the post with its pictures, with the fields as they were confirmed."""
    form = await read_large_form(request, browser_from(request), recorder_of(request).address)
    return await run_in_threadpool(_pack, request, form)


def _convert(request: Request, name: str, content: bytes) -> Response:
    with recorder_of(request).database.reading() as connection, tempfile.TemporaryDirectory() as folder:
        document = Path(folder, "van-ban.docx")
        document.write_bytes(content)
        parts = Path(folder, "phan")
        parts.mkdir()
        try:
            found = convert_file(document, parts, uses_libreoffice=False)
        except CampaignError as error:
            return show(request, connection, WordUploadPage(name, error.problem, error.remedy), 400)
        pictures = {picture: (parts / picture).read_bytes() for picture in found.pictures}
        page = _to_page(found, pictures, name)
        return show(request, connection, page)


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
        kept=found.loss.kept,
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
        FormRefusedError: It is something else.
    """
    with suppress(ValueError, KeyError, TypeError, AttributeError, zlib.error):
        unpacker = zlib.decompressobj()
        facts = json.loads(unpacker.decompress(base64.b64decode(package, validate=True), 4 * UPLOAD_BYTES))
        found = from_json(facts["conversion"])
        pictures = {name: base64.b85decode(data) for name, data in facts["pictures"].items()}
        if all(_PICTURE_NAME.fullmatch(name) for name in pictures) and found.pictures == tuple(pictures):
            return found, pictures
    raise FormRefusedError


def _pack(request: Request, form: Form) -> Response:
    recorder = recorder_of(request)
    found, pictures = _open(form.get("package", ""))
    frame = PostFrame(field(form, "id"), field(form, "lead_unit"), day_in_viet_nam(recorder.clock()))
    try:
        source = write_post(found, _read_fields(form), frame)
        file = f"{POSTS_FOLDER}/{frame.id}.md"
        read_post(file, split_front_matter(file, source.encode()), [frame.lead_unit])
    except CampaignError as error:
        with recorder.database.reading() as connection:
            page = _to_page(found, pictures, field(form, "file"))
            wrong = "; ".join(one.problem for one in getattr(error, "errors", (error,)))
            typed = {name: field(form, name) for name in page.typed}
            page = replace(page, typed=typed, problem=wrong, remedy="Sửa các ô dưới đây rồi tải lại.")
            return show(request, connection, page, 400)
    files = {file: source.encode()} | {f"{POSTS_FOLDER}/{frame.id}/{name}": data for name, data in pictures.items()}
    headers = {"Content-Disposition": f'attachment; filename="{frame.id}.zip"', "Cache-Control": "no-store"}
    return Response(_to_zip(files), media_type="application/zip", headers=headers)


def _read_fields(form: Form) -> FoundFields:
    """Read the fields as they were typed; a day that cannot be is left out, and the post says that it has none."""
    day = None
    with suppress(DayError):
        day = read_day(field(form, "issued_on"))
    names = ("kind", "number", "superior", "issuer", "subject", "signer", "position")
    recipients = tuple(part.strip() for part in field(form, "recipients").split(";") if part.strip())
    return FoundFields(**{name: field(form, name) for name in names}, issued_on=day, recipients=recipients)


def _to_zip(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(to_nfc(name)), data)
    return out.getvalue()
