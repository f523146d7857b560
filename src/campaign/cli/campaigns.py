"""``campaign init``: open a campaign in an empty database."""

import click

from campaign.cli.sample import add_sample_data
from campaign.core.text import to_nfc
from campaign.errors.site import ManifestError
from campaign.posts.manifest import MANIFEST_FILE
from campaign.record.server.site import Site
from campaign.settings import Settings, system_clock
from campaign.store.ledger.campaigns import Campaign, open_campaign
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending
from campaign.store.proofs.signing import load_key


@click.command()
@click.option("--title", help="Tên đợt tuyên truyền; mặc định lấy từ trang đã dựng.")
@click.option("--sample", is_flag=True, help="Thêm dữ liệu minh hoạ: người và lần xác nhận do chương trình dựng lên.")
@click.pass_obj
def init(settings: Settings, title: str | None, *, sample: bool) -> None:
    """Mở một đợt tuyên truyền mới trong cơ sở dữ liệu còn trống.

    Ví dụ: campaign init --title "Phổ biến Thông báo 485/TB-VPCP"
    """
    database = Database(settings.database)
    if sample:
        init_sample(settings, database)
        click.echo("Đã mở đợt minh hoạ. Cách vào từng tài khoản minh hoạ hiện ở trang đăng nhập Văn phòng.")
        return
    manifest = Site(settings.site).manifest()
    title = to_nfc(title or (manifest.title if manifest else ""))
    if not title:
        raise ManifestError(str(settings.site / MANIFEST_FILE), "chưa có; dựng trang trước, hoặc thêm --title")
    with appending(database) as ledger:
        open_campaign(ledger, Campaign(title, sample=False), system_clock())
    click.echo("Đã mở đợt tuyên truyền.")
    click.echo("Việc tiếp theo: campaign office add TÊN, rồi campaign roster import TỆP.")


def init_sample(settings: Settings, database: Database) -> None:
    """Open the sample campaign: the posts of the built site, made-up people, confirmations of October/November 2025.

    Raises:
        CampaignExistsError: The database has a campaign.
        ManifestError: The site is not built.
    """
    site = Site(settings.site)
    manifest = site.manifest()
    if manifest is None:
        raise ManifestError(str(settings.site / MANIFEST_FILE), "chưa có")
    with appending(database) as ledger:
        add_sample_data(ledger, manifest.title, site.documents(), load_key(settings.key, settings.origin))
