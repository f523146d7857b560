"""``campaign init``: open a campaign in an empty database."""

import click

from campaign.core.text import to_nfc
from campaign.errors.site import ManifestError
from campaign.jobs.sample import open_sample
from campaign.posts.manifest import MANIFEST_FILE, read_manifest
from campaign.settings import Settings, system_clock
from campaign.store.ledger.campaigns import Campaign, open_campaign, require_no_campaign
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending
from campaign.store.proofs.signing import make_key


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
        open_sample(database, settings.site, settings.key, settings.origin)
        click.echo("Đã mở đợt minh hoạ. Cách vào từng tài khoản minh hoạ hiện ở trang đăng nhập Văn phòng.")
        return
    if title is None and not (settings.site / MANIFEST_FILE).exists():
        raise ManifestError(str(settings.site / MANIFEST_FILE), "chưa có; dựng trang trước, hoặc thêm --title")
    campaign = Campaign(to_nfc(title or read_manifest(settings.site).title), sample=False)
    with appending(database) as ledger:
        require_no_campaign(ledger.connection)
        key = make_key(settings.key, settings.origin)
        open_campaign(ledger, campaign, system_clock(), key.verifier)
    click.echo("Đã mở đợt tuyên truyền.")
    click.echo("Việc tiếp theo: campaign office add TÊN, rồi campaign roster import TỆP.")
