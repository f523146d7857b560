"""A post as an archive for a portal that takes HTML and pictures but no built site."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import nh3

from campaign.core.dispatch import Channel
from campaign.core.post import Post
from campaign.posts.archive import NO_ARCHIVE
from campaign.posts.attachments import ContentFiles
from campaign.posts.rendering import to_html
from campaign.publish.site.announcement import format_announcements

_PICTURES_FOLDER = "hinh"
_FILES_FOLDER = "kem"

_NAMES = {Channel.WEBSITE: "trang-thong-tin", Channel.DOCUMENT_SYSTEM: "qlvb"}
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The same post gives the same bytes on every day."""

_READ_ME = """\
noi-dung.html          dán vào ô soạn thảo của cổng, ở chế độ mã HTML
hinh/                  tải các hình này lên cổng rồi sửa đường dẫn trong bài nếu cổng đổi tên
kem/                   các tệp kèm theo, nếu có: tải lên cổng cùng bài
trang-thong-tin-*.txt  lời đăng trên Trang thông tin điện tử, bản ngắn và bản dài
qlvb-*.txt             lời gửi trên hệ thống QLVB&ĐH, bản ngắn và bản dài
"""


@dataclass(frozen=True, slots=True)
class PortalPost:
    """A post to be packed.

    Attributes:
        path: Its file, relative to the content folder.
        address: Its full address on the site.
    """

    post: Post
    path: str
    address: str


def export_post(content: Path, packed: PortalPost, file: Path) -> None:
    """Write a ZIP with the clean text, the pictures and the words for both channels.

    Args:
        content: The content folder.
        packed: The post.
        file: The archive; what was there before is overwritten.
    """
    files = ContentFiles(content, NO_ARCHIVE)
    text, pictures = _write_text(content, packed)
    parts = {
        "doc-truoc.txt": _READ_ME.encode(),
        "noi-dung.html": text.encode(),
        **{f"{_PICTURES_FOLDER}/{name}": files.load(path) for path, name in pictures.items()},
        **{f"{_FILES_FOLDER}/{file.path.removeprefix('bai-dang/').removeprefix('kem/')}": files.load(file.path) for file in packed.post.listed},
    }
    for words in format_announcements(packed.post, packed.address):
        name = _NAMES[words.channel]
        parts |= {f"{name}-ngan.txt": f"{words.short}\n".encode(), f"{name}-dai.txt": f"{words.long}\n".encode()}
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, data in sorted(parts.items()):
            archive.writestr(ZipInfo(name, _EARLIEST), data, ZIP_DEFLATED)


def _write_text(content: Path, packed: PortalPost) -> tuple[str, Mapping[str, str]]:
    """Return the text, and the names that its pictures have in the archive, by their files.

    Classes and ids are left out: they mean nothing on a portal.
    """
    own_path = quote(packed.path.removesuffix(".md")) + "/"
    root = packed.address.removesuffix(own_path)
    names: dict[str, str] = {}

    def rewrite(tag: str, attribute: str, value: str) -> str | None:
        if attribute in {"id", "class"}:
            return None
        path = unquote(value.removeprefix(root)) if value.startswith(root) else ""
        if (tag, attribute) != ("img", "src") or not path or not (content / path).is_file():
            return value
        if path not in names:
            name = posixpath.basename(path)
            names[path] = f"{len(names) + 1}-{name}" if name in names.values() else name
        return f"{_PICTURES_FOLDER}/{quote(names[path])}"

    return nh3.clean(to_html(packed.post.text, packed.address), attribute_filter=rewrite), names
