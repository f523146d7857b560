"""The files that posts show, link to or name, as readers get them."""

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

from campaign.core.attachment import Attachment, format_size
from campaign.core.post import Post
from campaign.errors.base import CampaignError, Place
from campaign.errors.posts import PictureError, PostLinkError
from campaign.pictures import Picture, clean_picture
from campaign.posts.archive import Archive
from campaign.posts.links import find_linked_files
from campaign.posts.rendering import to_raw_html

_PICTURES = (".gif", ".jpeg", ".jpg", ".png", ".webp")
_NOT_FOR_BROWSERS = (".avif", ".bmp", ".heic", ".heif", ".tif", ".tiff")
_PAGES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
_MAY_LINK = re.compile(
    r"""\]\(\s*<?(?!https?:|mailto:|tel:|\#|[^\s()]*\.md[\s)\#>])|^\ {0,3}\[(?!\^)[^\]]+\]:|(?:href|src)\s*=""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
"""What may point to a file: to render a text takes long."""

Remember = Callable[[str, str, bytes, Callable[[], bytes]], bytes]
"""Returns what was made of a thing of that kind, name and key, or makes it."""


def find_files(post: Post, path: str) -> tuple[str, ...]:
    """Return the files of the content folder that a post in the file *path* names, shows or links to."""
    linked = find_linked_files(to_raw_html(post.text), path) if _MAY_LINK.search(post.text) else ()
    near = sorted(file.lstrip("/") for file in linked if not file.startswith("..") and not file.endswith(_PAGES))
    return tuple(dict.fromkeys([*post.files, *near]))


@dataclass(frozen=True, slots=True)
class ContentFiles:
    """The files of a content folder.

    Attributes:
        folder: The content folder.
        archive: What was published: a picture that readers have seen keeps its bytes.
        remember: Keeps pictures between builds.
    """

    folder: Path
    archive: Archive
    remember: Remember = lambda _kind, _name, _key, make: make()

    def load(self, path: str) -> bytes:
        """Return a file as readers get it.

        Raises:
            PictureError: It is a picture that browsers cannot show.
            OSError: It cannot be read.
        """
        return self.load_picture(path).content if is_picture(path) else (self.folder / path).read_bytes()

    def load_picture(self, path: str) -> Picture:
        """Return a picture with its measures; raises what `load` does."""
        if path.casefold().endswith(_NOT_FOR_BROWSERS):
            raise PictureError(path, f"trình duyệt không hiện hình dạng {posixpath.splitext(path)[1][1:].upper()}")
        data = (self.folder / path).read_bytes()
        source = sha256(data).hexdigest()

        def clean() -> bytes:
            picture = clean_picture(self.archive.find_file(source) or data)
            return f"{picture.ending} {picture.width} {picture.height}\n".encode() + picture.content

        try:
            head, _, content = self.remember("picture", path, source.encode(), clean).partition(b"\n")
        except ValueError:
            raise PictureError(path, "không phải hình JPG, PNG, GIF, WebP, hoặc hình hỏng, quá lớn") from None
        ending, width, height = head.decode().split()
        return Picture(content, ending, int(width), int(height))

    def describe(self, post: Post, path: str) -> tuple[tuple[Attachment, ...], tuple[CampaignError, ...]]:
        """Return the files of the post in the file *path*, and what is wrong with them.

        A link in the text that leads to no file is told where links are checked.
        """
        found: list[Attachment] = []
        faults: list[CampaignError] = []
        text = unquote(post.text)
        for name in post.files:
            try:
                content = self.load(name)
            except PictureError as error:
                faults.append(error)
            except OSError:
                if posixpath.basename(name) not in text:
                    faults.append(PostLinkError(Place(path), name, "dẫn tới tệp không có"))
            else:
                found.append(Attachment(name, len(content), sha256(content).hexdigest()))
        return tuple(found), tuple(faults)

    def keep(self, attachment: Attachment) -> None:
        """Put a file of a post into the archive, under the digest of what readers get and of what the editor has."""
        source = (self.folder / attachment.path).read_bytes()
        content = self.load(attachment.path)
        for digest in {attachment.digest, sha256(source).hexdigest()}:
            self.archive.keep_file(digest, content)

    def tell_cleaned(self, post: Post) -> Iterator[str]:
        """Say of each picture of a post what was left out: ``ảnh.jpg: … 7,1 MB → 240 kB``."""
        for attachment in filter(lambda file: is_picture(file.path), post.attachments):
            before = (self.folder / attachment.path).stat().st_size
            if before != attachment.size:
                sizes = f"{format_size(before)} → {format_size(attachment.size)}"
                yield f"{attachment.name}: bỏ nơi chụp, tên máy và thu vừa trang; {sizes}"


def is_picture(path: str) -> bool:
    """Say whether a file is to be a picture, by its name."""
    return path.casefold().endswith(_PICTURES + _NOT_FOR_BROWSERS)
