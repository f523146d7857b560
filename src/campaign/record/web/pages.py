"""Rendering: a page's dataclass holds everything that its template is given, and nothing else."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Protocol

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from campaign.core.clock import day_before, format_day, format_instant
from campaign.core.figures.coverage import State
from campaign.core.text import format_number, format_percent, group_digits
from campaign.record.web.assets import address_of_asset
from campaign.store.credentials.accounts import Account


class Page(Protocol):
    """A page: a dataclass in the module of the handler that shows it."""

    template: ClassVar[str]
    title: ClassVar[str]


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds every page.

    Attributes:
        campaign: What the site is called.
        sample: Whether all this is made-up data, which each page must say.
        reader: The name of the member who is signed in, or nothing.
        staff: The account that is signed in, or nothing.
        form_token: Goes back with every form.
        secure: Whether browsers reach the recorder by HTTPS.
        site: The site's page around ours, as the build wrote it; "" for the one of this program.
        contact: How the Office is reached; "" while that is not said.
    """

    campaign: str
    sample: bool
    reader: str | None
    staff: Account | None
    form_token: str
    secure: bool = False
    site: str = ""
    contact: str = ""

    def divide(self, section: str) -> tuple[Markup, ...]:
        """Return what comes before and after each marked place, with *section* as the current one of the menu."""
        return _divide(self.site or _environment.get_template("web/frame.html").render(), section)


def render_page(page: Page, frame: Frame) -> str:
    """Return the HTML of *page*; a name that the page does not have fails."""
    return _environment.get_template(page.template).render(page=page, frame=frame)


@lru_cache(maxsize=16)
def _divide(around: str, section: str) -> tuple[Markup, ...]:
    current = re.sub(rf'(/{section}" class="md-(?:tabs|nav)__link")', r'\1 aria-current="true"', around)
    return tuple(map(Markup, re.split("<!--(?:title|head|who|width|content)-->", current if section else around)))


def add_contact(text: str, contact: str) -> str:
    """Say how the Office is reached where *text* first tells a person to turn to it."""
    return _TURNS_TO_OFFICE.sub(lambda found: f"{found[0]} ({contact})", text, count=1) if contact else text


_TURNS_TO_OFFICE = re.compile(r"\b(?:báo|nhờ|liên hệ) Văn phòng")
_environment = Environment(
    loader=PackageLoader("campaign.record"),
    autoescape=select_autoescape(default=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.filters.update(
    day=format_day,
    before=day_before,
    instant=format_instant,
    percent=format_percent,
    number=format_number,
    grouped=group_digits,
    reach=add_contact,
)
_environment.globals.update(State=State, asset=address_of_asset)
