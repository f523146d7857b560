"""``campaign site``: the site before anyone reads it."""

from pathlib import Path

import click

from campaign.cli.progress import show_steps
from campaign.publish.mkdocs.building import build_fresh
from campaign.publish.mkdocs.preview import Address, serve_preview
from campaign.publish.mkdocs.project import MKDOCS_FILE
from campaign.settings import system_clock


@click.group()
def site() -> None:
    """Trang: dựng thử, xem thử trong lúc viết."""


@site.command()
@click.option(
    "--to", "folder", default="data/dung-thu", metavar="THƯ-MỤC", type=click.Path(path_type=Path),
    help="Nơi để trang dựng thử; mặc định data/dung-thu.",
)  # fmt: skip
def build(folder: Path) -> None:
    """Dựng thử trang vào một thư mục riêng, không đăng.

    Ví dụ: campaign site build --to data/dung-thu
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with show_steps("Đang dựng trang") as progress:
        fresh = build_fresh(MKDOCS_FILE, folder, system_clock, progress)
    fresh.show()
    click.echo(f"Đã dựng {fresh.pages} trang vào {folder}. Người đọc chưa thấy gì mới; đăng bằng “campaign publish”.")


@site.command()
@click.option("--port", default=8001, show_default=True, metavar="SỐ", help="Cổng trên máy này.")
def preview(port: int) -> None:
    """Mở trang xem thử trên máy, tự tải lại mỗi khi lưu tệp.

    Bài nháp và bài chưa đến ngày cũng hiện, kèm lý do; không ai khác xem được.

    Ví dụ: campaign site preview --port 8001
    """
    serve_preview(MKDOCS_FILE, Address("127.0.0.1", port), system_clock, click.echo)
