"""Templates out of the cache: they are read, but not translated again."""

from jinja2.bccache import Bucket, BytecodeCache

from campaign.publish.cache import Cache

_KIND = "template"


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
