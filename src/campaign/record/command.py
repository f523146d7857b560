"""``campaign record``: the recorder running. It is here, not among the commands, because it starts this package."""

import errno
import socket
from contextlib import suppress
from pathlib import Path

import click

from campaign.errors.settings import ListenError
from campaign.errors.store import StoreUnreachableError
from campaign.jobs.checkpoint_round import read_outlets
from campaign.jobs.sample import SAMPLE_ACCOUNTS, SAMPLE_SECRETS, SAMPLE_SLIP, SAMPLE_STAFF_CODE
from campaign.posts.workplace import find_workplace
from campaign.record.application import make_server
from campaign.record.server.log import write_json_lines
from campaign.record.server.measures import Facts
from campaign.record.server.presses import PressProcess
from campaign.record.server.provider import Provider
from campaign.record.server.recorder import Recorder
from campaign.record.server.sign_in_options import ProxyWay, Ways
from campaign.record.server.site import Site
from campaign.remind.mail import find_server
from campaign.settings import Settings, system_clock
from campaign.store.credentials.slips import member_of_token
from campaign.store.ledger.campaigns import read_campaign
from campaign.store.ledger.database import Database
from campaign.store.ledger.writer import Writer
from campaign.store.proofs.rotations import require_own_key
from campaign.store.proofs.signing import load_key


@click.command()
@click.pass_obj
def record(settings: Settings, *, logs_json: bool = True) -> None:
    """Chạy riêng bộ ghi nhận, phục vụ kèm trang đã dựng.

    Ví dụ: campaign record
    """
    if logs_json:
        write_json_lines()
    database = Database(settings.database, settings.press_timeout)
    with _listen(settings) as listening:
        _greet(settings, database)
        key = load_key(settings.key, settings.origin)
        # Without its database it serves the site; whatever signs later asks for the key again.
        with suppress(StoreUnreachableError), database.reading() as connection:
            require_own_key(connection, key)
        writer = Writer(database)
        recorder = Recorder(
            database=database,
            writer=writer,
            presses=PressProcess(database, writer, settings.press_timeout),
            site=Site(settings.site),
            key=key,
            clock=system_clock,
            address=settings.address,
            proxies=settings.proxies,
            department=settings.department,
            report_template=settings.report_template,
            mail=find_server(settings),
            outbox=settings.outbox,
            csv_separator=settings.csv_separator,
            workplace=find_workplace(Path()),
            ways=_ways_in(settings),
            outlets=read_outlets(settings, key.verifier),
            commit_seconds=settings.press_timeout,
        )
        _serve_measures(settings, recorder)
        server = make_server(recorder)
        with suppress(KeyboardInterrupt):  # The server has ended in order by then.
            server.run([listening])


def _serve_measures(settings: Settings, recorder: Recorder) -> None:
    if settings.metrics is not None:
        host, port = settings.metrics.host, settings.metrics.port
        try:
            recorder.measures.serve(host, port, Facts(recorder.database, settings.site))
        except OSError as error:
            raise _refused(host, port, error) from error


def _ways_in(settings: Settings) -> Ways:
    provider = Provider(
        settings.oidc_issuer, settings.oidc_client, settings.oidc_secret, settings.oidc_claim, settings.oidc_domain
    )
    proxy = ProxyWay(settings.proxy_header, settings.proxy_secret, settings.proxy_domain)
    return Ways(
        slip="slip" in settings.ways_in,
        proxy=proxy if "proxy" in settings.ways_in else None,
        mail=find_server(settings) if "mail" in settings.ways_in else None,
        oidc=provider if "oidc" in settings.ways_in else None,
    )


def _listen(settings: Settings) -> socket.socket:
    """Take the port before anything is said about it."""
    host, port = settings.listen.host, settings.listen.port
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise _refused(host, port, error) from error


def _refused(host: str, port: int, error: OSError) -> ListenError:
    reason = "đang có chương trình dùng" if error.errno == errno.EADDRINUSE else error.strerror or "lỗi mạng"
    return ListenError(host, port, reason)


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
