"""The code of the theme's templates out of the cache."""

from jinja2.bccache import Bucket, BytecodeCache

from campaign.publish.cache.cache import Cache


class CachedTemplates(BytecodeCache):
    """Keeps the code that Jinja makes of a template; its key is the digest of the template's text."""

    def __init__(self, cache: Cache) -> None:
        """Look into *cache*."""
        self._cache = cache

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code, when the cache has it."""
        found = self._cache.get("template", bucket.key, bucket.checksum.encode())
        if found is not None:
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Take the code."""
        self._cache.put("template", bucket.key, bucket.checksum.encode(), bucket.bytecode_to_string())
