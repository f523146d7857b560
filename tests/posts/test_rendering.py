import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.posts.links import find_linked_files, find_links
from campaign.posts.rendering import slugify, to_html, to_plain, to_raw_html, to_safe_html

ADDRESS = "https://skhcn.example/tin/bai-dang/thong-bao-485/"


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("khac.md", "https://skhcn.example/tin/bai-dang/khac/"),
        ("khac.md#muc-1", "https://skhcn.example/tin/bai-dang/khac/#muc-1"),
        ("index.md", "https://skhcn.example/tin/bai-dang/"),
        ("../huong-dan/nguoi-doc.md", "https://skhcn.example/tin/huong-dan/nguoi-doc/"),
        ("../index.md", "https://skhcn.example/tin/"),
        ("tep.pdf?a=1", "https://skhcn.example/tin/bai-dang/tep.pdf?a=1"),
        ("Điện.md", "https://skhcn.example/tin/bai-dang/%C4%90i%E1%BB%87n/"),
        ("%C4%90i%E1%BB%87n.pdf", "https://skhcn.example/tin/bai-dang/%C4%90i%E1%BB%87n.pdf"),
        ("#muc-1", "https://skhcn.example/tin/bai-dang/thong-bao-485/#muc-1"),
        ("/cua-toi", "https://skhcn.example/cua-toi"),
        ("https://luat.example/a.md", "https://luat.example/a.md"),
        ("mailto:vanphong@skhcn.example", "mailto:vanphong@skhcn.example"),
        ("tel:114", "tel:114"),
    ],
)
def test_links_hold_anywhere(link: str, address: str) -> None:
    assert f'href="{address}"' in to_html(f"[đây]({link})", ADDRESS)


def test_pictures_are_those_of_the_site() -> None:
    assert 'src="https://skhcn.example/tin/bai-dang/%E1%BA%A3nh%201.png"' in to_html("![](<ảnh 1.png>)", ADDRESS)
    assert "src" not in to_html("![a](https://xa.example/1.png) ![b](//xa.example/1.png)", ADDRESS)


EVIL = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)></svg>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<form action=/alert><button name=alert>Gửi</button></form>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](data:text/html,<script>alert(1)</script>)",
    "<a href='&#106;avascript:alert(1)'>a</a>",
    "<p style='background:url(https://xa.example/alert)'>a</p>",
    "<style>@import 'https://xa.example/alert';</style>",
    "<b onclick=alert(1)>a</b>",
    "<!-- alert(1) -->",
    "a\n{: onclick=alert(1) }",
    "<a href='https://[alert'>a</a>",
    "<a href='//[alert'>a</a>",
    "<object data=javascript:alert(1)></object>",
    "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
    "## <img src=x onerror=alert(1)> Một",
    "<base href='https://xa.example/alert/'>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "| a |\n|---|\n| <b onclick=alert(1)>b</b> |",
]


@pytest.mark.parametrize("text", EVIL)
def test_nothing_that_runs_or_loads_is_left(text: str) -> None:
    assert "alert" not in to_html(text, ADDRESS)


@pytest.mark.parametrize("text", [text for text in EVIL if "[alert" not in text])
def test_nothing_that_runs_is_left_on_a_page(text: str) -> None:
    assert "alert" not in to_safe_html(to_raw_html(text))


def test_a_page_keeps_what_the_theme_shows_it_by() -> None:
    table = "| a | b |\n|--:|:-:|\n| c[^1] | d |\n\n[^1]: e\n"
    text = f'## Mục {{#muc .c-x}}\n\n!!! note "Ghi"\n    Chú.\n\n{table}\n[f](g.md "h")\n'

    html = to_safe_html(to_raw_html(text))

    for piece in (
        '<h2 class="c-x" id="muc">',
        '<div class="admonition note">',
        '<th class="c-right">a</th>',
        '<td class="c-center">d</td>',
        '<li id="fn:1">',
        '<a href="g.md" title="h">f</a>',
    ):
        assert piece in html


def test_content_takes_no_name_of_the_theme_s_own() -> None:
    assert "__config" not in to_safe_html('<div id="__config">{"base": "https://xa.example/"}</div>')


@given(text=st.text(st.sampled_from("<>&'\"/=:() scriptonlad\n*[]!`"), max_size=80))
def test_no_text_makes_a_script(text: str) -> None:
    html = to_html(text, ADDRESS).casefold()

    assert "<script" not in html
    assert find_links(html).foreign_loads == []


def test_the_site_s_extensions_work_outside_it_too() -> None:
    text = '!!! warning "Chú ý"\n    Nước.\n\n| a |\n|---|\n| b |\n\n```\nc\n```\n\n1. d\n\n- e[^1]\n\n[^1]: f\n'

    html = to_html(text, ADDRESS)

    for piece in ('<div class="admonition warning">', "<td>b</td>", "<pre><code>c", "</ol>\n<ul>", "Trở lại chỗ dẫn 1"):
        assert piece in html


def test_headings_keep_d_with_stroke_in_their_names() -> None:
    assert slugify("Điều 1: Đối tượng", "-") == "dieu-1-doi-tuong"
    assert '<h2 id="dieu-1">' in to_raw_html("## Điều 1")


def test_loads_from_other_machines_are_found_and_links_are_not() -> None:
    html = """
    <a href="https://xa.example/a">a</a><img src="//xa.example/b"><img srcset="https://xa.example/c 2x">
    <link rel="stylesheet" href="HTTPS://xa.example/d"><p style="background: url('https://xa.example/e')">
    <style>@import "https://xa.example/f"; a { color: red }</style><svg><use xlink:href="https://xa.example/g"/></svg>
    <img src="/gan.png"><img alt><p>url(https://xa.example/h)</p><area href="https://xa.example/i">
    """

    loads = find_links(html).foreign_loads

    assert [load.removesuffix(" 2x")[-1] for load in loads] == ["b", "c", "d", "e", "f", "g"]


def test_linked_files_are_named_as_in_the_content_folder() -> None:
    html = (
        '<img src="%E1%BA%A3nh/a.png"><a href="../b.pdf#page=2"><a href="https://xa.example/c"><a href="#d"><a href="">'
    )

    assert find_linked_files(html, "bai-dang/x.md") == {"bai-dang/ảnh/a.png", "b.pdf"}


def test_plain_text_has_the_words_and_none_of_the_marks() -> None:
    text = "## Số *máy*\n\n- Gọi **114** & [báo](bao.md)\n- a < b\n"

    assert to_plain(text).split() == ["Số", "máy", "Gọi", "114", "&", "báo", "a", "<", "b"]
