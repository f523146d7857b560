"""Verifying the ledger: everything that is stored is computed again from what it claims to come from."""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from campaign.core import merkle
from campaign.core.checkpoint import Checkpoint
from campaign.core.entry import Entry, Personal
from campaign.store import schema
from campaign.store.ledger import TreeHead, node_reader, read_head, to_entry
from campaign.store.signing import LedgerKey

ROWS_AT_ONCE = 5_000


def verify_ledger(connection: Connection, key: LedgerKey) -> list[str]:
    """Check entries, personal fields, tree and kept checkpoints.

    Returns:
        What was found wrong, in Vietnamese, a line each; nothing when the ledger verifies.
    """
    head = read_head(connection)
    findings: list[str] = []
    nodes: list[merkle.Node] = []
    frontier: tuple[bytes, ...] = ()
    size = 0
    for entry, leaf_hash, personal in _read(connection):
        findings += _check_entry(entry, leaf_hash, personal, size + 1)
        frontier, made = merkle.grow(size, frontier, [entry.leaf_hash])
        nodes += made
        size += 1
    computed = TreeHead(size, frontier)
    if computed != head:
        findings.append(f"gốc cây tính lại từ {size} dòng ghi không khớp gốc đang lưu cho {head.size} dòng ghi")
    findings += _check_nodes(connection, nodes)
    findings += _check_checkpoints(connection, key, computed)
    return findings


def make_checkpoint(connection: Connection, key: LedgerKey) -> bytes:
    """Return the signed checkpoint of the ledger as it stands."""
    head = read_head(connection)
    return key.sign(Checkpoint(key.origin, head.size, head.root))


def _read(connection: Connection) -> Iterator[tuple[Entry, bytes, Personal | None]]:
    """Give every entry in order with its stored leaf hash and personal fields, a block of rows at a time."""
    query = (
        select(schema.entry, schema.personal.c.salt, schema.personal.c.payload)
        .outerjoin(schema.personal, schema.entry.c.sequence == schema.personal.c.sequence)
        .order_by(schema.entry.c.sequence)
        .limit(ROWS_AT_ONCE)
    )
    last = None
    while rows := connection.execute(query if last is None else query.where(schema.entry.c.sequence > last)).all():
        for row in rows:
            personal = None if row.salt is None else Personal(row.salt, row.payload)
            yield to_entry(row), row.leaf_hash, personal
        last = rows[-1].sequence


def _check_entry(entry: Entry, leaf_hash: bytes, personal: Personal | None, expected: int) -> list[str]:
    found = []
    if entry.sequence != expected:
        found.append(f"dòng ghi {expected}: bị thiếu hoặc sai thứ tự (gặp số {entry.sequence})")
    if entry.leaf_hash != leaf_hash:
        found.append(f"dòng ghi {entry.sequence}: nội dung không khớp mã băm")
    if personal is not None and personal.digest != entry.personal_digest:
        found.append(f"dòng ghi {entry.sequence}: thông tin cá nhân không khớp mã băm")
    if personal is None and entry.personal_digest is not None:
        found.append(f"dòng ghi {entry.sequence}: thông tin cá nhân bị mất")
    return found


def _check_nodes(connection: Connection, nodes: list[merkle.Node]) -> list[str]:
    columns = schema.node.c
    query = select(columns.level, columns.position, columns.hash)
    stored = {(row.level, row.position): row.hash for row in connection.execute(query)}
    computed = {(node.level, node.position): node.hash for node in nodes}
    wrong = sorted(key for key in stored.keys() | computed.keys() if stored.get(key) != computed.get(key))
    return [f"nút {position} ở tầng {level} của cây không khớp các dòng ghi" for level, position in wrong]


def _check_checkpoints(connection: Connection, key: LedgerKey, head: TreeHead) -> list[str]:
    found = []
    for row in connection.execute(select(schema.checkpoint).order_by(schema.checkpoint.c.size)):
        try:
            checkpoint = key.read(row.note)
        except ValueError:
            found.append(f"mốc kiểm chứng {row.size}: chữ ký không đúng")
            continue
        found += check_checkpoint(connection, checkpoint, head)
    return found


def check_checkpoint(connection: Connection, checkpoint: Checkpoint, head: TreeHead) -> list[str]:
    """Check that the ledger begins with what *checkpoint* covers."""
    if checkpoint.size > head.size:
        return [f"mốc kiểm chứng {checkpoint.size}: sổ chỉ còn {head.size} dòng ghi"]
    if merkle.root_at(checkpoint.size, node_reader(connection)) != checkpoint.root:
        return [f"mốc kiểm chứng {checkpoint.size}: {checkpoint.size} dòng ghi đầu đã bị thay đổi"]
    return []
