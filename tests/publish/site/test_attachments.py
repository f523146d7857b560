"""What was shown is what was confirmed: the files of a post are part of its revision."""

import io
import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image

from campaign.core.post import Post
from campaign.errors.base import Faults
from campaign.errors.settings import SiteBuildError
from campaign.posts.archive import Archive, add_to_archive, read_archive
from campaign.posts.content import find_unannounced, read_content, read_posts
from campaign.posts.manifest import load_files
from campaign.publish.mkdocs.building import build_site
from tests.rigs.sites import ASKS, NOW, UNITS, SampleSite, post_source

OLD, NEW = b"%PDF-1.4 ban cu", b"%PDF-1.4 ban moi, dai hon"
LINK = "[Phụ lục](kem/phu-luc.pdf)\n"
PDF = "bai-dang/kem/phu-luc.pdf"
SOURCE = "{issuer: Văn phòng Chính phủ, subject: Kết luận, file: kem/phu-luc.pdf}"
WAYS = {
    "link": (LINK, {}),
    "picture": ("![Sơ đồ](kem/phu-luc.pdf)\n", {}),
    "HTML": ('<a href="kem/phu-luc.pdf">Phụ lục</a>\n', {}),
    "reference": ("[Phụ lục][1]\n\n[1]: kem/phu-luc.pdf\n", {}),
    "from the root": ("[Phụ lục](/bai-dang/kem/phu-luc.pdf)\n", {}),
    "attachments": ("Chữ.\n", {"attachments": "[kem/phu-luc.pdf]"}),
    "source_document.file": ("Chữ.\n", {"source_document": SOURCE}),
}
CHANGES = {
    "changed": lambda file: file.write_bytes(NEW),
    "of the same length": lambda file: file.write_bytes(OLD[::-1]),
    "removed": lambda file: file.unlink(),
    "renamed": lambda file: file.rename(file.with_name("phu-luc-2.pdf")),
}
"""What may happen to a file."""


def publish(sample: SampleSite, text: str = LINK, **declared: str) -> None:
    sample.write("bai-dang/a.md", post_source(text, **{**ASKS, **declared}))
    build_site(sample.configure(), sample.site, lambda: NOW)


def only_post(sample: SampleSite) -> Post:
    return read_content(sample.content, UNITS, archive_of(sample)).posts[0].post


def archive_of(sample: SampleSite) -> Archive:
    return read_archive(sample.folder / "data/published")


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("way", WAYS)
def test_a_file_is_not_changed_under_the_same_revision(sample: SampleSite, way: str, change: str) -> None:
    text, declared = WAYS[way]
    sample.write(PDF, OLD)
    publish(sample, text, **declared)
    assert [file.path for file in only_post(sample).attachments] == [PDF]

    CHANGES[change](sample.content / PDF)

    content = read_content(sample.content, UNITS, archive_of(sample))
    (fault,) = find_unannounced(content.posts, archive_of(sample))
    assert fault.code == "E-REVISION-NEEDED"
    assert PDF in fault.problem
    with pytest.raises((SiteBuildError, Faults)):
        publish(sample, text, **declared)
    assert (sample.site / PDF).read_bytes() == OLD


def test_each_revision_keeps_its_file(sample: SampleSite) -> None:
    sample.write(PDF, OLD)
    publish(sample)
    first = only_post(sample)
    sample.write(PDF, NEW)

    publish(sample, revision="{number: 2, change: replacement, note: Phụ lục mới.}")

    second = only_post(sample)
    for post, content in ((first, OLD), (second, NEW)):
        at = sample.site / f"revisions/{post.id}.{post.revision.number}"
        assert (at / PDF).read_bytes() == content
        assert load_files(sample.site, post.to_document()) == {sha256(content).hexdigest(): content}
    assert f"revisions/thong-bao-485.1/{PDF}" in sample.page("phien-ban/thong-bao-485/1")
    assert "Hình và tệp kèm theo" in sample.page("phien-ban/thong-bao-485/1")


def test_a_file_that_two_posts_show_asks_both_for_a_revision(sample: SampleSite) -> None:
    sample.write(PDF, OLD)
    sample.write("bai-dang/b.md", post_source(LINK, id="bai-hai", **ASKS))
    publish(sample)
    sample.write(PDF, NEW)

    content = read_content(sample.content, UNITS, archive_of(sample))

    assert len(list(find_unannounced(content.posts, archive_of(sample)))) == 2


def test_files_are_listed_on_the_post_and_in_feeds(sample: SampleSite) -> None:
    sample.write(PDF, b"x" * 214_000)

    publish(sample)

    at = f"revisions/thong-bao-485.1/{PDF}"
    assert f'<a href="../../{at}">phu-luc.pdf (PDF, 214 kB)</a>' in sample.page("bai-dang/a")
    (item,) = json.loads((sample.site / "feeds/tat-ca.json").read_text("utf-8"))["items"]
    assert item["attachments"][0]["size_in_bytes"] == 214_000
    assert item["attachments"][0]["url"].endswith(at)
    for name in ("feeds/tat-ca.rss.xml", "feeds/tat-ca.atom.xml"):
        assert at in (sample.site / name).read_text("utf-8")


def test_a_revision_of_an_older_program_is_valid_without_its_files_and_says_so(sample: SampleSite) -> None:
    sample.write(PDF, OLD)
    sample.write("bai-dang/a.md", post_source(LINK, **ASKS))
    before = replace(only_post(sample), attachments=())
    add_to_archive(archive_of(sample), [before], NOW)

    publish(sample)

    assert only_post(sample).digest == before.digest
    assert "không nằm trong mã đối chiếu" in sample.page("bai-dang/a")


def test_a_file_that_is_named_and_not_there_is_told(sample: SampleSite) -> None:
    sample.write("bai-dang/a.md", post_source(attachments="[kem/khong-co.pdf]"))
    sample.write("bai-dang/b.md", post_source(id="bai-hai", attachments="[../../ngoai.pdf]"))

    with pytest.raises(Faults) as caught:
        read_posts(sample.content, UNITS)

    assert [error.code for error in caught.value.errors] == ["E-POST-LINK", "E-POST-VALUE"]


def test_what_only_a_draft_attaches_is_not_published(sample: SampleSite) -> None:
    sample.write(PDF, OLD)
    sample.write("bai-dang/kem/rieng.pdf", OLD)
    sample.write("bai-dang/b.md", post_source(id="bai-hai", draft="true", attachments="[kem/rieng.pdf]"))

    publish(sample)

    assert (sample.site / PDF).exists()
    assert not list(sample.site.rglob("rieng.pdf"))


# Pictures.


def photograph(form: str = "JPEG", size: tuple[int, int] = (3000, 1500)) -> bytes:
    """Return a photograph that tells where it was taken and by whose telephone, lying on its side."""
    image, out = Image.new("RGB", size, "red"), io.BytesIO()
    exif = image.getexif()
    exif[0x0112], exif[0x010F], exif[0x013B] = 6, "iPhone cua anh Tuan", "Tuan"
    exif.get_ifd(0x8825).update({1: "N", 2: (21.0, 19.0, 0.0), 3: "E", 4: (103.0, 54.0, 0.0)})
    image.save(out, form, exif=exif)
    return out.getvalue()


@pytest.mark.parametrize(("name", "form"), [("a.jpg", "JPEG"), ("b.PNG", "PNG"), ("c.webp", "WEBP")])
def test_no_picture_tells_where_it_was_taken(sample: SampleSite, name: str, form: str) -> None:
    sample.write(f"bai-dang/{name}", photograph(form))
    sample.write(f"huong-dan/{name}", photograph(form))

    publish(sample, f"![Ảnh]({name})\n")

    found = list(sample.site.rglob(name))
    assert len(found) == 3  # The handbook's, the post's, and that of the revision.
    for path in found:
        image = Image.open(io.BytesIO(path.read_bytes()))
        assert not image.getexif()
        assert b"Tuan" not in path.read_bytes()
        assert image.size == (800, 1600)
    assert 'width="800" height="1600"' in sample.page("bai-dang/a")


def test_a_picture_that_tells_nothing_keeps_its_bytes(sample: SampleSite) -> None:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "blue").save(out, "PNG")
    sample.write("bai-dang/so-do.png", out.getvalue())

    publish(sample, "![Sơ đồ](so-do.png)\n")

    assert (sample.site / "bai-dang/so-do.png").read_bytes() == out.getvalue()


def test_a_published_photograph_keeps_its_bytes_whatever_draws_it_later(sample: SampleSite) -> None:
    """Another release of the library that draws pictures must not ask for a revision."""
    sample.write("bai-dang/anh.jpg", photograph())
    publish(sample, "![Ảnh](anh.jpg)\n")
    (shown,) = only_post(sample).attachments
    kept = sample.folder / "data/published/files" / sha256(photograph()).hexdigest()
    assert sha256(kept.read_bytes()).hexdigest() == shown.digest
    (sample.folder / "data/cache/site.sqlite3").unlink()
    drawn_otherwise = io.BytesIO()
    Image.new("RGB", (30, 20)).save(drawn_otherwise, "JPEG")
    kept.write_bytes(drawn_otherwise.getvalue())

    (file,) = read_content(sample.content, UNITS, archive_of(sample)).posts

    assert file.files[0].digest == sha256(drawn_otherwise.getvalue()).hexdigest()


@pytest.mark.parametrize(
    ("name", "content"), [("anh.heic", b"ftypheic"), ("anh.jpg", b"no picture"), ("anh.tif", b"II*")]
)
def test_a_picture_that_no_browser_shows_is_refused(sample: SampleSite, name: str, content: bytes) -> None:
    sample.write(f"bai-dang/{name}", content)
    sample.write("bai-dang/a.md", post_source(f"![Ảnh]({name})\n"))

    with pytest.raises(Faults) as caught:
        read_posts(sample.content, UNITS)

    assert [error.code for error in caught.value.errors] == ["E-POST-PICTURE"]


def test_two_builds_give_the_same_bytes(sample: SampleSite, tmp_path: Path) -> None:
    sites = []
    for name in ("một", "hai"):
        other = SampleSite(tmp_path / name)
        other.write("bai-dang/anh.jpg", photograph())
        other.write(PDF, OLD)
        publish(other, "![Ảnh](anh.jpg) [Phụ lục](kem/phu-luc.pdf)\n")
        sites.append(
            {path.relative_to(other.site): path.read_bytes() for path in other.site.rglob("*") if path.is_file()}
        )

    assert sites[0] == sites[1]
