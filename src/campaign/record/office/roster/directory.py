"""The Office's pages of everyone on the roster: looked through, and taken along as a file that comes in again."""

from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from campaign.core.clock import day_in_viet_nam
from campaign.core.people.roster import Category, Member
from campaign.record.office.lists import send_list
from campaign.record.web.answers import reading, send_file
from campaign.record.web.guard import to_number
from campaign.record.web.visitor import recorder_of
from campaign.report.excel import EXCEL, write_form
from campaign.report.lists import list_roster
from campaign.store.base.units import read_units
from campaign.store.figures.directory import FoundPerson, Order, Wanted, count_people, find_people
from campaign.store.ledger.database import Connection

PEOPLE_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """The people of the roster, or those whom a search found: a page of them.

    Attributes:
        units: The units that can be chosen.
        count: How many are found on all pages.
        number: Of the page, from 1.
        query: What was asked for, as part of an address.
    """

    template: ClassVar[str] = "office/people.html"
    title: ClassVar[str] = "Danh sách người"
    wanted: Wanted
    found: tuple[FoundPerson, ...]
    units: tuple[str, ...] = ()
    count: int = 0
    number: int = 1
    query: str = ""
    orders: ClassVar[type[Order]] = Order
    categories: ClassVar[type[Category]] = Category

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.count // PEOPLE_A_PAGE))

    def ask(self, **changed: str | int) -> str:
        """Return the address of the same question with something changed."""
        return f"/van-phong/nguoi?{urlencode(dict(_to_query(self.wanted)) | changed)}"


@reading
def show_people(request: Request, connection: Connection) -> PeoplePage:
    """Show a page of the people."""
    wanted = _read_wanted(request)
    count = count_people(connection, wanted)
    number = min(max(1, to_number(request.query_params.get("trang", ""))), max(1, -(-count // PEOPLE_A_PAGE)))
    found = find_people(connection, wanted, (number - 1) * PEOPLE_A_PAGE, PEOPLE_A_PAGE)
    units = tuple(unit.name for unit in read_units(connection).all if not unit.endings)
    return PeoplePage(wanted, tuple(found), units, count, number, urlencode(_to_query(wanted)))


@reading
def download_roster(request: Request, connection: Connection) -> Response:
    """Give those who are asked for and are on the roster, as a list that can be imported."""
    found = find_people(connection, _read_wanted(request))
    listing = list_roster(
        Member(person.staff_code, person.name, person.unit, person.category, person.email)
        for person in found
        if person.unit and person.category
    )
    return send_list(request, listing, f"danh-sach-{day_in_viet_nam(recorder_of(request).clock())}")


@reading
def download_form(_request: Request, connection: Connection) -> Response:
    """Give an empty list with the headings, an example, and the units and categories to choose from."""
    units = [unit.name for unit in read_units(connection).all if not unit.endings]
    example = Member(
        "SKHCN-001", "Nguyễn Văn An (ví dụ, xoá dòng này)", "Văn phòng", Category.CIVIL_SERVANT, "an@coquan.vn"
    )
    choices = {"Đơn vị": units, "Loại": [category.label for category in Category]}
    return send_file(write_form(list_roster([example]), choices), "mau-danh-sach.xlsx", EXCEL)


def _read_wanted(request: Request) -> Wanted:
    asked = request.query_params
    category, order = asked.get("loai", ""), asked.get("sap-xep", "")
    return Wanted(
        asked.get("tim", "").strip(),
        asked.get("don-vi", ""),
        Category(category) if category in set(Category) else None,
        Order(order) if order in set(Order) else Order.NAME,
    )


def _to_query(wanted: Wanted) -> list[tuple[str, str]]:
    asked = {"tim": wanted.search, "don-vi": wanted.unit, "loai": wanted.category or "", "sap-xep": wanted.order}
    return [(name, str(value)) for name, value in asked.items() if value]
