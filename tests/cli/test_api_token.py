"""``campaign token``."""

from campaign.store.credentials.api_tokens import is_token_in_force
from tests.rigs.terminal import Terminal


def test_a_token_is_shown_once_listed_by_name_and_revoked(terminal: Terminal) -> None:
    assert terminal.done("token", "list") == "Chưa có khoá nào.\n"
    made = terminal.run("token", "add", "cổng").stdout.strip()

    assert terminal.done("token", "list").startswith("cổng: tạo lúc ")
    assert made not in terminal.done("token", "list")
    with terminal.database.reading() as connection:
        assert is_token_in_force(connection, made)
    assert terminal.done("token", "revoke", "cổng") == "Đã thu hồi khoá cổng.\n"
    assert "E-TOKEN-UNKNOWN" in terminal.refused("token", "revoke", "cổng")
    with terminal.database.reading() as connection:
        assert not is_token_in_force(connection, made)


def test_another_token_of_that_name_ends_the_first(terminal: Terminal) -> None:
    first = terminal.run("token", "add", "cổng").stdout.strip()
    second = terminal.run("token", "add", "cổng").stdout.strip()

    with terminal.database.reading() as connection:
        assert [is_token_in_force(connection, one) for one in (first, second)] == [False, True]
