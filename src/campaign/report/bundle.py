"""What lies in an evidence bundle, all of it made from the entries and the checkpoints: so every file can be checked.

Whoever writes a bundle and whoever verifies one make the readable files with the same functions; a file that is not
byte for byte what the entries give is found.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from html import escape
from typing import Any

from campaign.core.clock import day_in_viet_nam, format_instant, start_of_day
from campaign.core.ledger.entry import Entry, Kind
from campaign.core.ledger.note import Verifier
from campaign.core.people.roster import Category
from campaign.core.post import Change
from campaign.core.text import sort_key, to_cell

ENTRIES_FILE = "entries.jsonl"
KEY_FILE = "public-key.txt"
GUIDE_FILE = "DOC-TRUOC.txt"
INDEX_FILE = "index.html"
CHECKPOINTS_FOLDER = "checkpoints/"
REVISIONS_FOLDER = "revisions/"
FILES_FOLDER = "files/"
_MICROSECOND = timedelta(microseconds=1)


@dataclass(slots=True)
class _Person:
    """A member as the entries tell it: who, and where from when until when."""

    staff_code: str | None = None
    name: str | None = None
    stays: list[tuple[datetime, datetime | None, int, Category]] = field(default_factory=list)

    def end_stay(self, at: datetime) -> None:
        if self.stays and self.stays[-1][1] is None:
            since, _, unit, category = self.stays[-1]
            self.stays[-1] = (since, at, unit, category)


class Readable:
    """Gathers from the entries, one after the other, what people are to read of them.

    Attributes:
        title: The campaign's title.
        counts: How many entries of each kind there are.
        named: Whether any entry has personal fields: evidence may be given out without them.
        posts: The title, number, change and digest of the newest revision of each post, by its id.
        files: The files that revisions show: path, post and number by their digest.
        last_at: When the last entry was received.
    """

    def __init__(self) -> None:
        """Begin with no entry."""
        self.title = ""
        self.named = False
        self.counts = Counter[Kind]()
        self.posts: dict[str, tuple[str, int, str, str]] = {}
        self.files: dict[str, str] = {}
        self.last_at: datetime | None = None
        self._deadlines = set[date]()
        self._units: dict[int, str] = {}
        self._renames: dict[int, tuple[str, int, str]] = {}
        self._people: dict[int, _Person] = {}

    def take(self, entry: Entry, facts: Mapping[str, Any], personal: Mapping[str, Any]) -> None:
        """Take the next entry with its facts and its personal fields; these are empty once erased.

        Raises:
            KeyError: It lacks a field that its kind has.
            ValueError: A field has no such value.
            TypeError: The same.
        """
        self.counts[entry.kind] += 1
        self.last_at = entry.at
        self.named = self.named or bool(personal)
        match entry.kind:
            case Kind.CAMPAIGN_OPENED:
                self.title = facts["title"]
            case Kind.REVISION_PUBLISHED:
                self._publish(facts)
            case Kind.UNIT_ADDED | Kind.UNIT_CHANGED | Kind.UNIT_CHANGE_WITHDRAWN:
                self._note_unit(entry, facts)
            case Kind.MEMBER_JOINED | Kind.MEMBER_CHANGED | Kind.MEMBER_LEFT | Kind.PERSONAL_RECTIFIED:
                self._note_person(entry, facts, personal)
            case Kind.PERSONAL_ERASED if "posts" not in facts:
                for number in self._people if facts["member"] is None else [facts["member"]]:
                    self._person(number).staff_code = self._person(number).name = None

    def _publish(self, facts: Mapping[str, Any]) -> None:
        document = facts["document"]
        change = Change(document["revision"]["change"]).label
        self.posts[facts["post"]] = (document["title"], facts["revision"], change, facts["digest"])
        for file in document.get("attachments", ()):
            self.files[file["sha256"]] = f"{file['path']} ({facts['post']}, phiên bản {facts['revision']})"
        if document.get("deadline"):
            self._deadlines.add(date.fromisoformat(document["deadline"]["before"]))

    def _note_unit(self, entry: Entry, facts: Mapping[str, Any]) -> None:
        match entry.kind:
            case Kind.UNIT_ADDED:
                self._units[facts["unit"]] = facts["name"]
            case Kind.UNIT_CHANGED if facts["name"] is not None:
                self._renames[entry.sequence] = (facts["from"], facts["unit"], facts["name"])
            case Kind.UNIT_CHANGE_WITHDRAWN:
                self._renames.pop(facts["withdraws"], None)

    def _note_person(self, entry: Entry, facts: Mapping[str, Any], personal: Mapping[str, Any]) -> None:
        person = self._person(facts["member"])
        if entry.kind is not Kind.MEMBER_LEFT:
            person.staff_code, person.name = personal.get("staff_code"), personal.get("name")
        if entry.kind is not Kind.PERSONAL_RECTIFIED:
            person.end_stay(entry.at)
        if entry.kind in {Kind.MEMBER_JOINED, Kind.MEMBER_CHANGED}:
            person.stays.append((entry.at, None, facts["unit"], Category(facts["category"])))

    def _person(self, number: int) -> _Person:
        return self._people.setdefault(number, _Person())

    def write(self, verifier: Verifier, notes: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
        """Yield the name and the content of each readable file, given the ledger's key and its checkpoints."""
        yield GUIDE_FILE, self._write_guide(verifier).encode()
        yield INDEX_FILE, self._write_index(verifier, notes).encode()
        yield KEY_FILE, f"{verifier}\n".encode()
        for at in self._roster_instants() if self.named else ():
            yield f"roster-{day_in_viet_nam(at)}.csv", self._write_roster(at)

    def _roster_instants(self) -> Iterator[datetime]:
        """Yield the last moment of each deadline that is over, and that of the last entry."""
        if self.last_at is not None:
            last_at = self.last_at
            yield from (
                start_of_day(day) - _MICROSECOND for day in sorted(self._deadlines) if start_of_day(day) < last_at
            )
            yield last_at

    def _write_roster(self, at: datetime) -> bytes:
        file = io.StringIO()
        writer = csv.writer(file)
        writer.writerow(("Mã", "Họ và tên", "Đơn vị", "Loại"))
        units = self._unit_names()
        rows = [
            (person.staff_code or "", person.name, units[unit], category.label)
            for person in self._people.values()
            for since, until, unit, category in person.stays
            if person.name is not None and since <= at and (until is None or until > at)
        ]
        for row in sorted(rows, key=lambda row: (row[2], sort_key(row[1] or ""), row[0])):
            writer.writerow([to_cell(cell or "") for cell in row])
        return file.getvalue().encode("utf-8-sig")

    def _unit_names(self) -> dict[int, str]:
        """Return what each unit is called now, by number."""
        return self._units | {unit: name for _, unit, name in sorted(self._renames.values())}

    def _write_guide(self, verifier: Verifier) -> str:
        names = (
            "Gói có tên người: chỉ giao cho người có trách nhiệm kiểm tra."
            if self.named
            else "Gói này không có tên người: phần thông tin cá nhân đã được để lại."
        )
        return f"""{self.title}
Gói bằng chứng của sổ ghi nhận{self._told_last()}.

Cách kiểm chứng, trên bất kỳ máy nào có Python 3.11, không cần mạng:

1. Lấy chương trình kiểm chứng verify.pyz ở trang “Kiểm chứng” của cơ quan hoặc trong bản phát hành của chương trình;
   so mã SHA-256 của tệp ấy với mã in trên báo cáo. Không chạy chương trình nào nằm trong chính gói cần kiểm tra.
2. Lấy khoá công khai ở báo cáo hoặc biên nhận, rồi chạy:

       python3 -I verify.pyz TÊN-GÓI.zip --key "KHOÁ CÔNG KHAI"

3. Nếu đang giữ mốc kiểm chứng (in trên báo cáo, gửi qua thư) thì đưa thêm vào: --checkpoint TỆP

Gói ghi khoá công khai sau đây; chỉ tin khi nó trùng với khoá ở nơi khác:

    {verifier}

Mở {INDEX_FILE} để xem trong gói có gì. {names}
"""

    def _told_last(self) -> str:
        return f", đến dòng ghi lúc {format_instant(self.last_at)} (giờ Việt Nam)" if self.last_at else ""

    def _write_index(self, verifier: Verifier, notes: Sequence[bytes]) -> str:
        counts = "".join(
            f"<tr><td>{escape(kind.label)}</td><td>{count}</td></tr>" for kind, count in sorted(self.counts.items())
        )
        posts = "".join(
            f"<tr><td>{escape(title)}</td><td>{number} ({escape(change)})</td>"
            f"<td><code>{escape(digest)}</code></td></tr>"
            for title, number, change, digest in self.posts.values()
        )
        rows = "".join(
            f"<tr><td>{escape(words)}</td><td><code>{FILES_FOLDER}{digest}</code></td></tr>"
            for digest, words in self.files.items()
        )
        files = f"<h2>Hình và tệp đã cho xem</h2><table>{rows}</table>\n" if rows else ""
        shown = "".join(f"<pre>{escape(note.decode(errors='replace'))}</pre>" for note in notes)
        return f"""<!doctype html>
<html lang="vi"><meta charset="utf-8"><title>Gói bằng chứng – {escape(self.title)}</title>
<style>body{{font:16px/1.6 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}}
td,th{{padding:.3rem .8rem .3rem 0;text-align:left;vertical-align:top}}
code,pre{{overflow-wrap:anywhere;white-space:pre-wrap}}
</style>
<h1>Gói bằng chứng của sổ ghi nhận</h1>
<p>{escape(self.title)}{self._told_last()}.</p>
<h2>Dòng ghi</h2><table><tr><th>Loại</th><th>Số dòng</th></tr>{counts}</table>
<h2>Phiên bản đã đăng</h2><table><tr><th>Bài</th><th>Phiên bản</th><th>Mã đối chiếu</th></tr>{posts}</table>
{files}<h2>Mốc kiểm chứng</h2>{shown}
<h2>Khoá công khai</h2><p><code>{escape(str(verifier))}</code></p>
</html>
"""
