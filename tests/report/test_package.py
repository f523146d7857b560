"""The package for the document system."""

import io
import json
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from ooxml_integrity import check
from openpyxl import load_workbook

from campaign.core.attachment import Attachment
from campaign.posts.rendering import to_html
from campaign.report.package import FIELD_CHARACTERS, to_metadata, write_package
from campaign.report.pdf import to_pdf
from campaign.report.post_document import write_post
from tests.rigs.builders import CENTRE, OFFICE, post
from tests.rigs.decree import open_document, read_lines
from tests.rigs.handbook import CONTENT
from tests.rigs.machine import do_without
from tests.rigs.outcomes import outcome

TEXT = """
## Việc cần làm

Đọc **kỹ** và *nhớ* [số 114](https://example.vn/114 "x").[^1]

1. Tắt điện.
2. Khoá cửa:
    - cửa trước;
    - cửa sau.

- Gọi 114.

    Nói rõ nơi cháy.

| Việc | Ai |
|---|---|
| Kiểm tra ổ điện | **Mọi người** |

!!! note "Lưu ý"
    Không dùng thang máy.

[^1]: Theo quy định.
"""


def lines_of(folder: Path, text: str) -> list[str]:
    html = to_html(text, "http://tuyen-truyen.example.vn/bai-dang/x/")
    return [line.text for line in read_lines(open_document(write_post(outcome(folder), html)))]


def test_a_post_becomes_headings_paragraphs_lists_and_tables(tmp_path: Path) -> None:
    lines = lines_of(tmp_path, TEXT)

    for expected in (
        "Việc cần làm",
        "1. Tắt điện.",
        "2. Khoá cửa:",
        "- cửa trước;",
        "- Gọi 114.",
        "Nói rõ nơi cháy.",
        "Kiểm tra ổ điện",
        "Mọi người",
        "Lưu ý",
        "Không dùng thang máy.",
    ):
        assert expected in lines
    assert any("Đọc kỹ và nhớ số 114 (https://example.vn/114). [1]" in line for line in lines)
    assert "1. Theo quy định." in [line.strip() for line in lines]


@pytest.mark.parametrize("name", ["thong-bao-485", "thay-chay-goi-114", "dien-va-sac", "ke-hoach-pho-bien"])
def test_every_shipped_post_keeps_its_words_and_opens_without_repair(tmp_path: Path, name: str) -> None:
    text = (CONTENT / "bai-dang" / f"{name}.md").read_text("utf-8").split("\n---\n", 1)[1]
    html = to_html(text, "http://tuyen-truyen.example.vn/bai-dang/x/")
    file = tmp_path / "bài.docx"
    file.write_bytes(write_post(outcome(tmp_path), html))

    words = " ".join(line.text for line in read_lines(open_document(file.read_bytes()))).split()
    heading = next(line for line in text.splitlines() if line.startswith("## ")).removeprefix("## ")
    assert heading.split()[-1] in words
    assert len(words) > 0.9 * len(text.split())
    audit = subprocess.run([sys.executable, "-m", "openxml_audit", file], capture_output=True, check=False)
    assert (audit.returncode, check(str(file))) == (0, [])


def test_the_package_holds_everything_that_is_uploaded(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(write_package(outcome(tmp_path), b"docx", b"pdf"))) as archive:
        names = archive.namelist()
        recipients = load_workbook(io.BytesIO(archive.read("noi-nhan.xlsx"))).worksheets[0]
        metadata = json.loads(archive.read("metadata.json"))
    with zipfile.ZipFile(io.BytesIO(write_package(outcome(tmp_path), b"docx", None))) as without:
        assert "noi-dung.pdf" not in without.namelist()

    assert names == ["DOC-TRUOC.txt", "noi-dung.docx", "noi-dung.pdf", "metadata.json", "tep-kem.txt", "noi-nhan.xlsx"]
    assert list(recipients.values) == [("Phòng, đơn vị", "Số người"), (OFFICE, 2), (CENTRE, 2)]
    assert metadata["To"] == [{"OrganName": OFFICE}, {"OrganName": CENTRE}]
    assert metadata["DueDate"] == "04/11/2025"


def test_attached_files_go_along_and_a_text_nobody_compared_says_so(tmp_path: Path) -> None:
    attached = Attachment("bai-dang/kem/phu-luc.pdf", 4, "abc")
    of_post = replace(outcome(tmp_path, post=post(attachments=(attached,))), files={"abc": b"%PDF"})

    with zipfile.ZipFile(io.BytesIO(write_package(of_post, b"docx", None))) as archive:
        listed = archive.read("tep-kem.txt").decode()
        assert archive.read("kem/phu-luc.pdf") == b"%PDF"

    assert "phu-luc.pdf (PDF, 4 byte), SHA-256 abc" in listed
    assert "chưa đối chiếu với toàn văn" in listed


def test_the_fields_are_those_of_annex_vi_within_their_lengths(tmp_path: Path) -> None:
    long = post(title="x" * 900, source_document=None)

    fields = to_metadata(outcome(tmp_path, post=long))

    assert set(fields) == {*FIELD_CHARACTERS, "To"}
    assert all(len(str(fields[name])) <= length for name, length in FIELD_CHARACTERS.items())
    assert (fields["CodeNumber"], fields["IssuedDate"]) == ("", "")


def test_libreoffice_makes_a_pdf_of_it(tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        do_without("LibreOffice")

    pdf = to_pdf(write_post(outcome(tmp_path), "<p>Thông báo</p>"))

    assert pdf is not None
    assert pdf.startswith(b"%PDF")
