"""Reading a setting's text: each function returns the value or raises ValueError."""

import re
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

_SECRET_CHARACTERS = 16
WAYS = frozenset({"slip", "proxy", "mail", "oidc"})

_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where checkpoints go: a web address, a mail address, or a folder."""

    kind: Literal["web", "mail", "folder"]
    where: str


@dataclass(frozen=True, slots=True)
class Listen:
    """Where the recorder's server listens."""

    host: str
    port: int


def parse_address(text: str) -> str:
    """Return the address as browsers write an Origin: in small letters, without the port that goes without saying."""
    parts = urlsplit(text.lower())
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or parts.port == 0:
        raise ValueError(text)
    address = f"{parts.scheme}://{parts.netloc}"
    if "@" in address or text.lower().removesuffix("/") != address:
        raise ValueError(text)
    return address.removesuffix(_DEFAULT_PORTS[parts.scheme])


def parse_listen(text: str) -> Listen:
    """Return host and port."""
    host, separator, port = text.rpartition(":")
    if not separator or not host or not 0 <= int(port) < 2**16:
        raise ValueError(text)
    return Listen(host, int(port))


def parse_optional_listen(text: str) -> Listen | None:
    """Return host and port, or nothing for nothing."""
    return parse_listen(text) if text else None


def parse_database(text: str) -> str:
    """Return the address of a database in the one form that the store takes.

    ``postgres://`` is ``postgresql://``, and several hosts (``@a:5432,b:5432/so``), of which libpq takes the first that
    answers, go behind the question mark. A database in memory would end with the program.
    """
    if text.startswith("sqlite:///") and text not in {"sqlite:///", "sqlite:///:memory:"}:
        return text
    found = re.fullmatch(r"postgres(?:ql)?://([^@/]*@)?([^/?]*)/([^?]*)(\?.*)?", text)
    if found is None:
        raise ValueError(text)
    user, hosts, name, query = (part or "" for part in found.groups())
    for host in hosts.split(","):
        if urlsplit(f"//{host}").port == 0:  # One that is no number raises here.
            raise ValueError(text)
    if "," not in hosts:
        return f"postgresql://{user}{hosts}/{name}{query}"
    several = "&".join(f"host={host}" for host in hosts.split(","))
    return f"postgresql://{user}/{name}?{several}{query.replace('?', '&', 1)}"


def parse_seconds(text: str) -> float:
    """Return how long people may be kept waiting."""
    if not 2 <= float(text) <= 60:  # noqa: PLR2004
        raise ValueError(text)
    return float(text)


def parse_mail_server(text: str) -> str:
    """Return the address of a mail server, or nothing."""
    parts = urlsplit(text)
    # A password in an address ends up in lists of processes and logs.
    if text and (parts.scheme not in {"smtp", "smtps"} or not parts.hostname or parts.port == 0 or parts.password):
        raise ValueError(text)
    return text


def parse_path(text: str) -> Path:
    """Return the path, which need not exist."""
    if not text:  # It would mean this very folder, and the whole of it would be served.
        raise ValueError(text)
    return Path(text)


def parse_places(text: str) -> tuple[Place, ...]:
    """Return the places, each once; pages show them, so a web address may hold no secret."""
    return tuple(dict.fromkeys(_parse_place(part.strip()) for part in text.split(",") if part.strip()))


def _parse_place(text: str) -> Place:
    if "://" in text:
        if urlsplit(parse_issuer(text)).username:
            raise ValueError(text)
        return Place("web", text)
    return Place("mail" if "@" in text and not re.search(r"[\s/\\]", text) else "folder", text)


def parse_proxies(text: str) -> frozenset[str]:
    """Return the addresses, each in its shortest form."""
    return frozenset(str(ip_address(part.strip())) for part in text.split(",") if part.strip())


def parse_line(text: str) -> str:
    """Return *text*, unless it cannot be the name of a key in a signed note."""
    if text.split() != [text] or "+" in text:
        raise ValueError(text)
    return text


def parse_separator(text: str) -> str:
    """Return the sign between the cells of CSV."""
    if text not in {";", ","}:
        raise ValueError(text)
    return text


def parse_ways(text: str) -> frozenset[str]:
    """Return the ways in that are open to members: at least one."""
    ways = frozenset(text.replace(",", " ").split())
    if not ways or not ways <= WAYS:
        raise ValueError(text)
    return ways


def parse_header(text: str) -> str:
    """Return the name of a header in small letters, as the server hands it on."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", text):
        raise ValueError(text)
    return text.lower()


def parse_domain(text: str) -> str:
    """Return a domain or realm without the signs that part it from a name, or nothing."""
    if re.search(r"[\s@\\]", text):
        raise ValueError(text)
    return text


def parse_issuer(text: str) -> str:
    """Return the address of a provider as it writes it, or nothing; without encryption only on this machine."""
    parts = urlsplit(text)
    is_own = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost"}
    if text and (not parts.hostname or not (parts.scheme == "https" or is_own) or parts.query or parts.fragment):
        raise ValueError(text)
    return text


def parse_secret(text: str) -> str:
    """Return a secret that fits into a header, or nothing."""
    if text and (len(text) < _SECRET_CHARACTERS or not text.isascii() or not text.isprintable()):
        raise ValueError(text)
    return text
