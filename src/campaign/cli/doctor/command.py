"""The command: all checks, one line each, and what to do about what is not well."""

from pathlib import Path

import click

from campaign.cli import terminal
from campaign.cli.doctor import keeping, service
from campaign.cli.doctor.facts import gather_facts
from campaign.cli.doctor.finding import Check, Finding, Level
from campaign.errors.settings import UnhealthyError
from campaign.settings import Settings

CHECKS: tuple[Check, ...] = (*keeping.CHECKS, *service.CHECKS)


@click.command()
@click.option("--deploy", is_flag=True, help="Hỏi cả những điều chỉ cần khi cho mọi người dùng.")
@click.option(
    "--backups",
    type=click.Path(path_type=Path),
    default=Path("data/backup"),
    metavar="THƯ-MỤC",
    help="Nơi cất các bản sao lưu (*.zip); mặc định data/backup.",
)
@terminal.as_json
@click.pass_obj
def doctor(settings: Settings, backups: Path, *, deploy: bool, as_json: bool) -> None:
    """Khám bộ ghi nhận: chỗ nào chưa ổn, cách sửa.

    Ví dụ: campaign doctor --deploy
    """
    facts = gather_facts(settings, backups, deployed=deploy)
    found = {check: check.look(facts) for check in CHECKS if deploy or not check.deployed_only}
    if as_json:
        terminal.print_json(
            [
                {"id": check.id, "level": finding.level.name.lower(), "said": finding.said, "remedy": finding.remedy}
                for check, finding in found.items()
            ]
        )
    else:
        click.echo(_to_text(found))
    faults = [check.id for check, finding in found.items() if finding.level is Level.FAULT]
    if faults:
        raise UnhealthyError(faults)


def _to_text(found: dict[Check, Finding]) -> str:
    width = max(len(check.id) for check in found)
    lines = []
    for check, finding in found.items():
        lines.append(f"{finding.level:8}  {check.id:{width}}  {finding.said}")
        if finding.remedy:
            lines.append(f"{'':8}  {'':{width}}  Cách sửa: {finding.remedy}")
    counts = [f"{sum(finding.level is level for finding in found.values())} {level}" for level in Level]
    return "\n".join([*lines, "", f"{len(found)} điều đã khám: {', '.join(counts)}."])
