"""The recipe for nginx with the names, ports and folders of a trial."""

from dataclasses import dataclass
from pathlib import Path

DEPLOY = Path(__file__).resolve().parents[1] / "deploy"
NAME = "localhost"


@dataclass(frozen=True, slots=True)
class Front:
    """Where a trial's nginx listens, and what is behind it.

    Attributes:
        tls: The folder with the certificate.
        folder: The folder with the page for what nginx itself refuses.
    """

    tls: Path
    folder: Path
    plain: int
    secure: int
    recorder: int

    @property
    def address(self) -> str:
        """The address that a browser opens."""
        return f"https://{NAME}:{self.secure}"

    def render(self) -> str:
        """Return the recipe; whatever is not where it was expected raises."""
        others = {
            "xacnhan.example.vn": NAME,
            "listen 80": f"listen 127.0.0.1:{self.plain}",
            "listen 443": f"listen 127.0.0.1:{self.secure}",
            "/etc/campaign/tls": str(self.tls),
            "root /etc/campaign": f"root {self.folder}",
            "/var/log/nginx": str(self.folder),
            "127.0.0.1:8000": f"127.0.0.1:{self.recorder}",
            "https://$host$request_uri": f"https://$host:{self.secure}$request_uri",
        }
        recipe = (DEPLOY / "nginx.conf").read_text("utf-8")
        for ours, theirs in others.items():
            if ours not in recipe:
                raise LookupError(ours)
            recipe = recipe.replace(ours, theirs)
        return recipe
