"""``campaign paper``: confirmations that the Office records, signed on paper or given on somebody's behalf."""

from hashlib import sha256
from pathlib import Path

import click

from campaign.cli.actor import because, by, require_account, to_grounds
from campaign.core.access import to_staff_code
from campaign.core.clock import format_instant, read_day
from campaign.core.coverage import State, state_of
from campaign.core.paper import Paper, was_signed_in_time
from campaign.core.text import to_nfc
from campaign.settings import Settings, system_clock
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending
from campaign.store.posts.concerned import find_by_staff_code
from campaign.store.posts.paper import record_paper, withdraw_paper
from campaign.store.posts.posts import current_revision
from campaign.store.posts.special_cases import deadline_of, revision_for

_post = click.argument("post", metavar="MÃ-BÀI")
_member = click.argument("staff_code", metavar="MÃ-CÔNG-CHỨC")


@click.group()
def paper() -> None:
    """Xác nhận trên giấy, xác nhận ghi thay."""


@paper.command()
@_post
@_member
@click.option("--signed-on", required=True, metavar="NGÀY", help="Ngày ghi cạnh chữ ký trên phiếu.")
@click.option("--witness", default="", metavar="HỌ-TÊN", help="Người chứng kiến, nếu có.")
@click.option(
    "--scan",
    metavar="TỆP",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Bản quét của phiếu; sổ chỉ giữ mã đối chiếu.",
)
@by
@click.pass_obj
def record(
    settings: Settings, /, post: str, staff_code: str, signed_on: str, actor: str, **known: Path | str | None
) -> None:
    """Ghi một xác nhận đã ký trên giấy.

    Ví dụ: campaign paper record thong-bao-485 SKHCN-031 --signed-on 03/11/2025 --scan phieu.pdf --by vanphong
    """
    scan = known["scan"]
    found = Paper(
        actor=actor,
        signed_on=read_day(signed_on),
        witness=to_nfc(str(known["witness"])).strip(),
        scan=sha256(scan.read_bytes()).hexdigest() if isinstance(scan, Path) else None,
    )
    _record(settings, post, staff_code, found)


@paper.command()
@_post
@_member
@because
@by
@click.pass_obj
def behalf(settings: Settings, post: str, staff_code: str, reason: str, actor: str) -> None:
    """Ghi thay một xác nhận, khi người đó không tự xác nhận được.

    Ví dụ: campaign paper behalf thong-bao-485 SKHCN-031 --reason "Đã nghe phổ biến tại chỗ" --by vanphong
    """
    if not reason.strip():
        message = "Nhập lý do, ví dụ “Đã nghe phổ biến tại chỗ”."
        raise click.BadParameter(message, param_hint="--reason")
    _record(settings, post, staff_code, Paper(actor=actor, reason=to_nfc(reason).strip()))


@paper.command()
@click.argument("sequence", metavar="DÒNG-GHI", type=click.IntRange(1))
@because
@by
@click.pass_obj
def withdraw(settings: Settings, sequence: int, reason: str, actor: str) -> None:
    """Rút lại một xác nhận ghi nhầm; người đó lại là chưa xác nhận.

    Ví dụ: campaign paper withdraw 131 --reason "Ghi nhầm người" --by vanphong
    """
    with appending(Database(settings.database)) as ledger:
        withdraw_paper(ledger, sequence, to_grounds(ledger.connection, reason, actor))
    click.echo("Đã ghi vào sổ.")


def _record(settings: Settings, post: str, staff_code: str, found: Paper) -> None:
    now = system_clock()
    with appending(Database(settings.database)) as ledger:
        require_account(ledger.connection, found.actor)
        revision = current_revision(ledger.connection, post)
        listed = find_by_staff_code(ledger.connection, revision, to_staff_code(staff_code))
        confirmation = record_paper(ledger, listed, post, found, now)
        deadline = deadline_of(revision_for(ledger.connection, revision, listed.id))
    if confirmation.received_at != now:
        click.echo(f"{listed.member.name} đã xác nhận lúc {format_instant(confirmation.received_at)}; không ghi thêm.")
        return
    state = state_of(deadline, now, exempt=False)
    click.echo(f"Đã ghi vào sổ, dòng ghi {confirmation.sequence}: {state.label}.")
    if state is State.LATE and was_signed_in_time(found, deadline):
        click.echo(
            "Ngày ký trong hạn, nhưng ghi vào sổ sau hạn thì tính là quá hạn. "
            "Nếu có lý do, gia hạn riêng bằng “campaign case extend”."
        )
