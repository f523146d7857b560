"""What a form carries: its fields, and in the Office a file. A form is taken only from a page of the recorder itself.

It must come from the same Origin *and* with a token bound to the session: SameSite cookies alone do not keep out
sibling hosts of one domain, and on plain HTTP browsers send no Sec-Fetch headers.
"""

import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from campaign.core.text import to_nfc
from campaign.errors.access import FileMissingError, FormRefusedError, OriginRefusedError, SessionExpiredError
from campaign.record.web.guard import FORM_BYTES, UPLOAD_BYTES, UPLOAD_KIND, kind_of
from campaign.record.web.visitor import browser_of, recorder_of

FORM_FIELDS = 20
FORM_KIND = "application/x-www-form-urlencoded"
FILE_NAME_CHARACTERS = 120


class Form(dict[str, str]):
    """The fields of a form, NFC and stripped; a missing one is empty, of one that is sent twice the last counts."""

    def __init__(self, fields: Iterable[tuple[str, str]] = ()) -> None:
        """Clean the *fields* as they were sent."""
        super().__init__((name, to_nfc(value).replace("\0", "").strip()) for name, value in fields)

    def __missing__(self, _name: str) -> str:
        """Return the value of a field that was not sent."""
        return ""


EMPTY = Form()
"""What was typed into a form that was not sent yet."""


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


async def read_form(request: Request, most_fields: int = FORM_FIELDS) -> Form:
    """Return the fields of a form, which has *most_fields* at most.

    Raises:
        OriginRefusedError: It comes from elsewhere, or does not say from where.
        FormRefusedError: Its type, size or token is wrong; or it broke off.
        BodyTooLargeError: It is larger than a form can be.
    """
    _check_source(request, FORM_KIND)
    try:
        body = (await request.body()).decode()
        form = Form(parse_qsl(body, keep_blank_values=True, max_num_fields=most_fields))
    except (ClientDisconnect, ValueError):
        raise FormRefusedError from None
    _check_token(request, form)
    return form


async def read_upload(request: Request, *, required: bool = True) -> Upload:
    """Return the one file of a form (``enctype="multipart/form-data"``) of the Office.

    The caller has made sure before that the sender may hand in files: a file is far larger than a form.

    Raises:
        OriginRefusedError: It comes from elsewhere, or does not say from where.
        SessionExpiredError: Nobody is signed in.
        FormRefusedError: Its type, fields or token are wrong; or it broke off.
        BodyTooLargeError: It is larger than a file may be.
        FileMissingError: No file was chosen, and one is *required*; else its content is empty.
    """
    form, files = await _read_parts(request, FORM_BYTES)
    if not files and required:
        raise FileMissingError
    name, content = files[0] if files else ("", b"")
    return Upload(form, to_file_name(name), content)


async def read_evidence(request: Request) -> tuple[Form, str]:
    """Return a form of the Office, and the SHA-256 of the file that came with it; empty when none did.

    Raises:
        CampaignError: As :func:`read_form` or :func:`read_upload`.
    """
    if kind_of(request.headers.get("content-type", "")) != UPLOAD_KIND:
        return await read_form(request), ""
    upload = await read_upload(request, required=False)
    return upload.form, sha256(upload.content).hexdigest() if upload.content else ""


async def read_large_form(request: Request, most_fields: int = FORM_FIELDS) -> Upload:
    """Return a form of the Office with *most_fields* at most, one of which is as large as a file, and maybe a file.

    Raises:
        CampaignError: As :func:`read_upload`.
    """
    form, files = await _read_parts(request, UPLOAD_BYTES, most_fields)
    name, content = files[0] if files else ("", b"")
    return Upload(form, to_file_name(name), content)


async def _read_parts(
    request: Request, largest: int, most_fields: int = FORM_FIELDS
) -> tuple[Form, list[tuple[str, bytes]]]:
    _check_source(request, UPLOAD_KIND)
    if browser_of(request).token is None:
        raise SessionExpiredError
    try:
        async with request.form(max_files=1, max_fields=most_fields, max_part_size=largest) as parts:
            form = Form((name, value) for name, value in parts.items() if isinstance(value, str))
            _check_token(request, form)
            files = [value for value in parts.values() if isinstance(value, UploadFile) and value.filename]
            return form, [(file.filename or "", await file.read()) for file in files]
    except (ClientDisconnect, HTTPException):  # how Starlette says that a body is not of its kind
        raise FormRefusedError from None


def _check_source(request: Request, kind: str) -> None:
    """Refuse a form that comes from elsewhere, or in another shape, before it is read."""
    address = recorder_of(request).address
    if request.headers.get("origin") != address:
        raise OriginRefusedError(address)
    if kind_of(request.headers.get("content-type", "")) != kind:
        raise FormRefusedError


def _check_token(request: Request, form: Form) -> None:
    """Refuse a form that was not made for this very browser."""
    if not hmac.compare_digest(form["form_token"].encode(), browser_of(request).form_token.encode()):
        raise FormRefusedError


def to_file_name(name: str) -> str:
    """Return the last part of a name that a browser sent, on one line; some browsers send the whole path."""
    last = re.split(r"[/\\]", to_nfc(name))[-1]
    shown = "".join(sign if sign.isprintable() else " " for sign in last)
    return " ".join(shown.split())[-FILE_NAME_CHARACTERS:].strip(" .") or "tệp"
