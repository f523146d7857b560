"""Credentials: hashes of secrets, which are neither facts nor projections, and come and go."""

from sqlalchemy import BigInteger, Column, Integer, Table, Text

from campaign.store.base.schema.base import metadata
from campaign.store.base.types import Bytes, Day, Instant

slip = Table(
    "slip",
    metadata,
    Column("member_id", Integer, primary_key=True, autoincrement=False),
    Column("token_hash", Bytes, nullable=False, unique=True),
    Column("code_hash", Text, nullable=False),
    Column("issued_at", Instant, nullable=False),
)
"""The hashes of each member's current access slip. Issuing another overwrites it, and so revokes the old one."""

session = Table(
    "session",
    metadata,
    Column("token_hash", Bytes, primary_key=True),
    Column("member_id", Integer, index=True),
    Column("account", Text, index=True),
    Column("identified_by", Text, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("used_at", Instant, nullable=False),
    Column("proved_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
)
"""Who is signed in: a member, or an account. Only the hash of what the browser holds is kept."""

account = Table(
    "account",
    metadata,
    Column("name", Text, primary_key=True),
    Column("full_name", Text, nullable=False),
    Column("passphrase_hash", Text, nullable=False),
    Column("role", Text, nullable=False, server_default="office"),
    Column("unit", Text),
    Column("totp_sealed", Text),
    Column("totp_step", BigInteger, nullable=False, server_default="0"),
    Column("added_at", Instant, nullable=False, server_default="0"),
)
"""Those who work with the campaign.

``totp_sealed`` is empty for an account of a program that had no second factor: it opens nothing.
``totp_step`` is the half minute of the last code used, so that none serves twice.
"""

passkey = Table(
    "passkey",
    metadata,
    Column("credential_id", Bytes, primary_key=True),
    Column("account", Text, nullable=False, index=True),
    Column("label", Text, nullable=False),
    Column("public_key", Bytes, nullable=False),
    Column("counter", BigInteger, nullable=False),
    Column("added_at", Instant, nullable=False),
)
"""The public half of each account's passkeys."""

api_token = Table(
    "api_token",
    metadata,
    Column("name", Text, primary_key=True),
    Column("token_hash", Bytes, nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
)
"""Read-only tokens of other programs, for aggregates."""

account_trail = Table(
    "account_trail",
    metadata,
    Column("day", Day, primary_key=True),
    Column("account", Text, primary_key=True),
    Column("act", Text, primary_key=True),
    Column("what", Text, primary_key=True),
    Column("times", Integer, nullable=False),
    Column("first_at", Instant, nullable=False),
    Column("last_at", Instant, nullable=False),
)
"""Which account took names out of the house, and tries to come in that failed: a row a day, so that no one can fill it.

Not in the ledger, because it has a term of its own.
"""
