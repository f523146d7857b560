"""Building the site from a program."""

from pathlib import Path

import pytest

from campaign.errors.settings import SiteBuildError
from campaign.publish.mkdocs.building import build_fresh, build_site
from tests.publish.cache.test_cache import files_of
from tests.rigs.sites import NOW, SampleSite, post_source


def test_fault_of_a_post_is_told_word_for_word_and_the_last_site_stands(tmp_path: Path) -> None:
    content, site = tmp_path / "content", tmp_path / "site"
    (content / "bai-dang").mkdir(parents=True)
    (content / "index.md").write_text("# Trang chủ\n", "utf-8")
    (content / "bai-dang" / "bai.md").write_text("---\nid: bai-viet\n---\n", "utf-8")
    config = tmp_path / "mkdocs.yml"
    config.write_text(
        "site_name: Thử\nsite_url: http://127.0.0.1/\ndocs_dir: content\ntheme: material\nplugins:\n"
        "  - campaign: {title: Thử, units: [Văn phòng], tag_authority: 'example.vn,2025'}\n",
        "utf-8",
    )
    site.mkdir()
    (site / "index.html").write_text("trang cũ", "utf-8")

    with pytest.raises(SiteBuildError) as caught:
        build_site(config, site, lambda: NOW)

    assert "thiếu khoá “title”" in caught.value.problem
    assert (site / "index.html").read_text("utf-8") == "trang cũ"


def test_a_build_of_the_engine_alone_is_whole_after_previews_of_ours(tmp_path: Path) -> None:
    """MkDocs takes the same plugin for every build of a process; ours told it which pages it need not write."""
    previewed, other = (SampleSite(tmp_path / name) for name in ("a", "b"))
    for one in (previewed, other):
        one.write("bai-dang/a.md", post_source("Chào.\n"))
    for _ in range(3):  # The second takes up the folder of the first.
        build_fresh(previewed.configure(), previewed.site, lambda: NOW, preview=True).show()

    for _ in range(2):  # The second finds the pages in the cache.
        other.build()

    assert "bai-dang/a/index.html" in files_of(other.site)
