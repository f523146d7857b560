import unicodedata
from pathlib import Path

import pytest

from campaign.errors.base import CampaignError, Faults
from campaign.posts.content import read_posts
from tests.rigs.sites import UNITS, SampleSite, post_source


def faults_of(content: Path) -> list[tuple[str, str]]:
    with pytest.raises(Faults) as caught:
        read_posts(content, UNITS)
    return [_told(error) for error in caught.value.errors]


def _told(error: CampaignError) -> tuple[str, str]:
    return error.code, error.problem.split(":")[0]


def test_posts_come_in_the_order_of_their_files(sample: SampleSite) -> None:
    for name in ("b.md", "Ă nhỏ.md", "2025/a.markdown"):
        sample.write(f"bai-dang/{name}", post_source(id=f"bai-{len(name)}"))

    posts = read_posts(sample.content, UNITS)

    assert [file.path for file in posts] == ["bai-dang/b.md", "bai-dang/Ă nhỏ.md", "bai-dang/2025/a.markdown"]
    assert [file.post.id for file in posts] == ["bai-4", "bai-8", "bai-15"]


def test_what_mkdocs_does_not_show_among_the_posts_is_no_post(sample: SampleSite) -> None:
    for name in ("bai-dang/.nháp.md", "bai-dang/.cũ/a.md", "bai-dang/ảnh.png", "huong-dan/a.md", "bai-dang.md"):
        sample.write(name, "không phải bài đăng")

    assert read_posts(sample.content, UNITS) == ()


def test_all_faults_of_all_posts_are_told_at_once(sample: SampleSite) -> None:
    sample.write("bai-dang/a.md", post_source(title=None))
    sample.write("bai-dang/b.md", "không có khai báo")
    sample.write("bai-dang/c.md", post_source(id="bai-c"))
    sample.write("bai-dang/d.md", post_source(id="bai-c", extra="1", draft="no"))
    sample.write("bai-dang/e.md", post_source(id="bai-c"))

    assert faults_of(sample.content) == [
        ("E-POST-KEY-MISSING", "bai-dang/a.md"),
        ("E-POST-FRONT-MATTER", "bai-dang/b.md, dòng 1"),
        ("E-POST-KEY-UNKNOWN", "bai-dang/d.md, dòng 10, cột 1"),
        ("E-POST-VALUE", "bai-dang/d.md, dòng 11, cột 8"),
        ("E-POST-DUPLICATE", "bai-dang/e.md"),
    ]


def test_a_file_is_named_in_nfc(sample: SampleSite) -> None:
    sample.write(unicodedata.normalize("NFD", "bai-dang/Điện.md"), "không có khai báo")

    assert faults_of(sample.content) == [("E-POST-FRONT-MATTER", "bai-dang/Điện.md, dòng 1")]


@pytest.mark.parametrize("name", ["2025/index.md", "README.md", "Index.md", "index.markdown"])
def test_a_post_has_no_folder_page_s_name(sample: SampleSite, name: str) -> None:
    sample.write(f"bai-dang/{name}", post_source())

    assert faults_of(sample.content) == [("E-POST-FILE-NAME", f"bai-dang/{name}")]


def test_every_symlink_is_refused_wherever_it_points(sample: SampleSite, tmp_path: Path) -> None:
    """MkDocs follows them, and would publish a file of the machine."""
    (tmp_path / "ngoài").mkdir()
    (tmp_path / "ngoài/bí mật.md").write_text(post_source(), encoding="utf-8")
    (sample.content / "bai-dang/a.md").symlink_to(tmp_path / "ngoài/bí mật.md")
    (sample.content / "bai-dang/thư mục").symlink_to(tmp_path / "ngoài")
    (sample.content / "ảnh.png").symlink_to(sample.content / "index.md")
    (sample.content / "gãy").symlink_to("không có")

    assert faults_of(sample.content) == [
        ("E-CONTENT-SYMLINK", "gãy"),
        ("E-CONTENT-SYMLINK", "ảnh.png"),
        ("E-CONTENT-SYMLINK", "bai-dang/a.md"),
        ("E-CONTENT-SYMLINK", "bai-dang/thư mục"),
    ]
