"""No word that was typed disappears: it is shown on the page, in feeds and in the plain text, or it is told."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.posts.fixes.text import fix_text
from campaign.posts.rendering import to_html, to_plain, to_raw_html, to_safe_html
from campaign.posts.words import LostWords, find_lost_words

SIGNS = [
    *"<>*_~`|{}#\\&!:=()@\"' \n",
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
SIGNS += [
    "|---|---|\n",
    "<b>",
    "</b>",
    "<div>",
    "</div>",
    "<table>",
    "<br>",
    "<mã ",
    "https://a.example/",
    "!!! ",
    "```\n",
]
SIGNS += ["&lt;", "{: ", "[x]: ", "[x] ", "</", "<?", "<!", "<a href=x>"]


def lost(text: str) -> list[str]:
    return [found.words for found in find_lost_words(text, to_safe_html(to_raw_html(fix_text(text).text)))]


@given(signs=st.lists(st.lists(st.sampled_from(SIGNS), max_size=3).map("".join), min_size=2, max_size=12))
def test_every_word_is_shown_everywhere_in_order_or_told(signs: list[str]) -> None:
    words = [f"chữ{number}" for number in range(len(signs))]
    text = "".join(f"{sign}{word} " for sign, word in zip(signs, words, strict=True)) + "\n"
    fixed = fix_text(text).text

    told = " ".join(lost(text))
    expected = [word for word in words if word not in told.split()]
    for html in (to_safe_html(to_raw_html(fixed)), to_html(fixed, "https://a.example/b/")):
        shown = re.findall(r"chữ\d+", unescape(re.sub(r"<[^>]*>", "", html)))
        assert [word for word in shown if word in expected] == expected
    assert [word for word in re.findall(r"chữ\d+", to_plain(fixed)) if word in expected] == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("| a | b |\n|---|---|\n| c | d | ô thừa |\n", ["ô thừa"]),
        ("!!! Lưu ý quan trọng\n    Chữ\n", ["ý quan trọng"]),
        ("<script>chữ trong mã</script>\n", ["chữ trong mã"]),
    ],
)
def test_words_that_are_not_shown_are_told(text: str, words: list[str]) -> None:
    assert lost(text) == words


def test_lost_words_are_told_with_their_place() -> None:
    text = "| a | b |\n|---|---|\n| c | d | mất |\n"

    assert list(find_lost_words(text, to_raw_html(text))) == [LostWords(text.index("mất"), "mất")]


@pytest.mark.parametrize(
    "text",
    [
        "đ**ậ**m m<sup>2</sup> a*b a\\b a\\_b R&amp;D&nbsp;x\n",
        "[chữ](tệp có cách.pdf) ![lời mô tả](x.png) [ở đây][x] <!-- riêng -->\n\n[x]: y.md\n",
        "a[^1]\n\n[^1]: Chú thích\n\n## Mục {#muc}\n\n```python\nif x\n```\n",
        '!!! note "Lưu ý"\n    Chữ\n\n1. a\n2. b\n\n| a<br>b | c |\n|---|---|\n| d | e |\n',
    ],
)
def test_what_is_no_word_to_be_shown_is_not_missed(text: str) -> None:
    assert lost(text) == []
