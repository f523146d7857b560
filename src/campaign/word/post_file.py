"""A converted document as a post: front matter of the post schema above its Markdown."""

import json
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, count

from campaign.core.source_document import LONGEST_SOURCE_SUBJECT, LONGEST_SOURCE_TEXT, UNKNOWN, UNTITLED
from campaign.core.text import to_slug
from campaign.word.conversion import Conversion, FoundFields

_PLAIN_SCALAR = re.compile(r"[^\W\d_(][^\n#\"'`|>%@&*!{}\[\]]*", re.UNICODE)
_LONGEST_TITLE = 200
_LONGEST_SUMMARY = 600
_SHORTEST_ID, _LONGEST_ID = 3, 60
_NAMELESS = "van-ban"
_FIELDS = {
    "kind": "loại văn bản", "number": "số, ký hiệu", "superior": "cơ quan chủ quản", "issuer": "cơ quan ban hành",
    "subject": "trích yếu", "signer": "người ký", "position": "chức vụ",
}  # fmt: skip
_UNPRINTABLE = re.compile("[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What YAML refuses even in quotes."""


@dataclass(frozen=True, slots=True)
class PostFrame:
    """What a post needs that no document tells.

    Attributes:
        id: Its stable name.
        publish_at: The first day on which it may be seen; it stays a draft until its editor says otherwise.
    """

    id: str
    lead_unit: str
    publish_at: date


def fit_fields(fields: FoundFields) -> tuple[FoundFields, tuple[str, ...]]:
    """Return *fields* without what the post schema would refuse, and a remark for each that was left out."""
    kept: dict[str, str] = {}
    remarks: list[str] = []
    for name, label in _FIELDS.items():
        text = _one_line(getattr(fields, name))
        limit = LONGEST_SOURCE_SUBJECT if name == "subject" else LONGEST_SOURCE_TEXT
        kept[name] = text if len(text) <= limit else ""
        if len(text) > limit:
            remarks.append(f"mục {label} dài {len(text)} ký tự, quá {limit}, nên để trống: “{text[:60]}…”")
    recipients = tuple(text for text in map(_one_line, fields.recipients) if text)
    short = tuple(text for text in recipients if len(text) <= LONGEST_SOURCE_TEXT)
    remarks += [
        f"một nơi nhận dài {len(text)} ký tự, quá {LONGEST_SOURCE_TEXT}, nên bỏ ra: “{text[:60]}…”"
        for text in recipients if text not in short
    ]  # fmt: skip
    return FoundFields(**kept, issued_on=fields.issued_on, recipients=short), tuple(remarks)


def _one_line(text: str) -> str:
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def write_post(conversion: Conversion, fields: FoundFields, frame: PostFrame) -> str:
    """Write the post.

    Args:
        conversion: The document, converted.
        fields: Its fields, as the editor confirmed them.
        frame: What only the editor knows.
    """
    text = conversion.text
    for picture in conversion.pictures:
        text = text.replace(f"]({picture})", f"]({frame.id}/{picture})")
    return "\n".join(["---", *_front_matter(fields, frame), "---", "", text])


def propose_id(fields: FoundFields, file: str, taken: Container[str] = ()) -> str:
    """Return an id for the post: of kind and number, else of the file's name, else one that is not *taken*."""
    named = f"{fields.kind} {fields.number}" if fields.number else file
    slug = to_slug(named)[:_LONGEST_ID].strip("-")
    if len(slug) >= _SHORTEST_ID:
        return slug
    return next(name for name in chain([_NAMELESS], (f"{_NAMELESS}-{at}" for at in count(2))) if name not in taken)


def _front_matter(fields: FoundFields, frame: PostFrame) -> Iterator[str]:
    yield f"id: {frame.id}"
    yield f"title: {_scalar(_cut(_title(fields), _LONGEST_TITLE))}"
    yield f"summary: {_scalar(_cut(_summary(fields), _LONGEST_SUMMARY))}"
    if fields != FoundFields():
        yield from _source_document(fields)
    yield "audience: all"
    yield f"lead_unit: {_scalar(frame.lead_unit)}"
    yield "revision:"
    yield "  number: 1"
    yield f"publish_at: {frame.publish_at:%d/%m/%Y}"
    yield "draft: true"
    yield "verified: false"


def _source_document(fields: FoundFields) -> Iterator[str]:
    values = {
        "kind": fields.kind,
        "number": fields.number,
        "issued_on": fields.issued_on.isoformat() if fields.issued_on else "",
        "superior": fields.superior,
        "issuer": fields.issuer or UNKNOWN,
        "subject": fields.subject or UNKNOWN,
        "signer": fields.signer,
        "position": fields.position,
    }
    yield "source_document:"
    for key, text in values.items():
        if text:
            yield f"  {key}: {_scalar(text)}"
    if fields.recipients:
        yield "  recipients:"
        for recipient in fields.recipients:
            yield f"    - {_scalar(recipient)}"


def _title(fields: FoundFields) -> str:
    name = _name(fields)
    return f"{name}: {fields.subject}" if name and fields.subject else name or fields.subject or UNTITLED


def _name(fields: FoundFields) -> str:
    number = fields.number and f"số {fields.number}"
    return " ".join(part for part in (fields.kind, number) if part)


def _summary(fields: FoundFields) -> str:
    day = f" ngày {fields.issued_on:%d/%m/%Y}" if fields.issued_on else ""
    issuer = ", ".join(part for part in (fields.superior, fields.issuer) if part)
    what = f"{_name(fields) or 'Văn bản'}{day}{f' của {issuer}' if issuer else ''}."
    return f"{what} {fields.subject}".strip()


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + "…"


def _scalar(text: str) -> str:
    """Write *text* as YAML reads it back: in quotes wherever it could mean something else."""
    text = _one_line(text)
    is_plain = _PLAIN_SCALAR.fullmatch(text) and ": " not in text and not text.endswith(":")
    return text if is_plain else json.dumps(text, ensure_ascii=False)
