"""How long a large list takes: ``python3 scripts/bench/roster.py [--people N] [--profile]``.

A roster of 50,000 made-up people as CSV and as XLSX is read, looked at as a preview does, and applied to an empty
campaign in SQLite; then half of them move and the list is applied once more. Seconds of CPU of this process and of
the one that reads the file.
"""

import argparse
import cProfile
import os
import pstats
import random
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from openpyxl import Workbook

from campaign.core.people.roster import Member, RosterPlan, keep_addresses, plan_roster
from campaign.lists.files import read_sheets_of
from campaign.lists.people import read_list
from campaign.store.ledger.campaigns import Campaign, open_campaign
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending
from campaign.store.roster.plans import plan_list
from campaign.store.roster.roster import RosterSource, apply_roster, read_roster

Result = TypeVar("Result")
HEADINGS = ("Mã", "Họ và tên", "Đơn vị", "Loại", "Thư điện tử")
FAMILY = ("Nguyễn", "Lò", "Quàng", "Giàng", "Vừ", "Đặng", "Hoàng", "Cầm", "Tòng", "Lường", "Trần", "Phạm")
MIDDLE = ("Văn", "Thị", "A", "Thuỳ", "Minh", "Đức", "Ngọc", "Hữu", "Thanh", "Xuân")
GIVEN = ("An", "Bình", "Chi", "Dũng", "Hoà", "Ước", "Xuân", "Mỵ", "Đức", "Ánh", "Oanh", "Nghiêm", "Phượng", "Quỳnh")
KINDS = ("công chức", "viên chức", "người lao động")
UNITS = 60


def main() -> None:
    """Make the lists, and print how long each step takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=50_000)
    parser.add_argument("--profile", action="store_true", help="show where the time goes")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        for suffix in (".csv", ".xlsx"):
            _measure(Path(name), suffix, chosen.people, is_profiled=chosen.profile)


def _measure(folder: Path, suffix: str, people: int, *, is_profiled: bool) -> None:
    first, second = folder / f"first{suffix}", folder / f"second{suffix}"
    _write(first, _rows(people, 0))
    _write(second, _rows(people, 1))
    database = Database(f"sqlite:///{folder / suffix[1:]}.sqlite3")
    with appending(database) as ledger:
        open_campaign(ledger, Campaign("Đo tốc độ", sample=False), datetime.now(UTC), None)
    profile = cProfile.Profile()
    if is_profiled:
        profile.enable()
    print(f"{suffix[1:]}, {people:,} people, seconds of CPU")
    for title, file in (("all new", first), ("half move", second)):
        seconds = _import(database, file)
        told = " + ".join(f"{step} {spent:.2f}" for step, spent in seconds.items())
        print(f"  {title:10}{told} = {sum(seconds.values()):.2f}")
    if is_profiled:
        profile.disable()
        pstats.Stats(profile).sort_stats("tottime").print_stats(30)
    database.close()


def _import(database: Database, file: Path) -> dict[str, float]:
    seconds: dict[str, float] = {}

    def timed(step: str, job: Callable[[], Result]) -> Result:
        began = _seconds()
        result = job()
        seconds[step] = _seconds() - began
        return result

    sheets = timed("file", lambda: read_sheets_of(file))
    members = timed("read", lambda: read_list(file.name, sheets).require_members())
    timed("preview", lambda: _look(database, members))
    timed("apply", lambda: _apply(database, members))
    return seconds


def _seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _look(database: Database, members: list[Member]) -> RosterPlan:
    with database.reading() as connection:
        return plan_list(connection, members).plan


def _apply(database: Database, members: list[Member]) -> None:
    with appending(database) as ledger:
        current = {code: listed.member for code, listed in read_roster(ledger.connection).items()}
        plan = plan_roster(current, keep_addresses(current, members))
        apply_roster(ledger, plan, datetime.now(UTC), RosterSource("chi", digest="00" * 32))


def _rows(people: int, shift: int) -> list[tuple[str, ...]]:
    chance = random.Random(485)  # noqa: S311 - the same list each time, nothing secret
    rows: list[tuple[str, ...]] = []
    for number in range(people):
        name = " ".join(chance.choice(part) for part in (FAMILY, MIDDLE, MIDDLE, GIVEN))
        unit = (number + shift * (number % 2)) % UNITS
        mail = f"nguoi-{number}@example.vn"
        rows.append((f"NV-{number:06}", name, f"Phòng Chuyên môn {unit}", chance.choice(KINDS), mail))
    return rows


def _write(file: Path, rows: list[tuple[str, ...]]) -> None:
    if file.suffix == ".csv":
        file.write_text("\n".join(",".join(row) for row in [HEADINGS, *rows]), "utf-8-sig")
        return
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in [HEADINGS, *rows]:
        sheet.append(row)
    book.save(file)


if __name__ == "__main__":
    main()
