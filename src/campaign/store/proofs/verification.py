"""Verifying the ledger: everything that is stored is computed again from what it claims to come from.

It goes through the ledger once, a block of entries at a time, so that memory does not grow with it.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, and_, delete, false, insert, or_, select
from sqlalchemy.exc import NoResultFound, SQLAlchemyError

from campaign.core import merkle
from campaign.core.checkpoint import Checkpoint
from campaign.core.entry import SALT_BYTES, Kind, Personal
from campaign.core.erasure import Erasures
from campaign.core.note import Verifier
from campaign.core.rotation import Keyring, rotation_from_facts
from campaign.store.base import schema
from campaign.store.base.facts import UNREADABLE, StoredEntry, read_blocks, to_entry, to_fact
from campaign.store.ledger.erasures import read_erasures
from campaign.store.ledger.ledger import TreeHead, node_reader, read_head
from campaign.store.ledger.projections.projections import project_all
from campaign.store.proofs.mirror import compare_projections, open_mirror
from campaign.store.proofs.rotations import read_keyring
from campaign.store.proofs.signing import LedgerKey
from campaign.store.tallies import recount

Advance = Callable[[int], object]
"""Told after each block how many more entries were gone through."""


def verify_ledger(
    connection: Connection,
    verifier: Verifier,
    checkpoints: Iterable[Checkpoint] = (),
    advance: Advance = lambda _count: None,
) -> list[str]:
    """Check entries, personal fields, tree, kept checkpoints and projections.

    Args:
        connection: One state of the database.
        verifier: The ledger's public key.
        checkpoints: Checkpoints from elsewhere, with which the ledger must agree.
        advance: Learns how far it is.

    Returns:
        What was found wrong, in Vietnamese, a line each; nothing when the ledger verifies.
    """
    check = _Check(connection)
    with open_mirror() as mirror:
        for rows in read_blocks(connection):
            check.go_through(rows)
            if not check.findings:  # What the entries do not hold cannot be asked of the tables.
                check.findings += _project(mirror, rows)
            advance(len(rows))
        if not check.findings:
            recount(mirror)
            check.findings += compare_projections(mirror, connection)
    head = TreeHead(check.size, check.frontier)
    findings = [*check.findings, *_check_head(connection, head), *check.name_wrong_nodes()]
    findings += _check_kept(connection, read_keyring(connection, verifier), head)
    return findings + [found for one in checkpoints for found in check_checkpoint(connection, one, head)]


def make_checkpoint(connection: Connection, key: LedgerKey) -> bytes:
    """Return the signed checkpoint of the ledger as it stands."""
    head = read_head(connection)
    return key.sign(Checkpoint(key.verifier.origin, head.size, head.root))


def check_checkpoint(connection: Connection, checkpoint: Checkpoint, head: TreeHead) -> list[str]:
    """Check that a ledger that verifies otherwise begins with what *checkpoint* covers; *head* is its head."""
    if checkpoint.size > head.size:
        return [f"mốc kiểm chứng {checkpoint.size}: sổ chỉ còn {head.size} dòng ghi"]
    try:
        is_kept = merkle.root_at(checkpoint.size, node_reader(connection)) == checkpoint.root
    except (NoResultFound, TypeError):  # A node is missing, or no bytes.
        is_kept = False
    return [] if is_kept else [f"mốc kiểm chứng {checkpoint.size}: {checkpoint.size} dòng ghi đầu đã bị thay đổi"]


def keep_checkpoint(connection: Connection, key: LedgerKey) -> bytes:
    """Sign a checkpoint that is to leave the machine, and keep it; *connection* is that of a writing transaction."""
    note, size = make_checkpoint(connection, key), read_head(connection).size
    connection.execute(delete(schema.checkpoint).where(schema.checkpoint.c.size == size))
    connection.execute(insert(schema.checkpoint), {"size": size, "note": note})
    return note


class _Check:
    """How far the entries were gone through, the tree over them, and what was found wrong in them."""

    def __init__(self, connection: Connection) -> None:
        self.findings: list[str] = []
        self.size = 0
        self.frontier: tuple[bytes, ...] = ()
        self._connection = connection
        self._erasures = read_erasures(connection)
        self._last = 0
        self._wrong_nodes = 0
        self._first_wrong: tuple[int, int] | None = None

    def go_through(self, rows: Sequence[StoredEntry]) -> None:
        """Check a block of entries, and the nodes of the tree that it completes."""
        leaves = []
        for row in rows:
            if row.sequence != self._last + 1:
                self.findings.append(f"dòng ghi {self._last + 1}: bị thiếu hoặc sai thứ tự (gặp số {row.sequence})")
            self._last = row.sequence
            leaf, found = _check_entry(row, self._erasures)
            leaves.append(leaf)
            self.findings += found
        self.frontier, made = merkle.grow(self.size, self.frontier, leaves)
        self.size += len(leaves)
        self._check_nodes(made)

    def name_wrong_nodes(self) -> list[str]:
        """Say which nodes are not those of the tree, now that its size is known."""
        columns = schema.node.c
        inside = [
            and_(columns.level == level, columns.position.between(0, (self.size >> level) - 1))
            for level in range(1, self.size.bit_length())
        ]
        outside = select(columns.level, columns.position).where(~or_(false(), *inside))
        self._note_wrong(self._connection.execute(outside))
        if self._first_wrong is None:
            return []
        level, position = self._first_wrong
        return [f"{self._wrong_nodes} nút của cây không khớp các dòng ghi; nút đầu tiên: {position} ở tầng {level}"]

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

    def _note_wrong(self, places: Iterable[Any]) -> None:
        for level, position in places:
            self._wrong_nodes += 1
            self._first_wrong = min(self._first_wrong or (level, position), (level, position))


def _check_entry(row: StoredEntry, erasures: Erasures) -> tuple[bytes, list[str]]:
    """Return the leaf hash, computed again, and what is wrong with the entry."""
    leaf = b""
    try:
        leaf = to_entry(row).leaf_hash
        found = [] if leaf == row.leaf_hash else ["nội dung không khớp mã băm"]
        if row.salt is not None and not _is_personal_right(row.salt, row.payload or b"", row.personal_digest):
            found.append("thông tin cá nhân không khớp mã băm")
        if row.kind == Kind.KEY_ROTATED and not rotation_from_facts(json.loads(row.facts)).is_endorsed:
            found.append("khoá cũ không xác nhận khoá mới")
        if row.personal_digest is not None:
            is_erased = erasures.cover(row.sequence, row.facts)
            if row.salt is None and not is_erased:
                found.append("thông tin cá nhân bị mất")
            if row.salt is not None and is_erased:
                found.append("thông tin cá nhân vẫn còn, dù đã có dòng ghi xoá")
    except UNREADABLE:
        found = ["không đọc được"]
    return leaf, [f"dòng ghi {row.sequence}: {fault}" for fault in found]


def _is_personal_right(salt: bytes, payload: bytes, digest: bytes | None) -> bool:
    """Say whether the fields have their digest, and the salt its length, lest a byte pass from one to the other."""
    return len(salt) == SALT_BYTES and Personal(salt, payload).digest == digest


def _project(mirror: Connection, rows: Sequence[StoredEntry]) -> list[str]:
    try:
        project_all(mirror, map(to_fact, rows))
    except (KeyError, SQLAlchemyError, *UNREADABLE):  # Whoever has the key can sign entries that make no sense.
        return [f"dòng ghi {rows[0].sequence} đến {rows[-1].sequence}: không dựng lại được các bảng từ các dòng này"]
    return []


def _check_head(connection: Connection, head: TreeHead) -> list[str]:
    columns = schema.tree_head.c
    stored = connection.execute(select(columns.size, columns.frontier).where(columns.id == 1)).one_or_none()
    if stored is not None and tuple(stored) == (head.size, b"".join(head.frontier)):
        return []
    return [f"gốc cây tính lại từ {head.size} dòng ghi không khớp gốc đang lưu"]


def _check_kept(connection: Connection, keyring: Keyring, head: TreeHead) -> list[str]:
    found = []
    for row in connection.execute(select(schema.checkpoint).order_by(schema.checkpoint.c.size)):
        try:
            checkpoint = keyring.read(row.note)
        except UNREADABLE:
            found.append(f"mốc kiểm chứng {row.size}: chữ ký không đúng")
            continue
        if checkpoint.size != row.size:
            found.append(f"mốc kiểm chứng {row.size}: ghi sai số dòng ({checkpoint.size})")
        found += check_checkpoint(connection, checkpoint, head)
    return found
