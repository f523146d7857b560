"""What commands that verify share: whose key is trusted, which checkpoints are at hand, what the answer is."""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from campaign.core.ledger.note import read_note
from campaign.core.ledger.policy import Policy
from campaign.core.ledger.verdict import Verdict
from campaign.errors.store import CheckpointFileError
from campaign.report.verifier import read_policy


def _to_policy(_context: click.Context, parameter: click.Parameter, typed: str | None) -> Policy | None:
    if typed is None:
        return None
    try:
        return read_policy(typed)
    except (OSError, ValueError):
        message = (
            "Nhập khoá công khai dạng TÊN-SỔ+8-KÝ-TỰ+KHOÁ in trên báo cáo, "
            "hoặc tên tệp khoá tải ở trang kiểm chứng của cơ quan."
        )
        raise click.BadParameter(message, param=parameter) from None


key_option: Callable[[Any], Any] = click.option(
    "--key",
    "policy",
    metavar="KHOÁ",
    callback=_to_policy,
    help="Khoá công khai của sổ, hoặc tệp khoá tải ở trang kiểm chứng (kể cả các lần thay khoá và nhân chứng).",
)


def read_notes(files: Iterable[Path]) -> list[bytes]:
    """Read checkpoints that were kept elsewhere.

    Raises:
        CheckpointFileError: A file holds no signed checkpoint.
    """
    notes = []
    for file in files:
        note = _to_utf8(file.read_bytes()).replace(b"\r\n", b"\n")  # Some mail programs end lines in their own way.
        try:
            read_note(note)
        except ValueError:
            raise CheckpointFileError(str(file)) from None
        notes.append(note)
    return notes


def _to_utf8(content: bytes) -> bytes:
    """Undo what PowerShell does to the text that it writes into a file."""
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        content = content.decode("utf-16", "replace").encode()
    return content.removeprefix(BOM_UTF8)


def show_verdict(context: click.Context, verdict: Verdict) -> None:
    """Print the answer, and end with its exit code."""
    for line in verdict.to_lines():
        click.echo(line)
    context.exit(verdict.answer)
