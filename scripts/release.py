"""Make the archive that a server is set up from, also one without the internet: ``scripts/release.py [FOLDER]``.

It holds the program as committed, every package of ``requirements.lock`` for this kind of machine (``wheels``), and
what all of it is made of (``sbom.cdx.json``); beside it go the checksums. The same commit gives the same bytes.
"""

import argparse
import gzip
import hashlib
import io
import os
import platform
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import environment
from environment import PYTHON, ROOT, RUN_LOCK, WHEELS

sys.path.insert(0, str(ROOT / "src"))

from campaign import __version__

CHECKSUMS = "SHA256SUMS"


def main() -> None:
    """Make the archive of the last commit in a folder, ``dist`` if none is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "dist")
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    environment.prepare(environment.TEST_LOCK)
    archive = make_archive(folder)
    (folder / CHECKSUMS).write_text(f"{hashlib.sha256(archive.read_bytes()).hexdigest()}  {archive.name}\n")
    print(f"{archive}: {archive.stat().st_size // 2**20} MiB, and {CHECKSUMS}")


def make_archive(folder: Path) -> Path:
    """Write the archive into *folder* and return it."""
    name = f"campaign-{__version__}"
    version = "".join(platform.python_version_tuple()[:2])
    file = folder / f"{name}-{platform.system().lower()}-{platform.machine()}-py{version}.tar.gz"
    committed = _git("archive", f"--prefix={name}/", "HEAD")
    made_at = int(_git("log", "-1", "--format=%ct"))
    with tempfile.TemporaryDirectory() as scratch, file.open("wb") as written:
        wheels, sbom = Path(scratch, WHEELS.name), Path(scratch, "sbom.cdx.json")
        pip: list[str | Path] = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--quiet", "download", "--no-deps"]
        options: list[str | Path] = [
            "--require-hashes",
            "--no-build-isolation",
            "--dest",
            wheels,
            "--requirement",
            RUN_LOCK,
        ]
        subprocess.run([*pip, *options], check=True, env=environment.own_surroundings())
        subprocess.run([PYTHON, ROOT / "scripts/security/sbom.py", sbom], check=True, stdout=subprocess.DEVNULL)
        with (
            gzip.GzipFile(fileobj=written, filename="", mode="wb", mtime=made_at) as packed,
            tarfile.open(fileobj=packed, mode="w|") as archive,
            tarfile.open(fileobj=io.BytesIO(committed)) as program,
        ):
            for member in program:
                archive.addfile(member, program.extractfile(member) if member.isfile() else None)
            for path in [*sorted(wheels.iterdir()), sbom]:
                info = tarfile.TarInfo(f"{name}/{path.relative_to(scratch).as_posix()}")
                info.size, info.mtime, info.mode = path.stat().st_size, made_at, 0o644
                with path.open("rb") as content:
                    archive.addfile(info, content)
    return file


def _git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True).stdout


if __name__ == "__main__":
    os.umask(0o022)
    main()
