"""``campaign paper``."""

import json
import re
from hashlib import sha256

import pytest

from tests.rigs.builders import post
from tests.rigs.ledger_steps import begin, employ, enrol, press, publish
from tests.rigs.recorder import AN, BINH
from tests.rigs.terminal import Terminal

POST = "thong-bao-485"
BY = ("--by", "chi")


@pytest.fixture(autouse=True)
def _history(terminal: Terminal) -> None:
    database = terminal.database
    begin(database)
    enrol(database, AN, BINH)
    publish(database, post())
    employ(database)
    database.close()


def total(terminal: Terminal) -> dict[str, int]:
    figures: dict[str, int] = json.loads(terminal.done("coverage", POST, "--json"))["total"]
    return figures


def test_a_signature_is_recorded_with_the_digest_of_its_scan(terminal: Terminal) -> None:
    (terminal.folder / "phiếu.pdf").write_bytes(b"%PDF")

    said = terminal.done(
        "paper",
        "record",
        POST,
        "skhcn-001",
        "--signed-on",
        "03/11/2025",
        "--scan",
        "phiếu.pdf",
        "--witness",
        "Hoà",
        *BY,
    )

    assert re.match(r"Đã ghi vào sổ, dòng ghi \d+: quá hạn\.\n", said)
    assert "Ngày ký trong hạn, nhưng ghi vào sổ sau hạn thì tính là quá hạn." in said
    assert total(terminal)["late"] == 1
    [entry] = [
        one
        for one in json.loads(terminal.done("privacy", "export", "SKHCN-001"))["entries"]
        if one["kind"] == "confirmation"
    ]
    assert entry["facts"]["scan"] == sha256(b"%PDF").hexdigest()
    assert (entry["facts"]["signed_on"], entry["facts"]["actor"]) == ("2025-11-03", "chi")
    assert entry["personal"]["witness"] == "Hoà"


def test_a_confirmation_on_behalf_is_taken_back(terminal: Terminal) -> None:
    said = terminal.done("paper", "behalf", POST, "SKHCN-002", "--reason", "Đã nghe phổ biến tại chỗ", *BY)
    number = re.findall(r"dòng ghi (\d+)", said)[0]
    before = total(terminal)

    terminal.done("paper", "withdraw", number, "--reason", "Nhầm người", *BY)

    assert (before["late"], total(terminal)["late"]) == (1, 0)
    assert "quá hạn.\n" in said
    assert "Ngày ký trong hạn" not in said


def test_who_confirmed_before_is_named_with_the_time(terminal: Terminal) -> None:
    press(terminal.database)

    said = terminal.done("paper", "record", POST, "SKHCN-001", "--signed-on", "03/11/2025", *BY)

    assert said == "Nguyễn Văn An đã xác nhận lúc 23:59:59 ngày 04/11/2025; không ghi thêm.\n"


def test_what_cannot_be_recorded_says_why(terminal: Terminal) -> None:
    future = terminal.refused("paper", "record", POST, "SKHCN-001", "--signed-on", "01/01/2199", *BY)
    nobody = terminal.refused("paper", "record", POST, "SKHCN-099", "--signed-on", "03/11/2025", *BY)
    no_reason = terminal.run("paper", "behalf", POST, "SKHCN-001", "--reason", " ", *BY)
    unknown = terminal.refused("paper", "withdraw", "1", "--reason", "Nhầm", *BY)

    assert "Mã lỗi: E-PAPER-DAY" in future
    assert "Không có mã “SKHCN-099”" in nobody
    assert (no_reason.exit_code, "Nhập lý do" in no_reason.stderr) == (2, True)
    assert "Mã lỗi: E-PAPER-UNKNOWN" in unknown
