"""``campaign start`` and ``campaign record`` as programs of their own, on a port of their own."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from campaign.store.proofs.signing import make_key
from tests.rigs.builders import post
from tests.rigs.recorder import build_site
from tests.rigs.sites import SampleSite, post_source
from tests.rigs.terminal import ORIGIN, Terminal

SECONDS = 60
"""How long anything may take on a busy machine."""


class Place:
    """A folder with content, where the program is started."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            self.port = server.getsockname()[1]
        self.folder = folder
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = folder / "nhật ký.txt"

    def command(self, *arguments: str) -> list[str]:
        settings = ["--set", f"listen=127.0.0.1:{self.port}", "--set", f"address={self.address}"]
        return [sys.executable, "-m", "campaign.cli.main", *settings, *arguments]

    @contextmanager
    def running(self, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
        """Run the program until it answers, and stop it at the end as Ctrl+C does."""
        with self.log.open("wb") as log:
            program = subprocess.Popen(self.command(*arguments), cwd=self.folder, stdout=log, stderr=log)
        try:
            self._wait(program)
            yield program
        finally:
            program.send_signal(signal.SIGINT)
            program.wait(SECONDS)

    def said(self) -> str:
        """Return what the program wrote to its terminal."""
        return self.log.read_text("utf-8")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the program to its end."""
        command = self.command(*arguments)
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True, timeout=SECONDS, check=False)

    def _wait(self, program: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + SECONDS
        while program.poll() is None and time.monotonic() < until:
            try:
                requests.get(f"{self.address}/giao-dien/x/campaign.css", timeout=SECONDS)
            except requests.ConnectionError:
                time.sleep(0.05)
            else:
                return
        pytest.fail(f"it does not answer:\n{self.said()}")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A folder with the content of a small site, not yet built."""
    content = SampleSite(tmp_path)
    content.content = tmp_path / "content"
    content.folder = tmp_path
    content.site = tmp_path / "site"
    content.write("index.md", "---\ntemplate: home.html\ntitle: Trang chủ\n---\n\nChào anh/chị.\n")
    content.write("bai-dang/index.md", "---\ntemplate: posts.html\ntitle: Bài đăng\n---\n\nTất cả bài.\n")
    asks = {"confirmation": "Tôi đã đọc.", "deadline": "{before: 05/11/2025}"}
    content.write("bai-dang/thong-bao.md", post_source(publish_at="24/10/2025", **asks))
    content.configure()
    return Place(tmp_path)


def sign_in(address: str) -> requests.Session:
    """Return the browser of the sample's newcomer."""
    browser = requests.Session()
    token = form_token(browser.get(f"{address}/vao", timeout=SECONDS))
    codes = {"staff_code": "SKHCN-031", "access_code": "MINH-HOA2", "form_token": token}
    browser.post(f"{address}/vao", codes, headers={"Origin": address}, timeout=SECONDS)
    return browser


def confirm(browser: requests.Session, address: str) -> requests.Response:
    """Press the button."""
    page = browser.get(f"{address}/xac-nhan/thong-bao-485", timeout=SECONDS)
    digest = re.search(r'name="digest" value="([^"]+)"', page.text)
    assert digest is not None
    fields = {"form_token": form_token(page), "revision": "1", "digest": digest[1]}
    return browser.post(f"{address}/xac-nhan/thong-bao-485", fields, headers={"Origin": address}, timeout=SECONDS)


def form_token(page: requests.Response) -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', page.text)
    assert found is not None
    return found[1]


def test_the_first_start_builds_the_site_and_opens_the_sample_and_the_next_loses_nothing(place: Place) -> None:
    with place.running("start") as program:
        site = requests.get(f"{place.address}/", timeout=SECONDS)
        receipt = confirm(sign_in(place.address), place.address)
        checked = place.run("check")
    first, code = place.said(), program.returncode
    with place.running("start"):
        mine = sign_in(place.address).get(f"{place.address}/cua-toi", timeout=SECONDS)
    second = place.said()

    assert (site.status_code, "Chào anh/chị." in site.text) == (200, True)
    assert "Đã ghi nhận" in receipt.text
    assert (checked.returncode, checked.stdout.endswith("Mọi trang đều mở được.\n")) == (0, True)
    assert code == 0
    assert first.startswith("Đang dựng trang …\nChưa có dữ liệu: đang mở đợt minh hoạ …\n")
    assert f"Văn phòng:           {place.address}/van-phong\n" in first
    assert "mã SKHCN-031, mã truy cập MINH-HOA2" in first
    assert "tài khoản vanphong, cụm mật khẩu “van phong minh hoa”" in first
    assert "dựng trang …" not in second
    assert "Chưa có dữ liệu" not in second
    assert receipt.url.removeprefix(place.address) in mine.text


def test_a_folder_without_content_is_told_so(tmp_path: Path) -> None:
    ended = Place(tmp_path).run("start")

    assert ended.returncode == 1
    assert "Mã lỗi: E-SITE-BUILD" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.fixture
def built(tmp_path: Path) -> Place:
    """A folder with a built site and the sample."""
    build_site(tmp_path / "site", post())
    place = Place(tmp_path)
    assert place.run("init", "--sample").returncode == 0
    return place


def test_the_recorder_alone_logs_a_line_a_request_and_ends_in_order(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.run("init", "--title", "Đợt thật")

    with place.running("record") as program:
        requests.get(f"{place.address}/vao?x=1", timeout=SECONDS)
        program.terminate()
        program.wait(SECONDS)

    logged = [json.loads(line) for line in place.said().splitlines() if line.startswith("{")]
    answered = [line for line in logged if line["logger"] == "campaign.requests"]
    assert ("GET", "/vao", 200) in [(line["method"], line["path"], line["status"]) for line in answered]
    assert "Waiting for application shutdown." in place.said()
    assert "Traceback" not in place.said()
    assert "MINH HOẠ" not in place.said()


def test_a_port_that_is_taken_is_named(built: Place) -> None:
    with socket.create_server(("127.0.0.1", built.port)):
        ended = built.run("record")

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == (
        f"Lỗi: Không mở được cổng {built.port} trên 127.0.0.1 (đang có chương trình dùng).\n"
        "Cách sửa: Có thể bộ ghi nhận đang chạy sẵn ở cửa sổ khác. Nếu chương trình khác dùng cổng này, chọn cổng "
        "khác: --set listen=127.0.0.1:8010 --set address=http://127.0.0.1:8010\n"
        "Mã lỗi: E-LISTEN\n"
    )


@pytest.mark.parametrize("command", ["start", "record"])
def test_without_its_database_it_serves_the_site_and_says_so(built: Place, command: str) -> None:
    (built.folder / "csdl").mkdir()
    make_key(built.folder / "data/ledger.key", ORIGIN)

    with built.running("--set", "database=sqlite:///csdl", command):
        site = requests.get(f"{built.address}/", timeout=SECONDS)
        recorder = requests.get(f"{built.address}/vao", timeout=SECONDS)

    assert (site.status_code, recorder.status_code) == (200, 503)
    assert "Chưa ghi nhận được xác nhận nào, trang vẫn đọc được." in built.said()


def test_the_recorder_alone_needs_a_campaign(tmp_path: Path) -> None:
    place = Place(tmp_path)

    ended = place.run("record")

    assert ended.returncode == 1
    assert "Chưa có đợt tuyên truyền nào trong sqlite:///data/campaign.sqlite3." in ended.stderr


def test_the_site_is_built_again_when_it_is_not_of_today_or_content_changed(
    terminal: Terminal, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pages say how many days are left, so yesterday's are wrong. The port is taken, so that nothing runs on."""
    monkeypatch.setenv("CAMPAIGN_SITE_URL", "http://127.0.0.1:8000/")
    manifest = terminal.folder / "site/manifest.json"

    def builds() -> bool:
        with socket.create_server(("127.0.0.1", place.port)):
            result = terminal.run(*place.command("start")[3:])
        assert "E-LISTEN" in result.stderr
        return "Đang dựng trang …\n" in result.stdout

    at_first, again = builds(), builds()
    os.utime(manifest, (time.time() + 86_400 * 2,) * 2)
    on_another_day = builds()
    os.utime(manifest, (time.time() - 60,) * 2)
    (terminal.folder / "content/moi.md").write_text("Mới", "utf-8")
    (terminal.folder / "content/moi.md").unlink()
    after_a_file_went = builds()

    assert (at_first, again, on_another_day, after_a_file_went) == (True, False, True, True)
