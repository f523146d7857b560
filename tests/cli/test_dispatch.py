"""``campaign dispatch``."""

import json
from hashlib import sha256

import pytest

from tests.rigs.builders import post
from tests.rigs.ledger_steps import begin, publish
from tests.rigs.terminal import Terminal

ADD = ("dispatch", "add", "thong-bao-485", "--channel")


@pytest.fixture(autouse=True)
def _campaign(terminal: Terminal) -> None:
    database = terminal.database
    begin(database)
    publish(database, post())
    database.close()


def test_both_channels_are_recorded_and_listed(terminal: Terminal) -> None:
    (terminal.folder / "ảnh chụp.png").write_bytes(b"anh")

    said = terminal.done(*ADD, "website", "--sent-on", "27/10/2025", "--evidence", "ảnh chụp.png")

    assert said == "Đã ghi vào sổ, dòng 3: đăng Trang thông tin điện tử, ngày 27/10/2025.\n"
    assert terminal.done("dispatch", "list", "thong-bao-485") == (
        "Đăng Trang thông tin điện tử: đã có\n  dòng 3: ngày 27/10/2025\nGửi trên hệ thống QLVB&ĐH: chưa có\n"
    )
    [found] = json.loads(terminal.done("dispatch", "list", "thong-bao-485", "--json"))
    assert (found["channel"], found["sent_on"]) == ("website", "2025-10-27")
    assert (found["evidence"], found["actor"]) == (sha256(b"anh").hexdigest(), "dòng lệnh")


def test_a_mistake_is_withdrawn_and_stays_in_the_ledger(terminal: Terminal) -> None:
    terminal.done(*ADD, "document_system", "--sent-on", "28/10/2025", "--number", "45/SKHCN-VP")

    terminal.done("dispatch", "withdraw", "thong-bao-485", "3")

    assert json.loads(terminal.done("dispatch", "list", "thong-bao-485", "--json")) == []
    assert "Mã lỗi: E-DISPATCH-UNKNOWN" in terminal.refused("dispatch", "withdraw", "thong-bao-485", "3")
    assert "4 dòng ghi" in terminal.done("ledger", "verify")


def test_a_bad_day_a_day_to_come_and_an_unknown_post_are_told(terminal: Terminal) -> None:
    assert "E-DISPATCH-VALUE" in terminal.refused(*ADD, "website", "--sent-on", "hôm qua")
    assert "E-DISPATCH-FUTURE" in terminal.refused(*ADD, "website", "--sent-on", "01/01/9000")
    assert "E-POST-UNKNOWN" in terminal.refused("dispatch", "list", "khong-co")
