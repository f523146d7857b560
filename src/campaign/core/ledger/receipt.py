"""A receipt: what one person confirmed, and the proof that the ledger holds it, for anyone with the public key."""

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from campaign.core.ledger import merkle
from campaign.core.ledger.entry import SALT_BYTES, Kind, Personal
from campaign.core.ledger.keyring import NoteRefusedError, Rotation, Sealed, rotation_from_facts
from campaign.core.ledger.policy import Policy
from campaign.core.ledger.verdict import Answer

FORMAT = "campaign-receipt-1"
TLOG_PROOF = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True, slots=True)
class Statement:
    """What a receipt says: who confirmed what, and when.

    Attributes:
        sequence: The entry that records it.
        digest: The digest of the text that was confirmed.
        sentence: The sentence that was confirmed, or nothing when the post had none.
        unit: Where the person worked then.
    """

    sequence: int
    received_at: datetime
    post: str
    revision: int
    digest: str
    sentence: str | None
    method: str
    identified_by: str
    name: str
    staff_code: str
    unit: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """A confirmation with its evidence.

    Attributes:
        leaf_data: The canonical bytes of the entry, over which its leaf is hashed.
        personal: The personal fields that the leaf hides, with their salt.
        proof: The inclusion proof, from the leaf up.
        checkpoint: The signed checkpoint to which the proof leads.
        rotations: How the ledger's keys followed each other up to then, so that whoever trusts an old one can go on.
    """

    leaf_data: bytes
    personal: Personal
    proof: tuple[bytes, ...]
    checkpoint: bytes
    rotations: tuple[Rotation, ...] = ()

    @property
    def leaf_hash(self) -> bytes:
        """The hash of the entry's leaf in the tree."""
        return merkle.hash_leaf(self.leaf_data)

    @property
    def statement(self) -> Statement:
        """What the entry and the personal fields say.

        Raises:
            ValueError: They are not those of a confirmation.
        """
        try:
            entry, person = json.loads(self.leaf_data), json.loads(self.personal.payload)
            facts = entry["facts"]
            if entry["kind"] != Kind.CONFIRMATION or not isinstance(entry["sequence"], int):
                raise ValueError(entry["kind"])
            return Statement(
                sequence=entry["sequence"],
                received_at=datetime.fromisoformat(entry["at"]),
                **{name: facts[name] for name in _FACTS},
                **{name: person[name] for name in _PERSONAL},
            )
        except (KeyError, TypeError, RecursionError) as error:
            message = f"not a confirmation: {error!r}"
            raise ValueError(message) from error

    def to_json(self) -> bytes:
        """Write the receipt as the file that its holder keeps."""
        facts: dict[str, object] = {
            "format": FORMAT,
            "entry": self.leaf_data.decode(),
            "personal": {"salt": self.personal.salt.hex(), "payload": self.personal.payload.decode()},
            "proof": [one.hex() for one in self.proof],
            "checkpoint": self.checkpoint.decode(),
        }
        if self.rotations:
            facts["rotations"] = [{"sequence": one.sequence, **one.to_facts()} for one in self.rotations]
        return json.dumps(facts, ensure_ascii=False, indent=1).encode() + b"\n"

    def to_tlog_proof(self) -> bytes:
        """Write the proof as C2SP tlog-proof, which other programs check; the file proper goes along as its extra."""
        index = self.statement.sequence - 1
        extra = base64.b64encode(self.to_json()).decode()
        hashes = "".join(f"{base64.b64encode(sibling).decode()}\n" for sibling in self.proof)
        return f"{TLOG_PROOF}\nextra {extra}\nindex {index}\n{hashes}\n".encode() + self.checkpoint


_FACTS = ("post", "revision", "digest", "sentence", "method", "identified_by")
_PERSONAL = ("name", "staff_code", "unit")


def receipt_from_file(data: bytes) -> Receipt:
    """Read a receipt from either of its files: our own, or a C2SP tlog-proof that we wrote.

    Raises:
        ValueError: It is neither.
    """
    head = f"{TLOG_PROOF}\nextra ".encode()
    if not data.startswith(head):
        return receipt_from_json(data)
    receipt = receipt_from_json(base64.b64decode(data.removeprefix(head).partition(b"\n")[0], validate=True))
    if receipt.to_tlog_proof() != data:
        message = "a proof that is not that of its receipt"
        raise ValueError(message)
    return receipt


def receipt_from_json(data: bytes) -> Receipt:
    """Read a receipt's file: exactly the bytes of :meth:`Receipt.to_json`, so that no changed bit goes unseen.

    Raises:
        ValueError: It is no receipt.
    """
    try:
        facts = json.loads(data)
        receipt = Receipt(
            leaf_data=facts["entry"].encode(),
            personal=Personal(bytes.fromhex(facts["personal"]["salt"]), facts["personal"]["payload"].encode()),
            proof=tuple(bytes.fromhex(one) for one in facts["proof"]),
            checkpoint=facts["checkpoint"].encode(),
            rotations=tuple(rotation_from_facts(one["sequence"], one) for one in facts.get("rotations", ())),
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        message = f"not a receipt: {error!r}"
        raise ValueError(message) from error
    # Salt and fields are hashed as one: a byte that passed from one to the other would change neither digest nor leaf.
    is_exact = receipt.to_json() == data and len(receipt.personal.salt) == SALT_BYTES
    # A signature covers only the text above it: among the signatures, another line would go unseen.
    *signatures, end = receipt.checkpoint.partition(b"\n\n")[2].split(b"\n")
    is_exact = is_exact and not end and all(line.startswith("— ".encode()) for line in signatures)
    if not is_exact or receipt.statement.sequence < 1:
        message = "not a receipt as this program writes it"
        raise ValueError(message)
    return receipt


@dataclass(frozen=True, slots=True)
class ReceiptVerdict:
    """What checking a receipt found.

    Attributes:
        findings: What is wrong, in Vietnamese, a line each.
        sealed: The receipt's checkpoint with the key that signed it, where it holds.
        rotation: How the trusted key and the one that signed know of each other, where they are not the same.
        is_witnessed: Whether as many witnesses cosigned as the verifier demands; they do so once a night.
    """

    findings: tuple[str, ...]
    sealed: Sealed | None = None
    rotation: Rotation | None = None
    is_witnessed: bool = True

    @property
    def answer(self) -> Answer:
        """Right, wrong, or right by the ledger's own word with too few witnesses."""
        if self.findings or self.sealed is None:
            return Answer.WRONG
        return Answer.RIGHT if self.is_witnessed else Answer.UNVOUCHED


def check_receipt(receipt: Receipt, policy: Policy, rotations: Iterable[Rotation] = ()) -> ReceiptVerdict:
    """Check a receipt against whom the verifier trusts; *rotations* are those that are known from elsewhere."""
    findings = []
    if json.loads(receipt.leaf_data).get("personal") != receipt.personal.digest.hex():
        findings.append("họ tên, mã công chức trên biên nhận không khớp dòng ghi")
    keyring = policy.keyring((*rotations, *receipt.rotations))
    try:
        sealed = keyring.read(receipt.checkpoint)
    except NoteRefusedError as refusal:
        return ReceiptVerdict((*findings, f"mốc kiểm chứng không do khoá của sổ này ký: {refusal}"))
    leaf, index, checkpoint = receipt.leaf_hash, receipt.statement.sequence - 1, sealed.checkpoint
    if not merkle.verify_inclusion(leaf, index, checkpoint.size, receipt.proof, checkpoint.root):
        findings.append("dòng ghi trên biên nhận không có trong sổ mà mốc kiểm chứng chứng nhận")
    cosigned = policy.cosigned(receipt.checkpoint)
    sealed = replace(sealed, witnesses=tuple(cosigned))
    met_at = next((one for one in keyring.followed if sealed.verifier in {one.old, one.new}), None)
    is_other = sealed.verifier != policy.trusted
    return ReceiptVerdict(tuple(findings), sealed, met_at if is_other else None, policy.is_quorum(cosigned))
