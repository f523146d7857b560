"""The templates of the theme: which of them pages can name, and their code out of the cache."""

from collections.abc import Iterable
from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

from campaign.publish.cache.cache import Cache

_KIND = "template"
_NOT_FOR_PAGES = {"404.html", "post.html", "revision.html"}
"""They need what only the plugin hands to them."""


def list_page_templates(folders: Iterable[str]) -> set[str]:
    """Return the names of the templates in the theme's folders that pages can ask for."""
    return {file.name for folder in folders for file in Path(folder).glob("*.html")} - _NOT_FOR_PAGES


class CachedTemplates(BytecodeCache):
    """Keeps the code that Jinja makes of a template; its key is the digest of the template's text."""

    def __init__(self, cache: Cache) -> None:
        """Look into *cache*."""
        self._cache = cache

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code, when the cache has it."""
        found = self._cache.get(_KIND, bucket.key, bucket.checksum.encode())
        if found is not None:
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Take the code."""
        self._cache.put(_KIND, bucket.key, bucket.checksum.encode(), bucket.bytecode_to_string())
