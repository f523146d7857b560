"""The archive: every revision that was ever published, as readers saw it.

A file is the revision's document; its name holds the post's id, the number and the digest of its bytes, so that no
other list is needed and an altered file is found. Files are added and never changed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from campaign.core.post import Post, digest_of, post_from_document
from campaign.core.revisions import is_announced
from campaign.errors.base import CampaignError, Faults
from campaign.errors.posts import RevisionNeededError
from campaign.errors.site import ArchiveError
from campaign.posts.content import PostFile

_BUILT = "built-at"
_SUFFIX = ".json"


@dataclass(frozen=True, slots=True)
class Archive:
    """What was published.

    Attributes:
        folder: Where the files lie; it need not exist.
        digests: The digest of each revision, by post and number.
    """

    folder: Path
    digests: Mapping[str, Mapping[int, str]]

    def numbers(self, post: str) -> list[int]:
        """Return the numbers of the post's revisions, the first one first."""
        return sorted(self.digests.get(post, ()))

    def has(self, post: Post) -> bool:
        """Say whether readers have seen exactly this revision."""
        return self.digests.get(post.id, {}).get(post.revision.number) == post.digest

    def load(self, post: str, number: int) -> Post:
        """Return a revision as readers saw it.

        Raises:
            ArchiveError: Its file was altered.
        """
        name = _name(post, number, self.digests[post][number])
        document = (self.folder / name).read_bytes()
        if digest_of(document) != self.digests[post][number]:
            raise ArchiveError(name)
        return post_from_document(document)

    def built_at(self) -> datetime | None:
        """Return when the site was last published, or nothing."""
        try:
            return datetime.fromisoformat((self.folder / _BUILT).read_text("ascii").strip())
        except (OSError, ValueError):
            return None


def read_archive(folder: Path) -> Archive:
    """List what was published.

    Raises:
        ArchiveError: A file of the folder is not one of a revision.
    """
    digests: dict[str, dict[int, str]] = {}
    for name in sorted(file.name for file in folder.glob(f"*{_SUFFIX}")):
        try:
            post, number, digest = name.removesuffix(_SUFFIX).rsplit(".", 2)
            digests.setdefault(post, {})[int(number)] = digest
        except ValueError:
            raise ArchiveError(name) from None
    return Archive(folder, digests)


def add_to_archive(archive: Archive, posts: Iterable[Post], now: datetime) -> None:
    """Keep those revisions that the archive lacks, and note that the site of *now* is published."""
    archive.folder.mkdir(parents=True, exist_ok=True)
    for post in posts:
        if post.revision.number not in archive.digests.get(post.id, ()):
            _write(archive.folder / _name(post.id, post.revision.number, post.digest), post.to_document())
    _write(archive.folder / _BUILT, now.astimezone(UTC).isoformat().encode())


def find_unannounced(
    files: Iterable[PostFile], archive: Archive, confirmed: Mapping[str, int] | None = None
) -> Iterator[CampaignError]:
    """Yield a fault for each post whose text was changed without a new revision.

    Args:
        files: The posts that readers are to see.
        archive: What they have seen.
        confirmed: How many confirmations count, by post, when that is known.
    """
    for file in files:
        post, published = file.post, archive.digests.get(file.post.id, {})
        number = post.revision.number
        if published and not is_announced(number, post.digest, published):
            count = None if confirmed is None or post.sentence is None else confirmed.get(post.id, 0)
            yield RevisionNeededError(file.path, post.id, number, max(published), count)


def refuse_unannounced(files: Iterable[PostFile], archive: Archive) -> None:
    """Stop a build that would change a published text unsaid.

    Raises:
        Faults: Every text that was changed without a new revision.
    """
    faults = tuple(find_unannounced(files, archive))
    if faults:
        raise Faults(faults, "Trang chưa được dựng.")


def _name(post: str, number: int, digest: str) -> str:
    return f"{post}.{number}.{digest}{_SUFFIX}"


def _write(file: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    half_written = file.with_name(f"{file.name}.tmp")
    half_written.write_bytes(content)
    half_written.replace(file)
