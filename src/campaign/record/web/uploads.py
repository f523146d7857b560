"""Files that come with a form of the Office: as guarded as any form, and larger."""

import re
from dataclasses import dataclass, field

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from campaign.core.text import to_nfc
from campaign.errors.access import FileMissingError, FormRefusedError, SessionExpiredError
from campaign.record.web.guard import (
    FORM_BYTES,
    FORM_FIELDS,
    UPLOAD_BYTES,
    UPLOAD_KIND,
    Browser,
    Form,
    check_source,
    check_token,
)

FILE_NAME_CHARACTERS = 120


@dataclass(frozen=True, slots=True)
class Upload:
    """A form with one file.

    Attributes:
        form: The other fields.
        name: The file's own name, as a person may see it: one line, without folders. Never a place to write to.
        content: The whole file; at most ``guard.UPLOAD_BYTES``.
    """

    form: Form
    name: str
    content: bytes = field(repr=False)


async def read_upload(request: Request, browser: Browser, address: str, *, required: bool = True) -> Upload:
    """Return the one file of a form (``enctype="multipart/form-data"``) of the Office that comes from a page of ours.

    Whoever calls this has made sure before that the sender may hand in files: it takes far more than a form.

    Raises:
        OriginRefusedError: It comes from elsewhere, or does not say from where.
        SessionExpiredError: Nobody is signed in.
        FormRefusedError: It is no form of ours: by its type, fields or token; or it broke off.
        BodyTooLargeError: It is larger than a file may be.
        FileMissingError: No file was chosen, and one is *required*; else its content is empty.
    """
    form, files = await _read_parts(request, browser, address, FORM_BYTES)
    if not files and required:
        raise FileMissingError
    name, content = files[0] if files else ("", b"")
    return Upload(form, to_file_name(name), content)


async def read_large_form(request: Request, browser: Browser, address: str) -> Form:
    """Return the fields of a form of the Office one of whose fields is as large as a file.

    Raises:
        CampaignError: As :func:`read_upload`.
    """
    form, _ = await _read_parts(request, browser, address, UPLOAD_BYTES)
    return form


async def _read_parts(
    request: Request, browser: Browser, address: str, largest: int
) -> tuple[Form, list[tuple[str, bytes]]]:
    check_source(request, UPLOAD_KIND, address)
    if browser.token is None:
        raise SessionExpiredError
    try:
        async with request.form(max_files=1, max_fields=FORM_FIELDS, max_part_size=largest) as parts:
            form = {name: value for name, value in parts.items() if isinstance(value, str)}
            check_token(form, browser)
            files = [value for value in parts.values() if isinstance(value, UploadFile) and value.filename]
            return form, [(file.filename or "", await file.read()) for file in files]
    except (ClientDisconnect, HTTPException):  # Starlette's word for a body that is none of its kind
        raise FormRefusedError from None


def to_file_name(name: str) -> str:
    """Return the last part of a name that a browser sent, on one line; some browsers send the whole path."""
    last = re.split(r"[/\\]", to_nfc(name))[-1]
    shown = "".join(sign if sign.isprintable() else " " for sign in last)
    return " ".join(shown.split())[-FILE_NAME_CHARACTERS:].strip(" .") or "tệp"
