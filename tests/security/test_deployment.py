"""The recipes of scripts/deploy, tried as they are: only names, ports and folders are others."""

import re
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import requests
from front import DEPLOY, NAME, Front

from campaign.cli.doctor.facts import ask
from campaign.cli.doctor.finding import Level
from campaign.cli.doctor.service import check_answer, check_headers
from campaign.record.application import make_server
from tests.cli.test_doctor import GOOD
from tests.rigs.machine import do_without
from tests.rigs.nginx import free_port, running_nginx
from tests.rigs.recorder import Desk, fill_desk, open_desk

CODE = "MaPhieuBiMat"
HEADERS = {"content-security-policy", "x-content-type-options", "referrer-policy", "strict-transport-security"}


@dataclass
class Deployed:
    """A recorder behind nginx."""

    desk: Desk
    address: str
    plain: int
    http: requests.Session
    stop: Callable[[], None]
    """Ends the recorder; nginx goes on."""


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate authority of our own, and a certificate from it."""
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run([DEPLOY / "make_ca.sh", NAME, folder], check=True, stderr=subprocess.DEVNULL)
    return folder


@pytest.mark.parametrize("is_up", [True, False], ids=["up", "down"])
def test_a_slip_that_is_opened_leaves_no_code_even_in_a_log_that_is_on(tmp_path: Path, *, is_up: bool) -> None:
    """Its code is behind the #, which browsers keep, and in the bodies of forms, which nginx does not write down."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        desk, port = fill_desk(open_desk(tmp_path / "so", address=(here := f"http://127.0.0.1:{free_port()}"))), here
        server = make_server(desk.recorder)
        thread = threading.Thread(target=server.run, args=([listening.dup()],))
        thread.start()
        slip, behind = desk.slip(), listening.getsockname()[1] if is_up else free_port()
        (tmp_path / "nginx").mkdir()
        front = f"server {{ listen {port.rpartition(':')[2]}; location / {{ proxy_pass http://127.0.0.1:{behind}; "
        front += "proxy_set_header Host $http_host; } }"
        with running_nginx(tmp_path / "nginx", int(port.rpartition(":")[2]), front), requests.Session() as http:
            shown = http.get(f"{here}/vao/phieu#{slip.token}")
            found = re.search('name="form_token" value="([^"]+)"', shown.text)
            fields = {"form_token": found[1] if found else "", "code": slip.token, "next": "", "device": "shared"}
            http.post(f"{here}/vao/phieu", fields, headers={"Origin": here})
            answer = http.post(f"{here}/vao/phieu/vao", fields, headers={"Origin": here}, allow_redirects=False)
        server.should_exit = True
        thread.join()
    desk.close()

    logs = [file.read_text("utf-8") for file in (tmp_path / "nginx").glob("*.log")]
    assert answer.status_code == (303 if is_up else 502)
    assert any("POST /vao/phieu/vao" in text for text in logs)
    assert not any(slip.token in text for text in logs)


@pytest.fixture
def deployed(tmp_path: Path, tls: Path) -> Iterator[Deployed]:
    """Nginx as in the recipe, before a recorder on this machine."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        front = Front(tls, tmp_path / "nginx", free_port(), free_port(), listening.getsockname()[1])
        address, proxies = front.address, frozenset({"127.0.0.1"})
        desk = fill_desk(open_desk(tmp_path / "so", address=address, proxies=proxies))
        server = make_server(desk.recorder)
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()

        def stop() -> None:
            server.should_exit = True
            thread.join()
            listening.close()

        (tmp_path / "nginx").mkdir()
        shutil.copy(DEPLOY / "nginx-loi.html", tmp_path / "nginx")
        with running_nginx(tmp_path / "nginx", front.secure, front.render()), requests.Session() as http:
            http.trust_env = False
            http.verify = str(tls / "ca.pem")
            yield Deployed(desk, address, front.plain, http, stop)
        stop()
        desk.close()


def test_no_code_page_or_address_stands_in_a_log_of_nginx(deployed: Deployed, tmp_path: Path) -> None:
    """Neither while all is well, nor when the recorder is down and nginx tells of each request that failed."""
    paths = [f"/vao/phieu/{CODE}", f"/vao/thu/{CODE}?tiep=/cua-toi", f"/vao/chung/ve?code={CODE}&state=x", "/bai-dang/"]
    for path in paths:
        assert deployed.http.get(f"{deployed.address}{path}").status_code in {404, 502}
        plain = f"http://127.0.0.1:{deployed.plain}{path}"
        assert requests.get(plain, headers={"Host": NAME}, allow_redirects=False, timeout=20).status_code == 301
    deployed.stop()
    for path in paths:
        assert deployed.http.get(f"{deployed.address}{path}").status_code == 502

    logs = {file.name: file.read_text("utf-8") for file in (tmp_path / "nginx").glob("*.log")}
    assert {"access.log", "error.log"} <= set(logs)
    assert [text for text in logs.values() if CODE in text or "127.0.0.1" in text or "GET" in text] == []


def test_a_member_comes_in_and_confirms_through_nginx(deployed: Deployed) -> None:
    slip, http = deployed.desk.slip(), deployed.http
    page = f"{deployed.address}/vao/phieu/{slip.token}"
    shown = http.get(page)
    token = re.search('name="form_token" value="([^"]+)"', shown.text)
    assert token is not None

    fields = {"form_token": token[1], "next": "/cua-toi", "device": "shared", "remember": ""}
    fields |= {"code": slip.token}
    answer = http.post(
        f"{deployed.address}/vao/phieu/vao", data=fields, headers={"Origin": deployed.address}, allow_redirects=False
    )

    assert (answer.status_code, answer.headers["location"]) == (303, "/cua-toi")
    cookie = next(one for one in http.cookies if one.name == "__Host-campaign-reader")
    assert cookie.secure
    assert http.get(f"{deployed.address}/cua-toi").status_code == 200


def test_the_examination_is_content_with_it(deployed: Deployed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(deployed.http.verify))
    facts = replace(
        GOOD, settings=replace(GOOD.settings, address=deployed.address), answer=ask(f"{deployed.address}/vao")
    )

    assert [check(facts).level for check in (check_answer, check_headers)] == [Level.GOOD, Level.GOOD]


def test_plain_http_leads_to_https(deployed: Deployed) -> None:
    answer = requests.get(
        f"http://127.0.0.1:{deployed.plain}/vao?x=1", headers={"Host": NAME}, allow_redirects=False, timeout=20
    )

    assert (answer.status_code, answer.headers["location"]) == (301, f"{deployed.address}/vao?x=1")


def test_no_header_stands_twice(deployed: Deployed) -> None:
    answer = deployed.http.get(f"{deployed.address}/")

    names = [name.lower() for name, _ in answer.raw.headers.items()]
    assert set(names) >= HEADERS
    assert sorted(set(names)) == sorted(names)
    assert answer.headers["server"] == "nginx"


def test_what_nginx_itself_refuses_has_the_headers_too(deployed: Deployed) -> None:
    large = deployed.http.post(f"{deployed.address}/vao", data=b"x" * (12 << 20))

    assert large.status_code == 413
    assert set(map(str.lower, large.headers)) >= HEADERS
    assert "tối đa 10 MiB" in large.content.decode()


def test_what_a_client_says_of_its_address_is_not_believed(deployed: Deployed) -> None:
    before = deployed.desk.everything()["bucket"]
    shown = deployed.http.get(f"{deployed.address}/vao")
    token = re.search('name="form_token" value="([^"]+)"', shown.text)
    assert token is not None
    for number in range(3):
        fields = {"form_token": token[1], "staff_code": f"SKHCN-10{number}", "access_code": "AAAAAAAA"}
        spoofed = {"Origin": deployed.address, "X-Forwarded-For": f"203.0.113.{number}"}
        assert deployed.http.post(f"{deployed.address}/vao", data=fields, headers=spoofed).status_code == 401

    # Two buckets for each code, and one for the only machine there is.
    assert len(deployed.desk.everything()["bucket"]) - len(before) == 3 * 2 + 1


def test_old_tls_is_not_spoken(deployed: Deployed) -> None:
    command = [
        "openssl",
        "s_client",
        "-connect",
        deployed.address.removeprefix("https://"),
        "-cipher",
        "ALL:@SECLEVEL=0",
    ]

    spoken = {
        version: subprocess.run([*command, version], input=b"", capture_output=True, check=False).returncode == 0
        for version in ("-tls1_1", "-tls1_2")
    }

    assert spoken == {"-tls1_1": False, "-tls1_2": True}


def test_the_authority_vouches_for_no_other_name(tls: Path, tmp_path: Path) -> None:
    """Whoever steals it cannot pretend to be another site."""
    for file in ("ca.pem", "ca.key"):
        shutil.copy(tls / file, tmp_path)
    subprocess.run([DEPLOY / "make_ca.sh", "khac.example", tmp_path], check=True, stderr=subprocess.DEVNULL)

    command = ["openssl", "verify", "-CAfile", "ca.pem", "server.pem"]
    checked = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert checked.returncode != 0
    assert "permitted subtree violation" in checked.stderr


@pytest.mark.parametrize(
    "unit",
    [
        "campaign.service",
        "campaign-backup.service",
        "campaign-backup.timer",
        "campaign-remind.service",
        "campaign-remind.timer",
        "campaign-checkpoint.service",
        "campaign-checkpoint.timer",
    ],
)
def test_systemd_understands_each_unit(unit: str, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        do_without("systemd")
    for file in DEPLOY.glob("campaign*"):
        text = file.read_text("utf-8").replace("/usr/local/lib/campaign/.venv/bin/campaign", "/bin/true")
        (tmp_path / file.name).write_text(text, "utf-8")

    command = ["systemd-analyze", "verify", "--man=no", str(tmp_path / unit)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (checked.returncode, [line for line in checked.stderr.splitlines() if "campaign" in line]) == (0, [])


def test_the_service_is_little_exposed() -> None:
    """Systemd's own mark, from 0 (sealed) to 10."""
    if shutil.which("systemd-analyze") is None:
        do_without("systemd")
    command = ["systemd-analyze", "security", "--offline=yes", "--threshold=15", str(DEPLOY / "campaign.service")]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)

    assert checked.returncode == 0, checked.stdout[-300:]


def test_haproxy_takes_its_recipe(tmp_path: Path) -> None:
    haproxy = shutil.which("haproxy", path="/usr/sbin:/usr/bin")
    if haproxy is None:
        do_without("HAProxy")
    certificate = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x.example", "-days", "1"]
    subprocess.run([*certificate, "-keyout", "key.pem", "-out", "cert.pem"], cwd=tmp_path, check=True)
    pem = tmp_path / "haproxy.pem"
    pem.write_text((tmp_path / "cert.pem").read_text() + (tmp_path / "key.pem").read_text())
    recipe = (DEPLOY / "haproxy.cfg").read_text().replace("/etc/haproxy/haproxy.pem", str(pem))
    (tmp_path / "haproxy.cfg").write_text(recipe)

    done = subprocess.run([haproxy, "-c", "-f", tmp_path / "haproxy.cfg"], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert "option httpchk GET /suc-khoe/san-sang" in recipe
