"""What a converted document is: the post's text, the fields found, what is missing."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from campaign.word.loss import Loss


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
        Loss(facts["loss"]["kept"], tuple(facts["loss"]["missing"]), facts["loss"]["objects"]),
        tuple(facts["pictures"]),
        tuple(facts["remarks"]),
    )
