"""How secrets are kept: never as they are.

What people type is hashed slowly with argon2id, so that a stolen database gives none away; long random tokens with
SHA-256, which is enough for 128 bits and more.
"""

import secrets
from functools import cache
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hash_secret(typed: str) -> str:
    """Return the form in which an access code or a passphrase is kept: about 30 ms."""
    return _hasher.hash(typed)


def is_secret_right(typed: str, hashed: str | None) -> bool:
    """Say whether *typed* has that hash; takes as long when there is no hash, so that time tells nothing."""
    try:
        _hasher.verify(hashed or _no_ones_hash(), typed)
    except (VerificationError, InvalidHashError):
        return False
    return hashed is not None


def renew_hash(typed: str, hashed: str) -> str | None:
    """Return a new hash of what has *hashed*, or nothing while that is as strong as those made today."""
    return hash_secret(typed) if _hasher.check_needs_rehash(hashed) else None


def hash_token(token: str) -> bytes:
    """Return the form in which a random token is kept."""
    return sha256(token.encode()).digest()


@cache
def _no_ones_hash() -> str:
    return _hasher.hash(secrets.token_urlsafe())
