"""Small sites that are built for real, in a folder with accents in its name."""

import io
from datetime import UTC, datetime
from pathlib import Path

import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config
from PIL import Image

from campaign.publish.mkdocs.plugin import CampaignPlugin

REPOSITORY = Path(__file__).parents[2]
UNITS = ("Văn phòng", "Phòng Chuyển đổi số")
HOME = "https://tuyen-truyen.example/sở/"
NOW = datetime(2025, 10, 28, 1, tzinfo=UTC)

_DECLARED = {
    "id": "thong-bao-485",
    "title": "Thông báo 485/TB-VPCP",
    "summary": "Ba câu. Nói việc. Nói ai.",
    "audience": "all",
    "lead_unit": "Văn phòng",
    "revision": "{number: 1}",
    "publish_at": "27/10/2025",
    "verified": "true",
}

ASKS = {"confirmation": "Tôi đã đọc.", "deadline": "{before: 05/11/2025}"}
"""What a post declares to ask for a confirmation."""


def post_source(text: str = "Nội dung.\n", /, **declared: str | None) -> str:
    """Return the file of a post; each keyword sets a key to a piece of YAML, or takes it away."""
    keys = {**_DECLARED, **declared}
    lines = [f"{key}: {value}\n" for key, value in keys.items() if value is not None]
    return f"---\n{''.join(lines)}---\n\n{text}"


def draw(colour: str = "red", form: str = "PNG") -> bytes:
    """Return a small picture."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, form)
    return out.getvalue()


class SampleSite:
    """A content folder with a home page and a list page, and what mkdocs.yml of this repository makes of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "trang thử – Sơn La"
        self.content = self.folder / "nội dung"
        self.site = self.folder / "đã dựng"
        self.campaign: dict[str, object] = {
            "title": "Đợt tuyên truyền",
            "units": list(UNITS),
            "tag_authority": "skhcn.example,2025",
        }
        self.site_url = HOME
        self.write("index.md", "---\ntemplate: home.html\ntitle: Trang chủ\n---\n\nChào anh/chị.\n")
        self.write("bai-dang/index.md", "---\ntemplate: posts.html\ntitle: Bài đăng\n---\n\nTất cả bài.\n")
        self.write("ban-tin.md", "---\ntemplate: feeds.html\ntitle: Bản tin và lịch\n---\n\nChép địa chỉ.\n")
        self.write("tim-kiem.md", "---\ntemplate: search.html\ntitle: Tìm kiếm\n---\n\nGõ từ cần tìm.\n")

    def write(self, path: str, source: str | bytes) -> None:
        """Write a file of the content folder."""
        file = self.content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(source if isinstance(source, bytes) else source.encode())

    def configure(self) -> Path:
        """Write a mkdocs.yml that takes over everything from ours but the places and the campaign."""
        config = {
            "INHERIT": str(REPOSITORY / "mkdocs.yml"),
            "site_url": self.site_url,
            "docs_dir": self.content.name,
            "site_dir": self.site.name,
            "nav": [{"Trang chủ": "index.md"}, {"Bài đăng": "bai-dang/index.md"}],
            "theme": {"custom_dir": str(REPOSITORY / "src/campaign/publish/theme")},
            "plugins": [{"campaign": self.campaign}],
        }
        file = self.folder / "mkdocs.yml"
        file.write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
        return file

    def build(self, now: datetime = NOW, *, preview: bool = False) -> Path:
        """Build strictly, as it is at *now*, and return the folder of the built site."""
        config = load_config(str(self.configure()), strict=True)
        plugin = config.plugins["campaign"]
        assert isinstance(plugin, CampaignPlugin)
        plugin.clock = lambda: now
        config.plugins.on_startup(command="serve" if preview else "build", dirty=False)
        build(config)
        return self.site

    def page(self, path: str = "") -> str:
        """Read a page of the built site."""
        return (self.site / path / "index.html").read_text(encoding="utf-8")
