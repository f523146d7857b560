"""Which files of the content folder readers must not get, and where they find the full text of a source document."""

import posixpath
from collections.abc import Iterable, Sequence
from urllib.parse import unquote, urlsplit

from campaign.posts.content import PostFile
from campaign.posts.links import find_linked_files
from campaign.posts.manifest import ShownFile, name_shown
from campaign.posts.rendering import to_raw_html


def find_private_assets(
    hidden: Sequence[PostFile], public: Sequence[PostFile], shown: Iterable[tuple[str, str]]
) -> frozenset[str]:
    """Return the files that only hidden posts point to, so that no picture of a draft is published.

    Args:
        hidden: The posts that readers must not see.
        public: Those that they see.
        shown: Path and Markdown of each page that they may see. Not looked at when nothing is hidden.
    """
    private = frozenset[str]().union(*(find_linked_files(to_raw_html(file.post.text), file.path) for file in hidden))
    private = private.union(*(file.post.files for file in hidden)).difference(*(file.post.files for file in public))
    if not private:
        return private
    names = {posixpath.basename(path) for path in private}
    # Rendering every page of a large site takes long, and a page that shows a file has its name in its text.
    near = ((path, text) for path, text in shown if any(name in unquote(text) for name in names))
    return private.difference(*(find_linked_files(to_raw_html(text), path) for path, text in near))


def find_full_text(file: PostFile) -> ShownFile | None:
    """Return the full text of a post's source document: a file beside the post, else an address elsewhere."""
    source = file.post.source_document
    own = next((shown for shown in file.files if source and shown.path == source.file), None)
    if own:
        return ShownFile(own.format(), name_shown(file.post, own), own.digest)
    return ShownFile(urlsplit(source.url).netloc, source.url, "") if source and source.url else None
