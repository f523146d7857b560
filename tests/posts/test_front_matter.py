import unicodedata

import pytest
from yaml.nodes import MappingNode

from campaign.errors.posts import FrontMatterError
from campaign.posts.front_matter import place_of, split_front_matter


def declared(source: str) -> dict[str, str]:
    node = split_front_matter("a.md", source.encode()).declared
    assert isinstance(node, MappingNode)
    return {key.value: value.value for key, value in node.value}


def test_every_scalar_stays_text() -> None:
    source = "---\na: 0123\nb: no\nc: 2025-10-27\nd: ~\ne: 1e3\n---\n"

    assert declared(source) == {"a": "0123", "b": "no", "c": "2025-10-27", "d": "~", "e": "1e3"}


def test_the_text_comes_in_nfc_with_unix_line_ends_and_without_blank_lines_around() -> None:
    source = unicodedata.normalize("NFD", "---\r\ntitle: Điều\r\n---\r\n\r\nĐiều\r\nmột\r---\r\n\r\n")

    read = split_front_matter("a.md", source.encode())

    assert read.text == "Điều\nmột\n---\n"
    assert read.declared.value[0][1].value == "Điều"


def test_a_byte_order_mark_is_no_part_of_the_file() -> None:
    assert split_front_matter("a.md", b"\xef\xbb\xbf---\na: b\n---\n").text == "\n"


def test_lines_are_those_of_the_file() -> None:
    node = split_front_matter("a.md", b"---\na: 1\nb:\n  c: 2\n---\n").declared

    assert [place_of("a.md", key).line for key, _ in node.value] == [2, 3]


@pytest.mark.parametrize(
    ("source", "line", "reason"),
    [
        (b"", 1, "“---”"),
        (b"title: a\n", 1, "“---”"),
        (b"---\ntitle: a\n", 1, "“---”"),
        (b"---\n---\n", 1, "chưa có khoá nào"),
        (b"---\n- a\n---\n", 1, "chưa có khoá nào"),
        (b"---\na: 1\nb: x: y\n---\n", 3, "sai cú pháp"),
        (b"---\na: 1\n\tb: 2\n---\n", 3, "sai cú pháp"),
        (b"---\na: [1\n---\n", 3, "sai cú pháp"),
        (b"---\n? [a]\n: b\n---\n", 2, "sai cú pháp"),
        (b"---\na: 1\nb: 2\na: 3\n---\n", 4, "khoá “a” đã có"),
        (b"---\na:\n  b: 1\n  b: 2\n---\n", 4, "khoá “b” đã có"),
        (b"---\na:\n  - {b: 1, b: 2}\n---\n", 3, "khoá “b” đã có"),
        (b"---\na: &x 1\nb: *x\n---\n", 3, "tham chiếu"),
        (b"---\na: [[[[[[1]]]]]]\n---\n", 2, "quá sâu"),
        (b"---\na: " + b"[" * 9000 + b"\n---\n", 2, "quá sâu"),
        (b"---\na: \x07\n---\n", 1, "ký tự điều khiển"),
        (b'---\na: "\\ud800"\n---\n', 2, "sai cú pháp"),
        (b"---\na: " + b"x" * 20_001 + b"\n---\n", 1, "dài quá 20000 ký tự"),
        (b"---\na: 1\n---\n" + b"x" * 1_000_000, 1, "lớn hơn 1 MB"),
        (b"---\na: 1\nb: \xff\n---\n", 3, "UTF-8"),
        ("---\na: 1\n---\nĐiều".encode("utf-16"), 1, "UTF-8"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(source: bytes, line: int, reason: str) -> None:
    with pytest.raises(FrontMatterError) as caught:
        split_front_matter("bai-dang/a.md", source)

    assert f"bai-dang/a.md, dòng {line}" in caught.value.problem
    assert reason in caught.value.problem
