"""Who may come in, by which way, and how people type what is printed on an access slip."""

from dataclasses import dataclass

from campaign.core.labelled import Labelled
from campaign.core.text import to_nfc

PASSPHRASE_CHARACTERS = 14


class Role(Labelled):
    """What someone who is signed in may do."""

    MEMBER = "member", "người trong danh sách"
    OFFICE = "office", "Văn phòng"
    UNIT_HEAD = "unit_head", "người đứng đầu đơn vị"
    AUDITOR = "auditor", "người kiểm tra"
    EDITOR = "editor", "biên tập"


class WayIn(Labelled):
    """By what someone was known; the ledger keeps it with each confirmation."""

    SLIP_CODE = "slip_code", "mã truy cập trên phiếu"
    SLIP_QR = "slip_qr", "mã QR trên phiếu"
    OIDC = "oidc", "tài khoản của hệ thống đăng nhập chung"
    PROXY = "proxy", "tài khoản máy tính cơ quan"
    MAIL = "mail", "liên kết gửi đến thư công vụ"
    PASSPHRASE = "passphrase", "cụm mật khẩu và mã xác minh"
    PASSKEY = "passkey", "khoá truy cập (passkey)"


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
