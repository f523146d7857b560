"""``campaign post check``, ``list``, ``new`` and ``diff``: what editors do with the files of posts."""

from dataclasses import asdict, replace
from pathlib import Path

import click
from rich.table import Column, Table
from rich.text import Text

from campaign.cli import terminal
from campaign.cli.post.editors import find_database, read_surroundings
from campaign.core.clock import day_in_viet_nam, format_day
from campaign.core.difference import ChangedPart, compare_posts
from campaign.core.post import RosterRule
from campaign.core.text import to_nfc, to_slug
from campaign.errors.base import Faults
from campaign.errors.posts import PostExistsError, PostFileUnknownError
from campaign.posts.archive import read_archive
from campaign.posts.content import POSTS_FOLDER, read_content
from campaign.posts.rendering import with_plain_text
from campaign.publish.check.checks import check_content
from campaign.publish.check.external_links import find_external_links, remark_dead_links
from campaign.publish.check.fixing import fix_posts
from campaign.publish.check.skeleton import NewPost, write_skeleton
from campaign.publish.mkdocs.project import MKDOCS_FILE, open_project
from campaign.publish.site.site import format_hiding
from campaign.settings import Settings, system_clock

HEADINGS = ("Tên bài", "Phiên bản", "Hạn cuối", "Người đọc")


@click.command()
@terminal.as_json
@click.option(
    "--fix", "fixes", is_flag=True, help="Ghi vào tệp cách trang đọc bài: danh sách, bảng, liên kết, dấu < >."
)
@click.option("--links", "asks_others", is_flag=True, help="Mở thử cả các liên kết ra ngoài (tối đa một phút).")
@click.pass_obj
def check(settings: Settings, *, as_json: bool, fixes: bool, asks_others: bool) -> None:
    """Kiểm tra mọi bài và nêu mọi lỗi cùng một lúc.

    Ví dụ: campaign post check
    """
    project = open_project(MKDOCS_FILE)
    around = read_surroundings(project, find_database(settings), system_clock())
    for path in fix_posts(project.content, around.units, around.archive) if fixes else ():
        click.echo(f"Đã viết lại {path}", err=as_json)
    found = check_content(project.content, around)
    if asks_others:
        links = list(find_external_links(project.content, found.posts))
        click.echo(f"Đang mở thử {len(links)} liên kết ra ngoài…", err=True)
        found = replace(found, remarks=(*found.remarks, *remark_dead_links(links)))
    if as_json:
        remarks = [
            asdict(remark.place) | {"problem": remark.problem, "advice": remark.advice} for remark in found.remarks
        ]
        terminal.print_json({"posts": len(found.posts), "faults": found.faults, "remarks": remarks})
        click.get_current_context().exit(1 if found.faults else 0)
    for remark in found.remarks:
        click.echo(f"{remark}\n")
    if found.faults:
        raise Faults(found.faults, "Chưa có gì được đăng.")
    looked_at = f"{len(found.remarks)} chỗ nên xem lại" if found.remarks else "không có gì phải xem lại"
    click.echo(f"Đã kiểm {len(found.posts)} bài: không có lỗi, {looked_at}.")


@click.command("list")
@terminal.as_json
def list_posts(*, as_json: bool) -> None:
    """Liệt kê các bài, mới nhất trước, kèm bài nào đang hiện.

    Ví dụ: campaign post list
    """
    project, now = open_project(MKDOCS_FILE), system_clock()
    archive = read_archive(project.options.archive)
    content = read_content(project.content, project.options.units)
    facts, table = [], Table(Column("Mã bài", no_wrap=True), *HEADINGS, box=None, pad_edge=False)
    for file in sorted(content.posts, key=lambda file: file.post.publish_at, reverse=True):
        post, published = file.post, archive.numbers(file.post.id)
        hidden, last_day = format_hiding(post, now), post.deadline.last_day if post.deadline else None
        state = f"đã đăng {published[-1]}" if published else "chưa đăng"
        day = format_day(last_day) if last_day else "–"
        table.add_row(post.id, post.title, f"{post.revision.number} ({state})", day, hidden or "đang thấy")
        facts.append(
            {
                "id": post.id,
                "title": post.title,
                "file": file.path,
                "publish_at": post.publish_at.isoformat(),
                "revision": post.revision.number,
                "published_revisions": published,
                "last_day": last_day,
                "hidden_because": hidden,
            }
        )
    if as_json:
        terminal.print_json(facts)
    else:
        terminal.show(table)
    if content.faults:
        click.echo(f"Có {len(content.faults)} lỗi, bài có lỗi không liệt kê được. Xem: campaign post check", err=True)


@click.command()
@click.option("--title", prompt="Tên bài", metavar="CHỮ", help="Tên bài.")
@click.option("--summary", prompt="Tóm tắt (ba câu)", metavar="CHỮ", help="Tóm tắt ba câu.")
@click.option(
    "--lead-unit", prompt="Đơn vị chủ trì", metavar="ĐƠN-VỊ", help="Đơn vị chủ trì, đúng tên trong mkdocs.yml."
)
@click.option(
    "--before", prompt="Xác nhận trước ngày (để trống nếu không cần xác nhận)", default="", show_default=False,
    metavar="NGÀY", help="Phải xác nhận trước ngày này, ví dụ 05/11/2025; để trống thì bài không mời xác nhận.",
)  # fmt: skip
@click.option(
    "--roster",
    type=click.Choice([rule.value for rule in RosterRule]),
    default=RosterRule.FOLLOWING.value,
    help="Ai phải xác nhận: “following” theo danh sách hiện tại, “fixed” chốt danh sách khi đăng bài.",
)
@click.option("--id", "name", metavar="MÃ-BÀI", help="Mã bài; mặc định lấy từ tên bài.")
def new(title: str, summary: str, lead_unit: str, before: str, roster: str, name: str | None) -> None:
    """Tạo tệp của một bài mới, đã khai báo sẵn, ở dạng bản nháp.

    Ví dụ: campaign post new --title "Phòng máy chủ" --summary "Ai được vào." --lead-unit "Văn phòng" --before ""
    """
    project = open_project(MKDOCS_FILE)
    asked = NewPost(
        id=name or to_slug(title)[:60].strip("-"),
        title=to_nfc(title),
        summary=to_nfc(summary),
        lead_unit=to_nfc(lead_unit),
        before=before.strip(),
        day=day_in_viet_nam(system_clock()),
        roster=RosterRule(roster),
    )
    path = f"{POSTS_FOLDER}/{asked.id}.md"
    content = read_content(project.content, project.options.units)
    taken = next((file.path for file in content.posts if file.post.id == asked.id), None)
    if taken or (project.content / path).exists():
        raise PostExistsError(asked.id, taken or path)
    file = project.content / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(write_skeleton(path, asked, project.options.units), "utf-8")
    click.echo(f"Đã tạo {file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file}")
    click.echo("Viết nội dung, xem thử bằng “campaign site preview”, xong thì xoá dòng draft rồi “campaign publish”.")


@click.command()
@click.argument("name", metavar="MÃ-BÀI")
def diff(name: str) -> None:
    """Cho thấy người đọc sẽ thấy đổi gì so với bản đã đăng.

    Ví dụ: campaign post diff thong-bao-485
    """
    project = open_project(MKDOCS_FILE)
    archive = read_archive(project.options.archive)
    content = read_content(project.content, project.options.units, archive)
    found = next((file.post for file in content.posts if file.post.id == name), None)
    if found is None:
        raise Faults(content.faults, "Chưa so được.") if content.faults else PostFileUnknownError(name)
    numbers = archive.numbers(name)
    if not numbers:
        click.echo(f"Bài “{name}” chưa đăng lần nào: người đọc sẽ thấy toàn bộ là mới.")
        return
    changes = compare_posts(with_plain_text(archive.load(name, numbers[-1])), with_plain_text(found))
    if not changes:
        click.echo(f"Người đọc không thấy gì khác so với phiên bản {numbers[-1]} đã đăng.")
        return
    terminal.show(f"So với phiên bản {numbers[-1]} đã đăng, [-bỏ-] và {{+thêm+}}:")
    for part in changes:
        terminal.show(f"\n{part.label}", "bold")
        terminal.show(_to_text(part))


def _to_text(part: ChangedPart) -> Text:
    """Mark what goes and what comes with signs as well as colours: a file or a printer has none."""
    text = Text()
    for piece in part.pieces:
        text.append(piece.same)
        for words, opened, closed, style in (
            (piece.removed, "[-", "-]", "red strike"),
            (piece.added, "{+", "+}", "green"),
        ):
            if words:
                bare = words.rstrip()
                text.append(f"{opened}{bare}{closed}", style=style).append(words[len(bare) :] or " ")
    return text
