"""What the handbook's reference pages take from the program: every command, setting and check.

The pages hold cog blocks that call these functions. After a change of the program write them anew with
``python -m cogapp -r content/huong-dan/lenh.md content/huong-dan/thiet-lap.md content/huong-dan/may-chu.md``;
``scripts/check.py`` fails until then.
"""

import inspect
from collections.abc import Iterable, Iterator

import click

from campaign.cli.doctor.command import CHECKS
from campaign.cli.main import cli
from campaign.settings import ENVIRONMENT_PREFIX, TABLE

EXAMPLE = "Ví dụ:"


def write_common_options() -> str:
    """Return the table of the options that stand before every command; what the page tells by itself is left out."""
    return _write_options(one for one in cli.params if isinstance(one, click.Option) and one.name != "version")


def write_commands() -> str:
    """Return a section for each command: what it is for, how it is written, its options, an example."""
    return "\n".join(_write_command(name, command) for name, command in _walk("campaign", cli))


def write_settings() -> str:
    """Return the table of settings; three columns, so that it can be read on a phone."""
    variables = {one.name: f"{ENVIRONMENT_PREFIX}{one.name.upper()}" for one in TABLE}
    rows = [
        f"| `{one.name}`<br>`{variables[one.name]}` | {one.help}<br>Cho phép: {one.allowed} | `{one.default}` |"
        for one in TABLE
    ]
    return _write_table("Tên và biến môi trường | Để làm gì | Mặc định", rows)


def write_checks() -> str:
    """Return the table of what the examination asks."""
    rows = [
        f"| `{check.id}` | {check.asks} | {'chỉ khi có `--deploy`' if check.deployed_only else 'luôn'} |"
        for check in CHECKS
    ]
    return _write_table("Mã | Điều được khám | Khi nào", rows)


def _walk(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    """Yield every command that can be run, by its whole name, in the order of the alphabet."""
    if not isinstance(command, click.Group):
        yield name, command
        return
    for part in sorted(command.commands):
        yield from _walk(f"{name} {part}", command.commands[part])


def _write_command(name: str, command: click.Command) -> str:
    what, _, example = inspect.cleandoc(command.help or "").partition(EXAMPLE)
    arguments = [f" {one.metavar}" for one in command.params if isinstance(one, click.Argument)]
    options = [one for one in command.params if isinstance(one, click.Option)]
    usage = name + " [TUỲ CHỌN]" * bool(options) + "".join(arguments)
    parts = [f"## `{name}`", what.strip(), f"```text\n{usage}\n```"]
    if options:
        parts.append(_write_options(options))
    if example.strip() != usage:
        parts += [EXAMPLE, f"```sh\n{example.strip()}\n```"]
    return "\n\n".join(parts) + "\n"


def _write_options(options: Iterable[click.Option]) -> str:
    return _write_table("Tuỳ chọn | Ý nghĩa", [_write_option(one) for one in options])


def _write_option(option: click.Option) -> str:
    value = "" if option.is_flag else f" {option.metavar or 'GIÁ-TRỊ'}"
    notes = {
        "Bắt buộc.": option.required,
        "Không ghi thì chương trình hỏi.": option.prompt,
        "Dùng được nhiều lần.": option.multiple,
    }
    said = " ".join([option.help or "", *(note for note, holds in notes.items() if holds)])
    return f"| `{', '.join(option.opts)}{value}` | {said.strip()} |"


def _write_table(headings: str, rows: list[str]) -> str:
    rule = "|".join("---" for _ in headings.split(" | "))
    return "\n".join([f"| {headings} |", f"|{rule}|", *rows])
