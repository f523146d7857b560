"""Verifying Ed25519 signatures (RFC 8032, section 5.1.7) with the standard library alone.

Signing is done elsewhere by a library that runs in constant time. Verifying handles nothing secret, so it may be plain
arithmetic; and it must run on an auditor's machine that has Python and nothing else. It takes a few milliseconds.
"""

from dataclasses import dataclass
from hashlib import sha512

_PRIME = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _PRIME) % _PRIME
_ROOT_OF_MINUS_ONE = pow(2, (_PRIME - 1) // 4, _PRIME)

KEY_BYTES = 32
SIGNATURE_BYTES = 64


@dataclass(frozen=True, slots=True)
class _Point:
    """A point of the curve in extended coordinates: x = X/Z, y = Y/Z, x*y = T/Z."""

    x: int
    y: int
    z: int
    t: int


def verify_signature(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether *signature* of *message* was made with the private half of *public_key*."""
    if len(public_key) != KEY_BYTES or len(signature) != SIGNATURE_BYTES:
        return False
    key, commitment = _decode(public_key), _decode(signature[:32])
    answer = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or answer >= _ORDER:
        return False
    challenge = int.from_bytes(sha512(signature[:32] + public_key + message).digest(), "little") % _ORDER
    return _same(_multiply(answer, _BASE), _add(commitment, _multiply(challenge, key)))


def _add(one: _Point, other: _Point) -> _Point:
    a = (one.y - one.x) * (other.y - other.x) % _PRIME
    b = (one.y + one.x) * (other.y + other.x) % _PRIME
    c = 2 * one.t * other.t * _D % _PRIME
    d = 2 * one.z * other.z % _PRIME
    e, f, g, h = b - a, d - c, d + c, b + a
    return _Point(e * f % _PRIME, g * h % _PRIME, f * g % _PRIME, e * h % _PRIME)


def _multiply(factor: int, point: _Point) -> _Point:
    product = _Point(0, 1, 1, 0)
    while factor:
        if factor & 1:
            product = _add(product, point)
        point = _add(point, point)
        factor >>= 1
    return product


def _same(one: _Point, other: _Point) -> bool:
    """Compare without dividing: X1*Z2 = X2*Z1 and Y1*Z2 = Y2*Z1."""
    return (one.x * other.z - other.x * one.z) % _PRIME == 0 and (one.y * other.z - other.y * one.z) % _PRIME == 0


def _decode(data: bytes) -> _Point | None:
    """Return the point that 32 bytes name (section 5.1.3), or nothing when there is none."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (1 << 255) - 1
    if y >= _PRIME:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _PRIME) % _PRIME
    x = pow(square, (_PRIME + 3) // 8, _PRIME)
    if (x * x - square) % _PRIME:
        x = x * _ROOT_OF_MINUS_ONE % _PRIME
    if (x * x - square) % _PRIME or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = _PRIME - x
    return _Point(x, y, 1, x * y % _PRIME)


def _base() -> _Point:
    base = _decode((4 * pow(5, -1, _PRIME) % _PRIME).to_bytes(32, "little"))
    assert base is not None  # noqa: S101 - the base point of the standard
    return base


_BASE = _base()
