"""MkDocs is frozen: what is written for it must build with what comes after it."""

import os
import subprocess
import sys
from pathlib import Path

from tests.publish.sites import ASKS, REPOSITORY, SampleSite, post_source
from tests.publish.test_cache import files_of


def build_with(engine: str, configuration: Path, site: Path) -> dict[str, bytes]:
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "src"), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", engine, "build", "--strict", "-f", str(configuration), "-d", str(site)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return files_of(site)


def test_properdocs_builds_the_same_site(sample: SampleSite, tmp_path: Path) -> None:
    sample.write("bai-dang/a.md", post_source("## Điều 1\n\n[b](b.md) ![ảnh](ảnh.png)\n", tags="[x]", **ASKS))
    sample.write("bai-dang/b.md", post_source("| Việc | Số |\n|---|---|\n| Một | 1 |\n", id="bai-b"))
    sample.write("bai-dang/ảnh.png", b"\x89PNG")
    sample.campaign["cache"] = ""
    configuration = sample.configure()

    sites = [build_with(engine, configuration, tmp_path / engine) for engine in ("mkdocs", "properdocs")]

    assert sites[0] == sites[1]
    assert "bai-dang/a/index.html" in sites[0]
