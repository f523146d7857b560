"""What a file is that is taken for a Word document, told by how it begins and not by its name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
"""How an old ``.doc`` begins, and a ``.docx`` that asks for a password."""

ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD, _SHEET, _SLIDES = (name.encode("utf-16-le") for name in ("WordDocument", "Workbook", "PowerPoint Document"))
_SECTOR, _WORD_HEAD = 512, b"\xec\xa5"
_FLAGS, _IS_ENCRYPTED = 10, 0x01
"""[MS-DOC] 2.5.2: where the flags of an old document are; of their second byte, the bit that says it is encrypted."""

_LONGEST_LOCK = 200
_SAVE = "Mở bằng Word rồi chọn Lưu thành (Save as) .docx và nhập lại."


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that is no ``.docx``.

    Attributes:
        ending: How its name would end.
        what: What it is, in words for the editor.
        advice: What to do with it.
        is_convertible: Whether LibreOffice turns it into a ``.docx``.
    """

    ending: str
    what: str
    advice: str = _SAVE
    is_convertible: bool = False


DOC = FileKind("doc", "văn bản Word đời cũ (.doc)", is_convertible=True)
PASSWORD = FileKind("doc", "văn bản có mật khẩu")
_RTF = FileKind("rtf", "tệp RTF", is_convertible=True)
_ODT = FileKind("odt", "văn bản OpenDocument (.odt)", is_convertible=True)
_EMPTY = FileKind("", "tệp rỗng, không có gì bên trong", "Xin lại tệp từ nơi gửi; tệp này tải về hay chép chưa xong.")
_LOCK = FileKind(
    "", "tệp tạm mà Word tạo ra khi văn bản đang mở (tên bắt đầu bằng ~$)",
    "Đóng văn bản trong Word, rồi chọn tệp cùng tên không có “~$”.",
)  # fmt: skip
_PDF = FileKind("pdf", "tệp PDF", "Xin bản Word từ nơi gửi; chỉ có PDF thì đính kèm PDF vào bài và gõ nội dung chính.")
_HTML = FileKind("html", "trang web (HTML) mang tên tệp Word")
_MHT = FileKind("mht", "trang web lưu thành một tệp (MHT)")
_XML = FileKind("xml", "văn bản Word dạng XML")
_XLS = FileKind("xls", "bảng tính Excel", "Chọn tệp văn bản Word; bảng tính thì chép sang Word hoặc đính kèm vào bài.")
_PPT = FileKind("ppt", "bản trình chiếu PowerPoint", "Chọn tệp văn bản Word; bản trình chiếu thì đính kèm vào bài.")
_IMAGE = FileKind("", "tệp hình", "Chọn tệp văn bản Word; văn bản quét thành hình thì xin bản Word từ nơi gửi.")


_BEGINNINGS = (
    (re.compile(rb"\{\\rtf"), _RTF),
    (re.compile(rb"\s*%PDF"), _PDF),
    (re.compile(rb"\xff\xd8\xff|\x89PNG|GIF8|II\*\0|MM\0\*|BM.{4}\0\0\0\0", re.DOTALL), _IMAGE),
    (re.compile(rb"PK.{28}mimetypeapplication/vnd\.oasis\.opendocument\.text", re.DOTALL), _ODT),
    (re.compile(rb"PK.{28}mimetypeapplication/vnd\.oasis\.opendocument\.spreadsheet", re.DOTALL), _XLS),
    (re.compile(rb"PK.{28}mimetypeapplication/vnd\.oasis\.opendocument\.presentation", re.DOTALL), _PPT),
    (
        re.compile(
            rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body|meta)\b", re.IGNORECASE
        ),
        _HTML,
    ),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml"), _XML),
    (re.compile(rb"\s*(?:MIME-Version|From|Content-Type):", re.IGNORECASE), _MHT),
)


def kind_of_file(data: bytes) -> FileKind | None:
    """Return what *data* is when it is no ``.docx``; nothing for another archive, or for what is not known."""
    if data.startswith(COMPOUND):
        return _judge_compound(data)
    if kind := next((kind for pattern, kind in _BEGINNINGS if pattern.match(data)), None):
        return kind
    if not data.strip(b"\0 \r\n\t"):
        return _EMPTY
    is_lock = len(data) <= _LONGEST_LOCK and 0 < data[0] < len(data) and not data.startswith(b"PK")
    return _LOCK if is_lock else None


def kind_of_archive(names: Iterable[str]) -> FileKind | None:
    """Return what an archive with entries of these names is when it is a sheet or slides."""
    folders = {name.partition("/")[0] for name in names}
    return _XLS if "xl" in folders else _PPT if "ppt" in folders else None


def _judge_compound(data: bytes) -> FileKind:
    if ENCRYPTED in data:
        return PASSWORD
    if _SHEET in data and _WORD not in data:
        return _XLS
    if _SLIDES in data and _WORD not in data:
        return _PPT
    for at in range(_SECTOR, len(data), _SECTOR):
        if data.startswith(_WORD_HEAD, at) and len(data) > at + _FLAGS + 1:
            return PASSWORD if data[at + _FLAGS + 1] & _IS_ENCRYPTED else DOC
    return DOC
