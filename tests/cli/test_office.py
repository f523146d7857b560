"""``campaign office``."""

import base64
import re

import pytest

from campaign.core.people.access import Role
from campaign.settings import system_clock
from campaign.store.credentials.accounts import Account, check_secrets, find_account, find_secrets, totp_code
from campaign.store.proofs.signing import make_key
from tests.rigs.builders import member
from tests.rigs.ledger_steps import enrol
from tests.rigs.terminal import Terminal

PASSPHRASE = "mưa rơi trên bản nhỏ"
ADD = ("office", "add", "chi", "--full-name", "Lường Thị Chi", "--passphrase")


@pytest.fixture(autouse=True)
def campaign(terminal: Terminal) -> None:
    """A campaign with one unit."""
    terminal.done("init", "--title", "Phổ biến 485")
    enrol(terminal.database, member("SKHCN-001", unit="Thanh tra"))


def opens(terminal: Terminal, passphrase: str, secret: bytes) -> bool:
    now = system_clock()
    with terminal.database.reading() as connection:
        held = find_secrets(connection, "chi")
    key = make_key(terminal.folder / "data/ledger.key", "skhcn.sonla.gov.vn/so-ghi-nhan")
    return check_secrets(held, passphrase, totp_code(secret, now), key, now) > 0


def secret_in(said: str) -> bytes:
    """Return what an authenticator app would keep."""
    found = re.search(r"gõ vào ứng dụng: ([A-Z2-7]{32})\n", said)
    assert found
    return base64.b32decode(found[1])


def account(terminal: Terminal) -> Account | None:
    with terminal.database.reading() as connection:
        return find_account(connection, "chi")


def test_an_account_is_asked_for_and_added(terminal: Terminal) -> None:
    result = terminal.run("office", "add", "chi", typed=f"Lường Thị Chi\n{PASSPHRASE}\n{PASSPHRASE}\n")

    assert result.exit_code == 0
    assert result.stdout.startswith(
        "Họ và tên: Lường Thị Chi\nCụm mật khẩu (từ 14 ký tự): \nNhập lại: \n"
        "Tài khoản chi (Văn phòng) đã sẵn sàng.\nQuét mã QR này"
    )
    assert "▀" in result.stdout
    assert opens(terminal, PASSPHRASE, secret_in(result.stdout))
    assert account(terminal) == Account("chi", "Lường Thị Chi", Role.OFFICE)


def test_adding_it_again_sets_other_secrets(terminal: Terminal) -> None:
    first, second = (secret_in(terminal.done(*ADD, typed)) for typed in (PASSPHRASE, "  nắng lên trên bản xa "))

    assert first != second
    assert not opens(terminal, PASSPHRASE, second)
    assert not opens(terminal, "nắng lên trên bản xa", first)
    assert opens(terminal, "nắng lên trên bản xa", second)


def test_a_short_passphrase_is_refused(terminal: Terminal) -> None:
    said = terminal.refused(*ADD, "mười ba ký tự")

    assert said == (
        "Lỗi: Cụm mật khẩu cần ít nhất 14 ký tự.\n"
        "Cách sửa: Dùng một cụm vài từ dễ nhớ, khó đoán. Tài khoản chưa thay đổi.\n"
        "Mã lỗi: E-PASSPHRASE\n"
    )
    assert account(terminal) is None


@pytest.mark.parametrize("role", ["office", "auditor", "editor"])
def test_an_account_has_the_role_that_is_asked_for(terminal: Terminal, role: str) -> None:
    terminal.done(*ADD, PASSPHRASE, "--role", role)

    assert account(terminal) == Account("chi", "Lường Thị Chi", Role(role))


def test_a_unit_head_has_a_unit(terminal: Terminal) -> None:
    terminal.done(*ADD, PASSPHRASE, "--role", "unit_head", "--unit", "Thanh tra")

    assert account(terminal) == Account("chi", "Lường Thị Chi", Role.UNIT_HEAD, "Thanh tra")


def test_a_unit_head_may_have_several_units(terminal: Terminal) -> None:
    enrol(terminal.database, member("SKHCN-001", unit="Thanh tra"), member("SKHCN-002", unit="Văn phòng"))

    terminal.done(*ADD, PASSPHRASE, "--role", "unit_head", "--unit", "Thanh tra", "--unit", "Văn phòng")

    assert account(terminal) == Account("chi", "Lường Thị Chi", Role.UNIT_HEAD, "Thanh tra; Văn phòng")


def test_a_unit_head_needs_a_unit_of_the_roster(terminal: Terminal) -> None:
    without = terminal.run(*ADD, PASSPHRASE, "--role", "unit_head")
    said = terminal.refused(*ADD, PASSPHRASE, "--role", "unit_head", "--unit", "Thanh trà")

    assert (without.exit_code, "Nêu đơn vị của người đứng đầu" in without.stderr) == (2, True)
    assert said.startswith("Lỗi: Không có đơn vị “Thanh trà”.\n")
    assert account(terminal) is None


def test_no_other_role_has_a_unit(terminal: Terminal) -> None:
    result = terminal.run(*ADD, PASSPHRASE, "--unit", "Thanh tra")

    assert (result.exit_code, account(terminal)) == (2, None)


def test_accounts_are_listed(terminal: Terminal) -> None:
    terminal.done(*ADD, PASSPHRASE, "--role", "unit_head", "--unit", "Thanh tra")

    said = terminal.done("office", "list")

    assert re.search("chi +│ Lường Thị Chi │ người đứng đầu đơn vị │ Thanh tra", said)


def test_an_account_is_removed_once(terminal: Terminal) -> None:
    terminal.done(*ADD, PASSPHRASE)

    assert terminal.done("office", "remove", "chi") == "Đã bỏ tài khoản chi.\n"

    assert account(terminal) is None
    assert terminal.refused("office", "remove", "chi").startswith("Lỗi: Không có tài khoản “chi”.\n")
