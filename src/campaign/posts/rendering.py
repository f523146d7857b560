"""Markdown as HTML that can carry no script: on the site, in feeds, and where the recorder shows a revision's text."""

import re
from collections.abc import Mapping
from dataclasses import replace
from html import unescape
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

import markdown
import nh3

from campaign.core.post import Post
from campaign.core.text import to_slug

_EXTENSIONS = ("tables", "fenced_code", "admonition", "attr_list", "def_list", "footnotes", "sane_lists", "toc")
"""As in mkdocs.yml, so that a post looks the same everywhere."""

_ADMONITIONS = {"admonition", "admonition-title", "note", "tip", "info", "important", "warning", "danger"}
SCHEMES = {"http", "https", "mailto", "tel"}
"""The addresses that a reader can follow."""
KEPT_ELEMENTS = nh3.ALLOWED_TAGS - {"acronym", "center", "rtc", "strike", "tt"}
"""The elements that a page shows; the words in others are shown without them."""
_ATTRIBUTES = {
    "*": {"class", "id", "lang", "title"},
    "a": {"href", "hreflang"},
    "bdo": {"dir"},
    "img": {"alt", "height", "src", "width"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
"""What content may say of its elements: those of HTML today, none that runs, styles or makes the theme's own ids."""

_ID = re.compile(r"[A-Za-z0-9][\w:.-]*", re.ASCII)
_ALIGNED = re.compile(r'(<t[dh]) style="text-align: (left|center|right);"')
"""How the tables extension aligns a column; a Content-Security-Policy lets no style attribute work."""


_BREAK = re.compile(r"<br\s*/?>\n?")


def slugify(heading: str, _separator: str) -> str:
    """Name a heading in addresses, in the form that the toc extension calls: "Điều 1" becomes "dieu-1".

    The extension's own drops đ: "Điều" would become "ieu".
    """
    return to_slug(heading)


def to_raw_html(text: str) -> str:
    """Render Markdown as it is, whatever HTML it holds: to look for links in it, never to be shown."""
    return markdown.markdown(
        text,
        extensions=_EXTENSIONS,
        extension_configs={"toc": {"slugify": slugify}, "footnotes": {"BACKLINK_TITLE": "Trở lại chỗ dẫn {}"}},
    )


def to_plain(text: str) -> str:
    """Return the words of a post's Markdown without its marks, a block a line: what a reader reads."""
    html = _BREAK.sub("\n", to_raw_html(text))
    return unescape(nh3.clean(html, tags=set(), clean_content_tags={"script", "style"}))


def to_safe_html(html: str) -> str:
    """Clean a page's rendered HTML for the site: whatever the content holds, nothing in it runs or styles.

    Columns of tables stay aligned, by the classes ``c-left``, ``c-center``, ``c-right``. Pictures load when they are
    near.
    """

    def judge(_tag: str, attribute: str, value: str) -> str | None:
        return value if attribute != "id" or _ID.fullmatch(value) else None

    return nh3.clean(
        _ALIGNED.sub(r'\1 class="c-\2"', html),
        tags=KEPT_ELEMENTS,
        attributes=_ATTRIBUTES,
        attribute_filter=judge,
        set_tag_attribute_values={"img": {"loading": "lazy"}},
        url_schemes=SCHEMES,
        link_rel=None,
    )


def with_plain_text(post: Post) -> Post:
    """Return *post* with its text as a reader reads it, without the marks of Markdown: to compare two revisions."""
    return replace(post, text=to_plain(post.text))


def to_html(text: str, address: str, moved: Mapping[str, str] | None = None) -> str:
    """Render a post's Markdown as a cleaned fragment of HTML, with links that hold anywhere.

    Nothing that runs, no style and no picture from another machine is left, whatever the post holds.

    Args:
        text: The post's text, with links relative to its file, as MkDocs reads them.
        address: The post's full address on the site.
        moved: Where files are found that were elsewhere when the text was current, by their addresses then.
    """

    def rewrite(tag: str, attribute: str, value: str) -> str | None:
        if attribute not in ("href", "src"):
            return value
        try:
            target = urljoin(address, _to_page_link(urlsplit(value)))
        except ValueError:
            return None
        target = (moved or {}).get(target, target)
        return target if tag != "img" or urlsplit(target)[:2] == urlsplit(address)[:2] else None

    return nh3.clean(
        to_raw_html(text),
        attribute_filter=rewrite,
        url_schemes=SCHEMES,
        allowed_classes={"div": _ADMONITIONS, "p": _ADMONITIONS},
    )


def _to_page_link(link: SplitResult) -> str:
    """Turn a link to a content file into one to its page: ``x.md#a`` in a post becomes ``../x/#a`` for its address."""
    if link.scheme or link.netloc or not link.path or link.path.startswith("/"):
        return link.geturl()
    folder, slash, name = unquote(link.path).rpartition("/")
    if name.endswith(".md"):
        name = "" if name == "index.md" else f"{name.removesuffix('.md')}/"
    return link._replace(path="../" + quote(f"{folder}{slash}{name}")).geturl()
