"""``campaign --version``: the version, and the commit from which the program was made if that is known."""

import subprocess
from pathlib import Path

import click

from campaign import __version__

PACKAGE = Path(__file__).parents[1]
SECONDS = 5


def show_version(context: click.Context, _option: click.Parameter, is_asked: bool) -> None:  # noqa: FBT001 - as click calls it
    """Print it, and run no command."""
    if is_asked and not context.resilient_parsing:
        commit = find_commit(PACKAGE)
        click.echo(f"campaign, version {__version__}" + (f" ({commit})" if commit else ""))
        context.exit()


def find_commit(package: Path) -> str:
    """Return the commit of the program in *package*: the one that ``git archive`` noted, or that of its work tree.

    It ends with ``-dirty`` when the work tree has been changed since; it is empty when nobody knows.
    """
    noted = (package / "commit.txt").read_text("utf-8").strip()
    if not noted.startswith("$"):
        return noted
    top = package.parents[1]
    if not (top / ".git").exists():
        return ""
    describe = ["git", "-C", str(top), "describe", "--always", "--dirty", "--exclude=*"]
    try:
        done = subprocess.run(  # noqa: S603 - always the same words
            describe, check=True, capture_output=True, text=True, timeout=SECONDS
        )
    except (OSError, subprocess.SubprocessError):  # There is no git, or the folder is somebody else's.
        return ""
    return done.stdout.strip()
