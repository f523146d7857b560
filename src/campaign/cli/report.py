"""``campaign report``: the outcome of a post as a file that the Office hands in."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from campaign.cli import terminal
from campaign.core.clock import read_as_of
from campaign.errors.report import ReportFileError
from campaign.jobs.report_data import gather_outcome, seal_outcome
from campaign.report.documents import write_report, write_yearly
from campaign.report.outcome import Outcome
from campaign.report.template import fill_template, read_template
from campaign.report.workbook import write_workbook
from campaign.settings import Settings, system_clock
from campaign.store.ledger.database import Database
from campaign.store.proofs.signing import load_key


@click.group()
def report() -> None:
    """Báo cáo kết quả."""


@report.command("docx")
@click.argument("post", metavar="MÃ-BÀI")
@click.argument("file", metavar="TỆP.docx", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--chart", is_flag=True, help="Thêm biểu đồ.")
@terminal.as_of
@click.pass_obj
def report_docx(settings: Settings, post: str, file: Path, as_of: str | None, *, chart: bool) -> None:
    """Lập dự thảo báo cáo bằng Word theo thể thức Nghị định 30/2020/NĐ-CP; không có tên người.

    Số, ngày, chữ ký để trống; chỗ “…” dành cho Văn phòng viết.

    Ví dụ: campaign report docx thong-bao-485 bao-cao.docx --as-of 05/11/2025
    """
    _write(settings, post, as_of, file, partial(write_report, with_chart=chart))


@report.command("xlsx")
@click.argument("post", metavar="MÃ-BÀI")
@click.argument("file", metavar="TỆP.xlsx", type=click.Path(dir_okay=False, path_type=Path))
@terminal.as_of
@click.pass_obj
def report_xlsx(settings: Settings, post: str, file: Path, as_of: str | None) -> None:
    """Lập bảng số liệu Excel: tóm tắt, theo đơn vị, danh sách, lịch sử.

    Ví dụ: campaign report xlsx thong-bao-485 so-lieu.xlsx
    """
    _write(settings, post, as_of, file, write_workbook)
    click.echo("Tệp có tên người: chỉ gửi cho người cần biết.")


@report.command("filled")
@click.argument("post", metavar="MÃ-BÀI")
@click.argument("file", metavar="TỆP.docx", type=click.Path(dir_okay=False, path_type=Path))
@terminal.as_of
@click.pass_obj
def report_filled(settings: Settings, post: str, file: Path, as_of: str | None) -> None:
    """Lập báo cáo theo mẫu Word của Văn phòng.

    Ví dụ: campaign report filled thong-bao-485 bao-cao.docx
    """
    _write(settings, post, as_of, file, partial(fill_template, read_template(settings.report_template)))
    click.echo("Mẫu có thể in tên người: xem lại trước khi gửi.")


@report.command("yearly")
@click.argument("post", metavar="MÃ-BÀI")
@click.argument("file", metavar="TỆP.docx", type=click.Path(dir_okay=False, path_type=Path))
@terminal.as_of
@click.pass_obj
def report_yearly(settings: Settings, post: str, file: Path, as_of: str | None) -> None:
    """Lập nội dung để chép vào báo cáo năm: hai dòng, một đoạn, một đoạn và bảng; không có tên người.

    Ví dụ: campaign report yearly thong-bao-485 long-ghep.docx
    """
    _write(settings, post, as_of, file, write_yearly)


def _write(settings: Settings, post: str, as_of: str | None, file: Path, write: Callable[[Outcome], bytes]) -> None:
    instant = read_as_of(as_of, system_clock())
    key = load_key(settings.key, settings.origin)
    database = Database(settings.database)
    outcome = gather_outcome(database, key, post, instant, settings.address)
    content = write(seal_outcome(database, key, outcome, system_clock()))
    try:
        owners = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)  # Its annexes name people.
        with os.fdopen(owners, "wb") as written:
            written.write(content)
    except FileExistsError:  # Someone may have worked on it since.
        reason = "đã có tệp tên này"
        raise ReportFileError(str(file), reason) from None
    except OSError as error:
        raise ReportFileError(str(file), error.strerror or "không ghi được") from None
    click.echo(f"Đã lập {file}.")
