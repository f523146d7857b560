"""Rate limits of attempts to sign in: by the account that is named and by the machine they come from.

Whoever is in already is never counted, so nobody who is signed in can be locked out. A right attempt is forgiven. A
browser that an account signed in with before has a bucket of its own for it, so that no stranger uses up its tries
(OWASP: device cookies); a stolen cookie of that kind gives as many tries as anyone has, and nothing else.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from starlette.requests import Request
from starlette.responses import Response

from campaign.core.limits import ACCOUNT_LIMITS, SENDER_LIMITS
from campaign.errors.access import TooManyTriesError
from campaign.record.server.recorder import Recorder
from campaign.record.web.visitor import keep_cookie, read_cookie, recorder_of
from campaign.store.credentials.accounts import find_account
from campaign.store.credentials.limits import Bucket, give_back_try, take_try
from campaign.store.credentials.trail import Act, note_act
from campaign.store.ledger.ledger import OpenLedger

DEVICE_LASTS = timedelta(days=90)
ACCOUNT_KINDS = ("account", "proof")
TRIED = {
    "account": "cụm mật khẩu và mã xác minh",
    "proof": "cụm mật khẩu khi xác minh lại",
    "member": "mã truy cập của người trong danh sách",
    "mail": "liên kết gửi qua thư",
    "": "phiếu, liên kết hoặc khoá truy cập",
}
"""What was tried, by the kind of what stands before the name in a bucket."""
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
    device = read_cookie(request, _device_cookie(recorder, account)) if account else ""
    if account and _is_device_of(recorder, account, device):
        counted = [(limit, f"{account}:{device}") for limit in ACCOUNT_LIMITS]
    else:
        counted = [(limit, account) for limit in ACCOUNT_LIMITS if account is not None]
        counted += [(limit, sender_of(request, recorder.proxies)) for limit in SENDER_LIMITS]
    buckets = tuple(Bucket(limit, recorder.key.fingerprint(f"{limit.name}:{whom}")) for limit, whom in counted)

    def take(ledger: OpenLedger) -> timedelta:
        wait = take_try(ledger.connection, buckets, recorder.clock())
        if wait:
            kind, _, name = (account or "").partition(":")
            note_try(ledger, Act.LOCKED, name if kind in ACCOUNT_KINDS else "", kind, recorder.clock())
        return wait

    wait = await recorder.write(take)
    if wait:
        raise TooManyTriesError(wait)
    return Attempt(recorder, buckets)


def note_try(ledger: OpenLedger, act: Act, typed: str, kind: str, at: datetime) -> None:
    """Note a try that failed; under the name that was typed only when an account has it: it may be a secret."""
    account = find_account(ledger.connection, typed)
    note_act(ledger.connection, act, account.name if account else "", TRIED.get(kind, TRIED[""]), at)


def keep_device(request: Request, response: Response, account: str) -> None:
    """Let the browser keep that *account* signed in with it."""
    recorder, nonce = recorder_of(request), secrets.token_urlsafe(16)
    value = f"{nonce}.{_sign_device(recorder, account, nonce)}"
    keep_cookie(request, response, _device_cookie(recorder, account), value, DEVICE_LASTS)


def _device_cookie(recorder: Recorder, account: str) -> str:
    """Return the name of the cookie: one for each account, so that several people may share a browser."""
    return f"device-{recorder.key.fingerprint(f'device cookie:{account}').hex()[:12]}"


def _is_device_of(recorder: Recorder, account: str, cookie: str) -> bool:
    nonce, _, signature = cookie.partition(".")
    return hmac.compare_digest(signature.encode(), _sign_device(recorder, account, nonce).encode())


def _sign_device(recorder: Recorder, account: str, nonce: str) -> str:
    return recorder.key.fingerprint(f"device:{nonce}:{account}").hex()


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
