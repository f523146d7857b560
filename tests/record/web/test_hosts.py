"""The recorder answers under its own name only."""

from pathlib import Path

import pytest

from tests.rigs.recorder import PASSPHRASE, Desk, fill_desk, open_desk

INTRANET = "http://xacnhan.skhcn.example:8000"


@pytest.fixture
def intranet(tmp_path: Path) -> Desk:
    """A recorder with a name of its own."""
    return fill_desk(open_desk(tmp_path, address=INTRANET))


@pytest.mark.parametrize("path", ["/", "/vao", "/cua-toi", "/manifest.json", "/khong-co/", "/giao-dien/x/campaign.css"])
@pytest.mark.parametrize(
    "host",
    ["evil.example", "xacnhan.skhcn.example.evil.example", "10.0.0.5:8000", "[", "", "a:b:c", "evil.example:8000"],
)
def test_another_name_is_refused_and_told_the_right_address(intranet: Desk, path: str, host: str) -> None:
    response = intranet.visitor().http.get(path, headers={"Host": host})

    assert response.status_code == 421
    assert f'href="{INTRANET}/"' in response.text
    intranet.close()


@pytest.mark.parametrize(
    "host",
    [
        "xacnhan.skhcn.example",
        "XacNhan.SKHCN.example:8000",
        "xacnhan.skhcn.example:80",
        "127.0.0.1:9",
        "localhost",
        "[::1]:8000",
    ],
)
def test_its_own_name_and_this_machine_are_answered_whatever_the_port(intranet: Desk, host: str) -> None:
    statuses = [intranet.visitor().http.get(path, headers={"Host": host}).status_code for path in ("/", "/vao")]

    assert statuses == [200, 200]
    intranet.close()


def test_a_form_under_another_name_writes_nothing(desk: Desk) -> None:
    an, before = desk.reader(), desk.everything()
    fields = an.hidden("/xac-nhan/thong-bao-485")

    response = an.send("/xac-nhan/thong-bao-485", fields, Host="evil.example")

    assert response.status_code == 421
    assert desk.everything() == before


def test_two_names_in_one_request_are_refused(desk: Desk) -> None:
    twice = [("Host", "127.0.0.1:8000"), ("Host", "evil.example")]

    assert desk.visitor().http.get("/vao", headers=twice).status_code == 421


def test_by_plain_http_over_a_network_members_come_in_and_accounts_do_not(intranet: Desk) -> None:
    intranet.employ()
    slip, visitor = intranet.slip(), intranet.visitor()

    shown = visitor.get("/van-phong/vao")
    sent = visitor.send("/van-phong/vao", visitor.hidden("/vao") | {"account": "chi", "passphrase": PASSPHRASE})

    assert (shown.status_code, sent.status_code) == (403, 403)
    assert "Trang Văn phòng chỉ mở qua HTTPS" in shown.text
    assert visitor.submit("/vao/phieu/vao", f"/vao/phieu/{slip.token}").status_code == 303
    intranet.close()
