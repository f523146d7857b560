"""Hostile and unusual files: each is refused by its own name, quickly, in little memory, leaving nothing behind."""

import io
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

    seconds, kilobytes = map(float, process.stdout.split())
    assert process.returncode == 1
    assert not (tmp_path / "lời").read_bytes()
    assert seconds < 1
    assert kilobytes < 200 * 1024
    assert sorted(path.name for path in tmp_path.rglob("*")) == [
        "lời", "ra", "refusal.json", "tệp.docx", "vào",
    ]  # fmt: skip


def test_a_doctype_is_found_in_any_encoding() -> None:
    for encoding in ("utf-16", "utf-32"):
        xml = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a><w:document {NAMES}/>'
        with pytest.raises((WordDoctypeError, WordDamagedError)):
            convert(docx("", files={MAIN: xml.encode(encoding)}))


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", WordDamagedError),
        (b"%PDF-1.7", WordDamagedError),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), WordKindError),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), WordPasswordError),
        (bytes(21 * 2**20), WordTooLargeError),
    ],
)
def test_what_is_no_document_is_refused(data: bytes, error: type[CampaignError]) -> None:
    with pytest.raises(error):
        Archive(data)


def test_an_archive_of_something_else_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("bai.txt", "x")

    with pytest.raises(WordKindError):
        Archive(out.getvalue())


def test_a_damaged_part_is_named() -> None:
    with pytest.raises(WordDamagedError, match=MAIN):
        convert(in_main("<w:document"))


def test_links_and_a_local_template_are_nothing_to_refuse() -> None:
    links = relationship("a", "hyperlink", "https://a.example/", is_external=True)
    template = relationship("b", "attachedTemplate", "file:///C:\\Mau\\Cong van.dotm", is_external=True)

    assert to_post(docx(p("chữ"), links=links + template)).text == "chữ\n"


@pytest.mark.parametrize("target", ["http://127.0.0.1:9/a.dotm", "\\may-la\\a.dotm", "file://may-la/a.dotm"])
def test_a_template_elsewhere_is_refused(target: str) -> None:
    with pytest.raises(WordExternalError):
        convert(docx(p("a"), links=relationship("b", "attachedTemplate", target, is_external=True)))


def test_the_strict_form_is_read_like_the_other() -> None:
    strict = docx(p("Bản Strict"))
    with zipfile.ZipFile(io.BytesIO(strict)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    transitional = b"http://schemas.openxmlformats.org"
    entries[MAIN] = entries[MAIN].replace(
        transitional + b"/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    )

    assert to_post(docx("", files=entries)).text == "Bản Strict\n"
