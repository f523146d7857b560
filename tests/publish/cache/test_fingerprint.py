import shutil
from pathlib import Path

import pytest

from campaign.publish.cache.fingerprint import fingerprint
from tests.rigs.sites import REPOSITORY


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A copy of this program that a test may change."""
    return Path(shutil.copytree(REPOSITORY / "src/campaign", tmp_path / "campaign"))


@pytest.mark.parametrize(
    "file", ["core/post.py", "posts/rendering.py", "publish/site/feeds.py", "publish/theme/post.html"]
)
def test_whatever_turns_content_into_the_site_changes_the_fingerprint(program: Path, file: str) -> None:
    before = fingerprint("", [], program)
    with (program / file).open("a", encoding="utf-8") as changed:
        changed.write("\n")

    assert fingerprint("", [], program) != before


def test_what_has_no_part_in_the_site_leaves_the_fingerprint(program: Path) -> None:
    before = fingerprint("", [], program)
    (program / "record/application.py").write_text("", encoding="utf-8")

    assert fingerprint("", [], program) == before


def test_settings_and_templates_change_the_fingerprint(program: Path, tmp_path: Path) -> None:
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme/main.html").write_text("a", encoding="utf-8")
    first = fingerprint("a", [tmp_path / "theme"], program)
    (tmp_path / "theme/main.html").write_text("b", encoding="utf-8")

    assert len({first, fingerprint("a", [tmp_path / "theme"], program), fingerprint("b", [], program)}) == 3
