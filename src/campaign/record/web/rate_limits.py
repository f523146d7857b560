"""Rate limits of attempts to sign in: by the account that is named and by the machine they come from.

Whoever is in already is never counted, so nobody who is signed in can be locked out. A right attempt is forgiven.
"""

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

from starlette.requests import Request

from campaign.core.limits import ACCOUNT_LIMITS, SENDER_LIMITS
from campaign.errors.access import TooManyTriesError
from campaign.record.server.recorder import Recorder
from campaign.record.web.visitor import recorder_of
from campaign.store.credentials.limits import Bucket, give_back_try, take_try
from campaign.store.ledger.ledger import OpenLedger

NETWORK_BITS = 64
"""What one place has of IPv6 at the least; a single address says nothing, because a machine has as many as it likes."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt to come in that was counted."""

    recorder: Recorder
    buckets: tuple[Bucket, ...]

    async def forgive(self, attempts: int = 1) -> None:
        """Take that many attempts out of the count: they were right."""

        def give_back(ledger: OpenLedger) -> None:
            """Give back the tokens of each."""
            for _ in range(attempts):
                give_back_try(ledger.connection, self.buckets, self.recorder.clock())

        await self.recorder.write(give_back)


async def count_attempt(request: Request, account: str | None = None) -> Attempt:
    """Count an attempt to come in before it is looked at, so that many at once count, too.

    Args:
        request: What was sent.
        account: Who it is for, with the kind before it (``member:SKHCN-001``); nothing when what was sent names nobody.

    Raises:
        TooManyTriesError: There were too many; this one must not be looked at.
    """
    recorder = recorder_of(request)
    named = [(limit, account) for limit in ACCOUNT_LIMITS if account is not None]
    counted = [*named, *((limit, sender_of(request, recorder.proxies)) for limit in SENDER_LIMITS)]
    buckets = tuple(Bucket(limit, recorder.key.fingerprint(f"{limit.name}:{whom}")) for limit, whom in counted)
    wait = await recorder.write(lambda ledger: take_try(ledger.connection, buckets, recorder.clock()))
    if wait:
        raise TooManyTriesError(wait)
    return Attempt(recorder, buckets)


def sender_of(request: Request, proxies: frozenset[str]) -> str:
    """Return the address that a request comes from: that of the machine before our own proxies."""
    peer = request.client.host if request.client else ""
    ways = [way.strip() for line in request.headers.getlist("x-forwarded-for") for way in line.split(",")]
    while peer in proxies and ways:
        peer = ways.pop()
    return _to_network(peer)


def _to_network(peer: str) -> str:
    try:
        address = ip_address(peer)
    except ValueError:
        return peer
    if isinstance(address, IPv6Address):
        address = address.ipv4_mapped or address
    bits = NETWORK_BITS if isinstance(address, IPv6Address) else address.max_prefixlen
    return str(ip_network((address, bits), strict=False))
