"""``campaign privacy``: what is held on a person, told, corrected and erased."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import click

from campaign.cli import terminal
from campaign.core.clock import day_in_viet_nam
from campaign.core.ledger.erasure import MONTHS_KEPT, ErasureReason
from campaign.core.people.access import to_staff_code
from campaign.core.text import to_nfc
from campaign.remind.outbox import find_in_outbox
from campaign.settings import Settings, system_clock
from campaign.store.figures.privacy import (
    ErasedBy,
    Person,
    count_personal,
    erase_everyone,
    erase_person,
    find_person,
    find_witnessed,
    read_personal_record,
    rectify,
    require_expired,
)
from campaign.store.figures.retention import (
    Retention,
    count_kept,
    erase_campaign,
    find_retention,
    read_retentions,
    require_over,
)
from campaign.store.ledger.database import Connection, Database
from campaign.store.ledger.ledger import appending
from campaign.store.proofs.signing import load_key

REASONS = {reason.value: reason for reason in ErasureReason if reason is not ErasureReason.EXPIRED}

_yes = click.option("--yes", "is_sure", is_flag=True, help="Không hỏi lại.")


@click.group()
def privacy() -> None:
    """Trả lời yêu cầu về dữ liệu cá nhân."""


@privacy.command()
@click.argument("staff_code", metavar="MÃ-CÔNG-CHỨC")
@click.pass_obj
def export(settings: Settings, staff_code: str) -> None:
    """In ra mọi thông tin đang giữ về một người, dạng JSON.

    Ví dụ: campaign privacy export SKHCN-031 > ho-so.json
    """
    with Database(settings.database).reading() as connection:
        person = find_person(connection, to_staff_code(staff_code))
        record = read_personal_record(connection, person)
    terminal.print_json(replace(record, outbox=_files_naming(settings, person)))


@privacy.command("rectify")
@click.argument("staff_code", metavar="MÃ-CÔNG-CHỨC")
@click.option("--name", metavar="HỌ-TÊN", help="Họ và tên đúng.")
@click.option("--email", metavar="ĐỊA-CHỈ", help="Thư điện tử công vụ đúng; để trống là xoá địa chỉ.")
@terminal.by
@terminal.pass_database
def rectify_person(database: Database, staff_code: str, name: str | None, email: str | None, actor: str) -> None:
    """Sửa họ tên hoặc thư điện tử bằng một dòng ghi mới.

    Ví dụ: campaign privacy rectify SKHCN-031 --name "Nguyễn Thị Hoà" --by vanphong
    """
    given = {key: to_nfc(text).strip() for key, text in (("name", name), ("email", email)) if text is not None}
    if not given or given.get("name") == "":
        message = "Nhập điều cần sửa, ví dụ --name “Nguyễn Thị Hoà”."
        raise click.UsageError(message)
    with appending(database) as ledger:
        terminal.require_account(ledger.connection, actor)
        person = find_person(ledger.connection, to_staff_code(staff_code))
        corrected = replace(person, name=given.get("name", person.name), email=given.get("email", person.email) or None)
        rectify(ledger, corrected, actor, system_clock())
    click.echo("Đã ghi vào sổ. Hãy sửa cả tệp danh sách, kẻo lần nhập sau đưa thông tin cũ trở lại.")


@privacy.command()
@click.argument("staff_code", metavar="MÃ-CÔNG-CHỨC")
@click.option(
    "--reason",
    required=True,
    type=click.Choice(list(REASONS)),
    help=f"Lý do: {', '.join(f'{code} là {reason.label}' for code, reason in REASONS.items())}.",
)
@terminal.by
@_yes
@click.pass_obj
def erase(settings: Settings, staff_code: str, reason: str, actor: str, *, is_sure: bool) -> None:
    """Xoá thông tin cá nhân của một người đã ra khỏi danh sách.

    Ví dụ: campaign privacy erase SKHCN-031 --reason request --by vanphong
    """
    database, key = Database(settings.database), load_key(settings.key, settings.origin)
    with database.reading() as connection:
        terminal.require_account(connection, actor)
        person = find_person(connection, to_staff_code(staff_code))
    if not is_sure:
        click.confirm(f"Xoá hẳn thông tin cá nhân của {person.name} ({person.staff_code})?", abort=True)
    with appending(database) as ledger:
        witnessed = find_witnessed(ledger.connection, person)
        count = erase_person(ledger, key, person, ErasedBy(REASONS[reason], actor, system_clock()))
    database.scrub()
    click.echo(f"Đã xoá thông tin cá nhân ở {count} dòng ghi. Sổ vẫn kiểm chứng được.")
    if witnessed:
        click.echo(f"Tên ấy còn là người chứng kiến trong xác nhận của người khác, ở dòng ghi {_list(witnessed)}.")
    if files := _files_naming(settings, person):
        click.echo(f"Tên ấy còn trong hộp chờ {settings.outbox}, hãy xoá: {_list(files)}.")
    click.echo("Các bản sao lưu và gói bằng chứng lập trước đó vẫn giữ thông tin cũ cho đến khi bị xoá.")


def _files_naming(settings: Settings, person: Person) -> tuple[str, ...]:
    return tuple(find_in_outbox(settings.outbox, person.name, person.staff_code, person.email or ""))


def _list(parts: Sequence[object]) -> str:
    return ", ".join(map(str, parts))


@privacy.command()
@click.option("--campaign", "name", metavar="MÃ-ĐỢT", help="Chỉ một đợt; mặc định mọi đợt đã hết thời hạn giữ.")
@click.option("--everyone", is_flag=True, help="Xoá của mọi người, cả người còn trong danh sách: khi thôi dùng sổ này.")
@click.option(
    "--months",
    type=click.IntRange(0, 1200),
    default=MONTHS_KEPT,
    show_default=True,
    metavar="SỐ-THÁNG",
    help="Cùng --everyone: số tháng kể từ hạn cuối của đợt sau cùng.",
)
@click.option("--dry-run", "is_dry", is_flag=True, help="Chỉ cho biết sẽ xoá bao nhiêu.")
@terminal.by
@_yes
@click.pass_context
def expire(context: click.Context, /, name: str | None, months: int, actor: str, **flags: bool) -> None:
    """Xoá thông tin cá nhân của các đợt đã hết thời hạn giữ.

    Ví dụ: campaign privacy expire --dry-run --by vanphong
    """
    settings: Settings = context.obj
    database, key = Database(settings.database), load_key(settings.key, settings.origin)
    now = system_clock()
    with database.reading() as connection:
        terminal.require_account(connection, actor)
        due = [] if flags["everyone"] else _find_due(connection, name, day_in_viet_nam(now))
        if flags["everyone"]:
            require_expired(connection, months, day_in_viet_nam(now))
        count = count_personal(connection) if flags["everyone"] else sum(count_kept(connection, one) for one in due)
    titles = "; ".join(f"“{retention.campaign.title}”" for retention in due)
    if flags["is_dry"] or not (due or flags["everyone"]):
        said = f"Có {count} dòng ghi mang thông tin cá nhân đã hết thời hạn giữ. Chưa có gì bị xoá. {titles}"
        click.echo(said.rstrip())
        return
    if not flags["is_sure"]:
        whose = "mọi người" if flags["everyone"] else f"đợt {titles}"
        click.confirm(f"Xoá hẳn thông tin cá nhân của {whose}, ở {count} dòng ghi?", abort=True)
    by = ErasedBy(ErasureReason.EXPIRED, actor, now)
    with appending(database) as ledger:
        if flags["everyone"]:
            count = erase_everyone(ledger, key, by)
        else:
            count = sum(erase_campaign(ledger, key, retention, by) for retention in due)
    database.scrub()
    click.echo(f"Đã xoá thông tin cá nhân ở {count} dòng ghi. Sổ vẫn kiểm chứng được.")


def _find_due(connection: Connection, name: str | None, today: date) -> list[Retention]:
    """Return the campaigns whose personal fields are to be erased: the one that is named, or all whose time is over."""
    if name is None:
        return [retention for retention in read_retentions(connection) if retention.is_due(today)]
    retention = find_retention(connection, name)
    require_over(retention, today)
    return [retention]


@privacy.command()
@terminal.pass_database
def scrub(database: Database) -> None:
    """Dọn dấu vết của thông tin đã xoá trong tệp cơ sở dữ liệu.

    Ví dụ: campaign privacy scrub
    """
    database.scrub()
    click.echo("Tệp cơ sở dữ liệu không còn dấu vết của thông tin đã xoá.")
