from dataclasses import replace

import pytest

from campaign.errors.base import Faults
from campaign.publish.site.options import SiteOptions, check_options

OPTIONS = SiteOptions(
    "https://skhcn.example/tin", "Đợt", ("Văn phòng", "Phòng Chuyển đổi số"), "skhcn.example,2025", ""
)


def test_options_come_in_one_form() -> None:
    options = check_options(replace(OPTIONS, title=" Đợt ", recorder="https://xac-nhan.example/"))

    assert (options.home, options.root) == ("https://skhcn.example/tin/", "/tin/")
    assert options.title == "Đợt"
    assert options.recorder == "https://xac-nhan.example"


@pytest.mark.parametrize("authority", ["skhcn.sonla.gov.vn,2025", "skhcn.example,2025-10", "skhcn.example,2025-10-27"])
def test_a_tag_authority_is_a_name_and_a_day(authority: str) -> None:
    assert check_options(replace(OPTIONS, tag_authority=authority)).tag_authority == authority


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        (replace(OPTIONS, home=""), "site_url"),
        (replace(OPTIONS, home="skhcn.example"), "site_url"),
        (replace(OPTIONS, home="https:///tin"), "site_url"),
        (replace(OPTIONS, home="https://skhcn.example/?a"), "site_url"),
        (replace(OPTIONS, recorder="/xac-nhan"), "recorder"),
        (replace(OPTIONS, recorder="javascript:alert(1)"), "recorder"),
        (replace(OPTIONS, title=" "), "title"),
        (replace(OPTIONS, tag_authority="skhcn.example"), "tag_authority"),
        (replace(OPTIONS, tag_authority="skhcn.example,25"), "tag_authority"),
        (replace(OPTIONS, units=()), "units"),
        (replace(OPTIONS, units=("Văn phòng", "Van Phong")), "units"),
        (replace(OPTIONS, units=("Tất cả",)), "units"),
        (replace(OPTIONS, units=("…",)), "units"),
    ],
)
def test_what_cannot_be_is_told(changed: SiteOptions, name: str) -> None:
    with pytest.raises(Faults) as caught:
        check_options(changed)

    (fault,) = caught.value.errors
    assert fault.problem.startswith(f"mkdocs.yml: thiết lập “{name}” có giá trị")


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(Faults) as caught:
        check_options(SiteOptions("", "", (), "", "x"))

    assert len(caught.value.errors) == 5
