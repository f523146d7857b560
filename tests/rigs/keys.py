"""Keys of ledgers that are made up."""

from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from campaign.core.ledger.note import Verifier
from campaign.store.proofs.signing import LedgerKey

ORIGIN = "example.vn/so-ghi-nhan"


def key_named(name: str, origin: str = ORIGIN) -> LedgerKey:
    """Return a key that is the same in every test that names it so."""
    private = Ed25519PrivateKey.from_private_bytes(sha256(name.encode()).digest())
    return LedgerKey(Verifier(origin, private.public_key().public_bytes_raw()), private)


KEY = key_named("khoá của sổ")
"""The key of the ledger that a test is about."""
