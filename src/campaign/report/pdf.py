"""A Word document as PDF, by LibreOffice where it is installed."""

import shutil
import subprocess
import tempfile
from pathlib import Path

_SECONDS = 120


def to_pdf(document: bytes) -> bytes | None:
    """Return *document*, which this program wrote, as PDF; None if LibreOffice is missing or fails."""
    program = shutil.which("soffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "noi-dung.docx"
        source.write_bytes(document)
        # A profile of its own: LibreOffice refuses to run beside a window that someone has open.
        profile = f"-env:UserInstallation={Path(folder).as_uri()}/profile"
        command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)  # noqa: S603 - nothing foreign
            return source.with_suffix(".pdf").read_bytes()
        except (OSError, subprocess.SubprocessError):
            return None
