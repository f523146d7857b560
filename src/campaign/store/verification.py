"""Verifying the ledger: everything that is stored is computed again from what it claims to come from."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select
from sqlalchemy.exc import NoResultFound

from campaign.core import merkle
from campaign.core.checkpoint import Checkpoint
from campaign.core.entry import SALT_BYTES, Personal
from campaign.store import schema
from campaign.store.ledger import TreeHead, node_reader, read_head
from campaign.store.projections import to_entry
from campaign.store.signing import LedgerKey

ROWS_AT_ONCE = 5_000
UNREADABLE = (ValueError, TypeError, AttributeError, OverflowError)
"""What reading raises on values that this program never stores; SQLite keeps any type in any column."""


def verify_ledger(connection: Connection, key: LedgerKey) -> list[str]:
    """Check entries, personal fields, tree and kept checkpoints.

    Returns:
        What was found wrong, in Vietnamese, a line each; nothing when the ledger verifies.
    """
    findings: list[str] = []
    nodes: list[merkle.Node] = []
    frontier: tuple[bytes, ...] = ()
    size = last = 0
    for row in _read(connection):
        if row.sequence != last + 1:
            findings.append(f"dòng ghi {last + 1}: bị thiếu hoặc sai thứ tự (gặp số {row.sequence})")
        leaf, found = _check_entry(row)
        findings += found
        frontier, made = merkle.grow(size, frontier, [leaf])
        nodes += made
        size, last = size + 1, row.sequence
    computed = TreeHead(size, frontier)
    findings += _check_head(connection, computed)
    findings += _check_nodes(connection, nodes)
    findings += _check_checkpoints(connection, key, computed)
    return findings


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


def _read(connection: Connection) -> Iterator[Row[Any]]:
    """Give every entry in order with its personal fields, a block of rows at a time."""
    query = (
        select(schema.entry, schema.personal.c.salt, schema.personal.c.payload)
        .outerjoin(schema.personal, schema.entry.c.sequence == schema.personal.c.sequence)
        .order_by(schema.entry.c.sequence)
        .limit(ROWS_AT_ONCE)
    )
    last = None
    while rows := connection.execute(query if last is None else query.where(schema.entry.c.sequence > last)).all():
        yield from rows
        last = rows[-1].sequence


def _check_entry(row: Row[Any]) -> tuple[bytes, list[str]]:
    """Return the leaf hash, computed again, and what is wrong with the entry."""
    leaf = b""
    try:
        leaf = to_entry(row).leaf_hash
        found = [] if leaf == row.leaf_hash else ["nội dung không khớp mã băm"]
        if row.salt is not None and not _is_personal_right(row):
            found.append("thông tin cá nhân không khớp mã băm")
        if row.salt is None and row.personal_digest is not None:
            found.append("thông tin cá nhân bị mất")
    except UNREADABLE:
        found = ["không đọc được"]
    return leaf, [f"dòng ghi {row.sequence}: {fault}" for fault in found]


def _is_personal_right(row: Row[Any]) -> bool:
    """Say whether the fields have their digest, and the salt its length, lest a byte pass from one to the other."""
    return len(row.salt) == SALT_BYTES and Personal(row.salt, row.payload).digest == row.personal_digest


def _check_head(connection: Connection, head: TreeHead) -> list[str]:
    columns = schema.tree_head.c
    stored = connection.execute(select(columns.size, columns.frontier).where(columns.id == 1)).one_or_none()
    if stored is not None and tuple(stored) == (head.size, b"".join(head.frontier)):
        return []
    return [f"gốc cây tính lại từ {head.size} dòng ghi không khớp gốc đang lưu"]


def _check_nodes(connection: Connection, nodes: list[merkle.Node]) -> list[str]:
    left = {(node.level, node.position): node.hash for node in nodes}
    rows = connection.execute(select(schema.node))
    wrong = {(row.level, row.position) for row in rows if left.pop((row.level, row.position), None) != row.hash}
    wrong |= left.keys()
    if not wrong:
        return []
    level, position = min(wrong)
    return [f"{len(wrong)} nút của cây không khớp các dòng ghi; nút đầu tiên: {position} ở tầng {level}"]


def _check_checkpoints(connection: Connection, key: LedgerKey, head: TreeHead) -> list[str]:
    found = []
    for row in connection.execute(select(schema.checkpoint).order_by(schema.checkpoint.c.size)):
        try:
            checkpoint = key.verifier.read(row.note)
        except UNREADABLE:
            found.append(f"mốc kiểm chứng {row.size}: chữ ký không đúng")
            continue
        if checkpoint.size != row.size:
            found.append(f"mốc kiểm chứng {row.size}: ghi sai số dòng ({checkpoint.size})")
        found += check_checkpoint(connection, checkpoint, head)
    return found
