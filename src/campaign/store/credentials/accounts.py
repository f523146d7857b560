"""Accounts of those who work with the campaign: their role, their passphrase, their second factor."""

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from sqlalchemy import Connection, Row, delete, insert, select, update

from campaign.core.people.access import Role
from campaign.core.people.unit import join_units, split_units
from campaign.store.base import schema
from campaign.store.base.hashing import hash_secret, is_secret_right
from campaign.store.base.units import read_units
from campaign.store.proofs.signing import LedgerKey

TOTP_SECRET_BYTES = 20
STEP_SECONDS = 30
STEPS_ASIDE = (0, -1, 1)
"""A telephone's clock may be half a minute off."""


@dataclass(frozen=True, slots=True)
class Account:
    """Someone who works with the campaign.

    Attributes:
        unit: The only unit that a unit head sees, as it is called now; else nothing.
    """

    name: str
    full_name: str
    role: Role
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Secrets:
    """What an account signs in with.

    Attributes:
        totp: What the authenticator app shares with us.
    """

    passphrase: str
    totp: bytes


@dataclass(frozen=True, slots=True)
class HeldSecrets:
    """What the database holds of an account's secrets.

    Attributes:
        totp_step: The half minute, counted since 1970, of the last code that was used.
    """

    passphrase_hash: str
    totp_sealed: str | None
    totp_step: int


def make_totp_secret() -> bytes:
    """Make what an authenticator app is to share with us, from the system's random source."""
    return secrets.token_bytes(TOTP_SECRET_BYTES)


def totp_code(secret: bytes, at: datetime) -> str:
    """Return the six digits that the authenticator app shows at that instant (RFC 6238)."""
    return _totp(secret).generate(int(at.timestamp())).decode()


def totp_address(account: str, issuer: str, secret: bytes) -> str:
    """Return the address that an authenticator app reads from a QR code."""
    return _totp(secret).get_provisioning_uri(account, issuer)


def to_base32(secret: bytes) -> str:
    """Return a secret as it is typed into an authenticator app."""
    return base64.b32encode(secret).decode()


def seal_again(connection: Connection, old: LedgerKey, new: LedgerKey) -> None:
    """Seal with the *new* key what the *old* one sealed; what it did not seal stays."""
    columns = schema.account.c
    for row in connection.execute(select(columns.name, columns.totp_sealed)).all():
        secret = old.unseal(row.totp_sealed)
        if secret is not None:
            sealed = update(schema.account).where(columns.name == row.name).values(totp_sealed=new.seal(secret))
            connection.execute(sealed)


def add_account(connection: Connection, account: Account, given: Secrets, key: LedgerKey, at: datetime) -> None:
    """Add an account; one of that name gets the new secrets and role, and its sessions and passkeys end."""
    remove_account(connection, account.name)
    values = {
        "name": account.name,
        "full_name": account.full_name,
        "role": account.role.value,
        "unit": account.unit,
        "passphrase_hash": hash_secret(given.passphrase),
        "totp_sealed": key.seal(given.totp),
        "totp_step": 0,
        "added_at": at,
    }
    connection.execute(insert(schema.account), values)


def remove_account(connection: Connection, name: str) -> bool:
    """Remove an account with its sessions and passkeys; say whether there was one."""
    for table in (schema.session, schema.passkey):
        connection.execute(delete(table).where(table.c.account == name))
    return connection.execute(delete(schema.account).where(schema.account.c.name == name)).rowcount == 1


def find_account(connection: Connection, name: str) -> Account | None:
    """Return the account of that name, or nothing."""
    row = connection.execute(select(schema.account).where(schema.account.c.name == name)).one_or_none()
    return None if row is None else _to_account(connection, row)


def list_accounts(connection: Connection) -> list[Account]:
    """Return all accounts, by name."""
    rows = connection.execute(select(schema.account).order_by(schema.account.c.name)).all()
    return [_to_account(connection, row) for row in rows]


def _to_account(connection: Connection, row: Row[Any]) -> Account:
    known = read_units(connection).by_name if row.unit else {}
    names = [known[name].name if name in known else name for name in split_units(row.unit or "")]
    return Account(row.name, row.full_name, Role(row.role), join_units(names) or None)


def find_secrets(connection: Connection, name: str) -> HeldSecrets | None:
    """Return what is held of the secrets of an account, or nothing."""
    columns = schema.account.c
    query = select(columns.passphrase_hash, columns.totp_sealed, columns.totp_step).where(columns.name == name)
    row = connection.execute(query).one_or_none()
    return HeldSecrets(*row) if row else None


def replace_passphrase_hash(connection: Connection, old: str, new: str) -> None:
    """Keep a passphrase under a *new* hash, unless the account was given another meanwhile."""
    columns = schema.account.c
    connection.execute(update(schema.account).where(columns.passphrase_hash == old).values(passphrase_hash=new))


def check_secrets(held: HeldSecrets | None, passphrase: str, code: str, key: LedgerKey, at: datetime) -> int:
    """Return the step of *code* when passphrase and code are right and the code is unused, else 0.

    Takes as long when nothing is held.
    """
    is_right = is_secret_right(passphrase, held.passphrase_hash if held else None)
    secret = key.unseal(held.totp_sealed) if held else None
    step = _step_of(secret or make_totp_secret(), code, at)
    return step if held and secret and is_right and step > held.totp_step else 0


def use_step(connection: Connection, name: str, step: int) -> bool:
    """Use up the code of a step and those before it; say whether it was still unused."""
    columns = schema.account.c
    query = update(schema.account).where(columns.name == name, columns.totp_step < step).values(totp_step=step)
    return connection.execute(query).rowcount == 1


def _step_of(secret: bytes, code: str, at: datetime) -> int:
    """Return the step in whose half minute the app shows *code*, or 0."""
    totp, typed, seconds = _totp(secret), "".join(code.split()).encode(), int(at.timestamp())
    for aside in STEPS_ASIDE:
        try:
            totp.verify(typed, seconds + aside * STEP_SECONDS)
        except InvalidToken:
            continue
        return seconds // STEP_SECONDS + aside
    return 0


def _totp(secret: bytes) -> TOTP:
    return TOTP(secret, 6, SHA1(), STEP_SECONDS, enforce_key_length=False)  # noqa: S303 - what authenticator apps know
