"""What the pages load: read once, under addresses that tell the content, so that browsers need not ask again.

The digest of all files is a folder in the address. A style sheet finds its fonts beside itself, whatever that folder is
called.
"""

import mimetypes
from collections.abc import Mapping
from hashlib import sha256
from importlib import resources

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from campaign.errors.access import PageNotFoundError
from campaign.publish.site.stylesheet import STYLESHEET

ASSETS_FOLDER = "giao-dien"
DIGEST_CHARACTERS = 16
FOREVER = "public, max-age=31536000, immutable"

_PACKAGES: Mapping[str, str] = {
    "favicon.svg": "campaign.publish.theme",
    "theme.js": "campaign.publish.theme",
    "site.js": "campaign.publish.theme",
    "be-vietnam-pro-regular.woff2": "campaign.publish.theme",
    "be-vietnam-pro-semibold.woff2": "campaign.publish.theme",
    "receipt.js": "campaign.record",
    "continue.js": "campaign.record",
    "open.js": "campaign.record",
    "passkey.js": "campaign.record",
    "print.js": "campaign.record",
    "desk.js": "campaign.record",
    "markdown-toolbar-element.js": "campaign.record",
    "turndown.js": "campaign.record",
}
"""Each file by the package that holds it; the site and the recorder share what the theme has."""
_FILES = {name: (resources.files(package) / "assets" / name).read_bytes() for name, package in _PACKAGES.items()}
_FILES["campaign.css"] = STYLESHEET.encode()
_DIGEST = sha256(b"".join(sha256(_FILES[name]).digest() for name in sorted(_FILES))).hexdigest()[:DIGEST_CHARACTERS]


def address_of_asset(name: str) -> str:
    """Return the address of a file that pages load.

    Raises:
        KeyError: There is none of that name.
    """
    _FILES[name]
    return f"/{ASSETS_FOLDER}/{_DIGEST}/{name}"


def _send_asset(request: Request) -> Response:
    """Send a file; under the digest of another program, which may run beside this one, it is asked for again."""
    name, digest = request.path_params["name"], request.path_params["digest"]
    if name not in _FILES:
        raise PageNotFoundError
    kept = {"Cache-Control": FOREVER} if digest == _DIGEST else None
    return Response(_FILES[name], headers=kept, media_type=mimetypes.guess_type(name)[0])


ASSETS_ROUTE = Route(f"/{ASSETS_FOLDER}/{{digest}}/{{name}}", _send_asset, methods=["GET"])
