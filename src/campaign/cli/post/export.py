"""``campaign post export``: a post for a portal that cannot take a built site."""

from pathlib import Path

import click

from campaign.errors.posts import PostFileUnknownError
from campaign.posts.archive import read_archive
from campaign.posts.content import read_posts
from campaign.publish.mkdocs.project import MKDOCS_FILE, open_project
from campaign.publish.site.portal import PortalPost, export_post


@click.command("export")
@click.argument("name", metavar="MÃ-BÀI")
@click.option(
    "--to", "file", metavar="TỆP", type=click.Path(path_type=Path), help="Tệp ZIP sẽ ghi; mặc định MÃ-BÀI.zip."
)
def export(name: str, file: Path | None) -> None:
    """Đóng gói một bài để đăng lên cổng khác: HTML sạch, hình, lời đăng.

    Ví dụ: campaign post export thong-bao-485 --to thong-bao-485.zip
    """
    project = open_project(MKDOCS_FILE)
    posts = read_posts(project.content, project.options.units, read_archive(project.options.archive))
    found = next((file for file in posts if file.post.id == name), None)
    if found is None:
        raise PostFileUnknownError(name)
    file = file or Path(f"{name}.zip")
    export_post(project.content, PortalPost(found.post, found.path, project.address_of(found.path)), file)
    click.echo(f"Đã ghi {file}: noi-dung.html, hình, lời đăng trang thông tin và lời gửi QLVB&ĐH (ngắn, dài).")
