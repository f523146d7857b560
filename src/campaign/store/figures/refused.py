"""Mail addresses that a mail server said there are not: told to the Office, and not used until they are changed."""

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, insert, select

from campaign.store.base import schema
from campaign.store.roster.roster import LISTED, ListedMember, to_listed


def keep_refused(connection: Connection, address: str, at: datetime) -> None:
    """Keep in mind that an address was refused."""
    if not is_refused(address, read_refused(connection)):
        connection.execute(insert(schema.refused_address), {"address_hash": _hash(address), "refused_at": at})


def read_refused(connection: Connection) -> Collection[bytes]:
    """Return the addresses that were refused, for `is_refused`."""
    return frozenset(connection.scalars(select(schema.refused_address.c.address_hash)))


def is_refused(address: str | None, refused: Collection[bytes]) -> bool:
    """Say whether an address is among those that were refused, whatever its capitals."""
    return bool(refused) and address is not None and _hash(address) in refused


def find_refused(connection: Connection) -> list[ListedMember]:
    """Return those on the roster whose address of now was refused, in the order of names."""
    refused = read_refused(connection)
    if not refused:
        return []
    with_address = LISTED.where(schema.member.c.email.is_not(None)).order_by(None).order_by(schema.member.c.sort_key)
    found = map(to_listed, connection.execute(with_address))
    return [listed for listed in found if is_refused(listed.member.email, refused)]


def _hash(address: str) -> bytes:
    return sha256(address.lower().encode()).digest()
