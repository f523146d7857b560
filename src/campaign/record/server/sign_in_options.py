"""The ways in that are open to members, with what each needs."""

import hmac
from dataclasses import dataclass, field

from starlette.requests import Request

from campaign.core.people.access import to_staff_code
from campaign.record.server.provider import Provider
from campaign.remind.mail import MailServer

SECRET_HEADER = "x-campaign-secret"  # noqa: S105 - the name of a header


@dataclass(frozen=True, slots=True)
class ProxyWay:
    """Trust in a server in front, which has made sure who someone is (Kerberos, AD).

    Attributes:
        header: The header in which it names the account, in small letters.
        secret: What it sends along, so that nobody else on its machine can name an account.
        domain: The only realm or domain that may stand around the staff code; with "" none may.
    """

    header: str
    secret: str = field(repr=False)
    domain: str = ""

    def account_in(self, request: Request, proxies: frozenset[str]) -> str | None:
        """Return the account that the server in front names, or nothing when it is not that server who asks.

        Headers count as they are written: one with an underscore has another name. One that is sent twice says nothing.
        """
        peer = request.client.host if request.client else ""
        secrets, accounts = request.headers.getlist(SECRET_HEADER), request.headers.getlist(self.header)
        is_sent_by_it = (
            peer in proxies
            and len(secrets) == len(accounts) == 1
            and hmac.compare_digest(secrets[0].encode(), self.secret.encode())
        )
        return accounts[0].strip() or None if is_sent_by_it else None


@dataclass(frozen=True, slots=True)
class Ways:
    """Which ways in are open.

    Attributes:
        slip: Whether slips let in, by QR code and by code.
        proxy: The server in front, or nothing.
        mail: The server by which links are sent, or nothing.
        oidc: The provider of a common sign-in, or nothing.
    """

    slip: bool = True
    proxy: ProxyWay | None = None
    mail: MailServer | None = None
    oidc: Provider | None = None


def staff_code_of(account: str, domain: str) -> str | None:
    """Return the staff code that an account names, or nothing for an account of another realm or domain.

    In a forest of domains, or with a provider for many, ``SKHCN-020`` of one is another person than that of the next.

    Args:
        account: As the server in front or the provider names it: bare, or with its domain before or behind it.
        domain: The only one that may stand there, in any case of its letters; with "" none may.
    """
    realm, backslash, name = account.rpartition("\\")
    name, at, suffix = name.partition("@")
    named = [part.strip().casefold() for part, sign in ((realm, backslash), (suffix, at)) if sign]
    return to_staff_code(name) if all(domain and part == domain.casefold() for part in named) else None
