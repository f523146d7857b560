"""``campaign site``: the site before anyone reads it."""

from pathlib import Path

import click

from campaign.cli.desk import MKDOCS_FILE
from campaign.cli.progress import show_steps
from campaign.publish.building import build_fresh
from campaign.settings import system_clock


@click.group()
def site() -> None:
    """Trang: dựng thử, xem thử."""


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
