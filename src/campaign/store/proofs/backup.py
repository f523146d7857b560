"""Backups: the whole database as one file, taken while the recorder runs, restored into SQLite or PostgreSQL alike.

A plain copy of a database file during writes can hold half a transaction; a backup reads one state of it. It has the
ledger and the credentials; the projections are made from the ledger when it is restored, so that the backup of an older
program serves too. Sessions are left out (people sign in again), and the signing key is no part of the database.
The archive of published revisions, a folder beside the database, goes along.
"""

import json
import os
from collections.abc import Iterable
from itertools import islice
from pathlib import Path, PurePosixPath
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from sqlalchemy import Connection, Table, delete, insert, select
from sqlalchemy.exc import SQLAlchemyError

from campaign.errors.store import BackupFileError, CampaignExistsError
from campaign.store.base import schema
from campaign.store.base.facts import UNREADABLE
from campaign.store.base.types import as_kept
from campaign.store.ledger.campaigns import has_campaign
from campaign.store.ledger.causes import require_sound_file
from campaign.store.ledger.migrations import SCHEMA_VERSION
from campaign.store.ledger.projections.projections import rebuild

ROWS_AT_ONCE = 5_000
HEAD_FILE = "backup.json"
PUBLISHED = "published/"
BESIDE = "files/"
TABLES = tuple(
    table
    for table in schema.metadata.sorted_tables
    if table not in {schema.schema_version, *schema.PROJECTIONS, *schema.PASSING}
)


def write_backup(connection: Connection, file: Path, published: Path | None = None, beside: Iterable[Path] = ()) -> int:
    """Write all tables to *file* as *connection* sees them, and return how many rows that were.

    The file appears whole and durable under its name, or not at all.

    Args:
        connection: The database.
        file: Where the backup is to be.
        published: The folder of the archive of published revisions; nothing when this machine has none.
        beside: Files that go along under their names, which are relative to the current folder.

    Raises:
        DatabaseCorruptError: A page of it is damaged; the backups from before are what is left.
    """
    require_sound_file(connection)
    draft = file.with_name(f"{file.name}.part")
    try:
        draft.unlink(missing_ok=True)
        draft.touch(0o600)  # It holds names.
        with ZipFile(draft, "w", ZIP_DEFLATED) as archive:
            archive.writestr(HEAD_FILE, json.dumps({"format": 1, "schema": SCHEMA_VERSION}))
            rows = sum(_write(connection, table, archive) for table in TABLES)
            for kept in sorted(published.glob("*")) if published else ():
                archive.write(kept, f"{PUBLISHED}{kept.name}")
            for kept in beside:
                archive.write(kept, f"{BESIDE}{kept.as_posix()}")
        with draft.open("rb+") as written:
            os.fsync(written.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    return rows


def restore_backup(connection: Connection, file: Path) -> int:
    """Fill an empty database from *file*, and return how many rows that were.

    Raises:
        CampaignExistsError: The database is not empty.
        BackupFileError: The file is no backup of this program.
    """
    if has_campaign(connection):
        raise CampaignExistsError
    connection.execute(delete(schema.tree_head))
    try:
        with ZipFile(file) as archive:
            head = json.loads(archive.read(HEAD_FILE))
            if head["format"] != 1 or not 1 <= head["schema"] <= SCHEMA_VERSION:
                raise BackupFileError(file.name, "bản sao lưu của một phiên bản chương trình mới hơn")
            names = archive.namelist()  # Another program's may lack a table of credentials.
            paths = [PurePosixPath(name.removeprefix(BESIDE)) for name in names]
            if any(path.is_absolute() or ".." in path.parts for path in paths):
                raise BackupFileError(file.name, "có tệp nằm ngoài thư mục")
            tables = [table for table in TABLES if f"{table.name}.jsonl" in names or table in schema.LEDGER]
            rows = sum(_fill(connection, table, archive) for table in tables)
            rebuild(connection)
    except (OSError, BadZipFile, KeyError, EOFError, SQLAlchemyError, *UNREADABLE) as error:
        raise BackupFileError(file.name, "không đọc được") from error
    return rows


def restore_published(file: Path, folder: Path) -> int:
    """Put the archive of published revisions back, and return how many files that were; what is there stays."""
    with ZipFile(file) as archive:
        kept = [name for name in archive.namelist() if name.startswith(PUBLISHED)]
        lost = [name for name in kept if not (folder / Path(name).name).exists()]
        if lost:
            folder.mkdir(parents=True, exist_ok=True)
        for name in lost:
            (folder / Path(name).name).write_bytes(archive.read(name))
    return len(lost)


def restore_files(file: Path, folder: Path) -> list[str]:
    """Put the files beside the database back into *folder*, and return their names; what is there stays."""
    put_back = []
    with ZipFile(file) as archive:
        for name in archive.namelist():
            path = PurePosixPath(name.removeprefix(BESIDE))
            if not name.startswith(BESIDE) or (folder / path).exists():
                continue
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(archive.read(name))
            put_back.append(str(path))
    return put_back


def _write(connection: Connection, table: Table, archive: ZipFile) -> int:
    query = select(as_kept(table)).order_by(*table.primary_key.columns)
    rows = 0
    with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as lines:
        for row in connection.execution_options(yield_per=ROWS_AT_ONCE).execute(query):
            text = json.dumps(tuple(row), ensure_ascii=False, default=lambda value: {"hex": value.hex()})
            lines.write(text.encode() + b"\n")
            rows += 1
    return rows


def _fill(connection: Connection, table: Table, archive: ZipFile) -> int:
    names, rows = table.columns.keys(), 0
    with archive.open(f"{table.name}.jsonl") as lines:
        values = (json.loads(line, object_hook=lambda kept: bytes.fromhex(kept["hex"])) for line in lines)
        # Rows of an older program may lack the last columns.
        named = (dict(zip(names[: len(row)], row, strict=True)) for row in values)
        while block := list(islice(named, ROWS_AT_ONCE)):
            connection.execute(insert(as_kept(table)), block)
            rows += len(block)
    return rows
