"""The process that reads foreign files, and old files."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from campaign.errors.base import CampaignError
from campaign.errors.word import (
    LibreOfficeError,
    WordDoctypeError,
    WordEffortError,
    WordKindError,
    WordMacroError,
    WordPasswordError,
)
from campaign.word.libreoffice import find_kind, to_new_form
from campaign.word.process import convert_file
from campaign.word.reading.file_kinds import COMPOUND, DOC, ENCRYPTED
from tests.rigs.machine import do_without
from tests.rigs.word_documents import b, docx, p


def write(folder: Path, data: bytes, name: str = "Văn bản số 5.docx") -> Path:
    (folder / name).write_bytes(data)
    return folder / name


def test_a_document_is_converted_in_another_process(tmp_path: Path) -> None:
    (tmp_path / "ra").mkdir()

    found = convert_file(write(tmp_path, docx(b("THÔNG BÁO") + p("Nội dung."))), tmp_path / "ra")

    assert found.text == "**THÔNG BÁO**\n\nNội dung.\n"
    assert found.loss.kept == 100


@pytest.mark.parametrize(
    ("files", "refusal"),
    [
        ({"word/vbaProject.bin": b""}, WordMacroError()),
        ({"word/document.xml": b"<!DOCTYPE a><a/>"}, WordDoctypeError("word/document.xml")),
    ],
    ids=["macro", "doctype"],
)
def test_a_refusal_comes_back_as_the_same_error(
    tmp_path: Path, files: dict[str, bytes], refusal: CampaignError
) -> None:
    (tmp_path / "ra").mkdir()

    with pytest.raises(type(refusal)) as caught:
        convert_file(write(tmp_path, docx(p("a"), files=files)), tmp_path / "ra")

    assert str(caught.value) == str(refusal)


def test_a_process_that_was_ended_is_told_as_too_much_effort(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program in place of Python that ends as one does whose time is over."""
    (tmp_path / "ra").mkdir()
    greedy = tmp_path / "python"
    greedy.write_text("#!/bin/sh\nkill -XCPU $$\n", encoding="utf-8")
    greedy.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(greedy))

    with pytest.raises(WordEffortError):
        convert_file(write(tmp_path, docx(p("a"))), tmp_path / "ra")


def test_a_document_with_a_password_is_no_old_document(tmp_path: Path) -> None:
    (tmp_path / "ra").mkdir()
    file = write(tmp_path, COMPOUND + ENCRYPTED)

    assert find_kind(file) is None
    with pytest.raises(WordPasswordError):
        convert_file(file, tmp_path / "ra")


def test_an_old_document_without_libreoffice_is_refused_kindly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(LibreOfficeError, match="chưa cài"):
        to_new_form(write(tmp_path, COMPOUND, "a.doc"), DOC, tmp_path / "ra")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_an_old_document_goes_through_libreoffice(tmp_path: Path) -> None:
    new = write(tmp_path, docx(p("Văn bản đời cũ")), "a.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'hồ sơ').as_uri()}"
    options = ["--headless", "--convert-to", "doc:MS Word 97", "--outdir", str(tmp_path), str(new)]
    subprocess.run(["soffice", profile, *options], check=True, capture_output=True, timeout=120)
    (tmp_path / "ra").mkdir()

    assert find_kind(tmp_path / "a.doc") is DOC
    assert "Văn bản đời cũ" in convert_file(tmp_path / "a.doc", tmp_path / "ra").text


def test_a_rich_text_file_goes_through_libreoffice_whatever_its_name(tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        do_without("LibreOffice")
    (tmp_path / "ra").mkdir()
    file = write(
        tmp_path, b"{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}\\f0 K\\u7871?t qu\\u7843? \\b 5\\b0 \\par}", "a.doc"
    )

    assert convert_file(file, tmp_path / "ra").text == "Kết quả **5**\n"


@pytest.mark.parametrize("kind", [COMPOUND + bytes(600), b"{\\rtf1 x}"])
def test_a_server_hands_nothing_to_libreoffice(tmp_path: Path, kind: bytes) -> None:
    with pytest.raises(WordKindError):
        convert_file(write(tmp_path, kind), tmp_path, uses_libreoffice=False)


def test_an_old_document_that_is_none_is_refused(tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        do_without("LibreOffice")
    (tmp_path / "ra").mkdir()

    with pytest.raises(LibreOfficeError):
        convert_file(write(tmp_path, COMPOUND + bytes(512), "a.doc"), tmp_path / "ra")


def test_a_command_leaves_its_answer_as_json(tmp_path: Path) -> None:
    file = write(tmp_path, docx(p("a")))

    done = subprocess.run(
        [sys.executable, "-m", "campaign.word", file, tmp_path / "ra"], capture_output=True, check=False
    )

    assert done.returncode == 0
    assert json.loads(done.stdout)["text"] == "a\n"
