"""Writing into the files of posts how their texts are read."""

from collections.abc import Collection, Iterator
from pathlib import Path

from campaign.core.text import to_nfc
from campaign.errors.posts import FrontMatterError
from campaign.posts.archive import Archive
from campaign.posts.content import read_content
from campaign.posts.fixes.text import fix_text
from campaign.posts.front_matter import split_front_matter


def fix_posts(folder: Path, units: Collection[str], archive: Archive) -> Iterator[str]:
    """Rewrite each file of the content folder whose text is read otherwise than it is written there; yield their paths.

    What readers see does not change, so no revision does. A text that was published as it was typed keeps its file.
    """
    content = read_content(folder, units, archive)
    shown = {file.path: file.post.text for file in content.posts}
    for path in content.paths:
        source = (folder / path).read_bytes()
        try:
            front = split_front_matter(to_nfc(path), source)
        except FrontMatterError:  # The check tells it.
            continue
        fixed = fix_text(front.text).text
        if fixed != front.text and shown.get(path, fixed) == fixed:
            written = front.head + fixed
            (folder / path).write_bytes((written.replace("\n", "\r\n") if b"\r\n" in source else written).encode())
            yield path
