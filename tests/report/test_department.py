"""The file that names the department."""

from pathlib import Path

import pytest

from campaign.errors.report import DepartmentFileError
from campaign.report.department import read_department
from tests.rigs.handbook import ROOT, read_page

SHIPPED = (ROOT / "src/campaign/report/department.toml").read_text("utf-8")


def test_without_a_file_the_department_of_the_first_campaign_signs(tmp_path: Path) -> None:
    department = read_department(tmp_path / "co-quan.toml")

    assert (department.name, department.symbol) == ("Sở Khoa học và Công nghệ", "SKHCN")
    assert "105/2025/NĐ-CP" in department.basis[1]


def test_the_office_changes_it_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "co-quan.toml"
    file.write_text(SHIPPED.replace("Sở Khoa học và Công nghệ", "Sở Nội vụ"), "utf-8-sig")

    assert read_department(file).name == "Sở Nội vụ"


@pytest.mark.parametrize("wrong", ["", "name = ", SHIPPED.replace("superior", "cap_tren"), 'basis = "một"', "\ufffe"])
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, wrong: str) -> None:
    file = tmp_path / "co-quan.toml"
    file.write_text(wrong, "utf-8")

    with pytest.raises(DepartmentFileError, match=r"co-quan\.toml"):
        read_department(file)


def test_a_basis_that_is_no_list_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "co-quan.toml"
    file.write_text(
        SHIPPED.replace('recipients = ["UBND', 'recipients = "UBND').replace('thuộc Sở"]', 'thuộc Sở"'), "utf-8"
    )

    with pytest.raises(DepartmentFileError):
        read_department(file)


def test_the_handbook_shows_the_file_as_it_is() -> None:
    assert f"```toml\n{SHIPPED}```\n" in read_page("bao-cao")
