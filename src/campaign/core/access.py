"""What is printed on an access slip, and how people type it."""

from dataclasses import dataclass

from campaign.core.text import to_nfc


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
