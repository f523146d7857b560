"""``campaign dispatch``: on which channels a post was sent out."""

import json
from hashlib import file_digest
from pathlib import Path

import click

from campaign.core.dispatch import Channel, RecordedDispatch, read_dispatch
from campaign.settings import Settings, system_clock
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending
from campaign.store.posts.dispatches import read_dispatches, record_dispatch, withdraw_dispatch
from campaign.store.posts.posts import current_revision

ACTOR = "dòng lệnh"


@click.group()
def dispatch() -> None:
    """Hai kênh đăng, gửi: Trang thông tin điện tử và hệ thống QLVB&ĐH."""


@dispatch.command("add")
@click.argument("post", metavar="MÃ-BÀI")
@click.option(
    "--channel",
    required=True,
    type=click.Choice([one.value for one in Channel]),
    help="Trang thông tin điện tử hay QLVB&ĐH.",
)
@click.option("--sent-on", required=True, metavar="NGÀY", help="Ngày đã đăng, đã gửi, ví dụ 27/10/2025.")
@click.option("--number", default="", metavar="SỐ", help="Số, ký hiệu trên kênh đó, nếu có.")
@click.option("--recipients", default="", metavar="ĐƠN-VỊ", help="Các đơn vị nhận; không ghi tên người.")
@click.option(
    "--evidence",
    metavar="TỆP",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Tệp minh chứng; sổ chỉ giữ mã đối chiếu SHA-256, hãy cất tệp lại.",
)
@click.pass_obj
def add_dispatch(  # noqa: PLR0913, PLR0917 - an option each
    settings: Settings, post: str, channel: str, sent_on: str, number: str, recipients: str, evidence: Path | None
) -> None:
    """Ghi vào sổ rằng một bài đã được đăng hoặc gửi trên một kênh.

    Ví dụ: campaign dispatch add thong-bao-485 --channel website --sent-on 27/10/2025
    """
    sent = read_dispatch(channel, sent_on, number, recipients, _digest(evidence))
    with appending(Database(settings.database)) as ledger:
        sequence = record_dispatch(ledger, post, sent, ACTOR, system_clock())
    click.echo(f"Đã ghi vào sổ, dòng {sequence}: {sent.channel.label}, {sent.format()}.")


@dispatch.command("list")
@click.argument("post", metavar="MÃ-BÀI")
@click.option("--json", "as_json", is_flag=True, help="In dạng JSON.")
@click.pass_obj
def list_dispatches(settings: Settings, post: str, *, as_json: bool) -> None:
    """Xem một bài đã đăng, gửi trên kênh nào.

    Ví dụ: campaign dispatch list thong-bao-485
    """
    with Database(settings.database).reading() as connection:
        current_revision(connection, post)
        found = read_dispatches(connection, post, system_clock())
    if as_json:
        click.echo(json.dumps([_to_facts(one) for one in found], ensure_ascii=False, indent=1))
        return
    for channel in Channel:
        sent = [one for one in found if one.dispatch.channel is channel]
        click.echo(f"{channel.label[0].upper()}{channel.label[1:]}: {'đã có' if sent else 'chưa có'}")
        for one in sent:
            click.echo(f"  dòng {one.sequence}: {one.dispatch.format()}")


@dispatch.command("withdraw")
@click.argument("post", metavar="MÃ-BÀI")
@click.argument("sequence", metavar="DÒNG-GHI", type=int)
@click.pass_obj
def withdraw(settings: Settings, post: str, sequence: int) -> None:
    """Rút lại một lần đăng, gửi đã ghi nhầm; dòng cũ vẫn còn trong sổ.

    Ví dụ: campaign dispatch withdraw thong-bao-485 212
    """
    with appending(Database(settings.database)) as ledger:
        withdraw_dispatch(ledger, post, sequence, ACTOR, system_clock())
    click.echo("Đã ghi vào sổ: lần đăng, gửi ấy không còn tính.")


def _digest(file: Path | None) -> str:
    if file is None:
        return ""
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


def _to_facts(one: RecordedDispatch) -> dict[str, object]:
    sent = one.dispatch
    return {
        "sequence": one.sequence,
        "channel": sent.channel.value,
        "sent_on": sent.sent_on.isoformat(),
        "number": sent.number,
        "recipients": sent.recipients,
        "evidence": sent.evidence,
        "recorded_at": one.recorded_at.isoformat(),
        "actor": one.actor,
    }
