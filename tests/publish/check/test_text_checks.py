"""What a post would show otherwise than it was typed is told with line and column, before anything is published."""

from dataclasses import replace

import pytest
from mkdocs.exceptions import Abort

from campaign.posts.archive import NO_ARCHIVE, Archive, add_to_archive, read_archive
from campaign.posts.content import read_content
from campaign.publish.check.checks import Findings, Surroundings, check_content
from campaign.publish.check.fixing import fix_posts
from tests.rigs.sites import NOW, UNITS, SampleSite, post_source

FILE = "bai-dang/a.md"
FIRST_LINE = post_source("").count("\n") + 1


def check(sample: SampleSite, text: str, archive: Archive = NO_ARCHIVE, **declared: str | None) -> Findings:
    sample.write(FILE, post_source(text, **declared))
    return check_content(sample.content, Surroundings(UNITS, archive, NOW, lambda _: ""))


def publish(sample: SampleSite, text: str) -> Archive:
    """Publish a text as it is typed, as it was before any text was fixed."""
    archive = read_archive(sample.folder / "data/published")
    sample.write(FILE, post_source("x\n"))
    (file,) = read_content(sample.content, UNITS).posts
    add_to_archive(archive, [replace(file.post, text=text)], NOW)
    return read_archive(sample.folder / "data/published")


@pytest.mark.parametrize(
    ("text", "code", "place", "words"),
    [
        ("[Xem](C:\\Users\\vp\\485.pdf)", "E-POST-LINK", (1, 7), "chỉ mở được trên máy của anh/chị"),
        ("Mở.\n\n[ổ chung](file://may-chu/vb.pdf)", "E-POST-LINK", (3, 11), "chỉ mở được trên máy của anh/chị"),
        ("[ổ](\\\\may-chu\\vb.pdf)", "E-POST-LINK", (1, 6), "chỉ mở được trên máy của anh/chị"),
        ("[zalo](zalo://x)", "E-POST-LINK", (1, 8), "thuộc loại “zalo:” mà trang không mở được"),
        ("Phim:\n\n<video src='a.mp4' controls></video>", "E-POST-ELEMENT", (3, 1), "thẻ <video>"),
        ("<form action='x'><button>Gửi</button></form>", "E-POST-ELEMENT", (1, 1), "thẻ <form>"),
        ("a\n\n<iframe src='https://xa.example/x'></iframe>", "E-CONTENT-FOREIGN", (3, 14), "https://xa.example/x"),
        ("![a](https://xa.example/1.png)", "E-CONTENT-FOREIGN", (1, 6), "https://xa.example/1.png"),
        ("| a | b |\n|---|---|\n| c | d | ô thừa |", "E-POST-WORDS", (3, 11), "“ô thừa”"),
    ],
)
def test_what_readers_would_not_see_is_a_fault(
    sample: SampleSite, text: str, code: str, place: tuple[int, int], words: str
) -> None:
    faults = check(sample, text).faults

    told = [(fault.code, fault.problem) for fault in faults]
    line, column = FIRST_LINE + place[0] - 1, place[1]
    assert (code, True) in [(code, words in problem) for code, problem in told]
    assert any(problem.startswith(f"{FILE}, dòng {line}, cột {column}: ") for _, problem in told), told


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("Nhập <mã công chức> rồi", (1, 6), "“<mã công chức>”: không phải thẻ HTML, hiện nguyên văn"),
        ("Gồm:\n- a\n- b", (2, 1), "danh sách viết liền dưới dòng chữ, đọc là danh sách"),
        ("a) x\nb) y\nc) z", (2, 1), "“b) y”, và 1 chỗ nữa: số, chữ đánh thứ tự"),
        ("•\tViệc\n•\tHai", (1, 1), "dấu đầu dòng chép từ Word"),
        ("- a\n  - b", (2, 3), "mục con thụt chưa đủ"),
        ("x\n\n\tThụt", (3, 2), "trang không thụt đầu dòng"),
        ("|a|b|\n|---|\n|c|d|", (2, 1), "hàng gạch của bảng thiếu hay sai số cột"),
        ("chữ **đậm ** x", (1, 5), "dấu cách sát trong **"),
        ("~~bỏ~~", (1, 1), "chữ gạch ngang"),
        ("- [x] việc", (1, 1), "hiện thành ☐, ☑"),
        ("dòng\\\nhai", (1, 5), "đọc là xuống dòng"),
        ("xem https://a.example/", (1, 5), "địa chỉ trần, đọc là liên kết"),
        ("1. a\n3. c", (2, 1), "số thứ tự không nối tiếp"),
        ('<div markdown="1">**đậm**</div>', (1, 19), "dấu “**” hiện nguyên như thế trên trang"),
        ("<center>Giữa</center>", (1, 1), "không giữ định dạng của thẻ <center>"),
        ('<p style="color:red">Đỏ</p>', (1, 4), "không giữ định dạng “style”"),
    ],
)
def test_what_is_read_otherwise_than_it_stands_is_a_remark(
    sample: SampleSite, text: str, place: tuple[int, int], words: str
) -> None:
    found = check(sample, text)

    line, column = FIRST_LINE + place[0] - 1, place[1]
    assert [fault.problem for fault in found.faults] == []
    assert any(
        words in remark.problem and (remark.place.line, remark.place.column) == (line, column)
        for remark in found.remarks
    ), found.remarks


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("[x](khong-co.md)", "E-POST-LINK", "index.md, dòng 5, cột 5"),
        ("[x](bai-dang/a.md#khong)", "E-POST-LINK", "index.md, dòng 5, cột 5"),
        ("![x](https://xa.example/1.png)", "E-CONTENT-FOREIGN", "index.md, dòng 5, cột 6"),
    ],
)
def test_a_page_that_would_stop_the_build_stops_the_check(sample: SampleSite, text: str, code: str, place: str) -> None:
    sample.write("index.md", f"---\ntitle: Trang chủ\n---\n\n{text}\n")

    (fault,) = check(sample, "x\n").faults

    assert fault.code == code
    assert fault.problem.startswith(f"{place}: ")
    with pytest.raises(Abort):
        sample.build()


def test_a_text_without_oddities_has_no_remark(sample: SampleSite) -> None:
    text = "Chữ **đậm**.\n\n- a\n- b\n\n| a | b |\n|--:|---|\n| c | d |\n\n```\n**\n```\n\nXem `**` và <https://a.example/>.\n"

    assert check(sample, text).remarks == ()


@pytest.mark.parametrize(("declared", "column"), [("Nghỉ lễ # quan trọng", 16), ("“Nghỉ” #5", 15), ("x  # y", 11)])
def test_what_yaml_takes_for_a_remark_is_told(sample: SampleSite, declared: str, column: int) -> None:
    found = check(sample, "x\n", title=declared)

    (remark,) = found.remarks
    assert (remark.place.line, remark.place.column) == (3, column)
    assert f"chữ “{declared[declared.index('#') :]}” bị bỏ" in remark.problem


def test_a_sign_in_quotation_marks_or_after_a_flag_is_no_remark(sample: SampleSite) -> None:
    assert check(sample, "x\n", title='"Bài # 5"', draft="true # xong thì xoá").remarks == ()


def test_a_text_that_was_published_as_typed_keeps_its_look_and_its_file(sample: SampleSite) -> None:
    typed = "Gồm:\n- a\n- b https://a.example/\n"
    archive = publish(sample, typed)

    found = check(sample, typed, archive)

    assert found.posts[0].post.text == typed
    assert (found.faults, found.remarks) == ((), ())
    assert list(fix_posts(sample.content, UNITS, archive)) == []
    sample.write("bai-dang/a.md", post_source(typed))
    sample.build()
    assert "Gồm:\n- a" in sample.page("bai-dang/a")


def test_an_edit_of_a_text_that_was_published_as_typed_asks_for_a_revision(sample: SampleSite) -> None:
    archive = publish(sample, "Gồm:\n- a\n")

    found = check(sample, "Gồm:\n- a\n- b\n", archive)

    assert [fault.code for fault in found.faults] == ["E-REVISION-NEEDED"]


def test_fixed_files_are_shown_as_before_and_have_no_remark(sample: SampleSite) -> None:
    text = "Gồm <mã>:\n- a\n  - b\n\n\tThụt https://a.example/\n"
    before = check(sample, text).posts[0].post
    sample.write(FILE, post_source(text).replace("\n", "\r\n").encode())

    assert list(fix_posts(sample.content, UNITS, NO_ARCHIVE)) == [FILE]

    after = check_content(sample.content, Surroundings(UNITS, NO_ARCHIVE, NOW, lambda _: ""))
    assert after.posts[0].post == before
    assert after.remarks == ()
    assert b"\r\n- a\r\n    - b\r\n" in (sample.content / FILE).read_bytes()
    assert list(fix_posts(sample.content, UNITS, NO_ARCHIVE)) == []


def test_the_page_and_the_feeds_show_a_text_as_it_was_meant(sample: SampleSite) -> None:
    sample.write(FILE, post_source("Nhập <mã công chức>:\n- a\n- b\n"))
    site = sample.build()

    for shown in (sample.page("bai-dang/a"), (site / "feeds/tat-ca.json").read_text("utf-8")):
        assert "Nhập &lt;mã công chức&gt;:</p>" in shown
        assert "<li>a</li>" in shown
