"""A campaign over the new year, reckoned a second time from nothing but what happened: every output agrees."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import groupby

import pytest
from openpyxl import load_workbook

from campaign.core.clock import VIET_NAM
from campaign.core.deadline import Deadline
from campaign.core.people.roster import Category
from campaign.store.credentials.api_tokens import create_token
from campaign.store.ledger.database import Database
from tests.rigs.builders import member, post
from tests.rigs.decree import open_document, read_lines
from tests.rigs.ledger_steps import (
    begin,
    decide,
    end,
    enrol,
    exempt,
    extend,
    press,
    publish,
    rename,
    sign,
    take_back,
    withdraw,
)
from tests.rigs.recorder import Desk, Visitor, open_desk

UNITS = (
    "Ban Giám đốc", "Văn phòng", "Thanh tra", "Phòng Chuyển đổi số", "Phòng Khoa học và Công nghệ", "Phòng Kế hoạch",
    "Chi cục Đo lường", "Trung tâm Thông tin", "Trung tâm Kiểm nghiệm", "Trung tâm Đổi mới", "Trạm Quan trắc",
)  # fmt: skip
RENAMED = "Phòng Chuyển đổi số và Bưu chính"
NOTICE = post(deadline=Deadline.before_day(date(2026, 1, 6)))
LATE_FROM = datetime(2026, 1, 6, tzinfo=VIET_NAM)
PUBLISHED = datetime(2025, 12, 8, 8, tzinfo=VIET_NAM)
NOW = datetime(2026, 1, 20, 9, 30, tzinfo=VIET_NAM)
PAGE = f"/van-phong/bai/{NOTICE.id}"
NAMES = ("opening", "joined", "left", "exempt", "due", "on_time", "late", "outstanding")


def at(day: int, month: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026 if month == 1 else 2025, month, day, hour, minute, tzinfo=VIET_NAM)


@dataclass(frozen=True)
class Happening:
    """What happened to somebody, or to a unit: where somebody is from then on, or a word for it."""

    at: datetime
    what: str
    who: int = 0
    unit: str = ""


COMES, GOES, MOVES = {138: "Văn phòng", 139: "Thanh tra"}, 5, {9: "Phòng Kế hoạch", 18: "Văn phòng", 27: "Thanh tra"}
ON_PAPER = {60: at(5, 1, 23, 59), 61: at(8, 1), 70: at(5, 1, 12), 71: at(6, 1, 0)}


def presses() -> Iterator[Happening]:
    """Nearly everyone confirms on the web, one after the other, before and after the deadline."""
    for who in range(1, 138):
        if who % 9 and who not in {GOES, *ON_PAPER}:
            day = PUBLISHED + timedelta(days=1 + who * 7 % 40, hours=who % 9, minutes=who % 60)
            yield Happening(day, "presses", who)


def roster() -> Iterator[Happening]:
    """137 people; two come, one goes, three move, two units end: one is merged, one is split."""
    yield from (Happening(PUBLISHED, "is in", who, UNITS[who % 11]) for who in range(1, 138))
    yield from (Happening(at(15, 12), "is in", who, unit) for who, unit in COMES.items())
    yield Happening(at(16, 12), "is in", GOES)
    yield from (Happening(at(18, 12), "is in", who, unit) for who, unit in MOVES.items())
    yield Happening(at(20, 12), "renames", unit="Phòng Chuyển đổi số")
    yield Happening(at(31, 12, 8), "ends", unit="Trạm Quan trắc")
    yield Happening(at(2, 1, 8), "ends", unit="Trung tâm Kiểm nghiệm")
    for who in range(1, 138):
        if who % 11 == 10:
            yield Happening(at(31, 12, 8, 30), "is in", who, "Trung tâm Đổi mới")
        if who % 11 == 8:
            yield Happening(at(2, 1, 8, 30), "is in", who, UNITS[6 + who % 2])


def cases() -> Iterator[Happening]:
    """Exemptions, paper, extensions, and what was recorded by mistake."""
    yield from (Happening(at(12, 12), "is exempted", who) for who in (36, 45, 54))
    yield Happening(at(3, 1), "is exempted no more", 45)
    yield from (Happening(when, "signs", who) for who, when in ON_PAPER.items())
    for who in (63, 72):
        yield Happening(at(7, 1), "is extended", who)
        yield Happening(at(10, 1), "presses", who)
    yield Happening(at(9, 1), "is taken back", 2)
    yield Happening(at(12, 1), "is taken back", 70)


STORY = sorted([*roster(), *presses(), *cases()], key=lambda each: each.at)
OWN_LAST_DAY = date(2026, 1, 15)


@dataclass(frozen=True)
class Model:
    """How the campaign stood at an instant, by the story alone."""

    at: datetime

    @cached_property
    def past(self) -> list[Happening]:
        return [each for each in STORY if each.at <= self.at]

    def home(self, since: datetime | None = None) -> dict[int, str]:
        """Return where everybody was, by the first name of the unit; who was off the roster is not there."""
        found = {each.who: each.unit for each in STORY if each.what == "is in" and each.at <= (since or self.at)}
        return {who: unit for who, unit in found.items() if unit}

    def name(self, unit: str) -> str:
        is_renamed = any(each.what == "renames" and each.unit == unit for each in self.past)
        return RENAMED if is_renamed else unit

    def state(self, who: int) -> str:
        confirmed: datetime | None = None
        is_exempt, late_from = False, LATE_FROM
        for each in (each for each in self.past if each.who == who):
            match each.what:
                case "presses" | "signs":
                    confirmed = confirmed or each.at
                case "is taken back":
                    confirmed = None
                case "is exempted" | "is exempted no more":
                    is_exempt = each.what == "is exempted"
                case "is extended":
                    late_from = datetime(2026, 1, 16, tzinfo=VIET_NAM)
        if confirmed:
            return "on_time" if confirmed < late_from else "late"
        return "exempt" if is_exempt else "outstanding"

    def figures(self, units: set[str]) -> list[int]:
        """Return the figures of some units together, with the gains and losses of all of them together."""
        now, before = self.home(), self.home(PUBLISHED)
        here = {who for who, unit in now.items() if unit in units}
        was = {who for who, unit in before.items() if unit in units}
        states = Counter(self.state(who) for who in here)
        counts = (states[name] for name in ("on_time", "late", "outstanding"))
        due = len(here) - states["exempt"]
        return [len(was), len(here - was), len(was - here), states["exempt"], due, *counts]

    @property
    def moved(self) -> int:
        now, before = self.home(), self.home(PUBLISHED)
        return sum(who in before and before[who] != unit for who, unit in now.items())

    @property
    def by_unit(self) -> dict[str, list[int]]:
        found = {self.name(unit): self.figures({unit}) for unit in UNITS}
        return {unit: figures for unit, figures in found.items() if any(figures)}

    @property
    def total(self) -> list[int]:
        return self.figures(set(UNITS))


def end_of(day: date) -> Model:
    return Model(min(NOW, datetime(day.year, day.month, day.day, 23, 59, 59, 999_999, tzinfo=VIET_NAM)))


@dataclass
class Life:
    """Lives through the story on a database."""

    database: Database
    homes: dict[int, str] = field(default_factory=dict)
    given: dict[int, int] = field(default_factory=dict)
    cases: dict[int, int] = field(default_factory=dict)

    def live(self, each: Happening) -> None:
        code = f"SKHCN-{each.who:03}"
        match each.what:
            case "presses":
                self.given.setdefault(each.who, press(self.database, code, NOTICE, each.at).sequence)
            case "signs":
                self.given[each.who] = sign(self.database, code, each.at)
            case "is taken back":
                take_back(self.database, self.given[each.who], each.at)
            case "renames":
                rename(self.database, each.unit, RENAMED, decide(each.at))
            case "ends":
                heirs = ["Trung tâm Đổi mới"] if each.unit == "Trạm Quan trắc" else UNITS[6:8]
                end(self.database, each.unit, heirs, decide(each.at))
            case _:
                self.set_apart(each, code)

    def set_apart(self, each: Happening, code: str) -> None:
        match each.what:
            case "is exempted":
                self.cases[each.who] = exempt(self.database, code, at=each.at)
            case "is exempted no more":
                withdraw(self.database, self.cases[each.who], each.at)
            case _:
                extend(self.database, code, OWN_LAST_DAY, each.at)

    def enrol(self, together: Iterable[Happening], when: datetime) -> None:
        """Import the list on which people stand as they are in from then on."""
        self.homes |= {each.who: each.unit for each in together}
        model = Model(when)
        people = (
            member(f"SKHCN-{who:03}", f"Lò Văn {who:03}", model.name(unit), list(Category)[who % 3])
            for who, unit in self.homes.items()
            if unit
        )
        enrol(self.database, *people, at=when)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Live through the story."""
    desk = open_desk(tmp_path_factory.mktemp("whole"))
    life = Life(desk.database)
    begin(desk.database, PUBLISHED)
    for (when, is_list), together in groupby(STORY, key=lambda each: (each.at, each.what == "is in")):
        if is_list:
            life.enrol(together, when)
        else:
            for each in together:
                life.live(each)
        if when == PUBLISHED:
            publish(desk.database, NOTICE, at=PUBLISHED)
    desk.clock.now = NOW
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def chi(desk: Desk) -> Visitor:
    return desk.office()


DAYS = [PUBLISHED.date() + timedelta(days=number) for number in range(44)]
CHOSEN = [date(2025, 12, 19), date(2025, 12, 31), date(2026, 1, 5), date(2026, 1, 11), date(2026, 1, 20)]


def test_the_page_of_each_day_agrees_with_its_table_and_its_curve(chi: Visitor) -> None:
    points = r'<th scope="row">(\d\d/\d\d/\d{4})[^<]*</th><td>(\d+)</td><td>(\d+)</td>'
    curve = {day: (int(confirmed), int(due)) for day, confirmed, due in re.findall(points, chi.get(PAGE).text)}
    for day in DAYS:
        page, model = chi.http.get(PAGE, params={"tinh-den": f"{day:%d/%m/%Y}"}).text, end_of(day)

        found = re.findall(r'<th scope="row">([^<]+)</th>(.*?)</tr>', page, re.DOTALL)
        rows = {unit: read_row(cells) for unit, cells in found}
        table = {unit: cells for unit, cells in rows.items() if len(cells) == len(NAMES)}
        assert table.pop("Tất cả") == model.total, day
        assert table == model.by_unit, day
        said = re.search(r"Chuyển giữa các phòng, đơn vị: (\d+) lượt", page)
        assert (int(said[1]) if said else 0) == model.moved
        shown = curve.get(f"{day:%d/%m/%Y}", [*curve.values()][-1])  # The list ends when nothing changes any more.
        assert shown == (model.total[5] + model.total[6], model.total[4]), day


def read_row(cells: str) -> list[int]:
    texts = re.findall(r"<td[^>]*>(.*?)</td>", cells, re.DOTALL)
    numbers = [re.sub(r"<span.*?</span>|<[^>]+>|\s", "", text) for text in texts]
    return [int(number) for number in numbers if number.isdecimal()]


@pytest.mark.parametrize("day", CHOSEN)
def test_the_list_of_a_day_has_everyone_in_the_unit_and_state_of_that_day(chi: Visitor, day: date) -> None:
    model, asked = end_of(day), {"tinh-den": f"{day:%d/%m/%Y}"}
    labels = {"on_time": "đúng hạn", "late": "quá hạn", "outstanding": "chưa xác nhận", "exempt": "miễn"}
    text = chi.http.get(f"{PAGE}/danh-sach.csv", params=asked).content.decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))

    found = {re.sub(r"\D", "", row["Mã"]): (row["Đơn vị"], row["Trạng thái"]) for row in rows}
    assert found == {f"{who:03}": (model.name(unit), labels[model.state(who)]) for who, unit in model.home().items()}


@pytest.mark.parametrize("day", CHOSEN)
def test_the_workbook_and_the_report_of_a_day_agree(chi: Visitor, day: date) -> None:
    model, asked = end_of(day), {"tinh-den": f"{day:%d/%m/%Y}"}
    book = load_workbook(io.BytesIO(chi.submit(f"{PAGE}/bao-cao", **{"kind": "xlsx"} | asked).content))
    document = open_document(chi.submit(f"{PAGE}/bao-cao", **{"kind": "docx"} | asked).content)
    text = "\n".join(line.text for line in read_lines(document))

    _, *units = [list(row) for row in book["Theo đơn vị"].iter_rows(values_only=True)]
    assert {str(row[0]): row[1:9] for row in units if row[0] in model.by_unit} == model.by_unit
    assert units[-1][1:9] == model.total
    for row in list(book["Lịch sử"].iter_rows(values_only=True))[1:]:
        assert isinstance(row[0], datetime)
        of_day = end_of(row[0].date()).total
        assert row[1:4] == (of_day[4], of_day[5] + of_day[6], of_day[7]), row
    table = [[cell.text for cell in row.cells] for row in document.tables[1].rows]
    counted = [[int(cell) for cell in row[3:8]] for row in table[1:]]
    concerned = {unit: figures for unit, figures in model.by_unit.items() if figures[3] + figures[4]}
    names = [row[1].replace("\N{NO-BREAK SPACE}", " ") for row in table[1:-1]]
    assert dict(zip(names, counted, strict=False)) == {unit: figures[3:] for unit, figures in concerned.items()}
    assert counted[-1] == model.total[3:]
    opening, joined, left = (f"{number:02}" for number in model.total[:3])
    moved = f"chuyển giữa các phòng, đơn vị {model.moved:02} lượt"
    assert f"(đầu kỳ {opening}; tăng {joined}, giảm {left}; {moved})" in text
    assert f"{model.total[5] + model.total[6]}/{model.total[4]} người" in text


def test_the_api_and_the_closing_agree(desk: Desk, chi: Visitor) -> None:
    with desk.database.writing() as connection:
        token = create_token(connection, "cong-thong-tin", NOW)
    answer = desk.visitor().http.get(f"/api/bai/{NOTICE.id}", headers={"Authorization": f"Bearer {token}"})
    data, document = answer.json()["data"], open_document(chi.submit(f"{PAGE}/bao-cao", kind="docx").content)
    text = "\n".join(line.text for line in read_lines(document))
    now, then = Model(NOW), end_of(date(2026, 1, 5))

    assert [data["total"][name] for name in NAMES] == now.total
    assert {unit["unit"]: [unit[name] for name in NAMES] for unit in data["units"]} == now.by_unit
    assert data["transferred"] == now.moved
    assert f"Số liệu chốt khi hết hạn: {then.total[5]}/{then.total[4]} người" in text
    assert "02 người theo thời hạn được gia hạn riêng" in text
    assert "02 người được gia hạn riêng" in text
