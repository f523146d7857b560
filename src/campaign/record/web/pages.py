"""Rendering: a page's dataclass holds everything that its template is given, and nothing else."""

from dataclasses import dataclass
from typing import ClassVar, Protocol

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from campaign.core.clock import day_before, format_day, format_instant
from campaign.core.coverage import State
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
        campaign: The campaign's title.
        sample: Whether all this is made-up data, which each page must say.
        reader: The name of the member who is signed in, or nothing.
        staff: The account that is signed in, or nothing.
        form_token: Goes back with every form.
        secure: Whether browsers reach the recorder by HTTPS.
    """

    campaign: str
    sample: bool
    reader: str | None
    staff: Account | None
    form_token: str
    secure: bool = False


def render_page(page: Page, frame: Frame) -> str:
    """Return the HTML of *page*; a name that the page does not have fails."""
    return _environment.get_template(page.template).render(page=page, frame=frame)


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
)
_environment.globals.update(State=State, asset=address_of_asset)
