"""The whole way from a document's bytes to what an editor is asked to confirm."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from campaign.word.archive import Archive
from campaign.word.document import Block, Document, paragraphs_of
from campaign.word.letterhead import Letterhead, read_letterhead
from campaign.word.lines import read_lines
from campaign.word.loss import Loss, measure_loss
from campaign.word.reading import Reader
from campaign.word.signature import Signature, read_signature
from campaign.word.writer import write_markdown

CONVERSION = "conversion.json"
REFUSAL = "refusal.json"
"""The files by which the process that converts answers."""


@dataclass(frozen=True, slots=True)
class FoundFields:
    """What the letterhead and the signature say: a proposal for the editor; "" or nothing where they are silent."""

    kind: str = ""
    number: str = ""
    issued_on: date | None = None
    superior: str = ""
    issuer: str = ""
    subject: str = ""
    signer: str = ""
    position: str = ""
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversion:
    """A document, converted.

    Attributes:
        text: The body of the post, in Markdown; pictures are named ``hinh-1.png``.
        pictures: Their names.
        remarks: What could not be kept, in words for the editor.
    """

    fields: FoundFields
    text: str
    loss: Loss
    pictures: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def convert(data: bytes) -> tuple[Conversion, dict[str, bytes]]:
    """Convert a document.

    Returns:
        The conversion, and its pictures by name.

    Raises:
        CampaignError: Why the document is refused.
    """
    reader = Reader(Archive(data))
    document = reader.read()
    lines = list(read_lines(document.blocks))
    head = read_letterhead(lines)
    end = read_signature(lines[head.last_line + 1 :])
    plain = frozenset(line.text for line in lines[: head.last_line + 1]) | {end.signer, *end.position.split(", ")}
    text = write_markdown(document, plain)
    loss = measure_loss([*reader.witness(), *_labels(document)], text)
    found = Conversion(_to_fields(head, end), text, loss, tuple(document.pictures), document.remarks)
    return found, document.pictures


def _labels(document: Document) -> Iterator[str]:
    holders: Sequence[tuple[Block, ...]] = (document.blocks, *document.notes)
    return (paragraph.label for blocks in holders for paragraph in paragraphs_of(blocks) if paragraph.label)


def _to_fields(head: Letterhead, end: Signature) -> FoundFields:
    return FoundFields(
        kind=head.kind, number=head.number, issued_on=head.issued_on, superior=head.superior, issuer=head.issuer,
        subject=head.subject, signer=end.signer, position=end.position, recipients=end.recipients,
    )  # fmt: skip


def to_json(conversion: Conversion) -> str:
    """Write a conversion for another process."""
    return json.dumps(asdict(conversion), ensure_ascii=False, default=str)


def from_json(text: str) -> Conversion:
    """Read a conversion back."""
    facts: dict[str, Any] = json.loads(text)
    fields = facts["fields"]
    day = fields["issued_on"]
    return Conversion(
        FoundFields(
            **{**fields, "issued_on": day and date.fromisoformat(day), "recipients": tuple(fields["recipients"])}
        ),
        facts["text"],
        Loss(facts["loss"]["kept"], tuple(facts["loss"]["missing"])),
        tuple(facts["pictures"]),
        tuple(facts["remarks"]),
    )
