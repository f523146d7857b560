"""A build with the cache makes the bytes that one without makes, whatever changed in between."""

import shutil
import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort

from campaign.core.clock import VIET_NAM
from campaign.errors.site import CacheLostError
from campaign.posts.archive import add_to_archive, read_archive
from campaign.posts.content import read_posts
from campaign.publish.cache.cache import Cache
from tests.rigs.sites import ASKS, NOW, UNITS, SampleSite, draw, post_source

CACHE = "data/cache/site.sqlite3"


def files_of(site: Path) -> dict[str, bytes]:
    return {str(file.relative_to(site)): file.read_bytes() for file in sorted(site.rglob("*")) if file.is_file()}


def build_both(sample: SampleSite, now: datetime = NOW) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Build with what the cache has, then without it."""
    with_cache = files_of(sample.build(now))
    aside = sample.folder / "aside"
    shutil.move(sample.folder / "data/cache", aside)
    without = files_of(sample.build(now))
    shutil.rmtree(sample.folder / "data/cache")
    shutil.move(aside, sample.folder / "data/cache")
    return with_cache, without


@pytest.fixture
def built(sample: SampleSite) -> SampleSite:
    """A site of some posts that link to each other, built before."""
    sample.write("bai-dang/a.md", post_source("## Điều 1\n\n[b](b.md#muc) ![ảnh](ảnh.png)\n", tags="[x]", **ASKS))
    sample.write("bai-dang/b.md", post_source("## Mục\n\nNgoài: <https://ngoai.example/>.\n", id="bai-b"))
    sample.write("bai-dang/c.md", post_source("Riêng.\n", id="bai-c", audience=f"{{units: [{UNITS[1]}]}}"))
    sample.write("bai-dang/sau.md", post_source("Sau.\n", id="bai-sau", publish_at="29/10/2025"))
    sample.write("bai-dang/ảnh.png", draw())
    for _ in range(3):  # The third asks for less than the second put there.
        sample.build()
    return sample


def edit_text(sample: SampleSite) -> None:
    sample.write("bai-dang/c.md", post_source("Đã sửa.\n", id="bai-c"))


def edit_title(sample: SampleSite) -> None:
    sample.write("bai-dang/b.md", post_source("## Mục\n\nNhư cũ.\n", id="bai-b", title="Tên mới", tags="[y]"))


def add_post(sample: SampleSite) -> None:
    sample.write("bai-dang/d.md", post_source("[a](a.md)\n", id="bai-d"))


def remove_post(sample: SampleSite) -> None:
    (sample.content / "bai-dang/c.md").unlink()


def rename_target(sample: SampleSite) -> None:
    (sample.content / "bai-dang/b.md").rename(sample.content / "bai-dang/e.md")
    source = (sample.content / "bai-dang/a.md").read_text("utf-8")
    sample.write("bai-dang/a.md", source.replace("b.md", "e.md"))


def rename_campaign(sample: SampleSite) -> None:
    sample.campaign["title"] = "Đợt khác"


def move_recorder(sample: SampleSite) -> None:
    sample.campaign["recorder"] = "https://ghi.example"


def move_site(sample: SampleSite) -> None:
    sample.site_url = "https://noi-khac.example/"


def edit_list(sample: SampleSite) -> None:
    sample.write("bai-dang/index.md", "---\ntemplate: posts.html\ntitle: Tin và bài\n---\n\nXem.\n")


Change = Callable[[SampleSite], None]

CHANGES: list[Change] = [
    edit_text, edit_title, add_post, remove_post, rename_target, rename_campaign, move_recorder, move_site, edit_list,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_after_any_change_the_cache_gives_the_same_bytes(built: SampleSite, change: Change) -> None:
    change(built)

    with_cache, without = build_both(built)

    assert with_cache == without


@pytest.mark.parametrize(
    "now", [NOW + timedelta(days=1), NOW + timedelta(days=7), datetime(2026, 1, 1, tzinfo=VIET_NAM)]
)
def test_on_another_day_the_cache_gives_the_same_bytes(built: SampleSite, now: datetime) -> None:
    with_cache, without = build_both(built, now)

    assert with_cache == without


def test_after_a_new_revision_the_cache_gives_the_same_bytes(built: SampleSite) -> None:
    posts = (file.post for file in read_posts(built.content, UNITS))
    add_to_archive(read_archive(built.folder / "data/published"), posts, NOW)
    built.build()
    revision = "{number: 2, change: correction, note: Sửa.}"
    built.write("bai-dang/c.md", post_source("Mới.\n", id="bai-c", revision=revision))

    with_cache, without = build_both(built)

    assert with_cache == without
    assert "phien-ban/bai-c/1/index.html" in with_cache


def test_only_what_changed_is_made_again(built: SampleSite) -> None:
    """What the cache holds is exchanged for a mark: it shows up wherever the cache was believed."""
    with sqlite3.connect(built.folder / CACHE) as cache:
        cache.execute("UPDATE made SET value = CAST('MARK' AS BLOB) WHERE kind IN ('page', 'html')")
    cache.close()
    edit_text(built)

    built.build()

    pages = ("bai-dang/a", "bai-dang/b", "bai-dang/c")
    assert [built.page(page) == "MARK" for page in pages] == [True, True, False]


def test_a_link_that_leads_nowhere_stops_every_build(built: SampleSite) -> None:
    (built.content / "bai-dang/ảnh.png").unlink()

    for _ in range(2):
        with pytest.raises(Abort):
            built.build()


def test_an_anchor_that_went_away_stops_the_build_though_the_link_s_page_did_not_change(built: SampleSite) -> None:
    built.write("bai-dang/b.md", post_source("## Tên khác\n", id="bai-b"))

    with pytest.raises(Abort):
        built.build()


def test_a_post_with_faults_stops_every_build(built: SampleSite) -> None:
    built.write("bai-dang/c.md", post_source(id="bai-c", lead_unit="Phòng lạ"))

    for _ in range(2):
        with pytest.raises(Abort):
            built.build()


def test_a_broken_cache_is_no_fault(built: SampleSite) -> None:
    expected = files_of(built.site)
    (built.folder / CACHE).write_bytes(b"hong" * 5000)

    assert files_of(built.build()) == expected


def test_a_cache_that_another_build_holds_is_gone_without(built: SampleSite) -> None:
    expected = files_of(built.site)
    holder = sqlite3.connect(built.folder / CACHE)
    holder.execute("BEGIN IMMEDIATE")

    try:
        assert files_of(built.build()) == expected
    finally:
        holder.close()


def test_a_site_may_do_without_cache(built: SampleSite) -> None:
    expected = files_of(built.site)
    shutil.rmtree(built.folder / "data")
    built.campaign["cache"] = ""

    assert files_of(built.build()) == expected
    assert not (built.folder / "data").exists()


def test_what_no_build_asks_for_any_more_is_forgotten(tmp_path: Path) -> None:
    for asked in (["a", "b"], ["b"]):
        cache = Cache(tmp_path / "cache.sqlite3", "")
        for name in asked:
            cache.remember("x", name, b"k", lambda: b"v")
        cache.close()

    cache = Cache(tmp_path / "cache.sqlite3", "")
    assert [cache.get("x", name, b"k") for name in ("a", "b")] == [None, b"v"]


def test_what_is_spared_is_kept_though_nobody_asked(tmp_path: Path) -> None:
    for asked in (["a"], []):
        cache = Cache(tmp_path / "cache.sqlite3", "")
        for name in asked:
            cache.put("x", name, b"k", b"v")
        cache.spare("a")
        cache.close()

    assert Cache(tmp_path / "cache.sqlite3", "").get("x", "a", b"k") == b"v"


def test_nothing_is_found_under_another_key_or_by_another_program(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache.sqlite3", "one")
    cache.put("x", "a", b"k", b"v")
    cache.close()

    cache = Cache(tmp_path / "cache.sqlite3", "one")
    assert [cache.get("x", "a", key) for key in (b"k", b"l")] == [b"v", None]
    cache.close()
    assert Cache(tmp_path / "cache.sqlite3", "two").get("x", "a", b"k") is None


def test_what_was_found_and_is_gone_stops_the_build(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache.sqlite3", "")

    with pytest.raises(CacheLostError):
        cache.load("x", "a", b"k")
