"""The names under which the recorder may be asked.

A page of another name that leads to this machine (DNS rebinding) would otherwise be the recorder for a browser, and a
shared cache in between could keep answers under a name that is not ours.
"""

import re
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from campaign.errors.access import HostRefusedError
from campaign.settings import LOOPBACK

_LOOPBACK = frozenset((f"[{name}]" if ":" in name else name).encode() for name in LOOPBACK)
"""Always allowed: whoever asks so is on this machine, as a look at its health is."""

_HOST = re.compile(rb"(\[[0-9a-f:.]+\]|[^\[\]:]+)(?::[0-9]*)?")


class OwnHost:
    """Lets through what names the recorder's own host, whatever the port: a proxy may use another one."""

    def __init__(self, app: ASGIApp, address: str) -> None:
        """Stand before *app*, whose address is *address*."""
        self._app = app
        self._address = address
        name = _name_in(urlsplit(address).netloc.encode())
        self._names = _LOOPBACK | {name}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on.

        Raises:
            HostRefusedError: It names another host, or none.
        """
        if scope["type"] == "http" and not self.is_named(scope):
            raise HostRefusedError(self._address)
        await self._app(scope, receive, send)

    def is_named(self, scope: Scope) -> bool:
        """Say whether the request names our host, once."""
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        return len(hosts) == 1 and _name_in(hosts[0]) in self._names


def _name_in(host: bytes) -> bytes:
    """Return the name in a Host header without the port; empty when it cannot be read."""
    found = _HOST.fullmatch(host.lower())
    return found[1] if found else b""
