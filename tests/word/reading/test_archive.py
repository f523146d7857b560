"""Hostile and unusual files: each is refused by its own name, quickly, in little memory, leaving nothing behind."""

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from campaign.errors.base import CampaignError
from campaign.errors.word import (
    WordDamagedError,
    WordDoctypeError,
    WordExternalError,
    WordKindError,
    WordMacroError,
    WordNameError,
    WordNestingError,
    WordPasswordError,
    WordTooLargeError,
)
from campaign.word.converter import convert
from campaign.word.reading.archive import Archive
from campaign.word.reading.file_kinds import COMPOUND
from tests.rigs.word_documents import NAMES, docx, p, r, relationship, to_post

MAIN = "word/document.xml"
BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "nổ"}">' for n in range(9))


def in_main(xml: str) -> bytes:
    return docx("", files={MAIN: xml})


def zip_bomb() -> bytes:
    return docx("", files={MAIN: f"<w:document {NAMES}><w:body>{p('a' * 40_000_000)}</w:body></w:document>"})


def many_entries() -> bytes:
    out = io.BytesIO(docx(p("a")))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_STORED) as archive:
        for number in range(65_000):
            archive.writestr(zipfile.ZipInfo(f"x/{number}"), b"")
    return out.getvalue()


def with_doctype() -> bytes:
    return in_main(f'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><w:document {NAMES}/>')


def entity_bomb() -> bytes:
    return in_main(
        f"<!DOCTYPE a [{BOMB}]><w:document {NAMES}><w:body>{p(r('x')).replace('x', '&e8;')}</w:body></w:document>"
    )


def deep_nesting() -> bytes:
    return docx("<w:sdt><w:sdtContent>" * 5_000 + "</w:sdtContent></w:sdt>" * 5_000)


def external_picture() -> bytes:
    return docx(p("a"), links=relationship("x", "image", "http://127.0.0.1:9/theo-doi.png", is_external=True))


def climbing_name() -> bytes:
    return docx(p("a"), files={"word/media/../../../../tmp/x.png": b"x"})


def with_macros() -> bytes:
    return docx(p("a"), files={"word/vbaProject.bin": b"x"})


def truncated() -> bytes:
    whole = docx(p("Một văn bản dài. " * 400))
    return whole[: len(whole) // 2]


MEASURED = """
import atexit, pathlib, re, runpy, sys, time
def tell():
    peak = re.search("VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())
    print(time.process_time(), peak.group(1))
atexit.register(tell)
del sys.argv[1]
runpy.run_module("campaign.word", run_name="__main__")
"""
"""The command, telling at its end how many seconds of processor and kilobytes it took at most."""

HOSTILE: list[tuple[Callable[[], bytes], type[CampaignError]]] = [
    (zip_bomb, WordTooLargeError),
    (many_entries, WordTooLargeError),
    (with_doctype, WordDoctypeError),
    (entity_bomb, WordDoctypeError),
    (deep_nesting, WordNestingError),
    (external_picture, WordExternalError),
    (climbing_name, WordNameError),
    (with_macros, WordMacroError),
    (truncated, WordDamagedError),
]


@pytest.mark.parametrize(("make", "error"), HOSTILE, ids=lambda value: getattr(value, "__name__", ""))
def test_a_hostile_file_is_refused_by_its_own_name(make: Callable[[], bytes], error: type[CampaignError]) -> None:
    with pytest.raises(error):
        convert(make())


@pytest.mark.skipif(sys.platform != "linux", reason="no such accounting of processes")
@pytest.mark.parametrize("make", [make for make, _ in HOSTILE], ids=lambda make: make.__name__)
def test_refusing_takes_a_second_of_work_and_little_memory(make: Callable[[], bytes], tmp_path: Path) -> None:
    """Processor time, so that a busy machine fails nobody; the limit on real memory is the one people are told."""
    inside = tmp_path / "vào" / "ra"
    inside.mkdir(parents=True)
    file = tmp_path / "tệp.docx"
    file.write_bytes(make())

    with (tmp_path / "lời").open("wb") as message:
        command = [sys.executable, "-c", MEASURED, "-", str(file), str(inside)]
        process = subprocess.run(command, stdout=subprocess.PIPE, stderr=message, check=False)

    told = re.search(rb"([\d.]+) (\d+)\s*$", process.stdout)
    assert told is not None
    seconds, kilobytes = map(float, told.groups())
    assert process.returncode == 3
    assert not (tmp_path / "lời").read_bytes()
    assert seconds < 1
    assert kilobytes < 200 * 1024
    assert sorted(path.name for path in tmp_path.rglob("*")) == [
        "lời", "ra", "tệp.docx", "vào",
    ]  # fmt: skip


def test_a_doctype_is_found_in_any_encoding() -> None:
    for encoding in ("utf-16", "utf-32"):
        xml = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a><w:document {NAMES}/>'
        with pytest.raises((WordDoctypeError, WordDamagedError)):
            convert(docx("", files={MAIN: xml.encode(encoding)}))


OPEN_DOCUMENT = b"PK" + bytes(28) + b"mimetypeapplication/vnd.oasis.opendocument.textPK"
OLD_HEAD = bytes(504) + b"\xec\xa5" + bytes(8)
"""The rest of the first sector, then the beginning of the text's stream."""


@pytest.mark.parametrize(
    ("data", "error", "told"),
    [
        (b"", WordKindError, "tệp rỗng"),
        (bytes(4096), WordKindError, "tệp rỗng"),
        (b"\x05Lan A" + bytes(156), WordKindError, "tệp tạm mà Word tạo ra"),
        (b"%PDF-1.7", WordKindError, "tệp PDF"),
        (b"{\\rtf1\\ansi x}", WordKindError, "tệp RTF"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html><html>", WordKindError, "trang web (HTML)"),
        (b'<?xml version="1.0"?><html xmlns="x">', WordKindError, "trang web (HTML)"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>', WordKindError, "Word dạng XML"),
        (b"MIME-Version: 1.0\r\n", WordKindError, "(MHT)"),
        (b"\x89PNG\r\n", WordKindError, "tệp hình"),
        (b"khong ro la gi, dai hon mot tep tam cua Word " * 9, WordDamagedError, "hỏng"),
        (COMPOUND + bytes(600), WordKindError, "văn bản Word đời cũ"),
        (COMPOUND + "Workbook".encode("utf-16-le"), WordKindError, "bảng tính Excel"),
        (COMPOUND + "PowerPoint Document".encode("utf-16-le"), WordKindError, "PowerPoint"),
        (COMPOUND + OLD_HEAD + b"\0\x01", WordPasswordError, "mật khẩu"),
        (COMPOUND + OLD_HEAD + b"\0\x02", WordKindError, "văn bản Word đời cũ"),
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), WordPasswordError, "mật khẩu"),
        (bytes(21 * 2**20), WordTooLargeError, "nặng 21 MB"),
        (OPEN_DOCUMENT, WordKindError, "OpenDocument"),
        (docx("", files={"xl/workbook.xml": "x"}), WordKindError, "bảng tính Excel"),
        (docx("", files={"ppt/presentation.xml": "x"}), WordKindError, "PowerPoint"),
    ],
)  # fmt: skip
def test_what_is_no_document_is_called_what_it_is(data: bytes, error: type[CampaignError], told: str) -> None:
    with pytest.raises(error) as caught:
        Archive(data)

    assert told in caught.value.problem
    assert "Chưa có gì được ghi." in caught.value.remedy


def test_an_archive_of_something_else_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("bai.txt", "x")

    with pytest.raises(WordKindError):
        Archive(out.getvalue())


def test_a_damaged_part_is_named() -> None:
    with pytest.raises(WordDamagedError, match=MAIN):
        convert(in_main("<w:document"))


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("hyperlink", "https://a.example/"), ("attachedTemplate", "file:///C:\\Mau\\Cong van.dotm"),
        ("attachedTemplate", "file:///\\\\maychu\\mau\\cong-van.dotx"), ("attachedTemplate", "\\\\may-la\\a.dotm"),
        ("attachedTemplate", "file://may-la/a.dotm"), ("mailMergeSource", "file:///D:\\2025\\danh%20sach.xlsx"),
        ("mailMergeHeaderSource", "file:///D:\\a.xlsx"), ("oleObject", "file:///D:\\bang.xlsx"),
    ],
)  # fmt: skip
def test_what_is_on_the_writers_machine_or_share_is_nothing_to_refuse(kind: str, target: str) -> None:
    links = relationship("b", kind, target, is_external=True)

    assert to_post(docx(p("chữ"), links=links)).text == "chữ\n"


@pytest.mark.parametrize("kind", ["attachedTemplate", "image", "oleObject", "subDocument", "frame"])
def test_what_would_be_fetched_from_the_net_is_refused(kind: str) -> None:
    with pytest.raises(WordExternalError):
        convert(docx(p("a"), links=relationship("b", kind, "http://127.0.0.1:9/a", is_external=True)))


def test_the_strict_form_is_read_like_the_other() -> None:
    strict = docx(p("Bản Strict"))
    with zipfile.ZipFile(io.BytesIO(strict)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    transitional = b"http://schemas.openxmlformats.org"
    entries[MAIN] = entries[MAIN].replace(
        transitional + b"/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    )

    assert to_post(docx("", files=entries)).text == "Bản Strict\n"
