"""Passkeys: the public half of each, by which its account comes in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, delete, insert, select, update

from campaign.store.base import schema


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey.

    Attributes:
        label: What its holder calls it.
        public: Its identifier and public key, as the authenticator sent them (WebAuthn, attested credential data).
        counter: How often it had signed when it was last used; 0 for those that do not count.
    """

    credential_id: bytes
    account: str
    label: str
    public: bytes
    counter: int
    added_at: datetime


def add_passkey(connection: Connection, passkey: Passkey) -> None:
    """Let an account come in by a passkey, too."""
    values = {
        "credential_id": passkey.credential_id,
        "account": passkey.account,
        "label": passkey.label,
        "public_key": passkey.public,
        "counter": passkey.counter,
        "added_at": passkey.added_at,
    }
    connection.execute(insert(schema.passkey), values)


def find_passkey(connection: Connection, credential_id: bytes) -> Passkey | None:
    """Return the passkey with that identifier, or nothing."""
    query = select(schema.passkey).where(schema.passkey.c.credential_id == credential_id)
    row = connection.execute(query).one_or_none()
    return None if row is None else _to_passkey(row)


def list_passkeys(connection: Connection, account: str) -> list[Passkey]:
    """Return the passkeys of an account, in the order in which they were added."""
    columns = schema.passkey.c
    query = select(schema.passkey).where(columns.account == account).order_by(columns.added_at, columns.credential_id)
    return [_to_passkey(row) for row in connection.execute(query)]


def count_use(connection: Connection, passkey: Passkey, counter: int) -> bool:
    """Note that a passkey signed; say whether its counter went on, which that of a copy does not."""
    if counter == passkey.counter == 0:
        return True
    columns = schema.passkey.c
    is_it = (columns.credential_id == passkey.credential_id) & (columns.counter < counter)
    return connection.execute(update(schema.passkey).where(is_it).values(counter=counter)).rowcount == 1


def remove_passkey(connection: Connection, account: str, credential_id: bytes) -> None:
    """Let an account no longer come in by a passkey."""
    columns = schema.passkey.c
    is_it = (columns.account == account) & (columns.credential_id == credential_id)
    connection.execute(delete(schema.passkey).where(is_it))


def _to_passkey(row: Row[tuple[object, ...]]) -> Passkey:
    facts = row._mapping  # noqa: SLF001 - SQLAlchemy's public name for a row by its columns
    return Passkey(
        credential_id=facts["credential_id"],
        account=facts["account"],
        label=facts["label"],
        public=facts["public_key"],
        counter=facts["counter"],
        added_at=facts["added_at"],
    )
