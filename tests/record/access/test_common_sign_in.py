"""The common sign-in, with a real provider of OpenID Connect that runs in Node."""

import json
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from httpx2 import Response

from campaign.record.access.common_sign_in import RETURN_PATH
from campaign.record.server.provider import Provider, derive
from campaign.record.server.sign_in_options import Ways
from campaign.store.roster.roster import find_by_code
from tests.record.access.test_sign_in import ELSEWHERE, cookie, is_in
from tests.rigs.machine import do_without
from tests.rigs.nginx import free_port
from tests.rigs.recorder import ADDRESS, Desk, Visitor, fill_desk, open_desk

SOURCES = Path(__file__).with_name("oidc")
REDIRECT = ADDRESS + RETURN_PATH
SECONDS = 30
SECRET = "mot-chuoi-bi-mat-du-dai-cua-may-khach"


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The provider's program with what it needs, installed as its lock says."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        do_without("Node.js")
    folder = shutil.copytree(SOURCES, tmp_path_factory.mktemp("provider"), dirs_exist_ok=True)
    done = subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=folder, capture_output=True, check=False)
    if done.returncode:
        do_without("the provider of OpenID Connect")
    return folder / "provider.mjs"


@contextmanager
def running(program: Path, port: int, **claims: str) -> Iterator[str]:
    """Run a provider that tells these claims of whoever comes, until the block ends, and give its issuer."""
    command = ["node", str(program), str(port), REDIRECT, json.dumps(claims)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    issuer = f"http://127.0.0.1:{port}"
    try:
        _wait(server, issuer)
        yield issuer
    finally:
        server.terminate()
        server.wait(timeout=SECONDS)


@pytest.fixture(scope="module")
def issuer(program: Path) -> Iterator[str]:
    """A provider for whom everyone is An."""
    with running(program, free_port(), preferred_username="skhcn-001", staff_code="SKHCN-002") as found:
        yield found


OpenWith = Callable[[Provider], Desk]


@pytest.fixture
def open_with(tmp_path: Path) -> Iterator[OpenWith]:
    """Open a recorder that asks a provider."""
    opened: list[Desk] = []

    def open_with(provider: Provider) -> Desk:
        opened.append(fill_desk(open_desk(tmp_path, ways=Ways(slip=False, oidc=provider))))
        return opened[-1]

    yield open_with
    for desk in opened:
        desk.close()


@pytest.fixture
def desk(open_with: OpenWith, issuer: str) -> Desk:
    """A recorder that asks the provider for whom everyone is An."""
    return open_with(Provider(issuer, "campaign", SECRET, "preferred_username"))


def ask(visitor: Visitor, way_on: str = "/cua-toi") -> str:
    """Begin, and return the address at which the provider asks."""
    response = visitor.http.get("/vao/chung", params={"tiep": way_on})
    assert response.status_code == 303
    return response.headers["location"]


def go_through(address: str) -> str:
    """Go through the provider's pages as a browser does, and return the path on which it leads back."""
    browser = requests.Session()
    for _ in range(10):
        answer = browser.get(address, allow_redirects=False, timeout=SECONDS)
        address = requests.compat.urljoin(address, answer.headers["location"])
        if address.startswith(REDIRECT):
            return address.removeprefix(ADDRESS)
    pytest.fail(f"the provider does not lead back, but to {address}")


def come_back(visitor: Visitor, path: str, **fields: str) -> Response:
    """Open the page to which the provider leads, and press its button."""
    return visitor.submit(RETURN_PATH, page=path, **fields)


def test_the_common_account_signs_in(desk: Desk) -> None:
    visitor = desk.visitor()
    path = go_through(ask(visitor, "/xac-nhan/thong-bao-485"))
    before = desk.everything()

    page = visitor.get(path)
    looked = desk.everything()
    response = come_back(visitor, path)

    assert ("data-continue" in page.text, looked == before, is_in(visitor)) == (True, True, True)
    assert (response.status_code, response.headers["location"]) == (303, "/xac-nhan/thong-bao-485")
    assert "Nguyễn Văn An" in visitor.get("/cua-toi").text
    assert "max-age" not in cookie(response, "campaign-reader")
    assert "max-age=0" in cookie(response, "campaign-oidc")


def test_the_way_in_is_kept_with_the_confirmation(desk: Desk) -> None:
    visitor = desk.visitor()
    come_back(visitor, go_through(ask(visitor)))

    receipt = visitor.submit("/xac-nhan/thong-bao-485").headers["location"]

    assert "tài khoản của hệ thống đăng nhập chung" in visitor.get(receipt).text


def test_the_provider_is_asked_with_pkce_state_and_nonce(desk: Desk) -> None:
    visitor = desk.visitor()

    asked = [parse_qs(urlsplit(ask(visitor)).query) for _ in range(2)]

    first = asked[0]
    assert first["response_type"] == ["code"]
    assert first["code_challenge_method"] == ["S256"]
    assert first["redirect_uri"] == [REDIRECT]
    assert first["scope"] == ["openid profile"]
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name][0]) == 43
        assert first[name] != asked[1][name]


def test_another_claim_may_name_the_account(open_with: OpenWith, issuer: str) -> None:
    desk = open_with(Provider(issuer, "campaign", SECRET, "staff_code"))
    visitor = desk.visitor()

    come_back(visitor, go_through(ask(visitor)))

    with desk.database.reading() as connection:
        assert find_by_code(connection, "SKHCN-002").member.name in visitor.get("/cua-toi").text


def test_a_code_serves_once_and_in_the_browser_that_asked_only(desk: Desk) -> None:
    """Else a link with someone's code would sign others in as that person."""
    visitor, other = desk.visitor(), desk.visitor()
    path = go_through(ask(visitor))
    ask(other)

    stolen = come_back(other, path)
    without = come_back(desk.visitor(), path)
    used = come_back(visitor, path)
    again = come_back(visitor, path)

    assert (stolen.status_code, without.status_code, used.status_code) == (403, 403, 303)
    assert again.status_code == 403
    assert not is_in(other)


def test_a_code_that_was_made_up_opens_nothing(desk: Desk) -> None:
    visitor = desk.visitor()
    path = go_through(ask(visitor))

    response = come_back(visitor, path, code="bia-ra")

    assert (response.status_code, is_in(visitor)) == (502, False)
    assert "Hệ thống đăng nhập chung chưa xác nhận được" in response.text


@pytest.mark.parametrize("query", ["error=access_denied", "", "code=1&iss=http://khac.example"])
def test_an_answer_that_is_none_is_told_kindly(desk: Desk, query: str) -> None:
    response = desk.visitor().get(f"{RETURN_PATH}?{query}")

    assert response.status_code == 502
    assert "E-OIDC" in response.text
    assert "access_denied" not in response.text


def test_the_code_of_another_attempt_has_another_verifier(desk: Desk) -> None:
    """The answer to one question is none to another, even in the same browser."""
    visitor = desk.visitor()
    first = go_through(ask(visitor))
    second = ask(visitor)

    response = come_back(visitor, first, state=parse_qs(urlsplit(second).query)["state"][0])

    assert (response.status_code, is_in(visitor)) == (502, False)


def test_an_answer_with_another_nonce_opens_nothing(desk: Desk) -> None:
    """Whatever else fits: it may be the answer to a question that somebody else asked."""
    visitor = desk.visitor()
    path = go_through(re.sub("nonce=[^&]+", "nonce=cua-ai-khac", ask(visitor)))

    response = come_back(visitor, path)

    assert (response.status_code, is_in(visitor)) == (502, False)


def test_an_account_that_is_nobodys_is_told_so(open_with: OpenWith, program: Path) -> None:
    with running(program, free_port(), preferred_username="khach@so.example") as issuer:
        desk = open_with(Provider(issuer, "campaign", SECRET, "preferred_username"))
        visitor = desk.visitor()

        response = come_back(visitor, go_through(ask(visitor)))

    assert response.status_code == 403
    assert "Tài khoản “khach@so.example” không ứng với ai trong danh sách." in response.text


@pytest.mark.parametrize(("domain", "status"), [("", 403), ("khac.example", 403), ("so.example", 303)])
def test_an_account_of_the_domain_that_is_set_comes_in_and_no_other(
    open_with: OpenWith, program: Path, domain: str, status: int
) -> None:
    with running(program, free_port(), preferred_username="SKHCN-001@so.example") as issuer:
        desk = open_with(Provider(issuer, "campaign", SECRET, "preferred_username", domain))
        visitor = desk.visitor()

        response = come_back(visitor, go_through(ask(visitor)))

    assert response.status_code == status


def test_a_claim_that_is_missing_opens_nothing(open_with: OpenWith, issuer: str) -> None:
    desk = open_with(Provider(issuer, "campaign", SECRET, "ma_cong_chuc"))
    visitor = desk.visitor()

    assert come_back(visitor, go_through(ask(visitor))).status_code == 502


def test_a_wrong_secret_of_ours_opens_nothing(open_with: OpenWith, issuer: str) -> None:
    desk = open_with(Provider(issuer, "campaign", f"{SECRET}x", "preferred_username"))
    visitor = desk.visitor()

    assert come_back(visitor, go_through(ask(visitor))).status_code == 502


def test_keys_that_the_provider_changed_are_asked_for_again(open_with: OpenWith, program: Path) -> None:
    """A provider that is started anew signs with other keys; the recorder goes on."""
    port = free_port()
    with running(program, port, preferred_username="SKHCN-001") as issuer:
        provider = Provider(issuer, "campaign", SECRET, "preferred_username")
        desk = open_with(provider)
        first = desk.visitor()
        come_back(first, go_through(ask(first)))
    with running(program, port, preferred_username="SKHCN-001"):
        second = desk.visitor()
        come_back(second, go_through(ask(second)))

    assert (is_in(first), is_in(second)) == (True, True)


@pytest.mark.parametrize("issuer", ["http://127.0.0.1:9", "http://127.0.0.1:9/khac"])
def test_a_provider_that_does_not_answer_is_told_kindly(open_with: OpenWith, issuer: str) -> None:
    desk = open_with(Provider(issuer, "campaign", SECRET, "preferred_username"))

    response = desk.visitor().get("/vao/chung")

    assert (response.status_code, "E-OIDC" in response.text) == (502, True)


def test_a_provider_that_calls_itself_something_else_is_not_asked(open_with: OpenWith, issuer: str) -> None:
    provider = Provider(issuer.replace("127.0.0.1", "localhost"), "campaign", SECRET, "preferred_username")
    desk = open_with(provider)

    assert desk.visitor().get("/vao/chung").status_code == 502


@pytest.mark.parametrize("address", ELSEWHERE)
def test_the_way_back_leads_to_no_other_site(desk: Desk, address: str) -> None:
    visitor = desk.visitor()

    assert come_back(visitor, go_through(ask(visitor, address))).headers["location"] == "/cua-toi"


def test_the_secrets_of_an_attempt_tell_nothing_of_each_other() -> None:
    made = {derive("bí mật", purpose) for purpose in ("state", "nonce", "verifier")}

    assert len(made) == 3
    assert all(re.fullmatch(r"[\w-]{43}", one) for one in made)


def _wait(server: "subprocess.Popen[bytes]", issuer: str) -> None:
    until = time.monotonic() + SECONDS
    while server.poll() is None and time.monotonic() < until:
        try:
            requests.get(f"{issuer}/jwks", timeout=SECONDS)
        except requests.ConnectionError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("the provider did not start")
