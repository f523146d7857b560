"""What mkdocs.yml says about the campaign, checked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote, urlsplit

from campaign.core.text import to_nfc, to_slug
from campaign.errors.base import CampaignError, Faults
from campaign.errors.settings import SettingValueError
from campaign.publish.site.feeds import ALL_POSTS

_FILE = "mkdocs.yml"
_TAG_AUTHORITY = re.compile(r"[a-z0-9.-]+,\d{4}(-\d{2}){0,2}")


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """What the site must know that no post says.

    Attributes:
        home: The full address of the site, with ``/`` at its end.
        title: What the home page and the feeds are called.
        units: The names of the units.
        tag_authority: Who names the posts, since when: ``skhcn.sonla.gov.vn,2025`` (RFC 4151). Never to be changed.
        recorder: The address of the recorder, without ``/`` at its end; "" when it serves the site itself.
        archive: Where published revisions are kept.
    """

    home: str
    title: str
    units: tuple[str, ...]
    tag_authority: str
    recorder: str
    archive: Path = Path("data/published")

    @property
    def root(self) -> str:
        """The site's place on its host: ``/``, or ``/tuyen-truyen/``."""
        return urlsplit(self.home).path


def check_options(options: SiteOptions) -> SiteOptions:
    """Return *options* in their one form.

    Raises:
        Faults: Everything that cannot be, at once.
    """
    faults = tuple(_find_faults(options))
    if faults:
        raise Faults(faults, "Trang chưa được dựng.")
    return replace(
        options,
        home=quote(options.home.rstrip("/"), safe=":/%@[]") + "/",
        title=to_nfc(options.title.strip()),
        units=tuple(map(to_nfc, options.units)),
        recorder=options.recorder.rstrip("/"),
    )


def _find_faults(options: SiteOptions) -> Iterator[CampaignError]:
    if not _is_address(options.home):
        yield SettingValueError(
            _FILE, "site_url", options.home, "địa chỉ đầy đủ của trang, ví dụ https://skhcn.sonla.gov.vn/"
        )
    if options.recorder and not _is_address(options.recorder):
        allowed = "địa chỉ đầy đủ của bộ ghi nhận, hoặc để trống khi cùng máy chủ với trang"
        yield SettingValueError(_FILE, "recorder", options.recorder, allowed)
    if not options.title.strip():
        yield SettingValueError(_FILE, "title", options.title, "tên trang")
    if not _TAG_AUTHORITY.fullmatch(options.tag_authority):
        allowed = "tên miền và năm bắt đầu dùng, ví dụ skhcn.sonla.gov.vn,2025"
        yield SettingValueError(_FILE, "tag_authority", options.tag_authority, allowed)
    slugs = [to_slug(unit) for unit in options.units]
    if not slugs or len({*slugs, "", ALL_POSTS}) < len(slugs) + 2:
        yield SettingValueError(_FILE, "units", "; ".join(options.units), "tên các đơn vị, mỗi đơn vị một lần")


def _is_address(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query and not parts.fragment
