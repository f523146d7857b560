"""The Office's own Word template: checked, then filled in a sandbox."""

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest

from campaign.core.figures.coverage import State
from campaign.errors.report import TemplateFileError
from campaign.report.template import FIELDS, check_template, fill_template
from tests.rigs.builders import CENTRE, OFFICE
from tests.rigs.decree import open_document, read_lines
from tests.rigs.handbook import list_rows, read_page
from tests.rigs.outcomes import outcome, standing


def template(*paragraphs: str) -> bytes:
    """Return a document as Word would save it, with a table that goes through the units."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    table = document.add_table(3, 2)
    table.cell(0, 0).text = "{%tr for unit in units %}"
    table.cell(1, 0).text, table.cell(1, 1).text = "{{ unit.name }}", "{{ unit.due }}"
    table.cell(2, 0).text = "{%tr endfor %}"
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def faults_of(*paragraphs: str) -> str:
    with pytest.raises(TemplateFileError) as caught:
        check_template(template(*paragraphs))
    return caught.value.problem


def test_every_field_is_filled(tmp_path: Path) -> None:
    shown = [name for name in FIELDS if name not in {"units", "outstanding", "late", "exempt", "total", "chart"}]
    content = template(*(f"{name}: {{{{ {name} }}}}" for name in shown), "{{ total.due }} người", "{{ chart }}")

    filled = fill_template(content, outcome(tmp_path))

    lines = [line.text for line in read_lines(open_document(filled))]
    assert "document_short: Thông báo số 485/TB-VPCP" in lines
    assert "3 người" in lines
    assert not [line for line in lines if re.search(r"\{\{|\{%", line)]
    assert [[cell.text for cell in row.cells] for row in open_document(filled).tables[0].rows] == [
        [OFFICE, "2"],
        [CENTRE, "1"],
    ]
    with zipfile.ZipFile(io.BytesIO(filled)) as archive:
        assert any(name.startswith("word/media/") for name in archive.namelist())


def test_lists_of_people_are_gone_through_and_lack_is_asked_for(tmp_path: Path) -> None:
    content = template(
        "{% for one in outstanding %}{{ loop.index }}. {{ one.name }}{% endfor %}", "{% if not late %}0{% endif %}"
    )

    lines = [line.text for line in read_lines(open_document(fill_template(content, outcome(tmp_path))))]

    assert "1. Đặng Thị Ánh" in lines
    assert "0" not in lines


def test_what_people_wrote_stays_text(tmp_path: Path) -> None:
    people = (standing(1, "A & B <w:p/> {{ root }}", OFFICE, State.OUTSTANDING),)
    content = template("{% for one in outstanding %}{{ one.name }}{% endfor %}")

    lines = [line.text for line in read_lines(open_document(fill_template(content, outcome(tmp_path, people))))]

    assert "A & B <w:p/> {{ root }}" in lines


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("{{ so_nguoi }}", "so_nguoi"),
        ("{{ figures ", "dấu"),
        ("{% for unit in units %}", "dấu"),
        ("{{ figures|safe }}", "Filter"),
        ("{{ range(9) }}", "Call"),
        ("{{ units[0] }}", "Getitem"),
        ("{{ ''.__class__ }}", "__class__"),
        ("{% set x = 1 %}", "Assign"),
        ("{% include 'x' %}", "Include"),
        ("{% for a in units %}{% for b in units %}{% for c in units %}x{% endfor %}{% endfor %}{% endfor %}", "vòng"),
    ],
)
def test_what_a_template_must_not_hold_is_told(text: str, word: str) -> None:
    assert word in faults_of(text)


def test_all_faults_are_told_at_once_and_each_once() -> None:
    said = faults_of("{{ a }}", "{{ b }}", "{{ a }}")

    assert (said.count("“a”"), said.count("“b”")) == (1, 1)


def test_a_field_that_a_list_does_not_have_is_told_when_it_is_filled(tmp_path: Path) -> None:
    with pytest.raises(TemplateFileError, match="email"):
        fill_template(template("{% for one in outstanding %}{{ one.email }}{% endfor %}"), outcome(tmp_path))


def test_the_handbook_tells_every_field() -> None:
    assert dict(list_rows(read_page("bao-cao"), "Trường | Là gì")) == FIELDS
