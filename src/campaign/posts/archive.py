"""The archive: every revision that was ever published, as readers saw it.

A file is the revision's document; its name holds the post's id, the number and the digest of its bytes, so that no
other list is needed and an altered file is found. Files are added and never changed. The files that readers were shown
with a revision lie in a folder of their own, named by their digest; a picture also by that of what its editor has.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from campaign.core.attachment import Attachment
from campaign.core.post import Post, digest_of, post_from_document
from campaign.errors.site import ArchiveError

_BUILT = "built-at"
_FILES = "files"
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

    def find_file(self, digest: str) -> bytes | None:
        """Return a file that readers were shown, or nothing."""
        try:
            return (self.folder / _FILES / digest).read_bytes()
        except OSError:
            return None

    def keep_file(self, digest: str, content: bytes) -> None:
        """Keep a file that readers are shown."""
        if self.find_file(digest) is None:
            (self.folder / _FILES).mkdir(parents=True, exist_ok=True)
            _write(self.folder / _FILES / digest, content)

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


NO_ARCHIVE = Archive(Path(), {})
"""Nothing was published."""


def add_to_archive(
    archive: Archive,
    posts: Iterable[Post],
    now: datetime,
    keep: Callable[[Attachment], None] = lambda _file: None,
) -> None:
    """Keep those revisions that the archive lacks, and note that the site of *now* is published.

    Args:
        archive: The archive.
        posts: What readers see.
        now: The time of the build.
        keep: Keeps a file that a revision shows.
    """
    archive.folder.mkdir(parents=True, exist_ok=True)
    for post in posts:
        if post.revision.number not in archive.digests.get(post.id, ()):
            for attachment in post.attachments:
                keep(attachment)
            _write(archive.folder / _name(post.id, post.revision.number, post.digest), post.to_document())
    _write(archive.folder / _BUILT, now.astimezone(UTC).isoformat().encode())


def _name(post: str, number: int, digest: str) -> str:
    return f"{post}.{number}.{digest}{_SUFFIX}"


def _write(file: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    half_written = file.with_name(f"{file.name}.tmp")
    half_written.write_bytes(content)
    half_written.replace(file)
