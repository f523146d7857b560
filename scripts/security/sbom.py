"""List what the program is made of, as a CycloneDX document: ``.venv/bin/python scripts/security/sbom.py [FILE]``.

From the lock file, with every hash; cyclonedx-bom is fetched for this alone. The same lock gives the same bytes.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from service import ROOT, install_tool

CYCLONEDX = "cyclonedx-bom==7.5.0"


def main() -> None:
    """Write the document."""
    file = Path(sys.argv[1] if len(sys.argv) > 1 else "sbom.cdx.json").absolute()
    with TemporaryDirectory() as folder:
        tool = install_tool(Path(folder), CYCLONEDX, "cyclonedx-py")
        options = ["--pyproject", "pyproject.toml", "--output-reproducible", "--output-file", str(file)]
        subprocess.run([str(tool), "requirements", *options, "requirements.lock"], check=True, cwd=ROOT)
    print(f"{file}: {file.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
