"""A draft: the file of a post on its way to readers, and what was decided about it.

Its state is not kept anywhere: it follows from the acts in the ledger about exactly these bytes. So an approved text
that is changed is a draft again, whatever program changed it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from campaign.core.labelled import Labelled
from campaign.core.ledger.entry import Kind
from campaign.core.post import to_canonical_json


class DraftState(Labelled):
    """How far a draft has come."""

    DRAFT = "draft", "bản thảo"
    SUBMITTED = "submitted", "đang trình duyệt"
    RETURNED = "returned", "trả lại để sửa"
    APPROVED = "approved", "đã duyệt"
    PUBLISHED = "published", "đã đăng"


class PublishingState(Labelled):
    """How far the publication of a draft has come."""

    WAITING = "waiting", "chờ đến lượt"
    RUNNING = "running", "đang dựng trang"
    DONE = "done", "đã đăng"
    FAILED = "failed", "chưa đăng được"


_STATES = {
    Kind.DRAFT_SUBMITTED: DraftState.SUBMITTED,
    Kind.DRAFT_RETURNED: DraftState.RETURNED,
    Kind.DRAFT_APPROVED: DraftState.APPROVED,
    Kind.DRAFT_PUBLISHED: DraftState.PUBLISHED,
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A version of a draft.

    Attributes:
        post: The id of the post.
        version: 1, 2, 3 … within the post.
        path: The file in the content folder that it becomes, with ``/``.
        source: What that file will hold: front matter and Markdown.
        base: The SHA-256 of the file that it was begun from; "" for a new post.
        author: The account that saved it.
        unit: The unit of the unit head who proposes it; nothing for other accounts.
        files: The SHA-256 of each file that belongs to it, by name.
    """

    post: str
    version: int
    path: str
    source: bytes = field(repr=False)
    base: str
    author: str
    saved_at: datetime
    unit: str | None = None
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def text_digest(self) -> str:
        """The SHA-256 of the source: what a page has before the eyes that saves it again."""
        return sha256(self.source).hexdigest()

    @property
    def digest(self) -> str:
        """The SHA-256 over the source and the files: what is approved."""
        facts = {"source": self.text_digest, "files": dict(self.files)}
        return sha256(to_canonical_json(facts)).hexdigest()


@dataclass(frozen=True, slots=True)
class DraftAct:
    """An act of the ledger about a draft.

    Attributes:
        digest: That of the draft which it is about.
        note: What was said with it.
    """

    sequence: int
    kind: Kind
    digest: str
    actor: str
    at: datetime
    note: str = ""


def last_act(digest: str, acts: Iterable[DraftAct]) -> DraftAct | None:
    """Return the last act about the draft with that digest, or nothing."""
    return max((act for act in acts if act.digest == digest), key=lambda act: act.sequence, default=None)


def find_state(digest: str, acts: Iterable[DraftAct]) -> DraftState:
    """Return the state of the draft with that digest."""
    last = last_act(digest, acts)
    return _STATES[last.kind] if last else DraftState.DRAFT


def may_approve(actor: str, writers: Collection[str], *, two_persons: bool) -> bool:
    """Say whether *actor* may approve: where two persons are needed, nobody approves what they wrote or submitted."""
    return not two_persons or actor not in writers
