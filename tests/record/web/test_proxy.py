"""The account that a server in front names: believed from that server alone, through a real nginx."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import requests
from sqlalchemy import select

from campaign.record.server.sign_in_options import ProxyWay, Ways, staff_code_of
from campaign.store.base import schema
from tests.rigs.nginx import free_port, running_nginx
from tests.rigs.recorder import Desk, Visitor, fill_desk, open_desk
from tests.rigs.served import served

SECRET = "mot-chuoi-bi-mat-du-dai"
HEADER = "X-Remote-User"
NAMED = {HEADER: "SKHCN-001", "X-Campaign-Secret": SECRET}
WAYS = Ways(slip=False, proxy=ProxyWay("x-remote-user", SECRET, "so.example"))
AN_IS_KNOWN = "Máy tính cơ quan đang mở bằng tài khoản của"
SECONDS = 20

NGINX = """
    server {{
        listen 127.0.0.1:{port};
        auth_basic "Tai khoan co quan";
        auth_basic_user_file {folder}/accounts;
        location / {{
            proxy_pass http://127.0.0.1:{recorder};
            proxy_set_header Host $http_host;
            proxy_set_header X-Remote-User $remote_user;
            proxy_set_header X-Campaign-Secret {secret};
        }}
    }}
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A recorder that trusts the machine of the test client, and nothing else."""
    opened = fill_desk(open_desk(tmp_path, proxies=frozenset({"testclient"}), ways=WAYS))
    yield opened
    opened.close()


def look(visitor: Visitor, headers: dict[str, str] | list[tuple[str, str]]) -> bool:
    """Say whether the page knows who sits there."""
    return AN_IS_KNOWN in visitor.http.get("/vao", headers=headers).text


def fields_for(visitor: Visitor) -> dict[str, str]:
    """Return what the form sends that the page shows once it knows who sits there."""
    page = visitor.http.get("/vao", headers=NAMED).text
    return {"form_token": page.partition('name="form_token" value="')[2].partition('"')[0], "next": "/cua-toi"}


def test_the_server_in_front_says_who_it_is_and_a_press_signs_in(desk: Desk) -> None:
    visitor, before = desk.visitor(), desk.everything()

    visitor.http.headers.update(NAMED)

    page = visitor.get("/vao?tiep=/xac-nhan/thong-bao-485")
    looked = desk.everything()
    response = visitor.submit("/vao/co-quan", page="/vao?tiep=/xac-nhan/thong-bao-485")

    assert (AN_IS_KNOWN in page.text, "Nguyễn Văn An" in page.text, looked == before) == (True, True, True)
    assert (response.status_code, response.headers["location"]) == (303, "/xac-nhan/thong-bao-485")
    assert "Nguyễn Văn An" in visitor.get("/cua-toi").text


@pytest.mark.parametrize(
    ("account", "domain"),
    [
        ("SKHCN-001", ""),
        (" skhcn-001 ", "so.example"),
        ("skhcn-001@SO.EXAMPLE", "so.example"),
        ("SO\\skhcn-001", "so"),
    ],
)
def test_the_realm_that_is_set_may_stand_around_the_staff_code(account: str, domain: str) -> None:
    assert staff_code_of(account, domain) == "SKHCN-001"


@pytest.mark.parametrize("domain", ["", "so.example", "SO"])
@pytest.mark.parametrize(
    "account",
    [
        "EVIL\\SKHCN-001",
        "SKHCN-001@evil.example",
        "SKHCN-001@so.example.evil.example",
        "SKHCN-001@evil.example@so.example",
        "EVIL\\SO\\SKHCN-001",
        "EVIL\\SKHCN-001@so.example",
        "\\SKHCN-001",
        "SKHCN-001@",
    ],
)
def test_an_account_of_another_realm_is_nobodys(account: str, domain: str) -> None:
    assert staff_code_of(account, domain) is None


@pytest.mark.parametrize("account", ["EVIL\\SKHCN-001", "SKHCN-001@evil.example"])
def test_an_account_of_another_realm_does_not_come_in(desk: Desk, account: str) -> None:
    visitor, foreign = desk.visitor(), NAMED | {HEADER: account}

    known = look(visitor, foreign)
    response = visitor.send("/vao/co-quan", fields_for(visitor), **foreign)

    assert (known, response.status_code, "E-NOT-LISTED" in response.text) == (False, 403, True)


@pytest.mark.parametrize(
    "headers",
    [
        {HEADER: "SKHCN-001"},
        {HEADER: "SKHCN-001", "X-Campaign-Secret": ""},
        {HEADER: "SKHCN-001", "X-Campaign-Secret": SECRET[:-1]},
        {HEADER: "SKHCN-001", "X-Campaign-Secret": f"{SECRET}x"},
        {"X_Remote_User": "SKHCN-001", "X-Campaign-Secret": SECRET},
        {HEADER: "SKHCN-001", "X_Campaign_Secret": SECRET},
        {"X-Remote-User-": "SKHCN-001", "X-Campaign-Secret": SECRET},
        {HEADER: "", "X-Campaign-Secret": SECRET},
        [*NAMED.items(), (HEADER, "SKHCN-002")],
        [*NAMED.items(), ("X-Campaign-Secret", SECRET)],
    ],
    ids=str,
)
def test_a_header_that_is_not_exactly_the_servers_says_nothing(
    desk: Desk, headers: dict[str, str] | list[tuple[str, str]]
) -> None:
    assert not look(desk.visitor(), headers)


def test_another_machine_names_nobody_even_with_the_secret(tmp_path: Path) -> None:
    desk = fill_desk(open_desk(tmp_path, proxies=frozenset({"10.0.0.9"}), ways=replace(WAYS, slip=True)))
    visitor = desk.visitor()

    known = look(visitor, NAMED | {"X-Forwarded-For": "10.0.0.9"})
    response = visitor.send("/vao/co-quan", visitor.hidden("/vao"), **NAMED)

    desk.close()
    assert (known, response.status_code, response.headers["location"].partition("?")[0]) == (False, 303, "/vao")


def test_an_account_that_is_nobodys_on_the_roster_is_told_so(desk: Desk) -> None:
    visitor, strange = desk.visitor(), NAMED | {HEADER: "SKHCN-999"}

    page = visitor.http.get("/vao", headers=strange)
    response = visitor.send("/vao/co-quan", fields_for(visitor), **strange)

    assert "Tài khoản “SKHCN-999” không ứng với ai trong danh sách." in page.text
    assert (response.status_code, "E-NOT-LISTED" in response.text) == (403, True)


def test_a_way_that_is_closed_lets_nobody_in(tmp_path: Path, desk: Desk) -> None:
    slip, visitor = desk.slip(), desk.visitor()
    closed = fill_desk(open_desk(tmp_path / "khác", proxies=frozenset({"testclient"})))
    other = closed.visitor()

    by_slip = visitor.send("/vao", visitor.hidden("/kiem-chung"), staff_code="SKHCN-001")
    shown = visitor.get(f"/vao/phieu/{slip.token}")
    by_proxy = other.send("/vao/co-quan", other.hidden("/vao"), **NAMED)

    closed.close()
    assert (by_slip.status_code, shown.status_code, by_proxy.status_code) == (404, 404, 404)
    assert 'name="access_code"' not in visitor.get("/vao").text


@dataclass(frozen=True)
class Behind:
    """A recorder behind nginx."""

    desk: Desk
    address: str
    recorder: int


@pytest.fixture
def behind(tmp_path: Path) -> Iterator[Behind]:
    """A recorder behind an nginx that asks for name and password."""
    port = free_port()
    desk = fill_desk(open_desk(tmp_path, None, f"http://127.0.0.1:{port}", frozenset({"127.0.0.1"}), WAYS))
    folder = tmp_path / "nginx"
    folder.mkdir()
    folder.chmod(0o755)
    (folder / "accounts").write_text("skhcn-001@SO.EXAMPLE:{PLAIN}mot\nSKHCN-999:{PLAIN}hai\n")
    with served(desk) as recorder:
        text = NGINX.format(port=port, folder=folder, recorder=recorder, secret=SECRET)
        with running_nginx(folder, port, text):
            yield Behind(desk, f"http://127.0.0.1:{port}", recorder)
    desk.close()


def test_through_nginx_the_account_signs_in(behind: Behind) -> None:
    browser = requests.Session()
    browser.auth = ("skhcn-001@SO.EXAMPLE", "mot")

    page = browser.get(f"{behind.address}/vao", timeout=SECONDS).text
    token = page.partition('name="form_token" value="')[2].partition('"')[0]
    fields = {"form_token": token, "next": "/cua-toi"}
    entered = browser.post(f"{behind.address}/vao/co-quan", fields, headers={"Origin": behind.address}, timeout=SECONDS)

    assert AN_IS_KNOWN in page
    assert (entered.url, "Nguyễn Văn An" in entered.text) == (f"{behind.address}/cua-toi", True)
    with behind.desk.database.reading() as connection:
        assert [one.identified_by for one in connection.execute(select(schema.session))] == ["proxy"]


@pytest.mark.parametrize(
    "name", [HEADER, "x-remote-user", "X_Remote_User", "X-Remote_User", "X-Remote-User\t", "X-Remote-User "]
)
def test_nobody_tells_nginx_who_they_are(behind: Behind, name: str) -> None:
    """What the browser sends never reaches the recorder, or is not understood."""
    answer = ask(behind.address, f"{name}: SKHCN-001", "Authorization: Basic U0tIQ04tOTk5OmhhaQ==")

    assert "HTTP/1.1 400" in answer or "Tài khoản “SKHCN-999” không ứng với ai" in answer
    assert AN_IS_KNOWN not in answer


@pytest.mark.parametrize(
    "name", [HEADER, "X_Remote_User", "X-Remote-User ", " X-Remote-User", "X-Remote-User\x0b", "X-Remote-User\x00"]
)
@pytest.mark.parametrize("secret", ["X-Campaign-Secret: sai", f"X_Campaign_Secret: {SECRET}"])
def test_nobody_goes_past_nginx_to_name_an_account(behind: Behind, name: str, secret: str) -> None:
    """Even from the machine of nginx itself."""
    answer = ask(f"http://127.0.0.1:{behind.recorder}", f"{name}: SKHCN-001", secret)

    assert "HTTP/1.1 400" in answer or "Chưa nhận ra tài khoản máy tính" in answer
    assert AN_IS_KNOWN not in answer


def ask(address: str, *lines: str) -> str:
    """Send a request as it stands, and return the answer."""
    host = address.removeprefix("http://")
    name, _, port = host.partition(":")
    request = "\r\n".join(["GET /vao HTTP/1.1", f"Host: {host}", "Connection: close", *lines, "", ""])
    with socket.create_connection((name, int(port)), timeout=SECONDS) as connection:
        connection.sendall(request.encode())
        return b"".join(iter(lambda: connection.recv(65536), b"")).decode()
