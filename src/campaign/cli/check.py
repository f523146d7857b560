"""``campaign check``: ask a running recorder for what people need, as their browsers would."""

import click
import requests

from campaign.errors.settings import RecorderSilentError
from campaign.settings import Settings

PAGES = {
    "/": "Trang chủ",
    "/manifest.json": "Danh mục bài đăng",
    "/feeds/tat-ca.atom.xml": "Bản tin",
    "/vao": "Trang vào bằng phiếu",
    "/van-phong/vao": "Trang Văn phòng",
}
"""What must answer, by its address: the site needs no database, the last two do."""
TIMEOUT_SECONDS = 5


@click.command()
@click.pass_obj
def check(settings: Settings) -> None:
    """Hỏi thử bộ ghi nhận đang chạy xem trang nào mở được.

    Ví dụ: campaign check
    """
    silent = []
    for path, name in PAGES.items():
        answer = _ask(settings.address + path)
        click.echo(f"{'được ' if answer == '200' else 'CHƯA'}  {name}  {settings.address}{path}  ({answer})")
        if answer != "200":
            silent.append(name)
    if silent:
        raise RecorderSilentError(settings.address, silent)
    click.echo("Mọi trang đều mở được.")


def _ask(address: str) -> str:
    """Return the status code with which *address* answers, or why it does not."""
    try:
        return str(requests.get(address, timeout=TIMEOUT_SECONDS, allow_redirects=False).status_code)
    except requests.Timeout:
        return f"không trả lời trong {TIMEOUT_SECONDS} giây"
    except requests.RequestException:
        return "không kết nối được"
