"""``campaign privacy``."""

import json

import pytest

from campaign.core.clock import day_in_viet_nam
from campaign.core.people.paper import Paper
from campaign.remind.outbox import OutboxMessage, write_outbox
from campaign.remind.texts import Text
from campaign.store.figures.privacy import find_person
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending
from campaign.store.posts.paper import record_paper
from campaign.store.roster.roster import find_by_code
from tests.rigs.builders import FIRST_LATE, LAST_SECOND, post
from tests.rigs.ledger_steps import begin, enrol, press, publish
from tests.rigs.recorder import AN, BINH
from tests.rigs.terminal import Terminal

NAMES = ("privacy", "rectify", AN.staff_code, "--by", "vanphong")


@pytest.fixture(autouse=True)
def _history(terminal: Terminal) -> None:
    """An confirmed and has left; Bình is on the roster."""
    terminal.make_key()
    database = terminal.database
    begin(database)
    enrol(database, AN, BINH)
    publish(database, post())
    press(database, AN.staff_code)
    enrol(database, BINH, at=LAST_SECOND)
    database.close()
    passphrase = "mười bốn ký tự trở lên"
    terminal.done("office", "add", "vanphong", "--full-name", "Chi", "--passphrase", passphrase)


def names(database: Database) -> str:
    with database.reading() as connection:
        return find_person(connection, AN.staff_code).name


def test_what_is_held_on_a_person_is_written_as_json(terminal: Terminal) -> None:
    record = json.loads(terminal.done("privacy", "export", AN.staff_code.lower()))

    assert record["person"]["name"] == AN.name
    assert record["confirmations"][0]["received_at"] == "2025-11-04T16:59:59.000000Z"
    assert [entry["kind"] for entry in record["entries"]] == ["member_joined", "confirmation", "member_left"]


def test_a_name_is_corrected(terminal: Terminal) -> None:
    said = terminal.done(*NAMES, "--name", "Nguyễn Văn Ân", "--email", "")

    assert said.startswith("Đã ghi vào sổ. Hãy sửa cả tệp danh sách")
    assert names(terminal.database) == "Nguyễn Văn Ân"


def test_a_correction_of_nothing_is_refused(terminal: Terminal) -> None:
    assert terminal.run(*NAMES).exit_code == 2
    assert terminal.run(*NAMES, "--name", " ").exit_code == 2


def test_nobody_without_an_account_corrects(terminal: Terminal) -> None:
    result = terminal.run("privacy", "rectify", AN.staff_code, "--name", "Ai đó", "--by", "khách")

    assert result.exit_code == 2
    assert "Không có tài khoản Văn phòng “khách”" in result.stderr
    assert names(terminal.database) == AN.name


def test_an_erasure_asks_first(terminal: Terminal) -> None:
    command = ("privacy", "erase", AN.staff_code, "--reason", "request", "--by", "vanphong")

    result = terminal.run(*command, typed="n\n")

    assert result.exit_code == 1
    assert f"Xoá hẳn thông tin cá nhân của {AN.name} ({AN.staff_code})?" in result.stdout
    assert names(terminal.database) == AN.name


def test_an_erased_person_is_unknown_and_the_ledger_verifies(terminal: Terminal) -> None:
    said = terminal.done("privacy", "erase", AN.staff_code, "--reason", "mistake", "--by", "vanphong", "--yes")

    assert said.startswith("Đã xoá thông tin cá nhân ở 3 dòng ghi. Sổ vẫn kiểm chứng được.\n")
    assert "bản sao lưu và gói bằng chứng lập trước đó vẫn giữ" in said
    assert "E-PRIVACY-UNKNOWN" in terminal.refused("privacy", "export", AN.staff_code)
    assert "Đúng: " in terminal.done("ledger", "verify")


def test_where_a_name_stands_elsewhere_is_told_before_and_after(terminal: Terminal) -> None:
    """As a witness of somebody else's paper, and in the outbox (row 7.4 of the attacks)."""
    with appending(terminal.database) as ledger:
        listed = find_by_code(ledger.connection, BINH.staff_code)
        paper = Paper("vanphong", signed_on=day_in_viet_nam(LAST_SECOND), witness=AN.name)
        sequence = record_paper(ledger, listed, post().id, paper, LAST_SECOND).sequence
    text = Text("Nhắc", f"Kính gửi {AN.name}")
    file = write_outbox(
        terminal.folder / "data/hop-cho", [OutboxMessage(AN.name, AN.staff_code, "", text)], LAST_SECOND, ";"
    )
    write_outbox(terminal.folder / "data/hop-cho", [OutboxMessage(BINH.name, "", "", Text("", ""))], FIRST_LATE, ";")

    record = json.loads(terminal.done("privacy", "export", AN.staff_code))
    said = terminal.done("privacy", "erase", AN.staff_code, "--reason", "mistake", "--by", "vanphong", "--yes")

    assert (record["witnessed"], record["outbox"]) == ([sequence], [file.name])
    assert f"người chứng kiến trong xác nhận của người khác, ở dòng ghi {sequence}." in said
    assert f"hãy xoá: {file.name}." in said


def test_nothing_is_erased_before_its_time(terminal: Terminal) -> None:
    said = terminal.refused("privacy", "expire", "--everyone", "--months", "1200", "--by", "vanphong", "--yes")

    assert "từ ngày 05/11/2125 mới được xoá" in said
    assert names(terminal.database) == AN.name


def test_a_dry_run_erases_nothing(terminal: Terminal) -> None:
    said = terminal.done("privacy", "expire", "--everyone", "--months", "0", "--dry-run", "--by", "vanphong")

    assert said == "Có 4 dòng ghi mang thông tin cá nhân đã hết thời hạn giữ. Chưa có gì bị xoá.\n"
    assert names(terminal.database) == AN.name


def test_everything_is_erased_after_its_time(terminal: Terminal) -> None:
    result = terminal.run("privacy", "expire", "--everyone", "--months", "0", "--by", "vanphong", typed="y\n")

    assert result.stdout.endswith("Đã xoá thông tin cá nhân ở 4 dòng ghi. Sổ vẫn kiểm chứng được.\n")
    assert "E-PRIVACY-UNKNOWN" in terminal.refused("privacy", "export", BINH.staff_code)


def test_each_campaign_whose_time_is_over_is_erased(terminal: Terminal) -> None:
    """The post's deadline is more than twelve months ago; who is on the roster keeps the name."""
    before = terminal.done("privacy", "expire", "--dry-run", "--by", "vanphong")
    assert before == (
        "Có 1 dòng ghi mang thông tin cá nhân đã hết thời hạn giữ. Chưa có gì bị xoá. “Phổ biến Thông báo 485”\n"
    )

    terminal.done("privacy", "expire", "--by", "vanphong", "--yes")

    after = terminal.done("privacy", "expire", "--by", "vanphong", "--yes")
    assert after == "Có 0 dòng ghi mang thông tin cá nhân đã hết thời hạn giữ. Chưa có gì bị xoá.\n"
    assert "E-CAMPAIGN-UNKNOWN" in terminal.refused("privacy", "expire", "--campaign", "x", "--by", "vanphong")
    assert "Đúng: " in terminal.done("ledger", "verify")


def test_traces_are_cleared(terminal: Terminal) -> None:
    assert "không còn dấu vết" in terminal.done("privacy", "scrub")
