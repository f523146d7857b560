"""Word documents handed in by browser: each becomes a draft at once, with the fields that were found in it."""

import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from campaign.core.clock import day_in_viet_nam
from campaign.core.people.access import Role
from campaign.errors.base import CampaignError
from campaign.posts.editing import to_declared, write_file
from campaign.posts.front_matter import split_front_matter
from campaign.record.desk.editor import show_editor
from campaign.record.desk.place import Place, place_of
from campaign.record.desk.starting import new_draft
from campaign.record.web.admission import staff_of
from campaign.record.web.answers import reading
from campaign.record.web.forms import Upload, read_upload
from campaign.record.web.visitor import recorder_of
from campaign.store.credentials.accounts import Account
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.posts.drafts import find_draft, keep_file
from campaign.word import Conversion, PostFrame, convert_file, propose_id, write_post

UPLOAD_PATH = "/van-phong/nhap-van-ban"

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
class Converted:
    """A document, converted, with the content of its pictures by name."""

    name: str
    conversion: Conversion
    pictures: dict[str, bytes]


@reading
def show_upload(
    _request: Request, _connection: Connection, file: str = "", fault: CampaignError | None = None
) -> WordUploadPage:
    """Show the form that takes a document."""
    return WordUploadPage(file, fault)


async def convert_document(request: Request) -> Response:
    """Convert the document into a draft, and show its form with what could not be taken over."""
    upload = await read_upload(request)
    try:
        async with _at_once:
            converted = await run_in_threadpool(_convert, upload)
        post = await recorder_of(request).write(_begin, place_of(request), converted, staff_of(request))
    except CampaignError as fault:
        return await run_in_threadpool(show_upload, request, upload.name, fault)
    found = converted.conversion
    remarks = (f"Bài giữ được {found.loss.shown:.2f}% số từ của văn bản".replace(".", ","), *found.remarks)
    return await run_in_threadpool(show_editor, request, post, None, None, remarks)


def _convert(upload: Upload) -> Converted:
    with tempfile.TemporaryDirectory() as folder:
        document, parts = Path(folder, "van-ban.docx"), Path(folder, "phan")
        document.write_bytes(upload.content)
        parts.mkdir()
        found = convert_file(document, parts, uses_libreoffice=False)
        return Converted(upload.name, found, {name: (parts / name).read_bytes() for name in found.pictures})


def _begin(ledger: OpenLedger, place: Place, converted: Converted, account: Account) -> str:
    found, connection = converted.conversion, ledger.connection
    post = propose_id(found.fields, converted.name.rpartition(".")[0])
    number = 1
    while find_draft(connection, post) or place.find_published(post) or place.read_source(post):
        number += 1  # Handed in again: the draft that there is stays as it is.
        post = f"{post.removesuffix(f'-{number - 1}')[:56]}-{number}"
    is_head = account.role is Role.UNIT_HEAD
    lead = (account.unit if is_head else next(iter(place.units), "")) or ""
    frame = PostFrame(post, lead, day_in_viet_nam(place.recorder.clock()))
    front = split_front_matter(post, write_post(found, found.fields, frame).encode())
    declared = {key: value for key, value in to_declared(front).items() if key != "draft"}
    if place.campaigns and not is_head:  # The campaign says who leads.
        declared.pop("lead_unit")
    declared |= {"audience": {"units": [lead]}} if is_head else {}
    new_draft(place, account, post, write_file(declared, front.text), connection)
    for name, content in converted.pictures.items():
        keep_file(connection, post, name, content)
    return post
