"""The ``campaign`` command."""

import gc
import os
from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from typing import cast

import click

from campaign.cli.version import show_version
from campaign.errors.base import CampaignError
from campaign.settings import TABLE, read_settings

_MODULES = {
    "backup": "cli.backup",
    "check": "cli.check",
    "coverage": "cli.coverage",
    "doctor": "cli.doctor.command",
    "evidence": "cli.ledger.evidence",
    "init": "cli.campaigns",
    "ledger": "cli.ledger.command",
    "office": "cli.office",
    "post": "cli.post.command",
    "privacy": "cli.privacy",
    "publish": "cli.post.publishing",
    "receipt": "cli.ledger.receipt",
    "record": "record.command",
    "remind": "cli.remind",
    "report": "cli.report",
    "restore": "cli.backup",
    "roster": "cli.roster",
    "site": "cli.site",
    "start": "cli.start",
}
"""The module of each command, in which it has its name; the one that starts the web application lies in its package."""


class LazyCommands(Mapping[str, click.Command]):
    """The commands by their names, each loaded when it is asked for: all of them together take a second."""

    def __getitem__(self, name: str) -> click.Command:
        """Load a command."""
        found: click.Command = getattr(import_module(f"campaign.{_MODULES[name]}"), name)
        return found

    def __iter__(self) -> Iterator[str]:
        """Yield every name, without loading anything."""
        return iter(_MODULES)

    def __len__(self) -> int:
        """Count the commands."""
        return len(_MODULES)


NEW_OBJECTS = 20_000
"""After how many new objects garbage is looked for: a list of 50,000 people takes a seventh less time."""


class CampaignGroup(click.Group):
    """The group of all commands: a fault that a person can fix ends it with its text and exit code 1."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except CampaignError as error:
            click.echo(str(error), err=True)
            ctx.exit(1)


@click.group(
    cls=CampaignGroup,
    commands=cast("MutableMapping[str, click.Command]", LazyCommands()),  # click adds none to it
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--set",
    "options",
    multiple=True,
    metavar="TÊN=GIÁ-TRỊ",
    help=f"Đổi một thiết lập cho lần chạy này: {', '.join(setting.name for setting in TABLE)}.",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=show_version,
    help="Cho biết bản đang dùng rồi thôi.",
)
@click.pass_context
def cli(ctx: click.Context, options: tuple[str, ...]) -> None:
    """Phổ biến văn bản, ghi nhận xác nhận đã đọc và theo dõi kết quả.

    Ví dụ: campaign coverage thong-bao-485 --as-of 05/11/2025
    """
    given = dict(option.partition("=")[::2] for option in options)
    ctx.obj = read_settings(given, os.environ)


def main() -> None:
    """Run the command line."""
    gc.set_threshold(NEW_OBJECTS)
    cli(prog_name="campaign")


if __name__ == "__main__":
    main()
