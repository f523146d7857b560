"""Who took names out of the house, and what failed: noted, shown to the Office, forgotten in time."""

from datetime import timedelta

from campaign.core.people.access import Role
from campaign.store.credentials.trail import KEPT, Act, read_trail
from tests.rigs.recorder import PASSPHRASE, Desk

PAGE = "/van-phong/nhat-ky"
LIST = "/van-phong/bai/thong-bao-485/danh-sach"


def lines(desk: Desk) -> list[tuple[str, Act, str, int]]:
    with desk.database.reading() as connection:
        return [(line.account, line.act, line.what, line.times) for line in read_trail(connection)]


def test_who_took_which_list_is_known_afterwards(desk: Desk) -> None:
    office, head = desk.office(), desk.staff(Role.UNIT_HEAD)

    for visitor, address in ((office, f"{LIST}.csv"), (office, f"{LIST}.csv"), (head, f"{LIST}.csv"), (office, LIST)):
        assert visitor.get(address).status_code == 200

    assert sorted(lines(desk)) == [
        ("chi", Act.EXPORTED, "danh sách của bài thong-bao-485", 2),
        ("dung", Act.EXPORTED, "danh sách của bài thong-bao-485", 1),
    ]
    page = office.get(PAGE).text
    assert "danh sách của bài thong-bao-485" in page
    assert "Lấy ra có tên người" in page


def test_what_is_refused_or_asks_for_proof_took_nothing(desk: Desk) -> None:
    office, auditor = desk.office(), desk.staff(Role.AUDITOR)
    desk.clock.now += timedelta(minutes=10)

    assert (office.get(f"{LIST}.csv").status_code, auditor.get(f"{LIST}.csv").status_code) == (303, 403)
    assert lines(desk) == []


def test_nothing_of_it_is_in_the_ledger(desk: Desk) -> None:
    office, before = desk.office(), desk.entries()

    office.get(f"{LIST}.csv")

    assert desk.entries() == before


def test_a_sign_in_that_failed_is_noted_under_names_of_accounts_only(desk: Desk) -> None:
    """What is typed for a name may be a passphrase in the wrong field."""
    desk.employ()
    for account in ("chi", PASSPHRASE):
        typed = {"account": account, "passphrase": "sai", "code": "000000"}
        assert desk.visitor().submit("/van-phong/vao", **typed).status_code == 401

    assert sorted(lines(desk)) == [
        ("", Act.REFUSED, "cụm mật khẩu và mã xác minh", 1),
        ("chi", Act.REFUSED, "cụm mật khẩu và mã xác minh", 1),
    ]


def test_a_proof_that_failed_is_noted(desk: Desk) -> None:
    desk.office().submit("/van-phong/xac-minh", passphrase="sai")

    assert lines(desk) == [("chi", Act.REFUSED, "cụm mật khẩu khi xác minh lại", 1)]


def test_it_is_forgotten_after_its_term(desk: Desk) -> None:
    desk.office().get(f"{LIST}.csv")
    desk.clock.now += KEPT

    desk.office().get(f"{LIST}.csv")

    assert len(lines(desk)) == 1
