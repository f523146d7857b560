"""The handbook and the root files as the tests read them."""

import re
from pathlib import Path

import click

from campaign.cli.main import cli

ROOT = Path(__file__).parents[2]
CONTENT = ROOT / "content"
HANDBOOK = CONTENT / "huong-dan"

_SHOWN = re.compile(r"(?ms)^ *```(?P<language>\w*)\n(?P<block>.*?)^ *```$|(?<!`)`(?P<span>[^`\n]+)`(?!`)")


def read_page(name: str) -> str:
    """Return a page of the handbook."""
    return (HANDBOOK / f"{name}.md").read_text(encoding="utf-8")


def list_rows(text: str, headings: str) -> list[list[str]]:
    """Return the cells of the table under *headings*, row by row, without the marks of code."""
    _, found, after = text.partition(f"| {headings} |\n")
    assert found, f"no table with the headings {headings}"
    table = after.partition("\n\n")[0].splitlines()[1:]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in table]


def list_shown(text: str, program: str) -> list[str]:
    """Return the commands of *program* that *text* shows as code; blocks of text show a pattern, not a command."""
    lines: list[str] = []
    for found in _SHOWN.finditer(text):
        if found["span"]:
            lines.append(found["span"])
        elif found["language"] != "text":
            lines += found["block"].splitlines()
    return [line.strip() for line in lines if line.strip().startswith(f"{program} ")]


def list_commands(command: click.Command = cli, name: str = "campaign") -> dict[str, click.Command]:
    """Return every command that can be run, by its whole name."""
    if not isinstance(command, click.Group):
        return {name: command}
    return {
        full: found
        for part, inner in command.commands.items()
        for full, found in list_commands(inner, f"{name} {part}").items()
    }
