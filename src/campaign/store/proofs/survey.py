"""A look at the database as it is, for `campaign doctor`: nothing is made, migrated or written."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from campaign.core.ledger.delivery import Delivery
from campaign.errors.store import ForeignKeyError
from campaign.store.base import schema
from campaign.store.base.hashing import hash_token, is_secret_right
from campaign.store.ledger.causes import find_cause, require_sound_file, to_fault
from campaign.store.ledger.database import WAL_IS_SAFE_FROM, Database, sqlite
from campaign.store.ledger.ledger import find_steps_back
from campaign.store.ledger.migrations import SCHEMA_VERSION, find_maker
from campaign.store.ledger.tables import Differences, compare_tables
from campaign.store.proofs.deliveries import read_deliveries
from campaign.store.proofs.rotations import require_own_key
from campaign.store.proofs.signing import LedgerKey

POSTGRESQL_OPTIONS = ("fsync", "synchronous_commit", "full_page_writes")
"""What a power cut loses data without."""


@dataclass(frozen=True, slots=True)
class KnownSecrets:
    """Secrets that the handbook names, those of the sample campaign; and the key that should be this ledger's."""

    slip_token: str
    passphrase: str
    key: LedgerKey | None = None


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found.

    Attributes:
        kind: ``sqlite`` or ``postgresql``.
        version: Of the library or the server, as ``3.53.0``.
        is_wal_safe: Whether SQLite may keep a write-ahead log.
        options: Settings of the database that decide what a power cut may take.
        level: The level of its tables; nothing when it has none. Only with tables of ours the rest was looked at.
        program: The program that made the tables or changed them last, if it noted itself.
        differences: In what the tables differ from ours.
        sample: Whether the campaign is made up; nothing without a campaign.
        last_entry_at: When the newest entry was made.
        steps_back: Entries that are dated before one before them, in words for people.
        foreign_key: Why the key at hand is not this ledger's, in words for people; empty when it is, or none is there.
        digests: Of the revisions that are registered.
        deliveries: Where checkpoints went, and where not, the oldest first.
        known_secrets: Which secrets that everybody knows would let someone in.
    """

    kind: str
    version: str
    is_wal_safe: bool
    options: Mapping[str, str]
    level: int | None
    program: str | None = None
    differences: Differences | None = None
    sample: bool | None = None
    last_entry_at: datetime | None = None
    steps_back: tuple[str, ...] = ()
    foreign_key: str = ""
    has_checkpoints: bool = False
    members: int = 0
    members_with_slip: int = 0
    accounts: int = 0
    digests: frozenset[str] = field(default=frozenset(), repr=False)
    known_secrets: tuple[str, ...] = ()
    deliveries: tuple[Delivery, ...] = ()


def file_of(url: str) -> Path | None:
    """Return the file of an SQLite database, or nothing for another kind."""
    parsed = make_url(url)
    return Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None


def password_in(url: str) -> bool:
    """Say whether the address of a database holds a password."""
    return make_url(url).password is not None


def survey_database(url: str, known: KnownSecrets) -> Survey | None:
    """Look at the database, and whether one of the *known* secrets opens it; nothing when its file does not exist.

    Raises:
        StoreUnreachableError: It does not answer.
        DatabaseCorruptError: It is damaged, or is not a database.
    """
    file = file_of(url)
    if file is not None and not file.exists():
        return None
    try:
        with closing(Database(url)) as database, database.engine.connect() as connection:
            return _survey(connection, known)
    except (SQLAlchemyError, sqlite.Error) as error:
        raise to_fault(error) from find_cause(error)


def _survey(connection: Connection, known: KnownSecrets) -> Survey:
    require_sound_file(connection)
    kind = connection.dialect.name
    maker = find_maker(connection)
    version = sqlite.sqlite_version if kind == "sqlite" else _ask(connection, ["server_version"])["server_version"]
    is_wal_safe, options = sqlite.sqlite_version_info >= WAL_IS_SAFE_FROM, _read_options(connection)
    found = Survey(kind, version, is_wal_safe, options, maker.level if maker else None)
    if maker is None or maker.level != SCHEMA_VERSION:
        return found
    found = replace(found, program=maker.program, differences=compare_tables(connection))
    return found if found.differences else _look_inside(connection, found, known)


def _look_inside(connection: Connection, found: Survey, known: KnownSecrets) -> Survey:
    listed = select(schema.membership.c.member_id).where(schema.membership.c.until.is_(None))
    has_slip = schema.membership.c.member_id.in_(select(schema.slip.c.member_id))
    return replace(
        found,
        sample=connection.scalar(select(schema.campaign.c.sample)),
        last_entry_at=connection.scalar(select(func.max(schema.entry.c.at))),
        steps_back=tuple(find_steps_back(connection)),
        foreign_key=_find_foreign(connection, known.key),
        has_checkpoints=_count(connection, select(schema.checkpoint.c.size)) > 0,
        members=_count(connection, listed),
        members_with_slip=_count(connection, listed.where(has_slip)),
        accounts=_count(connection, select(schema.account.c.name)),
        digests=frozenset(connection.scalars(select(schema.revision.c.digest))),
        known_secrets=tuple(_find_known(connection, known)),
        deliveries=tuple(read_deliveries(connection)),
    )


def _find_foreign(connection: Connection, key: LedgerKey | None) -> str:
    try:
        if key is not None:
            require_own_key(connection, key)
    except ForeignKeyError as error:
        return error.problem
    return ""


def _find_known(connection: Connection, known: KnownSecrets) -> Iterator[str]:
    slip = select(schema.slip.c.member_id).where(schema.slip.c.token_hash == hash_token(known.slip_token))
    if connection.scalar(slip) is not None:
        yield "phiếu của dữ liệu minh hoạ"
    for name, hashed in connection.execute(select(schema.account.c.name, schema.account.c.passphrase_hash)):
        if is_secret_right(known.passphrase, hashed):
            yield f"cụm mật khẩu của dữ liệu minh hoạ ở tài khoản {name}"


def _count(connection: Connection, query: Select[Any]) -> int:
    return connection.scalar(select(func.count()).select_from(query.subquery())) or 0


def _read_options(connection: Connection) -> Mapping[str, str]:
    if connection.dialect.name == "postgresql":
        return _ask(connection, POSTGRESQL_OPTIONS)
    return {
        name: str(connection.exec_driver_sql(f"PRAGMA {name}").scalar()) for name in ("journal_mode", "synchronous")
    }


def _ask(connection: Connection, names: Iterable[str]) -> dict[str, str]:
    return {name: str(connection.exec_driver_sql(f"SHOW {name}").scalar()) for name in names}
