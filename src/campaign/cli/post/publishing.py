"""``campaign publish``: from the content folder to what readers see, in one step that can be taken back."""

import os
from datetime import datetime

import click

from campaign.cli.post.editors import find_database, read_surroundings
from campaign.cli.progress import print_steps, show_steps
from campaign.core.clock import format_instant
from campaign.core.post import Change, Post
from campaign.core.revisions import is_build_due, next_change
from campaign.errors.base import Faults
from campaign.posts.archive import read_archive
from campaign.posts.content import read_content
from campaign.posts.manifest import load_files, read_manifest
from campaign.publish.check.checks import Surroundings, check_content
from campaign.publish.mkdocs.building import FreshSite, build_fresh
from campaign.publish.mkdocs.project import MKDOCS_FILE, Project, open_project
from campaign.publish.site.switching import switch_back
from campaign.settings import Settings, system_clock
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending
from campaign.store.posts.posts import publish_revision


@click.command()
@click.option("--dry-run", is_flag=True, help="Kiểm tra và dựng thử, nói sẽ đăng gì; người đọc chưa thấy gì mới.")
@click.option("--due", is_flag=True, help="Chỉ đăng khi đã đến giờ một bài bắt đầu, hết hạn hay đổi số ngày còn lại.")
@click.option("--back", is_flag=True, help="Quay lại trang trước lần đăng gần nhất; gõ lần nữa thì trở lại trang mới.")
@click.option(
    "--steps", "tells_steps", is_flag=True, help="In số bước đã dựng, từng dòng, cho chương trình gọi lệnh này."
)
@click.pass_obj
def publish(settings: Settings, *, dry_run: bool, due: bool, back: bool, tells_steps: bool) -> None:
    """Kiểm tra, dựng trang, ghi phiên bản vào sổ rồi đổi trang cùng một lúc.

    Ví dụ: campaign publish
    """
    if back:
        _switch_back(settings)
        return
    os.environ.setdefault("CAMPAIGN_SITE_URL", f"{settings.address}/")
    project, now = open_project(MKDOCS_FILE), system_clock()
    if due and not _is_due(project, now):
        return
    database = find_database(settings)
    around = read_surroundings(project, database, now)
    found = check_content(project.content, around, only_new=True)
    if found.faults:
        raise Faults(found.faults, "Chưa có gì được đăng, người đọc vẫn thấy trang cũ.")
    for remark in found.remarks:
        click.echo(f"{remark}\n")
    with show_steps("Đang dựng trang", print_steps if tells_steps else None) as progress:
        fresh = build_fresh(MKDOCS_FILE, settings.site, lambda: now, progress, sorted(around.roster_units))
    for post in fresh.posts:
        if not fresh.archive.has(post):
            click.echo(f"{post.id}: phiên bản {post.revision.number} ({_describe_effect(post, fresh, around)})")
    if dry_run:
        fresh.discard()
        click.echo("Đây là lần dựng thử: người đọc chưa thấy gì mới, sổ chưa ghi gì.")
        return
    _register(database, fresh)
    fresh.put_in_place()
    click.echo(f"Đã đăng: {len(fresh.posts)} bài, {fresh.pages} trang. Quay lại trang trước: campaign publish --back")
    _print_next(project, now)


def _is_due(project: Project, now: datetime) -> bool:
    built = read_archive(project.options.archive).built_at()
    posts = [file.post for file in read_content(project.content, project.options.units).posts]
    if built is None or is_build_due(posts, built, now):
        return True
    click.echo("Chưa đến lượt đăng.")
    _print_next(project, now)
    return False


def _describe_effect(post: Post, fresh: FreshSite, around: Surroundings) -> str:
    """Say what a revision that readers see for the first time does to confirmations."""
    words, count = post.revision.change.label, (around.confirmed or {}).get(post.id, 0)
    if not fresh.archive.numbers(post.id):
        return "đăng lần đầu"
    if not count:
        return words
    if post.revision.change is Change.CORRECTION:
        return f"{words}; {count} xác nhận giữ nguyên"
    return f"{words}; {count} xác nhận cũ không còn tính, mọi người được mời xác nhận lại"


def _register(database: Database | None, fresh: FreshSite) -> None:
    """Append the new revisions to the ledger, all or none, before any reader can follow a link to them.

    Raises:
        RevisionConflictError: The ledger has one of them with another text.
    """
    if database is None:
        click.echo("Chưa có sổ ghi nhận mở được: bộ ghi nhận sẽ tự ghi các phiên bản này khi chạy.")
        return
    documents = [post.to_document() for post in fresh.posts if post.sentence is not None]
    with appending(database) as ledger:
        new = sum(
            publish_revision(ledger, document, fresh.built_at, load_files(fresh.folder, document))
            for document in documents
        )
    if new:
        click.echo(f"Đã ghi vào sổ {new} phiên bản mới.")


def _print_next(project: Project, now: datetime) -> None:
    posts = [file.post for file in read_content(project.content, project.options.units).posts]
    instant = next_change(posts, now)
    if instant:
        click.echo(f"Lần dựng kế tiếp: {format_instant(instant)} (campaign publish --due).")


def _switch_back(settings: Settings) -> None:
    site = settings.site.resolve()
    switch_back(site)
    count = len(read_manifest(site).posts)
    click.echo(f"Đã quay lại trang trước ({count} bài). Gõ lần nữa “campaign publish --back” để trở lại trang mới.")
    click.echo("Sổ ghi nhận giữ nguyên mọi phiên bản: ai xác nhận bản cũ sẽ được mời xem bản mới nhất trong sổ.")
