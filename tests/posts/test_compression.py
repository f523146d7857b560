import gzip
from pathlib import Path

from campaign.posts.compression import compress_files, read_compressed

PAGE = "<p>Phòng cháy hơn chữa cháy.</p>\n" * 100


def make(site: Path, **files: str) -> Path:
    for name, text in files.items():
        file = site / "bai-dang" / f"{name}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return site


def files_of(site: Path) -> list[str]:
    return sorted(file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file())


def test_what_shrinks_stands_compressed_beside_itself(tmp_path: Path) -> None:
    site = make(tmp_path / "site", dai=PAGE, ngan="<p>a</p>")
    (site / "anh.png").write_bytes(bytes(1000))
    (site / "revisions").mkdir()
    (site / "revisions/bai.1.json").write_text(PAGE)
    (site / "sitemap.xml").write_text(PAGE)
    (site / "sitemap.xml.gz").write_bytes(b"MkDocs wrote it")

    compress_files(site, files_of(site), tmp_path / "none")

    assert files_of(site) == [
        "anh.png",
        "bai-dang/dai.html",
        "bai-dang/dai.html.gz",
        "bai-dang/ngan.html",
        "revisions/bai.1.json",
        "sitemap.xml",
        "sitemap.xml.gz",
    ]
    assert gzip.decompress((site / "bai-dang/dai.html.gz").read_bytes()).decode() == PAGE


def test_compressing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = (make(tmp_path / name, dai=PAGE) for name in ("a", "b"))

    for site in (one, other):
        compress_files(site, files_of(site), tmp_path / "none")

    assert (one / "bai-dang/dai.html.gz").read_bytes() == (other / "bai-dang/dai.html.gz").read_bytes()


def test_what_did_not_change_is_taken_from_the_last_site_and_only_that(tmp_path: Path) -> None:
    last = make(tmp_path / "last", cu=PAGE, moi=PAGE)
    compress_files(last, files_of(last), tmp_path / "none")
    marked = gzip.compress(PAGE.encode(), compresslevel=1, mtime=7)
    for name in ("cu", "moi"):
        (last / f"bai-dang/{name}.html.gz").write_bytes(marked)
    site = make(tmp_path / "site", cu=PAGE, moi=PAGE.replace("hơn", "HƠN", 1))

    compress_files(site, files_of(site), last)

    assert (site / "bai-dang/cu.html.gz").read_bytes() == marked
    assert "HƠN" in gzip.decompress((site / "bai-dang/moi.html.gz").read_bytes()).decode()


def test_what_is_not_the_file_compressed_is_not_read(tmp_path: Path) -> None:
    site = make(tmp_path / "site", dai=PAGE)
    file = site / "bai-dang/dai.html"
    compress_files(site, files_of(site), tmp_path / "none")

    assert gzip.decompress(read_compressed(file, PAGE.encode()) or b"").decode() == PAGE
    assert read_compressed(file, PAGE.replace("hơn", "HƠN", 1).encode()) is None
    assert read_compressed(site / "bai-dang/khong-co.html", b"") is None
