"""What editors type and paste is read as it was meant; fixed once, a text stays as it is."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.posts.fixes.changes import ChangeKind
from campaign.posts.fixes.text import FixedText, fix_text
from campaign.posts.rendering import KEPT_ELEMENTS, to_plain, to_raw_html, to_safe_html
from tests.rigs.payloads import PAYLOADS

AS_MEANT = {
    "Nhập <mã công chức> rồi bấm <Xác nhận>.": "<p>Nhập &lt;mã công chức&gt; rồi bấm &lt;Xác nhận&gt;.</p>",
    "Gửi về <họ tên>@so.example.": "<p>Gửi về &lt;họ tên&gt;@so.example.</p>",
    '## Mục hai: "ngoặc" & <thẻ>': " &amp; &lt;thẻ&gt;</h2>",
    "Nếu a <b và c> d": "<p>Nếu a &lt;b và c&gt; d</p>",
    "Điểm <a> khoản <b>": "<p>Điểm &lt;a&gt; khoản &lt;b&gt;</p>",
    "[xem <phụ lục>](a.md)": '<p><a href="a.md">xem &lt;phụ lục&gt;</a></p>',
    "[Lưu ý]: xem": "<p>[Lưu ý]: xem</p>",
    "## Mục {ghi chú}": "Mục {ghi chú}</h2>",
    "Gồm:\n- mục a\n- mục b": "<p>Gồm:</p> <ul> <li>mục a</li> <li>mục b</li> </ul>",
    "Gồm:\n1. số một\n2. số hai": "<p>Gồm:</p> <ol> <li>số một</li> <li>số hai</li> </ol>",
    "Từ năm\n2025. Sau đó thôi.": "<p>Từ năm 2025. Sau đó thôi.</p>",
    "a) Điểm a\nb) Điểm b\nđ) Điểm đ": "<p>a) Điểm a</p> <p>b) Điểm b</p> <p>đ) Điểm đ</p>",
    "Gồm:\n1) Một\n2) Hai": "<p>Gồm:</p> <p>1) Một</p> <p>2) Hai</p>",
    "1. Mục\na) x\nb) y\n2. Hai": "<ol> <li> <p>Mục</p> <p>a) x</p> <p>b) y</p> </li> <li> <p>Hai</p> </li> </ol>",
    "•\tViệc\n•\tViệc khác": "<ul> <li>Việc</li> <li>Việc khác</li> </ul>",
    "–\tViệc\n–\tViệc khác": "<ul> <li>Việc</li> <li>Việc khác</li> </ul>",
    "-Việc\n-Việc khác": "<ul> <li>Việc</li> <li>Việc khác</li> </ul>",
    "\uf0b7\tViệc": "<ul> <li>Việc</li> </ul>",
    "- Việc\n+Con\n+Con khác": "<ul> <li>Việc<ul> <li>Con</li> <li>Con khác</li> </ul> </li> </ul>",
    "1.Việc\n2.Việc khác": "<p>1.Việc</p> <p>2.Việc khác</p>",
    "a. x\nb. y": "<p>a. x</p> <p>b. y</p>",
    "I. x\nII. y": "<p>I. x</p> <p>II. y</p>",
    "(1) x\n(2) y": "<p>(1) x</p> <p>(2) y</p>",
    "1.1. x\n1.2. y": "<p>1.1. x</p> <p>1.2. y</p>",
    "Điều 1. x\nĐiều 2. y": "<p>Điều 1. x</p> <p>Điều 2. y</p>",
    "Nhiệt độ\n-5 độ\n-6 độ": "<p>Nhiệt độ -5 độ -6 độ</p>",
    "Họ tên\tĐơn vị\nAn\tSở": "<th>Đơn vị</th> </tr> </thead> <tbody> <tr> <td>An</td> <td>Sở</td>",
    "Hà Nội\n– Sơn La": "<p>Hà Nội – Sơn La</p>",
    "\tĐoạn một.\n\tĐoạn hai.": "<p>Đoạn một.</p> <p>Đoạn hai.</p>",
    "    Đoạn thụt.": "<p>Đoạn thụt.</p>",
    "- a\n  - b\n  - c\n- d": "<ul> <li>a<ul> <li>b</li> <li>c</li> </ul> </li> <li>d</li> </ul>",
    "1. a\n   - b\n2. c": "<ol> <li>a<ul> <li>b</li> </ul> </li> <li>c</li> </ol>",
    "- a\n+ b\n- c": "<ul> <li>a<ul> <li>b</li> </ul> </li> <li>c</li> </ul>",
    "1. a\n- b\n2. c": "<ol> <li>a<ul> <li>b</li> </ul> </li> <li>c</li> </ol>",
    "- a\n\n  tiếp\n- b": "<ul> <li> <p>a</p> <p>tiếp</p> </li> <li> <p>b</p> </li> </ul>",
    "1. a\n2. b\n\n1. c": "<ol> <li>a</li> <li>b</li> </ol> <!-- --> <ol> <li>c</li> </ol>",
    "1. a\n3. c": '<ol> <li>a</li> </ol> <!-- --> <ol start="3"> <li>c</li> </ol>',
    "!!! note\n    Chữ\n    - a": "<p>Chữ</p> <ul> <li>a</li> </ul>",
    "> Chữ\n> - a": "<blockquote> <p>Chữ</p> <ul> <li>a</li> </ul> </blockquote>",
    "|Cột 1|Cột 2|\n|---|\n|a|b|": "<th>Cột 2</th> </tr> </thead> <tbody> <tr> <td>a</td> <td>b</td>",
    "|Cột 1|Cột 2|\n|a|b|": "<th>Cột 2</th> </tr> </thead> <tbody> <tr> <td>a</td> <td>b</td>",
    "Chữ\n|a|b|\n|---|---|\n|c|d|\nHết": "<p>Chữ</p> <table>",
    "**đậm ** và ** đậm**": "<p><strong>đậm</strong> và <strong>đậm</strong></p>",
    "~~bỏ~~": "<p><del>bỏ</del></p>",
    "- [x] xong\n- [ ] chưa": "<ul> <li>☑ xong</li> <li>☐ chưa</li> </ul>",
    "dòng\\\nhai": "<p>dòng<br> hai</p>",
    "Xem https://a.example/b?c=1, nhé.": '<a href="https://a.example/b?c=1">https://a.example/b?c=1</a>, nhé.</p>',
}
"""What is typed, and the HTML that must come of it; white space is one blank."""

AS_TYPED = [
    "Chữ **đậm** và *nghiêng*, 5 < 6, a * b, R&D.",
    "```\n<mã> - a\n\tb https://a.example/\n```",
    "`<mã>` và `**a **`",
    "[https://a.example/](https://a.example/) <https://a.example/> <vp@so.example>",
    '<a href="https://a.example/">https://a.example/</a>',
    "<table>\n<tr><td>https://a.example/ **a **</td></tr>\n</table>",
    "| a | b |\n|:-:|--:|\n| c | d |",
    "- a\n\n    đoạn\n\n- b\n\n1. c\n2. d",
    "[a][x]\n\n[x]: b.md",
    "a[^1]\n\n[^1]: Chú thích\n    tiếp theo",
    '!!! warning "Chú ý"\n    Nước.',
    "Từ\n: Nghĩa",
    "## Mục {#muc .c-x}\n\n---\n\n***",
    "<!-- ghi chú <riêng> -->",
    "1. a\n1. b\n1. c",
]
"""What means what it says stays as it is, to the letter."""


def fixed(text: str) -> str:
    return fix_text(text + "\n").text


@pytest.mark.parametrize(("typed", "html"), AS_MEANT.items())
def test_a_text_is_shown_as_it_was_meant(typed: str, html: str) -> None:
    assert html in re.sub(r"\s+", " ", to_raw_html(fixed(typed)))


@pytest.mark.parametrize("typed", AS_TYPED)
def test_a_text_that_is_shown_as_meant_stays_as_it_is(typed: str) -> None:
    assert fix_text(typed + "\n") == FixedText(typed + "\n", ())


def test_what_was_changed_is_told_with_its_place() -> None:
    changes = fix_text("Mở đầu.\n\nNhập <mã> vào\n- a\n  - b\n").changes

    assert [(change.kind, change.line, change.column, change.typed) for change in changes] == [
        (ChangeKind.TAG, 3, 6, "<mã>"),
        (ChangeKind.LIST, 4, 1, "- a"),
        (ChangeKind.NESTED, 5, 3, "- b"),
    ]


class Suspicious(HTMLParser):
    """Gathers what could run in a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [tag] if tag not in KEPT_ELEMENTS else []
        for name, value in attrs:
            if (
                name.startswith("on")
                or name == "style"
                or re.sub(r"[\t\n\r]", "", value or "").lower().startswith("javascript:")
            ):
                self.found.append(f"{name}={value}")


@pytest.mark.parametrize("text", [*PAYLOADS, *(f"{payload} <mã>\n- a" for payload in PAYLOADS)])
def test_what_is_shown_as_typed_still_cannot_run(text: str) -> None:
    page = Suspicious()
    page.feed(to_safe_html(to_raw_html(fixed(text))))

    assert page.found == []


PIECES = [
    *"<>*_~`|[](){}#\\&!:=\n",
    "\n\n",
    "**",
    "~~",
    "- ",
    "  - ",
    "1. ",
    "2. ",
    "a) ",
    "•\t",
    "– ",
    "\t",
    "    ",
    "> ",
]
PIECES += [
    "|---|---|\n",
    "<b>",
    "</b>",
    "<div>",
    "</div>",
    "<mã ",
    "https://a.example/",
    "!!! ",
    "```\n",
    "&lt;",
    "chữ ",
]


@given(text=st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_a_text_is_fixed_once_for_all(text: str) -> None:
    once = fixed(text)

    assert fix_text(once).text == once


@given(
    text=st.lists(st.sampled_from(["- a\n", "  - b\n", "+ c\n", "1. d\n", "a) e\n", "f\n", "\n", "\tg\n"]), max_size=12)
)
def test_no_list_loses_an_item(text: list[str]) -> None:
    typed = re.findall(r"[a-z](?=\n)", "".join(text))

    assert re.findall(r"[a-z](?=\n|$)", to_plain(fixed("".join(text)))) == typed
