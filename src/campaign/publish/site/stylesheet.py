"""The one stylesheet of site and recorder: Material's, below ours in a layer of its own, so that ours always counts."""

import re
from hashlib import sha256
from importlib import resources

_OURS = ("tokens.css", "campaign.css")


def _read() -> str:
    folder = resources.files("material") / "templates/assets/stylesheets"
    (material,) = (file for file in folder.iterdir() if file.name.startswith("main.") and file.name.endswith(".css"))
    own = resources.files("campaign.publish.theme") / "assets"
    text = material.read_text("utf-8").removeprefix('@charset "UTF-8";').partition("/*# sourceMappingURL")[0]
    ours = re.sub(r"/\*.*?\*/", "", "".join((own / name).read_text("utf-8") for name in _OURS), flags=re.DOTALL)
    return f"@layer material {{{text}}}\n" + re.sub(r"\s*([{};,])\s*", r"\1", ours)


STYLESHEET = _read()
STYLESHEET_NAME = f"campaign.{sha256(STYLESHEET.encode()).hexdigest()[:16]}.min.css"
"""Tells the content, so that browsers keep it for good."""
STYLESHEET_SOURCES = tuple(f"assets/{name}" for name in _OURS)
"""The files of the theme that are in it."""
