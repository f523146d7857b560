"""What people and programs read beside the code: commands, links, versions, characters, names of machines."""

import ast
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from campaign import __version__
from campaign.cli.main import cli
from campaign.core.text import to_nfc
from tests.rigs.handbook import CONTENT, ROOT, list_shown

ROOT_PAGES = sorted(ROOT.glob("*.md"))
SOURCE = ROOT / "src/campaign"
TEXTS = [*ROOT_PAGES, *sorted(CONTENT.glob("**/*.md"))]
GUIDES = [file for file in TEXTS if file.name != "CHANGELOG.md"]
"""What tells how to do something now; the change log also names commands of former releases."""

KNOWN_HOSTS = {
    "example.org", "jsonfeed.org", "keepachangelog.com", "python.org", "www.w3.org",
    "purl.oclc.org", "schemas.microsoft.com", "schemas.openxmlformats.org",
    "yaml.org",
    "c2sp.org", "golang.org",
}  # fmt: skip
"""The hosts that a file may name besides Vietnamese ones: what readers may want, and the names of the XML of Word
documents, of the form of a proof, of Go's own packages; never where packages come from."""

MADE_ELSEWHERE = ("turndown.js", "markdown-toolbar-element.js")
"""Components that the desk carries as they were released."""

NO_COMMANDS = {"campaign key rotation", "campaign oidc"}
"""What begins like a command in the source: the names of a kind of signature and of a key."""

TOLD = re.compile(r"\bcampaign(?: +-{0,2}[a-z][a-z-]*\b)+")

HOST = re.compile(r"(?<![\w.-])(?:[a-z0-9-]+\.)+(?:com|dev|io|net|org|cloud|internal|local)\b")
# Where the recipes install the program on a server is a place of no machine in particular.
MACHINE_PATH = re.compile(r"(?<![\w.~/}])(?!/opt/campaign\b)/(?:home|mnt|opt|root|srv|tmp|work|Users)/\w")


def read_files() -> Iterator[tuple[str, str]]:
    """Yield every text file that is, or is about to be, in the repository, with its name."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True)
    for name in filter(None, done.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            yield name, (ROOT / name).read_bytes().decode(errors="replace")


def read_told(file: Path) -> Iterator[str]:
    """Yield what a file of the source says to people: a template, or the texts of a module without its docstrings."""
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        yield text
        return
    nodes = list(ast.walk(ast.parse(text)))
    docstrings = {node.value for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings:
            yield node.value


def is_command(told: str, command: click.Command = cli) -> bool:
    """Say whether *told* begins as a command does, with options that it takes."""
    for word in told.split()[1:]:
        if word.startswith("-"):
            if not any(word in option.opts for option in command.params):
                return False
        elif isinstance(command, click.Group):
            if word not in command.commands:
                return False
            command = command.commands[word]
    return True


def parse(command: click.Command, words: list[str]) -> None:
    """Read *words* as the command line does, without running anything; required values may be left out."""
    _, rest, _ = command.make_parser(click.Context(command)).parse_args(words)
    if isinstance(command, click.Group) and rest:
        parse(command.commands[rest[0]], rest[1:])
    else:
        assert rest == []


@pytest.mark.parametrize("file", GUIDES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_every_command_that_is_shown_exists(file: Path) -> None:
    for line in list_shown(file.read_text(encoding="utf-8"), "campaign"):
        words = shlex.split(re.split(" [>|] ", line)[0], comments=True)

        parse(cli, words[1:])


def test_a_command_that_does_not_exist_is_found() -> None:
    text = "Gõ `campaign ledger verify`, rồi `campaign ledger burn`.\n\n```sh\ncampaign init --no-such-option\n```\n"

    shown = list_shown(text, "campaign")

    assert shown == ["campaign ledger verify", "campaign ledger burn", "campaign init --no-such-option"]
    with pytest.raises(KeyError):
        parse(cli, ["ledger", "burn"])
    with pytest.raises(click.NoSuchOption):
        parse(cli, ["init", "--no-such-option"])


def test_every_command_that_the_program_tells_people_exists() -> None:
    """Faults and templates too: what to do next must be possible."""
    files = [file for suffix in ("py", "html", "js") for file in sorted(SOURCE.glob(f"**/*.{suffix}"))]
    told = [(file.name, line) for file in files for text in read_told(file) for line in TOLD.findall(text)]

    assert ("store.py", "campaign ledger rebuild") in told
    assert [(name, line) for name, line in told if line not in NO_COMMANDS and not is_command(line)] == []


@pytest.mark.parametrize(
    "told", ["campaign ledger burn", "campaign burn", "campaign init --burn", "campaign ledger verify --burn"]
)
def test_a_told_command_that_does_not_exist_is_found(told: str) -> None:
    assert TOLD.findall(f"Chạy “{told}” rồi xem lại.") == [told]
    assert not is_command(told)


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_every_script_that_is_shown_exists(file: Path) -> None:
    for line in list_shown(file.read_text(encoding="utf-8"), "python3"):
        assert (ROOT / line.split()[1]).is_file()


@pytest.mark.parametrize("file", ROOT_PAGES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_every_relative_link_of_a_root_file_leads_somewhere(file: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", file.read_text(encoding="utf-8"))

    paths = [link.partition("#")[0] for link in links if not re.match(r"\w+:", link)]
    assert [path for path in paths if path and not (ROOT / path).exists()] == []


def test_the_changelog_begins_with_the_version_of_the_program_after_what_is_not_released() -> None:
    headings = re.findall(r"(?m)^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))

    assert next(heading for heading in headings if heading != "Unreleased") == __version__


def test_content_is_in_one_unicode_form() -> None:
    files = [file for file in CONTENT.glob("**/*") if file.is_file()]

    assert [file.name for file in files if file.name != to_nfc(file.name)] == []
    texts = {file.name: file.read_text(encoding="utf-8") for file in files if file.suffix == ".md"}
    assert [name for name, text in texts.items() if text != to_nfc(text)] == []


def test_no_block_of_code_stands_in_a_list() -> None:
    """Markdown shows the marks of an indented block instead of the block."""
    indented = [file.name for file in CONTENT.glob("**/*.md") if re.search(r"(?m)^ +```", file.read_text("utf-8"))]

    assert indented == []


def test_no_file_names_a_host_from_which_packages_come() -> None:
    # The licence of the typeface, and what was made elsewhere, stay as their authors wrote them.
    files = ((name, text) for name, text in read_files() if not name.endswith(("OFL.txt", *MADE_ELSEWHERE)))
    found = {name: sorted(set(HOST.findall(text)) - KNOWN_HOSTS) for name, text in files}

    assert {name: hosts for name, hosts in found.items() if hosts} == {}


def test_no_file_names_a_place_of_the_machine_on_which_it_was_written() -> None:
    found = {
        name: MACHINE_PATH.findall(text) + [ROOT.as_posix()] * (ROOT.as_posix() in text) for name, text in read_files()
    }

    assert {name: paths for name, paths in found.items() if paths} == {}
