"""``campaign check``, with no recorder there; with one it is asked in ``test_running``."""

import socket

from tests.rigs.terminal import Terminal


def test_what_does_not_answer_is_named(terminal: Terminal) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}"

    result = terminal.run("--set", f"address={address}", "check")

    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == f"CHƯA  Trang chủ  {address}/  (không kết nối được)"
    assert result.stdout.count("CHƯA") == 5
    assert address in result.stderr
    assert "Mã lỗi: E-RECORDER-SILENT" in result.stderr
