"""``campaign office``."""

from campaign.store.credentials import full_name_of, is_secret_right, passphrase_hash_of
from tests.cli.terminal import Terminal

PASSPHRASE = "mưa rơi trên bản nhỏ"


def opens(terminal: Terminal, passphrase: str, account: str = "chi") -> bool:
    with terminal.database.reading() as connection:
        return is_secret_right(passphrase, passphrase_hash_of(connection, account))


def test_an_account_is_asked_for_and_added(terminal: Terminal) -> None:
    result = terminal.run("office", "add", "chi", typed=f"Lường Thị Chi\n{PASSPHRASE}\n{PASSPHRASE}\n")

    assert result.exit_code == 0
    assert result.stdout == (
        "Họ và tên: Lường Thị Chi\nCụm mật khẩu (từ 14 ký tự): \nNhập lại: \nTài khoản chi đã sẵn sàng.\n"
    )
    assert opens(terminal, PASSPHRASE)
    with terminal.database.reading() as connection:
        assert full_name_of(connection, "chi") == "Lường Thị Chi"


def test_adding_it_again_sets_another_passphrase(terminal: Terminal) -> None:
    for passphrase in (PASSPHRASE, "  nắng lên trên bản xa "):
        terminal.done("office", "add", "chi", "--full-name", "Chi", "--passphrase", passphrase)

    assert not opens(terminal, PASSPHRASE)
    assert opens(terminal, "nắng lên trên bản xa")


def test_a_short_passphrase_is_refused(terminal: Terminal) -> None:
    said = terminal.refused("office", "add", "chi", "--full-name", "Chi", "--passphrase", "mười ba ký tự")

    assert said == (
        "Lỗi: Cụm mật khẩu cần ít nhất 14 ký tự.\n"
        "Cách sửa: Dùng một cụm vài từ dễ nhớ, khó đoán. Tài khoản chưa thay đổi.\n"
        "Mã lỗi: E-PASSPHRASE\n"
    )
    assert not opens(terminal, "mười ba ký tự")
