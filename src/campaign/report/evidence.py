"""The evidence bundle: a ZIP from which anyone can verify the ledger, with Python alone and without this machine.

The same evidence gives the same bytes, so two bundles can be compared by their hash.
"""

import csv
import fnmatch
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from importlib import resources
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from campaign.core.clock import format_instant
from campaign.core.entry import Kind, Personal
from campaign.core.note import Verifier
from campaign.core.post import Post
from campaign.core.roster import Member
from campaign.core.text import to_cell
from campaign.report.verifier import CHECKPOINTS_FOLDER, ENTRIES_FILE, KEY_FILE, REVISIONS_FOLDER

VERIFIER_FILE = "verify.pyz"
VERIFIER_MODULES = {
    "campaign": "__init__.py",
    "campaign.core": "*.py",
    "campaign.errors": "*.py",
    "campaign.report": "[_v]*.py",
}
"""What the stand-alone verifier is made of, by package: all of it needs the standard library only."""


@dataclass(frozen=True, slots=True)
class RosterSnapshot:
    """Who was on the roster at an instant."""

    at: datetime
    members: Sequence[Member]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What goes into a bundle.

    Attributes:
        entries: Every entry in order: the bytes that its leaf hashes, and its personal fields when it still has some.
        revisions: The document of each published revision, by the name of its file.
        checkpoints: The signed checkpoints that were handed out, by their size.
        counts: How many entries of each kind there are.
    """

    title: str
    made_at: datetime
    verifier: Verifier
    entries: Iterable[tuple[bytes, Personal | None]]
    posts: Sequence[Post]
    revisions: Mapping[str, bytes]
    checkpoints: Mapping[int, bytes]
    rosters: Sequence[RosterSnapshot]
    counts: Mapping[Kind, int]


def write_bundle(path: Path, evidence: Evidence) -> None:
    """Write the bundle to *path*; the entries are streamed, so memory does not grow with the ledger."""
    with ZipFile(path, "w", ZIP_DEFLATED) as bundle:
        _add(bundle, "DOC-TRUOC.txt", _write_guide(evidence).encode())
        _add(bundle, "index.html", _write_index(evidence).encode())
        _add(bundle, KEY_FILE, f"{evidence.verifier}\n".encode())
        with bundle.open(_entry(ENTRIES_FILE), "w") as file:
            for leaf_data, personal in evidence.entries:
                file.write(_to_line(leaf_data, personal))
        for name, document in evidence.revisions.items():
            _add(bundle, REVISIONS_FOLDER + name, document)
        for size, note in evidence.checkpoints.items():
            _add(bundle, f"{CHECKPOINTS_FOLDER}{size:09}.txt", note)
        for snapshot in evidence.rosters:
            _add(bundle, f"roster-{snapshot.at:%Y-%m-%d}.csv", _write_roster(snapshot.members))
        _add(bundle, VERIFIER_FILE, make_verifier())


def make_verifier() -> bytes:
    """Return the stand-alone verifier: the very rules that this program runs, as one file that Python runs."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        _add(archive, "__main__.py", b"from campaign.report.verifier import main\n\nmain()\n")
        for package, wanted in VERIFIER_MODULES.items():
            modules = {module.name: module for module in resources.files(package).iterdir()}
            for name in sorted(fnmatch.filter(modules, wanted)):
                _add(archive, f"{package.replace('.', '/')}/{name}", modules[name].read_bytes())
    return file.getvalue()


def _entry(name: str) -> ZipInfo:
    """Return the head of a file in the bundle, with a fixed date, so that equal evidence gives equal bytes."""
    info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = ZIP_DEFLATED
    return info


def _add(bundle: ZipFile, name: str, content: bytes) -> None:
    bundle.writestr(_entry(name), content)


def _to_line(leaf_data: bytes, personal: Personal | None) -> bytes:
    kept = personal and {"salt": personal.salt.hex(), "payload": personal.payload.decode()}
    return json.dumps({"entry": leaf_data.decode(), "personal": kept}, ensure_ascii=False).encode() + b"\n"


def _write_roster(members: Sequence[Member]) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(("Mã", "Họ và tên", "Đơn vị", "Loại"))
    for one in members:
        writer.writerow([to_cell(cell) for cell in (one.staff_code, one.name, one.unit, one.category.label)])
    return file.getvalue().encode("utf-8-sig")


def _write_guide(evidence: Evidence) -> str:
    return f"""{evidence.title}
Gói bằng chứng của sổ ghi nhận, lập lúc {format_instant(evidence.made_at)} (giờ Việt Nam).

Kiểm chứng trên bất kỳ máy nào có Python 3.11, không cần mạng. Giải nén tệp {VERIFIER_FILE} ra cạnh gói rồi chạy:

    python3 {VERIFIER_FILE} TÊN-GÓI.zip

Khoá công khai dưới đây phải trùng với khoá in trên báo cáo và biên nhận:

    {evidence.verifier}

Nếu đang giữ mốc kiểm chứng (in trên báo cáo, biên nhận) thì đưa thêm vào: --checkpoint TỆP
Mở index.html để xem trong gói có gì. Gói có tên người: chỉ giao cho người có trách nhiệm kiểm tra.
"""


def _write_index(evidence: Evidence) -> str:
    counts = "".join(
        f"<tr><td>{escape(kind.label)}</td><td>{count}</td></tr>" for kind, count in evidence.counts.items()
    )
    posts = "".join(
        f"<tr><td>{escape(post.title)}</td><td>{post.revision.number} ({post.revision.change.label})</td>"
        f"<td><code>{post.digest}</code></td></tr>"
        for post in evidence.posts
    )
    notes = "".join(f"<pre>{escape(note.decode())}</pre>" for note in evidence.checkpoints.values())
    return f"""<!doctype html>
<html lang="vi"><meta charset="utf-8"><title>Gói bằng chứng – {escape(evidence.title)}</title>
<style>body{{font:16px/1.6 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}}
td,th{{padding:.3rem .8rem .3rem 0;text-align:left;vertical-align:top}}
code,pre{{overflow-wrap:anywhere;white-space:pre-wrap}}
</style>
<h1>Gói bằng chứng của sổ ghi nhận</h1>
<p>{escape(evidence.title)}, lập lúc {format_instant(evidence.made_at)} (giờ Việt Nam).</p>
<h2>Dòng ghi</h2><table><tr><th>Loại</th><th>Số dòng</th></tr>{counts}</table>
<h2>Phiên bản đã đăng</h2><table><tr><th>Bài</th><th>Phiên bản</th><th>Mã đối chiếu</th></tr>{posts}</table>
<h2>Mốc kiểm chứng</h2>{notes}
<h2>Khoá công khai</h2><p><code>{escape(str(evidence.verifier))}</code></p>
</html>
"""
