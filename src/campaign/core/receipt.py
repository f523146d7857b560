"""A receipt: what one person confirmed, and the proof that the ledger holds it, for anyone with the public key."""

import json
from dataclasses import dataclass
from typing import Any

from campaign.core import merkle
from campaign.core.entry import Personal
from campaign.core.note import Verifier

FORMAT = "campaign-receipt-1"


@dataclass(frozen=True, slots=True)
class Receipt:
    """A confirmation with its evidence.

    Attributes:
        leaf_data: The canonical bytes of the entry, over which its leaf is hashed.
        personal: The personal fields that the leaf hides, with their salt.
        proof: The inclusion proof, from the leaf up.
        checkpoint: The signed checkpoint to which the proof leads.
    """

    leaf_data: bytes
    personal: Personal
    proof: tuple[bytes, ...]
    checkpoint: bytes

    @property
    def entry(self) -> dict[str, Any]:
        """The fields of the entry."""
        fields: dict[str, Any] = json.loads(self.leaf_data)
        return fields

    @property
    def member(self) -> dict[str, Any]:
        """The personal fields."""
        fields: dict[str, Any] = json.loads(self.personal.payload)
        return fields

    def to_json(self) -> bytes:
        """Write the receipt as the file that its holder keeps."""
        facts = {
            "format": FORMAT,
            "entry": self.leaf_data.decode(),
            "personal": {"salt": self.personal.salt.hex(), "payload": self.personal.payload.decode()},
            "proof": [one.hex() for one in self.proof],
            "checkpoint": self.checkpoint.decode(),
        }
        return json.dumps(facts, ensure_ascii=False, indent=1).encode() + b"\n"


def receipt_from_json(data: bytes) -> Receipt:
    """Read a receipt's file.

    Raises:
        ValueError: It is no receipt.
    """
    try:
        facts = json.loads(data)
        if facts["format"] != FORMAT:
            raise ValueError(facts["format"])
        return Receipt(
            leaf_data=facts["entry"].encode(),
            personal=Personal(bytes.fromhex(facts["personal"]["salt"]), facts["personal"]["payload"].encode()),
            proof=tuple(bytes.fromhex(one) for one in facts["proof"]),
            checkpoint=facts["checkpoint"].encode(),
        )
    except (KeyError, TypeError, AttributeError) as error:
        message = f"not a receipt: {error!r}"
        raise ValueError(message) from error


def check_receipt(receipt: Receipt, verifier: Verifier) -> list[str]:
    """Return what is wrong with a receipt, in Vietnamese, a line each; nothing when it holds."""
    findings = []
    try:
        entry = receipt.entry
        index = int(entry["sequence"]) - 1
        if entry["personal"] != receipt.personal.digest.hex():
            findings.append("họ tên, mã công chức trên biên nhận không khớp dòng ghi")
    except (ValueError, KeyError, TypeError):
        return ["dòng ghi trên biên nhận không đọc được"]
    try:
        checkpoint = verifier.read(receipt.checkpoint)
    except ValueError:
        return [*findings, "mốc kiểm chứng không do khoá của sổ này ký"]
    leaf = merkle.hash_leaf(receipt.leaf_data)
    if not merkle.verify_inclusion(leaf, index, checkpoint.size, receipt.proof, checkpoint.root):
        findings.append("dòng ghi trên biên nhận không có trong sổ mà mốc kiểm chứng chứng nhận")
    return findings
