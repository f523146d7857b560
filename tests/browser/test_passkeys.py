"""Passkeys, over HTTPS through nginx, with Chromium's virtual authenticator."""

import base64
import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import NameOID
from playwright.sync_api import BrowserContext, CDPSession, Page, Request, expect, sync_playwright

from tests.rigs.machine import do_without
from tests.rigs.nginx import free_port, running_nginx
from tests.rigs.recorder import PASSPHRASE, Desk, fill_desk, open_desk
from tests.rigs.served import served

HOST = "xacnhan.example.vn"
NGINX = """
    server {{
        listen 127.0.0.1:{port} ssl;
        ssl_certificate {folder}/certificate.pem;
        ssl_certificate_key {folder}/key.pem;
        location / {{
            proxy_pass http://127.0.0.1:{recorder};
            proxy_set_header Host $http_host;
        }}
    }}
"""


@dataclass
class Scene:
    """Chi at a computer that has an authenticator, before a recorder with HTTPS.

    Attributes:
        posts: The forms that were sent by the page, as the browser sent them.
    """

    desk: Desk
    page: Page
    context: BrowserContext
    devtools: CDPSession
    authenticator: str
    posts: list[Request] = field(default_factory=list)

    def set_verified(self, *, is_verified: bool) -> None:
        """Let the authenticator know its holder, or not."""
        options = {"authenticatorId": self.authenticator, "isUserVerified": is_verified}
        self.devtools.send("WebAuthn.setUserVerified", options)

    def sign_in(self) -> None:
        """Come in with passphrase and code."""
        self.page.goto("/van-phong")
        self.page.get_by_label("Tên tài khoản").fill("chi")
        self.page.get_by_label("Cụm mật khẩu").fill(PASSPHRASE)
        self.page.get_by_label("Mã xác minh").fill(self.desk.code())
        self.page.get_by_role("button", name="Đăng nhập").click()
        self.page.wait_for_url("**/van-phong")

    def add_passkey(self, label: str = "Máy của Chi") -> None:
        """Add a passkey to the account that is signed in."""
        self.page.goto("/van-phong/khoa")
        self.page.get_by_label("Gọi khoá này là").fill(label)
        self.page.get_by_role("button", name="Thêm khoá").click()

    def sign_out(self) -> None:
        """Go out, and look at the sign-in again."""
        self.page.get_by_role("button", name="Đăng xuất").click()
        self.page.wait_for_url("**/")
        self.page.goto("/van-phong")

    def use_passkey(self) -> None:
        """Press the button of the sign-in page."""
        self.page.get_by_role("button", name="Dùng khoá truy cập").click()


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    """Chi signed out."""
    chromium, port = shutil.which("chromium"), free_port()
    if chromium is None:
        do_without("Chromium")
    folder = tmp_path / "nginx"
    folder.mkdir()
    known = make_certificate(folder)
    address = f"https://{HOST}:{port}"
    desk = fill_desk(open_desk(tmp_path, address=address, proxies=frozenset({"127.0.0.1"})))
    desk.clock.now = datetime.now(UTC)
    desk.employ()
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    arguments += [f"--host-resolver-rules=MAP {HOST} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    arguments += [f"--ignore-certificate-errors-spki-list={known}"]
    with (
        served(desk) as recorder,
        running_nginx(folder, port, NGINX.format(port=port, folder=folder, recorder=recorder)),
        sync_playwright() as playwright,
    ):
        program = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield open_scene(desk, program.new_context(base_url=address, locale="vi-VN"))
        program.close()
    desk.close()


def open_scene(desk: Desk, context: BrowserContext) -> Scene:
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    added = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    scene = Scene(desk, page, context, devtools, added["authenticatorId"])
    page.on("request", lambda request: scene.posts.append(request) if request.method == "POST" else None)
    return scene


def make_certificate(folder: Path) -> str:
    """Make a certificate for the host, and return how the browser knows its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, SHA256())
    )
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    spki = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(hashlib.sha256(spki).digest()).decode()


def test_a_passkey_is_added_and_lets_its_account_in(scene: Scene) -> None:
    scene.sign_in()
    scene.add_passkey()
    expect(scene.page.get_by_text("Máy của Chi", exact=True)).to_be_visible()
    scene.sign_out()

    scene.use_passkey()

    scene.page.wait_for_url("**/van-phong")
    expect(scene.page.get_by_text("Lường Thị Chi")).to_be_visible()
    scene.page.goto("/van-phong/phien")
    expect(scene.page.get_by_role("cell", name="Khoá truy cập (passkey)")).to_be_visible()


def test_an_answer_serves_once(scene: Scene) -> None:
    scene.sign_in()
    scene.add_passkey()
    scene.sign_out()
    scene.use_passkey()
    scene.page.wait_for_url("**/van-phong")
    sent = next(one for one in reversed(scene.posts) if one.url.endswith("/van-phong/vao/khoa"))

    scene.context.clear_cookies(name="__Host-campaign-office")
    headers = {"Origin": scene.desk.recorder.address, "Content-Type": "application/x-www-form-urlencoded"}
    replaying = scene.desk.visitor().http
    for one in scene.context.cookies():
        replaying.cookies.set(one["name"], one["value"], domain=HOST)
    again = replaying.post("/van-phong/vao/khoa", content=sent.post_data or "", headers=headers)

    assert again.status_code == 401
    assert "Khoá truy cập này chưa vào được." in again.text


def test_an_answer_serves_for_five_minutes(scene: Scene) -> None:
    scene.sign_in()
    scene.add_passkey()
    scene.sign_out()
    scene.desk.clock.now += timedelta(minutes=5)

    scene.use_passkey()

    expect(scene.page.get_by_text("Khoá truy cập này chưa vào được.")).to_be_visible()


def test_a_passkey_that_was_removed_opens_nothing(scene: Scene) -> None:
    scene.sign_in()
    scene.add_passkey()
    scene.page.get_by_role("button", name="Bỏ khoá này").click()
    expect(scene.page.get_by_text("Tài khoản chưa có khoá truy cập nào.")).to_be_visible()
    scene.sign_out()

    scene.use_passkey()

    expect(scene.page.get_by_text("Khoá truy cập này chưa vào được.")).to_be_visible()


def test_an_authenticator_that_does_not_know_its_holder_is_not_enough(scene: Scene) -> None:
    scene.sign_in()
    scene.set_verified(is_verified=False)

    scene.add_passkey()

    expect(scene.page.get_by_text("Chưa dùng được khoá truy cập.")).to_be_visible()
    expect(scene.page.get_by_text("Tài khoản chưa có khoá truy cập nào.")).to_be_visible()


def test_the_passkey_of_an_account_that_is_gone_opens_nothing(scene: Scene) -> None:
    scene.sign_in()
    scene.add_passkey()
    scene.sign_out()
    scene.desk.employ()

    scene.use_passkey()

    expect(scene.page.get_by_text("Khoá truy cập này chưa vào được.")).to_be_visible()


def test_adding_a_passkey_asks_for_proof_when_the_last_is_old(scene: Scene) -> None:
    scene.sign_in()
    scene.desk.clock.now += timedelta(minutes=11)

    scene.page.goto("/van-phong/khoa")

    expect(scene.page.get_by_role("heading", level=1)).to_have_text("Xác minh lại đúng là anh/chị")
