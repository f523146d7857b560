"""An entry of the ledger: one fact, and the bytes over which its leaf is hashed.

The leaf holds the fact and a salted digest of the personal fields, never the fields themselves. So they can be erased
when their time is over, and the tree still verifies; the salt, erased with them, keeps anyone from finding a short
field by trying. What an entry means stands in its kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from campaign.core.clock import to_rfc3339
from campaign.core.merkle import hash_leaf
from campaign.core.post import to_canonical_json

SALT_BYTES = 32


Facts = Mapping[str, object]


class Kind(StrEnum):
    """What an entry records."""

    CAMPAIGN_OPENED = "campaign_opened"
    UNIT_ADDED = "unit_added"
    UNIT_CHANGED = "unit_changed"
    UNIT_CHANGE_WITHDRAWN = "unit_change_withdrawn"
    ROSTER_CHANGED = "roster_changed"
    MEMBER_JOINED = "member_joined"
    MEMBER_CHANGED = "member_changed"
    MEMBER_LEFT = "member_left"
    REVISION_PUBLISHED = "revision_published"
    CONFIRMATION = "confirmation"
    EXEMPTION = "exemption"
    EXTENSION = "extension"
    LEAVE = "leave"
    SHEET_PRINTED = "sheet_printed"
    WITHDRAWAL = "withdrawal"
    DISPATCH = "dispatch"
    DISPATCH_WITHDRAWN = "dispatch_withdrawn"
    REMINDER = "reminder"
    SEEN_LISTED = "seen_listed"
    POST_CLOSED = "post_closed"
    SLIPS_ISSUED = "slips_issued"
    KEY_ROTATED = "key_rotated"
    PERSONAL_RECTIFIED = "personal_rectified"
    PERSONAL_ERASED = "personal_erased"

    @property
    def label(self) -> str:
        """The kind as people read it."""
        return _LABELS[self]


_LABELS = {
    Kind.CAMPAIGN_OPENED: "mở đợt tuyên truyền",
    Kind.UNIT_ADDED: "thêm đơn vị",
    Kind.UNIT_CHANGED: "đổi tên hoặc kết thúc đơn vị",
    Kind.UNIT_CHANGE_WITHDRAWN: "rút lại việc đổi tên, kết thúc đơn vị",
    Kind.ROSTER_CHANGED: "cập nhật danh sách",
    Kind.MEMBER_JOINED: "thêm người vào danh sách",
    Kind.MEMBER_CHANGED: "sửa thông tin người trong danh sách",
    Kind.MEMBER_LEFT: "đưa người ra khỏi danh sách",
    Kind.REVISION_PUBLISHED: "đăng phiên bản",
    Kind.CONFIRMATION: "xác nhận đã đọc",
    Kind.EXEMPTION: "miễn xác nhận",
    Kind.EXTENSION: "gia hạn riêng",
    Kind.LEAVE: "ghi nhận người đang nghỉ",
    Kind.SHEET_PRINTED: "in phiếu ký",
    Kind.WITHDRAWAL: "rút lại điều đã ghi",
    Kind.DISPATCH: "đăng, gửi bài",
    Kind.DISPATCH_WITHDRAWN: "rút lại lần đăng, gửi",
    Kind.REMINDER: "nhắc xác nhận",
    Kind.SEEN_LISTED: "ghi danh sách “đã xem” trên hệ thống QLVB&ĐH",
    Kind.POST_CLOSED: "chốt số liệu khi hết hạn",
    Kind.SLIPS_ISSUED: "cấp phiếu truy cập",
    Kind.KEY_ROTATED: "thay khoá ký mốc kiểm chứng",
    Kind.PERSONAL_RECTIFIED: "chỉnh sửa thông tin cá nhân",
    Kind.PERSONAL_ERASED: "xoá thông tin cá nhân",
}


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
        personal_digest: The salted digest of the personal fields; nothing when the entry has none.
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


def to_payload(fields: Facts) -> bytes:
    """Write the fields of an entry as the bytes that are hashed and kept."""
    return to_canonical_json(fields)
