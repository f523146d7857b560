"""What a page points to, and what it makes the reader's browser load."""

import posixpath
import re
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

_LOADING = {"src", "srcset", "poster", "data", "background"}
_CLICKED = {"a", "area"}
_ABROAD = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)
_STYLE_LOAD = re.compile(r"""(?:url\(|@import)\s*['"]?((?:https?:)?//[^'")\s]+)""", re.IGNORECASE)


def find_links(html: str) -> "Links":
    """Collect the addresses in *html*."""
    links = Links()
    links.feed(html)
    links.close()
    return links


def find_foreign_loads(html: str) -> list[str]:
    """Return the addresses on other machines that a browser asks for without a click."""
    return find_links(html).foreign_loads if "//" in html else []


def find_linked_files(html: str, path: str) -> frozenset[str]:
    """Return the files of the content folder that *html*, rendered from the file *path*, points to.

    What has a colon before any "/" is a scheme, however it is disguised (``java script:``), and no file.
    """
    folder = posixpath.dirname(path)
    parts = [urlsplit(link) for link in find_links(html).all]
    return frozenset(
        posixpath.normpath(posixpath.join(folder, unquote(part.path)))
        for part in parts
        if part.path and not part.scheme and not part.netloc and ":" not in part.path.partition("/")[0]
    )


class Links(HTMLParser):
    """The addresses in a piece of HTML.

    Attributes:
        all: Every address, clicked or loaded.
        foreign_loads: Those on other machines that a browser asks for without a click.
    """

    def __init__(self) -> None:
        """Collect addresses from what is fed."""
        super().__init__()
        self.all: list[str] = []
        self.foreign_loads: list[str] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the addresses of an element's attributes."""
        self._in_style = tag == "style"
        for name, value in attrs:
            if value is None:
                continue
            if name == "style":
                self.foreign_loads += _STYLE_LOAD.findall(value)
            elif name in _LOADING or name.endswith("href"):
                self.all.append(value)
                if _ABROAD.match(value) and (name in _LOADING or tag not in _CLICKED):
                    self.foreign_loads.append(value.strip())

    def handle_data(self, data: str) -> None:
        """Take the addresses in a style sheet."""
        if self._in_style:
            self.foreign_loads += _STYLE_LOAD.findall(data)
