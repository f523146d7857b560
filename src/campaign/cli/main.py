"""The ``campaign`` command."""

import os

import click

from campaign import __version__
from campaign.cli import (
    api_token,
    backup,
    campaigns,
    cases,
    check,
    coverage,
    dispatch,
    evidence,
    ledger,
    office,
    paper,
    post,
    privacy,
    publishing,
    receipt,
    remind,
    report,
    roster,
    running,
    seen,
    site,
)
from campaign.cli.doctor.command import doctor
from campaign.errors import CampaignError
from campaign.settings import TABLE, read_settings


class CampaignGroup(click.Group):
    """The group of all commands: a fault that a person can mend ends it with its text and exit code 1."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except CampaignError as error:
            click.echo(str(error), err=True)
            ctx.exit(1)


@click.group(cls=CampaignGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--set",
    "options",
    multiple=True,
    metavar="TÊN=GIÁ-TRỊ",
    help=f"Đổi một thiết lập cho lần chạy này: {', '.join(setting.name for setting in TABLE)}.",
)
@click.version_option(__version__)
@click.pass_context
def cli(ctx: click.Context, options: tuple[str, ...]) -> None:
    """Phổ biến văn bản, ghi nhận xác nhận đã đọc và theo dõi kết quả.

    Ví dụ: campaign coverage thong-bao-485 --as-of 05/11/2025
    """
    given = dict(option.partition("=")[::2] for option in options)
    ctx.obj = read_settings(given, os.environ)


cli.add_command(running.start)
cli.add_command(running.record)
cli.add_command(backup.backup)
cli.add_command(backup.restore)
cli.add_command(campaigns.init)
cli.add_command(cases.case)
cli.add_command(check.check)
cli.add_command(coverage.coverage)
cli.add_command(dispatch.dispatch)
cli.add_command(doctor)
cli.add_command(evidence.evidence)
cli.add_command(ledger.ledger)
cli.add_command(office.office)
cli.add_command(post.post)
cli.add_command(paper.paper)
cli.add_command(privacy.privacy)
cli.add_command(publishing.publish)
cli.add_command(receipt.receipt)
cli.add_command(remind.remind)
cli.add_command(report.report)
cli.add_command(api_token.token)
cli.add_command(roster.roster)
cli.add_command(seen.seen)
cli.add_command(site.site)


def main() -> None:
    """Run the command line."""
    cli(prog_name="campaign")


if __name__ == "__main__":
    main()
