"""Who may come in, by which way, and how people type what is printed on an access slip."""

from dataclasses import dataclass
from enum import StrEnum

from campaign.core.text import to_nfc

PASSPHRASE_CHARACTERS = 14


class Role(StrEnum):
    """What someone who is signed in may do."""

    MEMBER = "member"
    OFFICE = "office"
    UNIT_HEAD = "unit_head"
    AUDITOR = "auditor"
    EDITOR = "editor"

    @property
    def label(self) -> str:
        """The role as people read it."""
        return _ROLE_LABELS[self]


_ROLE_LABELS = {
    Role.MEMBER: "người trong danh sách",
    Role.OFFICE: "Văn phòng",
    Role.UNIT_HEAD: "người đứng đầu đơn vị",
    Role.AUDITOR: "người kiểm tra",
    Role.EDITOR: "biên tập",
}


class WayIn(StrEnum):
    """By what someone was known; the ledger keeps it with each confirmation."""

    SLIP_CODE = "slip_code"
    SLIP_QR = "slip_qr"
    OIDC = "oidc"
    PROXY = "proxy"
    MAIL = "mail"
    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a way in
    PASSKEY = "passkey"

    @property
    def label(self) -> str:
        """The way in as people read it."""
        return _WAY_LABELS[self]


_WAY_LABELS = {
    WayIn.SLIP_CODE: "mã truy cập trên phiếu",
    WayIn.SLIP_QR: "mã QR trên phiếu",
    WayIn.OIDC: "tài khoản của hệ thống đăng nhập chung",
    WayIn.PROXY: "tài khoản máy tính cơ quan",
    WayIn.MAIL: "liên kết gửi đến thư công vụ",
    WayIn.PASSPHRASE: "cụm mật khẩu và mã xác minh",
    WayIn.PASSKEY: "khoá truy cập (passkey)",
}


@dataclass(frozen=True, slots=True)
class AccessSlip:
    """The secrets of one member's slip. They are printed once; only their hashes are kept.

    Attributes:
        token: What the QR code carries, 128 random bits.
        access_code: What is typed beside the staff code: eight base32 characters, 40 random bits.
    """

    token: str
    access_code: str

    @property
    def spaced_code(self) -> str:
        """The access code in two groups, as it is printed."""
        return f"{self.access_code[:4]}-{self.access_code[4:]}"


def to_staff_code(typed: str) -> str:
    """Return a staff code in the form in which codes are compared: NFC, capitals, no spaces."""
    return "".join(to_nfc(typed).upper().split())


def to_access_code(typed: str) -> str:
    """Return an access code as it was made, whatever way it was typed.

    Base32 has neither 0 nor 1 nor 8, so those are read as the letters they resemble.
    """
    kept = "".join(character for character in typed.upper() if character.isalnum())
    return kept.translate(str.maketrans("018", "OIB"))
