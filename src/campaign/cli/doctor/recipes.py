"""What became of the recipes of ``scripts/deploy`` on this machine: nginx in front, and the unit of systemd."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from campaign.settings import LOOPBACK, Settings

NGINX_FOLDER = Path("/etc/nginx")
UNIT_FILE = Path("/etc/systemd/system/campaign.service")


def find_logging_servers(folder: Path, port: int) -> tuple[str, ...] | None:
    """Return the files of nginx that hand on to *port* and log requests; nothing when no file that can be read does.

    A line of the access log has the address of the visitor and the whole of the path; one of the error log quotes the
    request below the level "emerg".
    """
    files = [folder / "nginx.conf", *sorted(folder.glob("conf.d/*.conf")), *sorted(folder.glob("sites-enabled/*"))]
    texts = {file: text for file in files if (text := _read(file))}
    ours = {file: list(_servers(text)) for file, text in texts.items() if re.search(rf":{port}\b", text)}
    if not any(ours.values()):
        return None
    above = texts.get(files[0], "")
    for server in _servers(above):
        above = above.replace(server, "")
    return tuple(str(file) for file, servers in ours.items() if not all(_is_silent(each, above) for each in servers))


def find_cut_off_hosts(settings: Settings, unit: Path) -> tuple[str, ...]:
    """Return the other machines that the recorder needs, when *unit* lets it talk to its own machine only."""
    rules = re.findall(r"^IPAddress(Deny|Allow)=(.*)", _read(unit), re.MULTILINE)
    if ("Deny", "any") not in rules or any(kind == "Allow" and value != "localhost" for kind, value in rules):
        return ()
    web = (place.where for place in settings.checkpoint_to if place.kind == "web")
    hosts = (urlsplit(address).hostname for address in (settings.database, settings.smtp, settings.oidc_issuer, *web))
    return tuple(host for host in hosts if host and host not in LOOPBACK)


def _read(file: Path) -> str:
    """Return a file without its comments, or nothing when it cannot be read."""
    try:
        return re.sub(r"(?m)(^|\s)#.*", "", file.read_text("utf-8", "replace"))
    except OSError:
        return ""


def _servers(text: str) -> Iterator[str]:
    """Give each block ``server { … }``."""
    for found in re.finditer(r"\bserver\s*\{", text):
        depth = 0
        for brace in re.finditer(r"[{}]", text[found.start() :]):
            depth += 1 if brace[0] == "{" else -1
            if not depth:
                yield text[found.start() : found.start() + brace.end()]
                break


def _is_silent(server: str, above: str) -> bool:
    """Say whether a server writes neither log, by its own lines or, without any, by those *above* it."""
    access, errors = (
        re.findall(rf"\b{name}\s+([^;]*);", server) or re.findall(rf"\b{name}\s+([^;]*);", above)
        for name in ("access_log", "error_log")
    )
    is_off = bool(access) and all(value.strip() == "off" for value in access)
    return is_off and bool(errors) and all(value.split()[-1] in {"emerg", "/dev/null"} for value in errors)
