"""Markdown that renders to the words and labels of the page."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.posts.rendering import to_raw_html
from tests.rigs.word_documents import p, r, to_text


def shown(text: str) -> str:
    """Return what a reader sees of Markdown."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", to_raw_html(text))).split())


@pytest.mark.parametrize(
    "typed",
    [
        "1. Họp", "12) Họp", "- Họp", "+ Họp", "* Họp", "# Họp", "> Họp", "===", "---", "***", "___", "1.", "-",
        "| a | b |", ": định nghĩa", "!!! note", "[^1]: chú thích", "[a](b)", "<b>đậm</b>", "a & b", "&lt;", "`mã`",
        "2 * 3 * 4", "a_b_c", "C:\\thu-muc\\a", "{: .lop }", "Điều 1 { #a }", "~~~", "    thụt vào", "![h](x)", "1.Họp",
        "2025. Năm", "*[HTML]: x", "http://a.example/?b=1&c=2", "\\*", "5 < 6 > 4",
    ],
)  # fmt: skip
def test_typed_text_is_shown_as_it_was_typed(typed: str) -> None:
    assert shown(to_text(p(r(typed)))) == " ".join(typed.split())


@given(st.lists(st.text(st.sampled_from("1.)-+*#_>|[]()!{}:=~`\\&<a đ"), min_size=1, max_size=12), max_size=4))
def test_any_lines_are_shown_as_they_were_typed(typed: list[str]) -> None:
    text = to_text("".join(p(r(line)) for line in typed))

    assert shown(text).split() == " ".join(typed).split()


def test_typed_numbers_keep_their_numbers() -> None:
    html = to_raw_html(to_text(p("3. Ba") + p("5. Năm")))

    assert "<li>" not in html
    assert "<p>5. Năm</p>" in html


def test_looks_become_marks_that_do_not_touch_blanks() -> None:
    assert to_text(p(r("Lưu ý: ", "<w:b/>") + r("Phạm vi", "<w:i/>"))) == "**Lưu ý:** *Phạm vi*\n"


def test_looks_that_touch_are_written_in_html() -> None:
    text = to_text(p(r("đậm", "<w:b/>") + r("nghiêng", "<w:i/>")))

    assert to_raw_html(text) == "<p><strong>đậm</strong><em>nghiêng</em></p>"


def test_runs_of_one_look_are_one() -> None:
    assert to_text(p(r("Q", "<w:b/>") + r("uyết ", "<w:b/>") + r(" ") + r("định", "<w:b/>"))) == "**Quyết định**\n"


@given(
    st.lists(
        st.tuples(
            st.text(st.sampled_from("ab đ.,:(*_"), min_size=1, max_size=6),
            st.sampled_from(["", "<w:b/>", "<w:i/>", "<w:b/><w:i/>", "<w:strike/>"]),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_looks_change_no_letter(pieces: list[tuple[str, str]]) -> None:
    text = to_text(p("".join(r(piece, look) for piece, look in pieces)))

    assert shown(text).split() == "".join(piece for piece, _ in pieces).split()
