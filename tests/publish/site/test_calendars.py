from datetime import UTC, date
from pathlib import Path
from typing import Any

from icalendar import Calendar

from campaign.core.deadline import Deadline
from campaign.core.post import Audience, Change, Post, Revision
from campaign.publish.site.calendars import write_calendars
from campaign.publish.site.feeds import Entry, select_feeds
from tests.rigs.builders import CENTRE, OFFICE, post

HOME = "https://skhcn.example/tin/"
AUTHORITY = "skhcn.example,2025"
DEADLINE = Deadline.before_day(date(2025, 11, 5))


def write(site: Path, *posts: Post) -> None:
    (site / "feeds").mkdir(exist_ok=True)
    entries = [Entry(one, f"{HOME}bai-dang/{one.id}/") for one in posts]
    write_calendars(site, AUTHORITY, select_feeds("Đợt; một", (OFFICE, CENTRE), entries))


def test_the_last_day_of_a_deadline_is_a_day_of_the_calendar(tmp_path: Path) -> None:
    revision = Revision(3, Change.CORRECTION, "Sửa.")
    write(tmp_path, post(title="Tin, một; hai\\", deadline=DEADLINE, revision=revision))

    calendar: Any = Calendar.from_ical((tmp_path / "feeds/tat-ca.ics").read_bytes())

    (event,) = calendar.walk("VEVENT")
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2025, 11, 4), date(2025, 11, 5))
    assert event["summary"] == "Hạn cuối xác nhận đã đọc: Tin, một; hai\\"
    assert "24 giờ 00 ngày 04/11/2025 (giờ Việt Nam)" in event["description"]
    assert (event["uid"], event["sequence"]) == (f"tag:{AUTHORITY}:thong-bao-485", 2)
    assert event["url"] == f"{HOME}bai-dang/thong-bao-485/"
    assert event["dtstamp"].dt == post().publish_at.astimezone(UTC)
    (alarm,) = event.walk("VALARM")
    assert alarm["trigger"].dt.total_seconds() == -16 * 3600


def test_lines_are_folded_and_ended_as_the_standard_says(tmp_path: Path) -> None:
    write(tmp_path, post(title="Phổ biến " * 20, deadline=DEADLINE))

    written = (tmp_path / "feeds/tat-ca.ics").read_bytes()

    lines = written.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75


def test_a_unit_s_calendar_holds_what_is_meant_for_it_and_an_empty_one_is_not_written(tmp_path: Path) -> None:
    write(tmp_path, post(audience=Audience(units=(OFFICE,))), post(id="b", sentence=None, deadline=None))

    assert sorted(file.name for file in (tmp_path / "feeds").iterdir()) == ["tat-ca.ics", "van-phong.ics"]


def test_writing_again_changes_nothing(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    for site in (first, second):
        site.mkdir()
        write(site, post(tags=("x",)))

    files = sorted(file.name for file in (first / "feeds").iterdir())
    assert [(first / "feeds" / name).read_bytes() for name in files] == [
        (second / "feeds" / name).read_bytes() for name in files
    ]
