"""Verifying the ledger: everything that is stored is computed again from what it claims to come from.

It goes through the ledger once, a block of entries at a time, so that memory does not grow with it. What an entry and a
checkpoint must be like, `campaign.core.ledger.audit` says; here is what only a database has: stored hashes, the nodes
of the tree, and the tables that are made from the entries.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, false, insert, or_, select
from sqlalchemy.exc import SQLAlchemyError

from campaign.core.ledger import merkle
from campaign.core.ledger.audit import Audit
from campaign.core.ledger.checkpoint import Checkpoint
from campaign.core.ledger.entry import Kind, Personal
from campaign.core.ledger.policy import Policy
from campaign.core.ledger.verdict import Verdict
from campaign.store.base import schema
from campaign.store.base.facts import UNREADABLE, Fact, FactReader, StoredEntry, read_blocks, to_entry
from campaign.store.ledger.erasures import read_erasures
from campaign.store.ledger.ledger import kept_checkpoints, read_head
from campaign.store.ledger.projections.projections import project_all
from campaign.store.proofs.mirror import compare_projections, open_mirror
from campaign.store.proofs.rotations import require_own_key
from campaign.store.proofs.signing import LedgerKey
from campaign.store.tallies import recount

Advance = Callable[[int], object]
"""Told after each block how many more entries were gone through."""


def verify_ledger(
    connection: Connection,
    policy: Policy | None,
    notes: Iterable[bytes] = (),
    advance: Advance = lambda _count: None,
) -> Verdict:
    """Check entries, personal fields, tree, checkpoints and projections.

    Args:
        connection: One state of the database.
        policy: Whom the verifier trusts.
        notes: Signed checkpoints from elsewhere, with which the ledger must agree.
        advance: Learns how far it is.
    """
    kept = {size: _as_bytes(note) for size, note in kept_checkpoints(connection).items()}
    audit = Audit(policy, [*kept.values(), *notes], read_erasures(connection))
    tree = _StoredTree(connection, audit)
    with open_mirror() as mirror:
        for rows in read_blocks(connection):
            facts = tree.take(rows)
            if not audit.findings:  # What the entries do not hold cannot be asked of the tables.
                _project(mirror, facts, audit)
            advance(len(rows))
        if not audit.findings:
            recount(mirror)
            for finding in compare_projections(mirror, connection):
                audit.find(finding)
    tree.check_head()
    for size, note in kept.items():
        if note.split(b"\n", 2)[1:2] != [str(size).encode()]:
            audit.find(f"mốc kiểm chứng {size}: ghi sai số dòng")
    return audit.finish()


def _as_bytes(stored: object) -> bytes:
    """SQLite keeps a text where bytes should be; no checkpoint is one."""
    return stored if isinstance(stored, bytes) else b""


def make_checkpoint(connection: Connection, key: LedgerKey, at: datetime) -> bytes:
    """Return the signed checkpoint of the ledger as it stands at *at*."""
    head = read_head(connection)
    return key.sign(Checkpoint(key.verifier.origin, head.size, head.root), at)


def keep_checkpoint(connection: Connection, key: LedgerKey, at: datetime) -> bytes:
    """Sign a checkpoint that is to leave the machine, and keep it; *connection* is that of a writing transaction.

    One of the same size that is kept already is returned as it is: a signed checkpoint is never deleted.

    Raises:
        ForeignKeyError: The ledger has another key.
    """
    require_own_key(connection, key)
    size = read_head(connection).size
    kept = connection.scalar(select(schema.checkpoint.c.note).where(schema.checkpoint.c.size == size))
    if kept is not None:
        return bytes(kept)
    note = make_checkpoint(connection, key, at)
    connection.execute(insert(schema.checkpoint), {"size": size, "note": note})
    return note


class _StoredTree:
    """Compares the tree that is stored with that over the entries."""

    def __init__(self, connection: Connection, audit: Audit) -> None:
        self._connection = connection
        self._audit = audit
        self._reader = FactReader()
        self._wrong: list[tuple[int, int]] = []
        self._wrong_nodes = 0

    def take(self, rows: Sequence[StoredEntry]) -> list[Fact]:
        """Take a block of entries and the nodes that it completes; return the entries with their fields read."""
        facts, nodes = [], []
        for row in rows:
            try:
                fact = self._reader.read(row)
                personal = _to_personal(row)
                nodes += self._audit.take(to_entry(row), fact.facts, personal, row.leaf_hash)
                facts.append(fact)
            except UNREADABLE:
                self._audit.skip()
        self._check_nodes(nodes)
        return facts

    def check_head(self) -> None:
        """Find nodes outside of the tree, and a stored head that is not that of the entries."""
        size, columns = self._audit.size, schema.node.c
        inside = [
            and_(columns.level == level, columns.position.between(0, (size >> level) - 1))
            for level in range(1, size.bit_length())
        ]
        outside = select(columns.level, columns.position).where(~or_(false(), *inside))
        self._note_wrong((row.level, row.position) for row in self._connection.execute(outside))
        if self._wrong:
            level, position = min(self._wrong)
            self._audit.find(
                f"{self._wrong_nodes} nút của cây không khớp các dòng ghi; nút đầu tiên: {position} ở tầng {level}"
            )
        head = schema.tree_head.c
        stored = self._connection.execute(select(head.size, head.frontier).where(head.id == 1)).one_or_none()
        if stored is None or tuple(stored) != (size, b"".join(self._audit.frontier)):
            self._audit.find(f"gốc cây tính lại từ {size} dòng ghi không khớp gốc đang lưu")

    def _check_nodes(self, made: Iterable[merkle.Node]) -> None:
        """Compare the nodes that a block completes, a stretch of each level, with those that are stored."""
        levels: dict[int, dict[int, bytes]] = {}
        for node in made:
            levels.setdefault(node.level, {})[node.position] = node.hash
        for level, right in levels.items():
            columns = schema.node.c
            query = select(columns.position, columns.hash).where(
                columns.level == level, columns.position.between(min(right), max(right))
            )
            stored = dict(self._connection.execute(query).all())
            if stored != right:
                wrong = [place for place in right.keys() | stored.keys() if right.get(place) != stored.get(place)]
                self._note_wrong((level, position) for position in wrong)

    def _note_wrong(self, places: Iterable[tuple[int, int]]) -> None:
        for place in places:
            self._wrong_nodes += 1
            self._wrong = [min([*self._wrong, place])]


def _to_personal(row: StoredEntry) -> Personal | None:
    """Return the personal fields of an entry.

    Raises:
        TypeError: They are no bytes.
    """
    if row.salt is None:
        return None
    fields = Personal(row.salt, row.payload or b"")
    if {type(fields.salt), type(fields.payload)} != {bytes}:  # SQLite keeps any type in any column.
        raise TypeError(fields)
    return fields


def _project(mirror: Connection, facts: Sequence[Fact], audit: Audit) -> None:
    """Make the tables from a block of entries; where that fails, entry by entry, to name the one that fails."""
    try:
        with mirror.begin_nested():
            project_all(mirror, facts)
    except (KeyError, SQLAlchemyError, *UNREADABLE):  # Whoever has the key can sign entries that make no sense.
        for fact in facts:
            try:
                with mirror.begin_nested():
                    project_all(mirror, [fact])
            except (KeyError, SQLAlchemyError, *UNREADABLE):
                audit.find(f"dòng ghi {fact.sequence}: {_conflict(mirror, fact)}")
                return


def _conflict(mirror: Connection, fact: Fact) -> str:
    """Say why the tables cannot be made from an entry: most often it says again what an earlier one said."""
    if fact.kind is Kind.CONFIRMATION:
        confirmation, post = schema.confirmation.c, schema.post.c
        query = select(confirmation.sequence).join(schema.post, post.id == confirmation.post_id)
        found = query.where(
            post.key == fact.facts.get("post"),
            confirmation.member_id == fact.facts.get("member"),
            confirmation.revision == fact.facts.get("revision"),
        )
        earlier = mirror.scalar(found.order_by(confirmation.sequence).limit(1))
        if earlier is not None:
            return f"xác nhận đã có ở dòng {earlier}"
    return "không dựng lại được các bảng từ dòng này"
