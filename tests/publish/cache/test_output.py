"""A folder that is taken up again holds in the end what an empty one would."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from campaign.errors.settings import SiteBuildError
from campaign.publish.cache.output import Output
from campaign.publish.mkdocs.building import build_fresh
from tests.publish.cache.test_cache import CHANGES, Change, files_of
from tests.rigs.sites import ASKS, NOW, SampleSite, draw, post_source

RECORDS = "data/cache"


def show(sample: SampleSite, now: datetime = NOW) -> dict[str, bytes]:
    """Build and show the site as publishing does, and return what readers find."""
    build_fresh(sample.configure(), sample.site, lambda: now).show()
    return files_of(sample.site)


def show_from_nothing(sample: SampleSite, now: datetime = NOW) -> dict[str, bytes]:
    """Build into a folder that never was, without cache."""
    place = sample.folder / "mới tinh"
    shutil.rmtree(sample.folder / RECORDS)
    build_fresh(sample.configure(), place, lambda: now).show()
    return files_of(place)


@pytest.fixture
def shown(sample: SampleSite) -> SampleSite:
    """A site that was shown three times: the third took up the folder of the first."""
    sample.write("bai-dang/a.md", post_source("## Điều 1\n\n[b](b.md#muc) ![ảnh](ảnh.png)\n", tags="[x]", **ASKS))
    sample.write("bai-dang/b.md", post_source("## Mục\n\nNgoài: <https://ngoai.example/>.\n", id="bai-b"))
    sample.write("bai-dang/c.md", post_source("Riêng.\n", id="bai-c"))
    sample.write("bai-dang/ảnh.png", draw())
    for _ in range(3):
        show(sample)
    return sample


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_after_any_change_readers_find_the_same_bytes(shown: SampleSite, change: Change) -> None:
    change(shown)

    assert show(shown) == show_from_nothing(shown)


def test_on_another_day_readers_find_the_same_bytes(shown: SampleSite) -> None:
    later = NOW + timedelta(days=3)

    assert show(shown, later) == show_from_nothing(shown, later)


def test_what_did_not_change_stays_the_same_file(shown: SampleSite) -> None:
    last = shown.site.with_name(f"{shown.site.name}.last")
    numbers = {path: (last / path).stat().st_ino for path in ("bai-dang/b/index.html", "revisions/bai-b.1.json")}
    shown.write("bai-dang/c.md", post_source("Đã sửa.\n", id="bai-c"))

    show(shown)

    assert {path: (shown.site / path).stat().st_ino for path in numbers} == numbers
    assert "Đã sửa." in shown.page("bai-dang/c")


def test_a_file_that_somebody_changed_in_the_old_folder_is_written_anew(shown: SampleSite) -> None:
    last = shown.site.with_name(f"{shown.site.name}.last")
    expected = files_of(shown.site)
    (last / "bai-dang/b/index.html").write_text("lạ", "utf-8")
    (last / "bai-dang/c/index.html.gz").write_bytes(b"?")
    (last / "lạ.html").write_text("lạ", "utf-8")

    assert show(shown) == expected


def test_a_build_that_fails_leaves_the_site_to_switch_back_to(shown: SampleSite) -> None:
    last = shown.site.with_name(f"{shown.site.name}.last")
    before = files_of(last)
    shown.write("bai-dang/c.md", post_source(id="bai-c", lead_unit="Phòng lạ"))

    with pytest.raises(SiteBuildError):
        show(shown)

    assert files_of(last) == before


def test_a_merge_that_was_cut_short_is_not_believed(tmp_path: Path) -> None:
    fresh, old, records = tmp_path / "fresh", tmp_path / "old", tmp_path / "records"
    fresh.mkdir()
    (fresh / "a").write_text("một", "utf-8")
    first = Output(fresh, old, records)
    first.keeps("a", "1")
    first.note()
    fresh.rename(old)
    second = Output(fresh, old, records)
    assert second.keeps("a", "1")

    with pytest.raises(FileNotFoundError):
        second.merge()  # The fresh folder is missing, as if the machine had stopped.

    assert not Output(fresh, old, records).keeps("a", "1")


def test_a_preview_takes_up_the_very_folder_that_it_shows(shown: SampleSite) -> None:
    """Its first reload would wait for every page to be written once more."""

    def preview() -> None:
        build_fresh(shown.configure(), shown.site, lambda: NOW, preview=True).show()

    shutil.rmtree(shown.site)
    preview()
    page = shown.site / "bai-dang/b/index.html"
    number = page.stat().st_ino
    shown.write("bai-dang/c.md", post_source("Đã sửa.\n", id="bai-c"))

    preview()

    assert page.stat().st_ino == number
    assert "Đã sửa." in shown.page("bai-dang/c")
