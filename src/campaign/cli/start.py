"""``campaign start``: everything at once, for a look around and for a small installation."""

import os
from contextlib import suppress
from datetime import datetime
from typing import cast

import click

from campaign.core.clock import day_in_viet_nam
from campaign.errors.settings import SiteBuildError
from campaign.errors.store import StoreUnreachableError
from campaign.jobs.sample import open_sample
from campaign.posts.content import CONTENT_FOLDER
from campaign.posts.manifest import MANIFEST_FILE
from campaign.publish.mkdocs.building import build_site
from campaign.publish.mkdocs.project import MKDOCS_FILE
from campaign.settings import Settings, system_clock
from campaign.store.ledger.campaigns import has_campaign
from campaign.store.ledger.database import Database


@click.command()
@click.pass_context
def start(context: click.Context) -> None:
    """Dựng trang và chạy tất cả.

    Nếu chưa có dữ liệu thì mở đợt minh hoạ trước.

    Ví dụ: campaign start
    """
    settings: Settings = context.obj
    _build_if_changed(settings)
    database = Database(settings.database)
    with suppress(StoreUnreachableError):  # The site is served all the same, and the greeting says what is wrong.
        with database.reading() as connection:
            is_open = has_campaign(connection)
        if not is_open:
            click.echo("Chưa có dữ liệu: đang mở đợt minh hoạ …")
            open_sample(database, settings.site, settings.key, settings.origin)
    record = cast("click.Group", context.find_root().command).commands["record"]
    context.invoke(record, logs_json=False)


def _build_if_changed(settings: Settings) -> None:
    """Build the site if something it is made of is newer, or if it is not of today: it says how many days are left."""
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
