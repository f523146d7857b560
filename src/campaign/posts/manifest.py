"""The manifest: all that the recorder knows of the site.

``manifest.json`` names each public post's current revision; the revision's document (what readers are shown, whose
SHA-256 is the digest) lies beside it. The recorder uses this module too, so it knows nothing of MkDocs.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

from campaign.core.attachment import Attachment
from campaign.core.campaign import Campaign, campaign_from_document
from campaign.core.department import Department, department_from_document
from campaign.core.post import Post, digest_of, post_from_document, to_canonical_json
from campaign.errors.site import ManifestError

MANIFEST_FILE = "manifest.json"
FRAME_FILE = "frame.txt"
"""The page around those of the recorder, with marked places."""
REVISIONS_FOLDER = "revisions"

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class ManifestPost:
    """A public post's current revision.

    Attributes:
        url: The post's address from the root of its host, as ``/bai-dang/thong-bao-485/``.
        document: The revision's document, relative to the site folder.
        asks: Whether readers are asked to confirm.
    """

    id: str
    title: str
    url: str
    revision: int
    digest: str
    document: str
    asks: bool


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the site shows.

    Attributes:
        title: The name of the campaign.
        posts: The public posts, newest first.
        units: The names of the units, in the order of mkdocs.yml.
        campaigns: The campaigns, the one with the earliest deadline first.
        department: The department; nothing while its file is not there.
    """

    title: str
    posts: tuple[ManifestPost, ...]
    units: tuple[str, ...]
    campaigns: tuple[Campaign, ...] = ()
    department: Department | None = None


def name_document(post_id: str, number: int) -> str:
    """Return where a revision's document lies in the site folder."""
    return f"{REVISIONS_FOLDER}/{post_id}.{number}.json"


def name_file(post_id: str, number: int, attachment: Attachment) -> str:
    """Return where a file of a revision lies in the site folder, whatever later revisions show."""
    return f"{REVISIONS_FOLDER}/{post_id}.{number}/{attachment.path}"


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file as templates list it.

    Attributes:
        words: Its name, what it is, and how large.
        url: Its address from the root of the site, where it stays whatever later revisions show.
    """

    words: str
    url: str
    digest: str


def name_shown(post: Post, attachment: Attachment) -> str:
    """Return the address of a file of a revision, from the root of the site."""
    return quote(name_file(post.id, post.revision.number, attachment))


def list_shown(post: Post) -> tuple[ShownFile, ...]:
    """Return what is listed with the text of a revision."""
    return tuple(ShownFile(file.format(), name_shown(post, file), file.digest) for file in post.listed)


def describe_post(post: Post, url: str) -> ManifestPost:
    """Return how the manifest shows *post*, which is shown at *url*."""
    return ManifestPost(
        id=post.id,
        title=post.title,
        url=url,
        revision=post.revision.number,
        digest=post.digest,
        document=name_document(post.id, post.revision.number),
        asks=post.sentence is not None,
    )


def write_manifest(
    site: Path,
    manifest: Manifest,
    posts: Iterable[Post],
    keeps: Callable[[str, str], bool] = lambda _path, _key: False,
    load: Callable[[Attachment], bytes] = lambda _attachment: b"",
) -> None:
    """Write the revisions' documents and files into the site folder, then the manifest that names them, at one stroke.

    Args:
        site: The site folder.
        manifest: What the site shows.
        posts: The revisions.
        keeps: Says of a document or a file, by its path and digest, whether it need not be written.
        load: Reads a file of a revision.
    """
    (site / REVISIONS_FOLDER).mkdir(parents=True, exist_ok=True)
    for post in posts:
        path = name_document(post.id, post.revision.number)
        if not keeps(path, post.digest):
            (site / path).write_bytes(post.to_document())
        for attachment in post.attachments:
            path = name_file(post.id, post.revision.number, attachment)
            if not keeps(path, attachment.digest):
                (site / path).parent.mkdir(parents=True, exist_ok=True)
                (site / path).write_bytes(load(attachment))
    facts = {
        "format": _FORMAT,
        "campaign": {"title": manifest.title},
        "posts": [asdict(post) for post in manifest.posts],
        "units": manifest.units,
        "campaigns": [json.loads(campaign.to_document()) for campaign in manifest.campaigns],
        "department": manifest.department and json.loads(manifest.department.to_document()),
    }
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
    half_written = site / f"{MANIFEST_FILE}.tmp"
    half_written.write_bytes(text.encode())
    half_written.replace(site / MANIFEST_FILE)


def read_manifest(site: Path) -> Manifest:
    """Read the manifest of a built site.

    Raises:
        ManifestError: It does not exist, or it cannot be understood.
    """
    try:
        facts = json.loads((site / MANIFEST_FILE).read_bytes())
        if facts["format"] != _FORMAT:
            raise ManifestError(MANIFEST_FILE, f"định dạng {facts['format']}, chương trình này đọc định dạng {_FORMAT}")
        return Manifest(
            title=facts["campaign"]["title"],
            posts=tuple(_check_place(ManifestPost(**found)) for found in facts["posts"]),
            units=tuple(facts["units"]),
            campaigns=tuple(campaign_from_document(to_canonical_json(one)) for one in facts.get("campaigns", ())),
            department=_read_department(facts.get("department")),
        )
    except OSError as error:
        raise ManifestError(MANIFEST_FILE, error.strerror or "không mở được") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ManifestError(MANIFEST_FILE, "nội dung không đúng mẫu") from error


def load_document(site: Path, post: ManifestPost) -> bytes:
    """Read the document of *post*'s revision, the very bytes of its digest.

    Raises:
        ManifestError: It is missing, or it is not what the manifest says.
    """
    try:
        document = (site / post.document).read_bytes()
    except OSError as error:
        raise ManifestError(post.document, error.strerror or "không mở được") from error
    if digest_of(document) != post.digest:
        raise ManifestError(post.document, "nội dung khác với danh mục; có thể trang đang được dựng dở")
    return document


def load_documents(site: Path, manifest: Manifest) -> list[bytes]:
    """Read the document of every post on the site that asks for a confirmation.

    Raises:
        ManifestError: A document is missing, or it is not what the manifest says.
    """
    return [load_document(site, post) for post in manifest.posts if post.asks]


def load_files(site: Path, document: bytes) -> dict[str, bytes]:
    """Read the files of a revision that is on the site, by their digest.

    Raises:
        ManifestError: One is missing, or it is not what the revision's document says.
    """
    post = post_from_document(document)
    found = {}
    for attachment in post.attachments:
        path = name_file(post.id, post.revision.number, attachment)
        try:
            content = (site / path).read_bytes()
        except OSError as error:
            raise ManifestError(path, error.strerror or "không mở được") from error
        if digest_of(content) != attachment.digest:
            raise ManifestError(path, "nội dung khác với phiên bản; có thể trang đang được dựng dở")
        found[attachment.digest] = content
    return found


def _read_department(facts: Mapping[str, object] | None) -> Department | None:
    return None if facts is None else department_from_document(to_canonical_json(facts))


def _check_place(post: ManifestPost) -> ManifestPost:
    """Raise ValueError when the document would lie outside the site folder."""
    if post.document != name_document(post.id, post.revision) or "/" in post.id:
        message = f"not where a document lies: {post.document!r}"
        raise ValueError(message)
    return post
