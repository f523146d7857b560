import signal
import socket
import subprocess
import sys
import time

import pytest
import requests

from tests.rigs.editing import EditorsDesk

SECONDS = 60
"""How long anything may take on a busy machine."""


def wait_for(address: str, words: str, program: subprocess.Popen[str]) -> str:
    """Ask for a page until it holds *words*."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until and program.poll() is None:
        try:
            page = requests.get(address, timeout=SECONDS)
        except requests.ConnectionError:
            page = None
        if page is not None:
            page.encoding = "utf-8"
            if words in page.text:
                return page.text
        time.sleep(0.05)
    program.kill()
    pytest.fail(f"no {words!r}: {program.communicate()}")


def test_a_preview_shows_drafts_and_what_is_saved(desk: EditorsDesk) -> None:
    desk.write("Bản đầu.\n", draft="true")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    command = [sys.executable, "-m", "campaign.cli.main", "site", "preview", "--port", str(port)]
    pipe = subprocess.PIPE

    with subprocess.Popen(command, cwd=desk.folder, stdout=pipe, stderr=pipe, text=True) as program:
        try:
            address = f"http://127.0.0.1:{port}/bai-dang/a/"
            first = wait_for(address, "Bản đầu.", program)
            desk.write("Bản hai.\n", draft="true")
            wait_for(address, "Bản hai.", program)
            desk.write("Hỏng.\n", lead_unit="Phòng lạ")
            still = wait_for(address, "Bản hai.", program)
            program.send_signal(signal.SIGINT)
            said = program.communicate(timeout=SECONDS)
        finally:
            program.kill()  # Else, after a failure, it would be waited for without end.

    assert "người đọc chưa thấy bài này (bản nháp)" in first
    assert "livereload" in first
    assert "Hỏng." not in still
    assert program.returncode == 0
    assert "Traceback" not in said[1]
    assert not (desk.folder / "site").exists()
