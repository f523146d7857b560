"""Links to other machines, which a server on this one stands for."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from campaign.posts.content import read_posts
from campaign.publish.check.external_links import find_external_links, remark_dead_links
from tests.rigs.sites import UNITS, SampleSite, post_source


class Answering(BaseHTTPRequestHandler):
    """Answers with the status that the address names; sends on to /200 from /302."""

    def do_GET(self) -> None:
        status = int(self.path.strip("/"))
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/200")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def remarks_of(sample: SampleSite, *addresses: str, seconds: float = 30) -> list[str]:
    """Return what is said of posts with those links."""
    sample.write("bai-dang/a.md", post_source("".join(f"[x]({address})\n\n" for address in addresses)))
    links = list(find_external_links(sample.content, read_posts(sample.content, UNITS)))
    return [str(remark) for remark in remark_dead_links(links, seconds)]


def test_links_that_open_are_no_matter(sample: SampleSite, elsewhere: str) -> None:
    assert remarks_of(sample, f"{elsewhere}/200", f"{elsewhere}/302", "index.md", "/cua-toi", "mailto:a@b.vn") == []


def test_a_link_that_leads_nowhere_is_told_with_its_place_wherever_it_stands(
    sample: SampleSite, elsewhere: str
) -> None:
    told = remarks_of(sample, f"{elsewhere}/404", f"{elsewhere}/200", f"{elsewhere}/404")

    assert [remark.splitlines()[0] for remark in told] == [
        f"Xem lại: bai-dang/a.md, dòng {line}, cột 5: liên kết “{elsewhere}/404” không mở được (máy chủ trả lời 404)."
        for line in (12, 16)
    ]


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("{}/503", "không mở được (máy chủ trả lời 503)"),
        ("{}/403", "không cho chương trình xem (máy chủ trả lời 403)"),
        ("http://127.0.0.1:9/", "không nối được"),
        ("https://[", "không nối được"),
    ],
)
def test_what_is_wrong_is_said(sample: SampleSite, elsewhere: str, address: str, reason: str) -> None:
    (told,) = remarks_of(sample, address.format(elsewhere))

    assert reason in told


def test_a_machine_that_never_answers_does_not_hold_the_editor_up(sample: SampleSite, elsewhere: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"

        told = remarks_of(sample, address, f"{elsewhere}/200", seconds=1)

    assert len(told) == 1
    assert f"liên kết “{address}” chưa kịp hỏi trong 1 giây" in told[0]
