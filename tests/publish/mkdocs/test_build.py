import gzip
import os
import re
import subprocess
import sys
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import feedparser
import pytest
from mkdocs.exceptions import Abort

from campaign.core.clock import VIET_NAM
from campaign.posts.archive import add_to_archive, read_archive
from campaign.posts.content import read_posts
from campaign.posts.links import find_links
from campaign.posts.manifest import load_document, read_manifest
from tests.rigs.sites import ASKS, HOME, NOW, REPOSITORY, UNITS, SampleSite, draw, post_source

SECRET = "bimatquansu"
ADDRESS = "https://tuyen-truyen.example/s%E1%BB%9F/"


def files_of(site: Path) -> dict[str, bytes]:
    return {str(file.relative_to(site)): file.read_bytes() for file in sorted(site.rglob("*")) if file.is_file()}


def files_with(site: Path, word: str) -> list[str]:
    """Return the built files that hold *word* in their name or anywhere inside."""
    found = []
    for name, content in files_of(site).items():
        text = gzip.decompress(content) if name.endswith(".gz") else content
        if word.encode() in text.lower() or word in name:
            found.append(name)
    return found


def stopped_build(sample: SampleSite, caplog: pytest.LogCaptureFixture) -> str:
    """Build a site that cannot be built, and return what the editor is told."""
    with pytest.raises(Abort):
        sample.build()
    (record,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert record.exc_info is None
    return record.getMessage()


def test_a_post_s_page_says_what_to_do_until_when_and_who_asks(sample: SampleSite) -> None:
    declared = {
        **ASKS,
        "source_document": "{number: 485/TB-VPCP, issuer: VPCP, issued_on: 15/9/2025, subject: Kết luận}",
    }
    sample.write("bai-dang/Thông báo.md", post_source("## Điều 1\n\nNội dung chính.\n", **declared))
    sample.build()

    page = sample.page("bai-dang/Thông báo")

    (described,) = read_manifest(sample.site).posts
    for piece in (
        "<h1>Thông báo 485/TB-VPCP</h1>",
        "Ba câu. Nói việc. Nói ai.",
        "24 giờ 00 ngày 04/11/2025 (giờ Việt Nam)",
        "trước ngày 05/11/2025",
        "Còn 7 ngày (tính đến ngày 28/10/2025)",
        "“Tôi đã đọc.”",
        f'href="/xac-nhan/thong-bao-485?revision=1&amp;digest={described.digest}"',
        'data-status-url="/trang-thai/thong-bao-485.json"',
        "<dd>485/TB-VPCP</dd>",
        "<dd>15/09/2025</dd>",
        '<h2 id="dieu-1">',
        "Nội dung chính.",
        "/status.js",
    ):
        assert piece in page
    assert "chưa đối chiếu" not in page


def test_a_post_that_asks_for_nothing_has_no_button_and_no_script(sample: SampleSite) -> None:
    sample.write("bai-dang/a.md", post_source(verified="false", source_document="{issuer: Sở, subject: Kế hoạch}"))
    sample.build()

    page = sample.page("bai-dang/a")

    assert "Xác nhận đã đọc" not in page
    assert "status.js" not in page
    assert "chưa đối chiếu với toàn văn" in page
    assert "chưa ghi số" in page


@pytest.mark.parametrize(
    ("change", "words"), [("correction", "thì không phải xác nhận lại"), ("replacement", "xin đọc và xác nhận lại")]
)
def test_a_new_revision_says_what_changed_and_what_it_asks(sample: SampleSite, change: str, words: str) -> None:
    revision = f"{{number: 2, change: {change}, note: Sửa giờ họp.}}"
    sample.write("bai-dang/a.md", post_source(revision=revision, **ASKS))
    sample.build()

    page = sample.page("bai-dang/a")

    assert "Sửa giờ họp." in page
    assert words in page


def test_the_home_page_shows_first_what_waits(sample: SampleSite) -> None:
    sample.write("bai-dang/a.md", post_source(id="khong-hoi", title="Bài đọc thêm"))
    sample.write("bai-dang/b.md", post_source(**ASKS))
    sample.build()

    page = sample.page()

    order = [
        "Việc anh/chị cần làm",
        "24 giờ 00 ngày 04/11/2025",
        "Xác nhận đã đọc",
        "Chào anh/chị.",
        "Bài mới",
        "Bài đọc thêm",
    ]
    places = [page.index(piece) for piece in order]
    assert places == sorted(places)
    assert 'href="/cua-toi"' in page
    assert 'href="feeds/tat-ca.ics"' in page
    assert 'href="../feeds/phong-chuyen-doi-so.atom.xml"' in sample.page("ban-tin")
    assert 'type="application/rss+xml" title="Đợt tuyên truyền (RSS)" href="feeds/tat-ca.rss.xml"' in page


def test_an_empty_campaign_has_a_home_page(sample: SampleSite) -> None:
    sample.build()

    assert "Hiện không có bài nào cần xác nhận." in sample.page()
    assert "Chưa có bài nào." in sample.page("bai-dang")


def test_no_page_of_the_list_has_more_than_fifty_posts_and_each_stands_below_its_year(sample: SampleSite) -> None:
    for number in range(1, 53):
        day = f"{number % 28 + 1:02}/10/{2024 if number < 3 else 2025}"
        sample.write(
            f"bai-dang/b{number}.md", post_source(id=f"bai-{number}", title=f"Bài {number:02}.", publish_at=day)
        )
    sample.build()

    first, second = sample.page("bai-dang"), sample.page("bai-dang/trang-2")

    assert [page.count('class="card post"') for page in (first, second)] == [50, 2]
    assert [re.findall(r'id="nam-(\d+)"', page) for page in (first, second)] == [["2025"], ["2024"]]
    assert 'href="trang-2/"' in first
    assert 'href="../"' in second


def test_the_list_names_every_post_newest_first(sample: SampleSite) -> None:
    for day in range(20, 27):
        sample.write(
            f"bai-dang/{day}.md", post_source(id=f"bai-{day}", title=f"Bài ngày {day}", publish_at=f"{day}/10/2025")
        )
    sample.build()

    titles = re.findall(r"Bài ngày (\d+)</a></h3>", sample.page("bai-dang"))

    assert titles == ["26", "25", "24", "23", "22", "21", "20"]


def test_nothing_that_an_editor_writes_becomes_markup_of_the_page(sample: SampleSite) -> None:
    evil = "'<script>alert(1)</script> \" & <b>'"
    source = f"{{number: {evil}, issuer: {evil}, subject: {evil}}}"
    revision = f"{{number: 2, change: correction, note: {evil}}}"
    sample.campaign["title"] = "Đợt <script>alert(1)</script>"
    declared = {"title": evil, "summary": evil, "source_document": source, "revision": revision, "tags": f"[{evil}]"}
    sample.write("bai-dang/a.md", post_source(**{**ASKS, **declared, "confirmation": evil}))
    sample.build()

    for name in files_with(sample.site, "alert(1)"):
        if name.endswith(".html"):
            assert b"<script>alert(1)" not in files_of(sample.site)[name]


@pytest.mark.parametrize(
    "hiding",
    [{"draft": "true"}, {"publish_at": "28/10/2025 08:01"}, {"publish_at": "1/10/2025", "expires": "28/10/2025"}],
)
def test_a_hidden_post_leaks_nowhere(sample: SampleSite, hiding: dict[str, str]) -> None:
    sample.write("bai-dang/thay-duoc.md", post_source(id="thay-duoc"))
    text = f"## {SECRET}\n\n{SECRET} ![ảnh](ảnh/{SECRET}.png) [tệp]({SECRET}.pdf)\n"
    declared = {"id": SECRET, "title": SECRET, "summary": SECRET, "tags": f"[{SECRET}]", **ASKS, **hiding}
    sample.write(f"bai-dang/{SECRET}.md", post_source(text, **declared))
    sample.write(f"bai-dang/ảnh/{SECRET}.png", draw())
    sample.write(f"bai-dang/{SECRET}.pdf", b"%PDF")

    site = sample.build()

    assert files_with(site, SECRET) == []
    assert files_with(site, "thay-duoc")


def test_a_post_is_public_from_its_instant_until_it_expires(sample: SampleSite) -> None:
    sample.write("bai-dang/a.md", post_source(publish_at="28/10/2025 08:00", expires="28/10/2025 09:00"))
    begins = datetime(2025, 10, 28, 8, tzinfo=VIET_NAM)

    instants = (begins - timedelta(seconds=1), begins, begins + timedelta(hours=1))
    public = [len(read_manifest(sample.build(now)).posts) for now in instants]

    assert public == [0, 1, 0]


def test_what_a_hidden_post_shares_stays(sample: SampleSite) -> None:
    sample.write("bai-dang/a.md", post_source("![](chung.png)", draft="true"))
    sample.write("bai-dang/b.md", post_source("![](chung.png) [trang chủ](../index.md)", id="bai-b"))
    sample.write("bai-dang/c.md", post_source("[a](../index.md) [b](../assets/favicon.svg)", id="bai-c", draft="true"))
    sample.write("bai-dang/chung.png", draw())

    files = files_of(sample.build())

    assert {"bai-dang/chung.png", "index.html"} <= files.keys()
    assert [name for name in files if re.fullmatch(r"assets/[0-9a-f]{16}/favicon\.svg", name)]


def test_a_preview_shows_hidden_posts_marked_and_gives_them_to_no_reader(sample: SampleSite) -> None:
    sample.write("bai-dang/a.md", post_source(draft="true", **ASKS))

    site = sample.build(preview=True)

    for page in ("", "bai-dang", "bai-dang/a"):
        assert "người đọc chưa thấy bài này (bản nháp)" in sample.page(page)
    assert read_manifest(site).posts == ()
    assert "thong-bao-485" not in (site / "feeds/tat-ca.rss.xml").read_text(encoding="utf-8")


def test_an_editor_s_backup_is_not_published(sample: SampleSite) -> None:
    for name in ("a.md~", "a.md.bak", "a.MD"):
        sample.write(f"bai-dang/{name}", SECRET)

    assert files_with(sample.build(), SECRET) == []


def test_a_post_that_mkdocs_excludes_is_not_listed(sample: SampleSite) -> None:
    config = sample.configure().read_text(encoding="utf-8")
    sample.write("bai-dang/a.md", post_source())
    sample.configure = lambda: _rewrite(sample, config + "exclude_docs: a.md\n")  # type: ignore[method-assign] # one test only

    assert read_manifest(sample.build()).posts == ()


def _rewrite(sample: SampleSite, config: str) -> Path:
    file = sample.folder / "mkdocs.yml"
    file.write_text(config, encoding="utf-8")
    return file


def test_two_builds_are_byte_identical_on_any_day(sample: SampleSite) -> None:
    sample.write("bai-dang/a.md", post_source("# Một\n\n![](ảnh.png)\n", tags="[x, y]", **ASKS))
    sample.write("bai-dang/b.md", post_source(id="bai-b"))
    sample.write("bai-dang/ảnh.png", draw())

    first = files_of(sample.build(datetime(2025, 11, 5, tzinfo=VIET_NAM)))
    second = files_of(sample.build(datetime(2026, 3, 1, tzinfo=VIET_NAM)))

    assert first == second
    assert b"<lastmod>2025-10-27</lastmod>" in first["sitemap.xml"]


def test_a_renamed_file_keeps_its_guid(sample: SampleSite) -> None:
    sample.write("bai-dang/a.md", post_source())
    before = feedparser.parse((sample.build() / "feeds/tat-ca.rss.xml").read_bytes()).entries[0]
    (sample.content / "bai-dang/a.md").rename(sample.content / "bai-dang/Tên mới.md")
    after = feedparser.parse((sample.build() / "feeds/tat-ca.rss.xml").read_bytes()).entries[0]

    assert before.id == after.id == "tag:skhcn.example,2025:thong-bao-485"
    assert (before.link, after.link) == (ADDRESS + "bai-dang/a/", ADDRESS + "bai-dang/T%C3%AAn%20m%E1%BB%9Bi/")


def test_the_manifest_s_digests_are_those_of_its_files(sample: SampleSite) -> None:
    sample.write("bai-dang/Tên có dấu.md", post_source(**ASKS))
    sample.write("bai-dang/b.md", post_source(id="bai-b"))

    site = sample.build()

    manifest = read_manifest(site)
    assert [(found.id, found.asks) for found in manifest.posts] == [("bai-b", False), ("thong-bao-485", True)]
    for found in manifest.posts:
        assert sha256(load_document(site, found)).hexdigest() == found.digest
    assert manifest.posts[1].url == "/s%E1%BB%9F/bai-dang/T%C3%AAn%20c%C3%B3%20d%E1%BA%A5u/"


def test_a_first_line_with_a_colon_is_text_not_metadata(sample: SampleSite) -> None:
    """MkDocs reads such lines at the head of a page as metadata and takes them out."""
    sample.write("bai-dang/a.md", post_source("Note: dòng đầu.\n\n---\n\nHết.\n"))
    sample.build()

    assert "Note: dòng đầu." in sample.page("bai-dang/a")


def test_faults_stop_the_build_in_vietnamese_and_the_last_site_stands(
    sample: SampleSite, caplog: pytest.LogCaptureFixture
) -> None:
    sample.build()
    sample.write("bai-dang/a.md", post_source(title=None, draft="no"))
    sample.write("bai-dang/b.md", "không có khai báo")

    told = stopped_build(sample, caplog)

    for piece in (
        "thiếu khoá “title”",
        "khoá “draft”",
        "bai-dang/b.md, dòng 1",
        "Có 3 lỗi cần sửa.",
        "Mã lỗi: E-POST-",
    ):
        assert piece in told
    assert read_manifest(sample.site).posts == ()


def test_a_text_that_changed_unsaid_stops_the_build_but_no_preview(
    sample: SampleSite, caplog: pytest.LogCaptureFixture
) -> None:
    sample.write("bai-dang/a.md", post_source("Cũ.\n"))
    published = (file.post for file in read_posts(sample.content, UNITS))
    add_to_archive(read_archive(sample.folder / "data/published"), published, NOW)
    sample.build()
    sample.write("bai-dang/a.md", post_source("Mới.\n"))

    sample.build(preview=True)

    assert "Mới." in sample.page("bai-dang/a")
    assert "E-REVISION-NEEDED" in stopped_build(sample, caplog)
    sample.write("bai-dang/a.md", post_source("Mới.\n", draft="true"))
    sample.build()


def test_an_altered_archive_stops_the_build(sample: SampleSite, caplog: pytest.LogCaptureFixture) -> None:
    (sample.folder / "data/published").mkdir(parents=True)
    (sample.folder / "data/published/lạ.json").write_bytes(b"{}")

    assert "E-ARCHIVE" in stopped_build(sample, caplog)


def test_a_template_that_the_theme_lacks_stops_the_build(sample: SampleSite, caplog: pytest.LogCaptureFixture) -> None:
    for template in ("hoem.html", "post.html"):
        sample.write("index.md", f"---\ntitle: Trang chủ\ntemplate: {template}\n---\n\nChào.\n")

        with pytest.raises(Abort):
            sample.build()

        assert f"index.md, dòng 3, cột 11: không có mẫu trang “{template}”." in caplog.text
        assert (
            "Dùng một trong các mẫu campaigns.html, feeds.html, home.html, main.html, posts.html, search.html,"
            in caplog.text
        )


def test_a_symlink_stops_the_build(sample: SampleSite, caplog: pytest.LogCaptureFixture) -> None:
    (sample.content / "máy").symlink_to("/etc")

    assert "E-CONTENT-SYMLINK" in stopped_build(sample, caplog)
    assert not (sample.site / "máy").exists()


def test_wrong_options_stop_the_build(sample: SampleSite, caplog: pytest.LogCaptureFixture) -> None:
    sample.site_url = ""

    assert "thiết lập “site_url”" in stopped_build(sample, caplog)


def test_a_page_that_loads_from_another_machine_stops_the_build(
    sample: SampleSite, caplog: pytest.LogCaptureFixture
) -> None:
    sample.write("bai-dang/a.md", post_source("![a](https://xa.example/1.png)\n"))
    sample.write("index.md", "<script src='//xa.example/2.js'></script>\n\n[liên kết](https://duoc.example/)\n")

    told = stopped_build(sample, caplog)

    assert "bai-dang/a.md: trang này tải “https://xa.example/1.png”" in told
    assert "index.md: trang này tải “//xa.example/2.js”" in told
    assert "duoc.example" not in told


def test_no_built_file_loads_from_another_machine(sample: SampleSite) -> None:
    sample.write("bai-dang/a.md", post_source(**ASKS))
    site = sample.build()

    for file in sorted(site.rglob("*.html")):
        loads = find_links(file.read_text(encoding="utf-8")).foreign_loads
        assert [load for load in loads if not load.startswith(HOME)] == [], file
    for file in sorted(site.rglob("*.css")):
        assert not re.findall(r"(?:url\(|@import)\s*['\"]?(?:https?:)?//", file.read_text(encoding="utf-8")), file
    assert "//" not in re.sub(r"(?m)^\s*//.*$", "", next(site.glob("assets/*/status.js")).read_text(encoding="utf-8"))


def test_the_site_of_this_repository_builds_strictly_with_mkdocs_build(tmp_path: Path) -> None:
    environment = {**os.environ, "CAMPAIGN_SITE_URL": "https://skhcn.example/", "PYTHONPATH": str(REPOSITORY / "src")}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "đã dựng")]

    done = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert "thong-bao-485" in [found.id for found in read_manifest(tmp_path / "đã dựng").posts]


def test_a_fault_is_told_by_mkdocs_build_without_traceback(sample: SampleSite) -> None:
    sample.write("bai-dang/a.md", post_source(title=None))
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "src"), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "mkdocs", "build", "--config-file", str(sample.configure())]

    done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)

    assert done.returncode == 1
    assert "bai-dang/a.md: thiếu khoá “title”." in done.stderr
    assert "Traceback" not in done.stderr


def test_a_page_of_the_site_carries_no_script_of_its_content(sample: SampleSite) -> None:
    evil = "## <img src=x onerror=alert(1)> Một\n\n<script>alert(1)</script>\n\n[a](javascript:alert(1))\n"
    sample.write("bai-dang/a.md", post_source(evil))
    sample.write("index.md", f"# <b onclick=alert(1)>Tựa</b>\n\n{evil}")
    sample.build()

    assert [name for name in ("bai-dang/a", "") if "alert(1)" in sample.page(name)] == []


def test_whatever_pages_load_stands_under_an_address_of_its_content(sample: SampleSite) -> None:
    """Browsers keep it for good: another content has another address."""
    sample.write("bai-dang/a.md", post_source())
    sample.build()

    pages = sample.page("bai-dang/a") + (sample.site / "404.html").read_text("utf-8")
    loaded = re.findall(r'(?:<script src|<link rel="(?:stylesheet|preload|icon)"[^>]* href)="([^"]+)"', pages)

    assert len(loaded) >= 8
    assert [address for address in loaded if not re.search(r"assets/[0-9a-f]{16}/[^/]+$", address)] == []
    (styles,) = sample.site.glob("assets/*/campaign.*.css")
    assert all((styles.parent / address.rpartition("/")[2]).exists() for address in loaded)
    fonts = re.findall(r'url\("([^"/]+\.woff2)"\)', styles.read_text("utf-8"))
    assert fonts
    assert all((styles.parent / font).exists() for font in fonts)
