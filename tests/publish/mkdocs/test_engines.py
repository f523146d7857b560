"""MkDocs is frozen: what is written for it must build with what comes after it."""

import os
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path

import yaml

from tests.publish.cache.test_cache import files_of
from tests.rigs.sites import ASKS, REPOSITORY, SampleSite, draw, post_source


def build_with(engine: str, configuration: Path, site: Path) -> dict[str, bytes]:
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "src"), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", engine, "build", "--strict", "-f", str(configuration), "-d", str(site)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return files_of(site)


def test_properdocs_builds_the_same_site(sample: SampleSite, tmp_path: Path) -> None:
    sample.write("bai-dang/a.md", post_source("## Điều 1\n\n[b](b.md) ![ảnh](ảnh.png)\n", tags="[x]", **ASKS))
    sample.write("bai-dang/b.md", post_source("| Việc | Số |\n|---|---|\n| Một | 1 |\n", id="bai-b"))
    sample.write("bai-dang/ảnh.png", draw())
    sample.campaign["cache"] = ""
    configuration = sample.configure()

    sites = [build_with(engine, configuration, tmp_path / engine) for engine in ("mkdocs", "properdocs")]

    assert sites[0] == sites[1]
    assert "bai-dang/a/index.html" in sites[0]


POST = {
    "id": "bai-a",
    "title": "Bài <a> & b",
    "summary": "Ba câu.",
    "lead_unit": "Văn phòng",
    "cooperating_units": ["Phòng Chuyển đổi số"],
    "sentence": "Tôi đã đọc.",
    "deadline": {"named": "trước ngày 05/11/2025"},
    "source_document": {"number": "485/TB-VPCP", "issuer": "Văn phòng Chính phủ", "subject": "Về việc"},
    "revision": {"number": 2, "note": "Sửa số.", "change": {"label": "đính chính", "asks_again": False}},
    "roster": {"value": "fixed", "label": "theo danh sách ngày đăng"},
    "tags": ["Kỹ năng"],
    "verified": True,
    "digest": "0123456789abcdef0123",
}
VIEW = {
    "post": POST,
    "url": "bai-dang/a/",
    "day": "28/10/2025",
    "published": "2025-10-28T08:00:00+07:00",
    "icon": "fire",
    "audience": "tất cả mọi người",
    "deadline": "24 giờ 00 ngày 04/11/2025",
    "source": "485/TB-VPCP của Văn phòng Chính phủ",
    "issued": "15/9/2025",
    "state": "closed",
    "state_words": "Đã hết hạn",
    "confirm_url": "/xac-nhan/bai-a",
    "status_url": "/trang-thai/bai-a.json",
    "hidden_because": "bản nháp",
    "earlier": [{"url": "phien-ban/bai-a/1/", "post": POST}],
}
FEED = {"title": "Đợt", "about": "Tất cả bài", "rss": "a.xml", "atom": "b.xml", "json": "c.json", "calendar": "d.ics"}
CAMPAIGN = {
    "title": "Đợt tuyên truyền",
    "own_confirmations_url": "/cua-toi",
    "posts": [VIEW],
    "waiting": [VIEW],
    "feeds": [FEED],
    "unit_feeds": [FEED],
    "tag_feeds": [FEED],
}
EARLIER = {
    "post": POST,
    "current": POST,
    "current_url": "bai-dang/a/",
    "deadline": "24 giờ 00 ngày 04/11/2025",
    "changes": [{"label": "Nội dung", "pieces": [{"same": "Như cũ ", "removed": "bỏ", "added": "thêm"}]}],
    "text": "<p>Toàn văn cũ</p>",
}
PAGES = {
    "index": ("home.html", "24 giờ 00 ngày 04/11/2025"),
    "bai-dang/index": ("posts.html", "485/TB-VPCP của Văn phòng Chính phủ"),
    "bai-dang/a": ("post.html", "trước ngày 05/11/2025"),
    "ban-tin": ("feeds.html", 'href="../d.ics"'),
    "tim-kiem": ("search.html", "Từ cần tìm"),
    "cu": ("revision.html", "Toàn văn cũ"),
    "thuong": ("main.html", "Chữ <strong>đậm</strong>"),
}
"""By page, its template and what it must show."""


def test_zensical_renders_every_template_of_the_theme(tmp_path: Path) -> None:
    """It runs no plugin of others, so what ours hands to the templates stands in its configuration and in the pages."""
    theme = tmp_path / "theme"
    shutil.copytree(REPOSITORY / "src/campaign/publish/theme", theme)
    handed = "{% set campaign = config.extra.campaign %}{% set theme_stylesheet = 'type.css' %}"
    handed += "{% set meta = page.meta or {} %}{% set post = meta.view %}{% set earlier = meta.earlier %}\n"
    for file in theme.glob("*.html"):
        file.write_text(handed + file.read_text("utf-8"), "utf-8")
    for page, (template, _) in PAGES.items():
        file = tmp_path / f"content/{page}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        meta = {
            "title": "Tên",
            "template": template,
            "earlier": EARLIER,
            **({"view": VIEW} if template == "post.html" else {}),
        }
        file.write_text(f"---\n{yaml.safe_dump(meta, allow_unicode=True)}---\n\n## Mục\n\nChữ **đậm**.\n", "utf-8")
    config = {
        "site_name": "Thử",
        "site_url": "https://thu.example/",
        "docs_dir": "content",
        "nav": [{"Trang chủ": "index.md"}, {"Nhóm": ["bai-dang/index.md", "thuong.md"]}],
        "theme": {"name": "material", "custom_dir": "theme", "language": "vi", "font": False},
        "extra": {"campaign": CAMPAIGN},
    }
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "zensical", "build"],
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    for page, (template, shown) in PAGES.items():
        built = unescape((tmp_path / "site" / page.removesuffix("index") / "index.html").read_text("utf-8"))
        assert shown in built, template
        assert built.count("<h1") == 1, template
