"""Posts out of the cache: their files are read, but not taken apart again."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from campaign.core.campaign import Campaign
from campaign.core.post import Post, post_from_document
from campaign.posts.content import parse_post
from campaign.publish.cache.cache import Cache, digest_of_all


class CachedReader:
    """Reads posts as `parse_post` does; one that the cache has costs little.

    Kept are the revision's document and, in a line before it, what a document leaves out.
    """

    def __init__(self, cache: Cache) -> None:
        """Look into *cache*."""
        self._cache = cache

    def __call__(self, file: str, source: bytes, units: Collection[str], campaigns: Sequence[Campaign]) -> Post:
        """Turn the file of a post into the post; one with faults is never kept."""
        key = digest_of_all([source, *units, *(campaign.digest for campaign in campaigns)])
        found = self._cache.get("post", file, key)
        if found is not None:
            head, _, document = found.partition(b"\n")
            rest = json.loads(head)
            expires = rest["expires"] and datetime.fromisoformat(rest["expires"])
            tags, files = tuple(rest["tags"]), tuple(rest["files"])
            return post_from_document(document, expires=expires, draft=rest["draft"], tags=tags, files=files)
        post = parse_post(file, source, units, campaigns)
        expires = post.expires and post.expires.isoformat()
        outside = {"expires": expires, "draft": post.draft, "tags": post.tags, "files": post.files}
        self._cache.put("post", file, key, json.dumps(outside).encode() + b"\n" + post.to_document())
        return post
