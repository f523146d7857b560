"""Debian's nginx, with a configuration of a test's own."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.rigs.machine import do_without

AROUND = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ }}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{http}
}}
"""


@contextmanager
def running_nginx(folder: Path, port: int, http: str) -> Iterator[None]:
    """Run nginx with what stands in its ``http`` block, which listens on *port*, until the block ends."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin")
    if program is None:
        do_without("nginx")
    configuration = folder / "nginx.conf"
    configuration.write_text(AROUND.format(folder=folder, http=http), "utf-8")
    server = subprocess.Popen([program, "-c", configuration, "-p", folder], stderr=subprocess.DEVNULL)
    try:
        _wait(port, server, folder / "error.log")
        yield
    finally:
        server.terminate()
        server.wait(timeout=30)


def free_port() -> int:
    """Return a port of the loopback address that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
    return port


def _wait(port: int, server: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + 30
    while server.poll() is None and time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    pytest.fail(f"nginx did not start: {log.read_text('utf-8') if log.exists() else ''}")
