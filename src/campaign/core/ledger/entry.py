"""An entry of the ledger: one fact, and the bytes over which its leaf is hashed.

The leaf holds the fact and a salted digest of the personal fields, never the fields themselves. So they can be erased
when their time is over, and the tree still verifies; the salt, erased with them, keeps anyone from finding a short
field by trying. The kind of an entry says what it means.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from campaign.core.clock import to_rfc3339
from campaign.core.labelled import Labelled
from campaign.core.ledger.merkle import hash_leaf
from campaign.core.post import to_canonical_json

SALT_BYTES = 32
STEP_BACK_AT_MOST = timedelta(seconds=30)
"""By so much an entry may be dated before the newest one before it: it is dated when it was received, and a press may
wait for its commit while others overtake it; the clocks of two recorders differ by less than that."""

Facts = Mapping[str, object]


class Kind(Labelled):
    """What an entry records."""

    CAMPAIGN_OPENED = "campaign_opened", "mở đợt tuyên truyền"
    CAMPAIGN_DECLARED = "campaign_declared", "khai báo đợt tuyên truyền"
    DEPARTMENT_DECLARED = "department_declared", "khai báo cơ quan"
    UNIT_ADDED = "unit_added", "thêm đơn vị"
    UNIT_CHANGED = "unit_changed", "đổi tên, sắp xếp hoặc kết thúc đơn vị"
    UNIT_CHANGE_WITHDRAWN = "unit_change_withdrawn", "rút lại việc đổi tên, sắp xếp, kết thúc đơn vị"
    ROSTER_CHANGED = "roster_changed", "cập nhật danh sách"
    MEMBER_JOINED = "member_joined", "thêm người vào danh sách"
    MEMBER_CHANGED = "member_changed", "sửa thông tin người trong danh sách"
    MEMBER_LEFT = "member_left", "đưa người ra khỏi danh sách"
    REVISION_PUBLISHED = "revision_published", "đăng phiên bản"
    CONFIRMATION = "confirmation", "xác nhận đã đọc"
    EXEMPTION = "exemption", "miễn xác nhận"
    EXTENSION = "extension", "gia hạn riêng"
    LEAVE = "leave", "ghi nhận người đang nghỉ"
    SHEET_PRINTED = "sheet_printed", "in phiếu ký"
    WITHDRAWAL = "withdrawal", "rút lại điều đã ghi"
    DISPATCH = "dispatch", "đăng, gửi bài"
    DISPATCH_WITHDRAWN = "dispatch_withdrawn", "rút lại lần đăng, gửi"
    REMINDER = "reminder", "nhắc xác nhận"
    SEEN_LISTED = "seen_listed", "ghi danh sách “đã xem” trên hệ thống QLVB&ĐH"
    DRAFT_SUBMITTED = "draft_submitted", "trình duyệt bản thảo"
    DRAFT_RETURNED = "draft_returned", "trả lại bản thảo để sửa"
    DRAFT_APPROVED = "draft_approved", "duyệt bản thảo"
    DRAFT_PUBLISHED = "draft_published", "đăng bản thảo đã duyệt"
    POST_CLOSED = "post_closed", "chốt số liệu khi hết hạn"
    SLIPS_ISSUED = "slips_issued", "cấp phiếu truy cập"
    KEY_ROTATED = "key_rotated", "thay khoá ký mốc kiểm chứng"
    KEY_REVOKED = "key_revoked", "thu hồi khoá ký mốc kiểm chứng đã lộ"
    PERSONAL_RECTIFIED = "personal_rectified", "chỉnh sửa thông tin cá nhân"
    PERSONAL_ERASED = "personal_erased", "xoá thông tin cá nhân"


@dataclass(frozen=True, slots=True)
class Personal:
    """The personal fields of an entry, with the salt that hides them in the leaf."""

    salt: bytes
    payload: bytes

    @property
    def digest(self) -> bytes:
        """SHA-256 over the salt, then the fields as canonical JSON."""
        return sha256(self.salt + self.payload).digest()


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact in the ledger.

    Attributes:
        sequence: 1, 2, 3 … without a gap; the leaf's index in the tree is one less.
        at: When the server received the fact.
        kind: What it records.
        facts: The fields without anything personal, as canonical JSON.
        personal_digest: The salted digest of the personal fields; `None` without any.
    """

    sequence: int
    at: datetime
    kind: Kind
    facts: bytes
    personal_digest: bytes | None = None

    @property
    def leaf_data(self) -> bytes:
        """The canonical bytes of the entry: what the leaf hash covers."""
        personal = f'"{self.personal_digest.hex()}"' if self.personal_digest else "null"
        head = f'{{"at":"{to_rfc3339(self.at)}","facts":'.encode()
        return head + self.facts + f',"kind":"{self.kind}","personal":{personal},"sequence":{self.sequence}}}'.encode()

    @property
    def leaf_hash(self) -> bytes:
        """The hash of the entry's leaf in the tree."""
        return hash_leaf(self.leaf_data)


_STEP_BACK_MICROSECONDS = STEP_BACK_AT_MOST // timedelta(microseconds=1)


def counted_at(microseconds: int, newest: int) -> int:
    """Return the instant by which an entry counts, in microseconds since 1970.

    It is when the server received it, unless that lies before the entries before it: then its clock had gone back, and
    whoever was late would look as if in time. So it counts by the *newest* instant before it.
    """
    return microseconds if newest - microseconds <= _STEP_BACK_MICROSECONDS else newest


def entry_from_leaf(data: bytes) -> Entry:
    """Read an entry back from the bytes that its leaf hashes: exactly those of `Entry.leaf_data`.

    Raises:
        ValueError: They are not an entry's.
    """
    try:
        fields = json.loads(data)
        personal = fields["personal"]
        entry = Entry(
            sequence=fields["sequence"],
            at=datetime.fromisoformat(fields["at"]),
            kind=Kind(fields["kind"]),
            facts=to_payload(fields["facts"]),
            personal_digest=None if personal is None else bytes.fromhex(personal),
        )
        is_exact = entry.leaf_data == data
    except (KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        message = f"not an entry: {error!r}"
        raise ValueError(message) from error
    if not is_exact:
        message = "not an entry as this program writes it"
        raise ValueError(message)
    return entry


def to_payload(fields: Facts) -> bytes:
    """Write the fields of an entry as the bytes that are hashed and kept."""
    return to_canonical_json(fields)
