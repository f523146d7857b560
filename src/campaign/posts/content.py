"""The content folder: its posts, and what must not be in it."""

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import product
from pathlib import Path

from campaign.core.attachment import Attachment, find_changed
from campaign.core.campaign import Campaign
from campaign.core.department import Department
from campaign.core.post import Post
from campaign.core.revisions import is_announced
from campaign.core.text import to_nfc
from campaign.errors.base import CampaignError, Faults
from campaign.errors.posts import DuplicatePostError, PostFileNameError, RevisionNeededError, SymlinkError
from campaign.posts.archive import NO_ARCHIVE, Archive
from campaign.posts.attachments import ContentFiles, find_files
from campaign.posts.declarations import DEPARTMENT_FILE, read_campaigns, read_department
from campaign.posts.fixes.text import fix_text
from campaign.posts.front_matter import find_page_faults, split_front_matter
from campaign.posts.schema import read_post

CONTENT_FOLDER = Path("content")
"""Where editors write, in the folder in which the program is started, unless mkdocs.yml says otherwise."""
POSTS_FOLDER = "bai-dang"
"""Where posts live; every Markdown file in it is a post, but for the folder's own page."""

_MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""What MkDocs would turn into a page, and so what could slip past the schema."""

_FOLDER_PAGES = ("index", "readme")


@dataclass(frozen=True, slots=True)
class PostFile:
    """A post and where it was read.

    Attributes:
        path: The file, relative to the content folder, with ``/``.
        post: What it holds.
        source: The SHA-256 of the file.
        files: What the post shows beside its text, also when its revision, of an older program, does not cover it.
    """

    path: str
    post: Post
    source: bytes = b""
    files: tuple[Attachment, ...] = ()

    @property
    def digests(self) -> list[str | bytes]:
        """The digests of all that its text is shown from."""
        return [self.source, self.post.digest, *(file.digest for file in self.files)]


@dataclass(frozen=True, slots=True)
class Content:
    """What the content folder holds.

    Attributes:
        paths: The files of all posts.
        pages: The files of all other pages.
        posts: Every post that can be read, drafts and past ones too, by file name.
        campaigns: Every campaign, the one with the earliest deadline first.
        department: What the department's file says; nothing when there is none.
        faults: Everything that is wrong in the folder.
    """

    paths: tuple[str, ...]
    pages: tuple[str, ...]
    posts: tuple[PostFile, ...]
    faults: tuple[CampaignError, ...]
    campaigns: tuple[Campaign, ...] = ()
    department: Department | None = None


PostReader = Callable[[str, bytes, Collection[str], Sequence[Campaign]], Post]
"""Turns the file with a name and those bytes into a post, given the units and the campaigns."""
_ID = re.compile(rb"^id:[ \t]*([a-z0-9-]+)[ \t]*\r?$", re.MULTILINE)
_SAYS_CAMPAIGN = re.compile(rb"^campaign:", re.MULTILINE)


def parse_post(file: str, source: bytes, units: Collection[str], campaigns: Sequence[Campaign] = ()) -> Post:
    """Turn the file of a post into the post, with its text as it was meant and the names of its files.

    Raises:
        CampaignError: It has faults; when several, all at once.
    """
    post = read_post(file, split_front_matter(file, source), units, campaigns)
    fixed = replace(post, text=fix_text(post.text).text)
    return replace(fixed, files=find_files(fixed, file))


def read_posts(
    content: Path,
    units: Collection[str],
    archive: Archive = NO_ARCHIVE,
    read: PostReader = parse_post,
    templates: Collection[str] = (),
    files: ContentFiles | None = None,
) -> tuple[PostFile, ...]:
    """Read every post of the content folder, drafts and past ones too, by file name.

    Args:
        content: The content folder.
        units: The names of the units of the campaign.
        archive: What was published: a text that readers have seen as it was typed keeps its look.
        read: Reads one post.
        templates: The templates that pages can name; without any, none is looked for.
        files: Reads the files of posts.

    Raises:
        Faults: Everything that is wrong in the folder, at once.
    """
    found = read_content(content, units, archive, read, templates, files)
    if found.faults:
        raise Faults(found.faults, "Trang chưa được dựng.")
    return found.posts


def read_content(
    content: Path,
    units: Collection[str],
    archive: Archive = NO_ARCHIVE,
    read: PostReader = parse_post,
    templates: Collection[str] = (),
    files: ContentFiles | None = None,
) -> Content:
    """Do as `read_posts` does, and return the faults beside the posts that can be read."""
    files_of_posts = files or ContentFiles(content, archive)
    found_paths = list(_walk(content))
    links = {path for path in found_paths if (content / path).is_symlink()}
    faults: list[CampaignError] = [SymlinkError(to_nfc(path)) for path in found_paths if path in links]
    paths = tuple(path for path in found_paths if _is_post(path) and path not in links)
    campaigns, department = _read_declarations(content, units, faults)
    posts: list[PostFile] = []
    for path in paths:
        file = to_nfc(path)
        if Path(path).stem.casefold() in _FOLDER_PAGES:
            faults.append(PostFileNameError(file))
            continue
        source = (content / path).read_bytes()
        try:
            post = read(file, source, units, find_own(source, archive, campaigns))
            attached, missing = files_of_posts.describe(post, file)
            faults += missing
            shown = replace(post, attachments=attached) if attached else post
            posts.append(PostFile(path, keep_look(shown, file, source, archive), sha256(source).digest(), attached))
        except Faults as found:
            faults += found.errors
        except CampaignError as found:
            faults.append(found)
    faults += _find_duplicates(posts)
    pages = tuple(path for path in sorted(set(found_paths) - links - set(paths)) if path.endswith(_MARKDOWN))
    for path in pages:
        faults += find_page_faults(to_nfc(path), (content / path).read_bytes(), templates)
    return Content(paths, pages, tuple(posts), tuple(faults), campaigns, department)


def _read_declarations(
    content: Path, units: Collection[str], faults: list[CampaignError]
) -> tuple[tuple[Campaign, ...], Department | None]:
    """Read campaigns and department, and add what is wrong with them to *faults*."""
    campaigns: tuple[Campaign, ...] = ()
    department = None
    try:
        campaigns = read_campaigns(content, units)
    except Faults as found:
        faults += found.errors
    try:
        department = read_department(content / DEPARTMENT_FILE)
    except Faults as found:
        faults += found.errors
    except CampaignError as found:
        faults.append(found)
    return campaigns, department


def find_own(source: bytes, archive: Archive, campaigns: tuple[Campaign, ...]) -> tuple[Campaign, ...]:
    """Return the campaigns among which a post has its own: a published one that names none stays in that of then."""
    found = _ID.search(source)
    numbers = archive.numbers(found[1].decode()) if found else []
    if len(campaigns) < 2 or not found or not numbers or _SAYS_CAMPAIGN.search(source):  # noqa: PLR2004 - no choice
        return campaigns
    own = archive.load(found[1].decode(), numbers[-1]).campaign or campaigns[0].id
    return tuple(campaign for campaign in campaigns if campaign.id == own)


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
            latest = max(published)
            try:
                changed = find_changed(archive.load(post.id, latest).attachments, post.attachments)
            except OSError:  # A recorder far from the content folder knows the digests alone.
                changed = []
            yield RevisionNeededError(file.path, post.id, number, latest, count, changed)


def refuse_unannounced(files: Iterable[PostFile], archive: Archive) -> None:
    """Stop a build that would change a published text unsaid.

    Raises:
        Faults: Every text that was changed without a new revision.
    """
    faults = tuple(find_unannounced(files, archive))
    if faults:
        raise Faults(faults, "Trang chưa được dựng.")


def keep_look(post: Post, file: str, source: bytes, archive: Archive) -> Post:
    """Return a post as readers have seen it, if they have: as it was typed, without its campaign or its files."""
    if not archive.numbers(post.id) or archive.has(post):
        return post
    typed = split_front_matter(file, source).text
    looks = (
        replace(post, text=text, campaign=campaign, attachments=files)
        for text, campaign, files in product((post.text, typed), (post.campaign, None), (post.attachments, ()))
    )
    return next(filter(archive.has, looks), post)


def _walk(content: Path) -> Iterator[str]:
    """Yield every file, and every folder that is a link, without going through links."""
    for folder, folders, files in os.walk(content):
        folders.sort()
        links = [name for name in folders if Path(folder, name).is_symlink()]
        below = Path(folder).relative_to(content)
        for name in sorted(files) + links:
            yield (below / name).as_posix()


def _is_post(path: str) -> bool:
    """Say whether MkDocs would show the file *path* as a page among the posts: it leaves out names with a dot first."""
    folder, _, rest = path.partition("/")
    if folder != POSTS_FOLDER or not rest.endswith(_MARKDOWN):
        return False
    return rest != "index.md" and not any(part.startswith(".") for part in rest.split("/"))


def _find_duplicates(posts: Collection[PostFile]) -> Iterator[DuplicatePostError]:
    first: dict[str, str] = {}
    for file in posts:
        if file.post.id in first:
            yield DuplicatePostError(to_nfc(file.path), file.post.id, to_nfc(first[file.post.id]))
        first.setdefault(file.post.id, file.path)
