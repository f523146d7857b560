"""``campaign start`` and ``campaign record``: the recorder running."""

import errno
import os
import socket
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import click

from campaign.cli.campaigns import init_sample
from campaign.cli.remind import mail_server
from campaign.core.clock import day_in_viet_nam
from campaign.errors.settings import ListenError, SiteBuildError
from campaign.errors.store import StoreUnreachableError
from campaign.jobs.sample import SAMPLE_ACCOUNTS, SAMPLE_SECRETS, SAMPLE_SLIP, SAMPLE_STAFF_CODE
from campaign.posts.manifest import MANIFEST_FILE
from campaign.publish.mkdocs.building import build_site
from campaign.publish.mkdocs.project import MKDOCS_FILE
from campaign.record.application import create_application
from campaign.record.server.connections import create_server
from campaign.record.server.log import write_json_lines
from campaign.record.server.presses.press_process import PressProcess
from campaign.record.server.provider import Provider
from campaign.record.server.recorder import Recorder
from campaign.record.server.sign_in_options import ProxyWay, Ways
from campaign.record.server.site import Site
from campaign.settings import Settings, system_clock
from campaign.store.credentials.slips import member_of_token
from campaign.store.ledger.campaigns import has_campaign, read_campaign
from campaign.store.ledger.database import Database
from campaign.store.ledger.writer import Writer
from campaign.store.proofs.signing import load_key

CONTENT_FOLDER = Path("content")


@click.command()
@click.pass_obj
def start(settings: Settings) -> None:
    """Dựng trang và chạy tất cả.

    Nếu chưa có dữ liệu thì mở đợt minh hoạ trước.

    Ví dụ: campaign start
    """
    _build_if_changed(settings)
    database = Database(settings.database)
    with suppress(StoreUnreachableError):  # The site is served all the same, and the greeting says what is amiss.
        _open_sample(settings, database)
    _serve(settings, database)


@click.command()
@click.pass_obj
def record(settings: Settings) -> None:
    """Chạy riêng bộ ghi nhận, phục vụ kèm trang đã dựng.

    Ví dụ: campaign record
    """
    write_json_lines()
    _serve(settings, Database(settings.database))


def _open_sample(settings: Settings, database: Database) -> None:
    """Open the sample campaign, unless there is one already."""
    with database.reading() as connection:
        if has_campaign(connection):
            return
    click.echo("Chưa có dữ liệu: đang mở đợt minh hoạ …")
    init_sample(settings, database)


def _build_if_changed(settings: Settings) -> None:
    """Build the site when something it is made of is newer, or it is not of today: it says how many days are left."""
    built = settings.site / MANIFEST_FILE
    # A folder is as new as the last file that came or went in it.
    inputs = [MKDOCS_FILE, CONTENT_FOLDER, *CONTENT_FOLDER.rglob("*")]
    newest = max((file.stat().st_mtime for file in inputs if file.exists()), default=0)
    if built.exists() and built.stat().st_mtime >= newest:
        day = day_in_viet_nam(datetime.fromtimestamp(built.stat().st_mtime, tz=system_clock().tzinfo))
        if day == day_in_viet_nam(system_clock()):
            return
    click.echo("Đang dựng trang …")
    os.environ.setdefault("CAMPAIGN_SITE_URL", f"{settings.address}/")
    try:
        build_site(MKDOCS_FILE, settings.site, system_clock)
    except SiteBuildError as error:
        if not built.exists():
            raise
        click.echo(f"{error}\n\nNgười đọc vẫn thấy trang cũ.\n", err=True)


def _serve(settings: Settings, database: Database) -> None:
    with _listen(settings) as listening:
        _greet(settings, database)
        writer = Writer(database)
        recorder = Recorder(
            database=database,
            writer=writer,
            presses=PressProcess(database, writer),
            site=Site(settings.site),
            key=load_key(settings.key, settings.origin),
            clock=system_clock,
            address=settings.address,
            proxies=settings.proxies,
            department=settings.department,
            report_template=settings.report_template,
            mail=mail_server(settings),
            outbox=settings.outbox,
            ways=_ways_in(settings),
        )
        application = create_application(recorder)
        with suppress(KeyboardInterrupt):  # The server has ended in order by then.
            create_server(application, recorder).run([listening])


def _ways_in(settings: Settings) -> Ways:
    provider = Provider(settings.oidc_issuer, settings.oidc_client, settings.oidc_secret, settings.oidc_claim)
    proxy = ProxyWay(settings.proxy_header, settings.proxy_secret)
    return Ways(
        slip="slip" in settings.ways_in,
        proxy=proxy if "proxy" in settings.ways_in else None,
        mail=mail_server(settings) if "mail" in settings.ways_in else None,
        oidc=provider if "oidc" in settings.ways_in else None,
    )


def _listen(settings: Settings) -> socket.socket:
    """Take the port before anything is said about it."""
    try:
        return socket.create_server((settings.listen.host, settings.listen.port))
    except OSError as error:
        reason = "đang có chương trình dùng" if error.errno == errno.EADDRINUSE else error.strerror or "lỗi mạng"
        raise ListenError(settings.listen.host, settings.listen.port, reason) from error


def _greet(settings: Settings, database: Database) -> None:
    """Say where to open what, and in the sample how to get in."""
    click.echo(f"\nTrang tuyên truyền:  {settings.address}/")
    click.echo(f"Xác nhận của tôi:    {settings.address}/cua-toi")
    click.echo(f"Văn phòng:           {settings.address}/van-phong")
    try:
        with database.reading() as connection:
            sample = read_campaign(connection).sample
            is_in_force = member_of_token(connection, SAMPLE_SLIP.token) is not None
    except StoreUnreachableError as error:
        click.echo(f"\nChưa ghi nhận được xác nhận nào, trang vẫn đọc được.\n{error}", err=True)
        return
    if sample:
        click.echo("\nDỮ LIỆU MINH HOẠ – người và lần xác nhận đều do chương trình dựng lên.")
        access_code = SAMPLE_SLIP.spaced_code if is_in_force else "in trên phiếu mới cấp"
        click.echo(f"  Vào như một người trong danh sách: mã {SAMPLE_STAFF_CODE}, mã truy cập {access_code}")
        account, passphrase = SAMPLE_ACCOUNTS[0].name, SAMPLE_SECRETS.passphrase
        click.echo(f"  Vào như Văn phòng: tài khoản {account}, cụm mật khẩu “{passphrase}”; mã xác minh hiện ở trang")
        click.echo("  đăng nhập, cùng các tài khoản minh hoạ khác: đứng đầu đơn vị, kiểm tra, biên tập")
    click.echo("\nDừng bằng Ctrl+C.")
