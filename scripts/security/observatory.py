"""Mark the recorder behind nginx by Mozilla's rules: ``.venv/bin/python scripts/security/observatory.py``.

Needs nginx, openssl, node and npm, which fetches the rules once. Exit code 1 below 120 points (A+).
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from front import DEPLOY, NAME, Front
from service import Campaign, free_port

PACKAGE = "@mdn/mdn-http-observatory"
VERSION = "1.4.8"
PAGES = ("/", "/vao", "/bai-dang/thong-bao-485/", "/van-phong/vao", "/khong-co/")
AROUND = "daemon off; master_process off; pid nginx.pid; error_log stderr;\nevents {}\nhttp {\naccess_log off;\n%s\n}\n"


def main() -> int:
    """Start everything on this machine, and mark some pages of each kind."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        install = [
            "npm",
            "install",
            "--silent",
            "--no-audit",
            "--ignore-scripts",
            "--prefix",
            folder,
            f"{PACKAGE}@{VERSION}",
        ]
        subprocess.run([str(part) for part in install], check=True)
        # The list of names that browsers know for HTTPS would be fetched; a name of an intranet is not on it.
        (folder / "node_modules" / PACKAGE / "conf" / "hsts-preload.json").write_text("{}")
        subprocess.run([DEPLOY / "make_ca.sh", NAME, folder / "tls"], check=True, stderr=subprocess.DEVNULL)
        shutil.copy(DEPLOY / "nginx-loi.html", folder)
        front = Front(folder / "tls", folder, free_port(), free_port(), free_port())
        (folder / "nginx.conf").write_text(AROUND % front.render())
        (folder / "data").mkdir()
        nginx = [
            shutil.which("nginx", path="/usr/sbin:/usr/bin") or "nginx",
            "-c",
            str(folder / "nginx.conf"),
            "-p",
            str(folder),
        ]
        with Campaign(folder / "data", port=front.recorder, address=front.address):
            server = subprocess.Popen(nginx, stderr=subprocess.DEVNULL)
            try:
                marks = [mark(folder, front, page) for page in PAGES]
            finally:
                server.terminate()
                server.wait(20)
    return 0 if all(marks) else 1


def mark(folder: Path, front: Front, page: str) -> bool:
    """Mark one page and say whether it has enough points."""
    rules = Path(__file__).with_suffix(".mjs")
    command = ["node", str(rules), str(folder / "node_modules" / PACKAGE), str(front.plain), str(front.secure), page]
    trusted = os.environ | {"NODE_EXTRA_CA_CERTS": str(front.tls / "ca.pem")}
    return subprocess.run(command, env=trusted, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
