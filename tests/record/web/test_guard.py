"""What goes out with every answer, and what a request leaves in the log."""

import re
from pathlib import Path

import pytest
from httpx2 import Response

from campaign.posts.policy import SITE_POLICY
from campaign.record.web.guard import FORM_BYTES, PAGE_POLICY
from tests.rigs.recorder import Desk, fill_desk, open_desk

HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


@pytest.fixture
def answers(desk: Desk) -> dict[str, Response]:
    """One answer of each kind."""
    an, chi, nobody = desk.reader(), desk.office(), desk.visitor()
    return {
        "page": an.get("/cua-toi"),
        "redirect": nobody.get("/cua-toi"),
        "fault": an.get("/xac-nhan/khong-co"),
        "refused": nobody.http.post("/vao"),
        "not allowed": nobody.http.put("/vao"),
        "too large": nobody.http.post(
            "/vao",
            content=b"x" * (FORM_BYTES + 1),
            headers={"Origin": nobody.address, "Content-Type": "application/x-www-form-urlencoded"},
        ),
        "another host": nobody.http.get("/", headers={"Host": "khac.example"}),
        "state": an.get("/trang-thai/thong-bao-485.json"),
        "list": chi.get("/van-phong/bai/thong-bao-485/danh-sach.csv"),
        "static": nobody.get("/"),
        "static, missing": nobody.get("/khong-co/"),
        "static, not allowed": nobody.http.post("/"),
        "verification": nobody.get("/kiem-chung"),
        "style": nobody.get("/giao-dien/x/campaign.css"),
        "style, missing": nobody.get("/giao-dien/x/khong-co.css"),
    }


def test_no_header_of_an_answer_has_a_line_end(answers: dict[str, Response]) -> None:
    """A server sends none of an answer with such a header."""
    assert {
        name: key for name, answer in answers.items() for key, value in answer.headers.items() if "\n" in value
    } == {}


def test_every_answer_carries_the_security_headers(answers: dict[str, Response]) -> None:
    lacking = {
        (kind, name)
        for kind, answer in answers.items()
        for name, value in HEADERS.items()
        if answer.headers.get(name) != value
    }

    assert lacking == set()
    assert all("server" not in answer.headers for answer in answers.values())


def test_only_a_recorder_with_https_asks_for_nothing_else(tmp_path: Path, answers: dict[str, Response]) -> None:
    desk = fill_desk(open_desk(tmp_path / "https", address="https://xacnhan.example.vn"))
    secure = [desk.visitor().get(path) for path in ("/", "/vao", "/khong-co/", "/cua-toi")]
    desk.close()

    assert {answer.headers.get("strict-transport-security") for answer in secure} == {"max-age=31536000"}
    assert not [kind for kind, answer in answers.items() if "strict-transport-security" in answer.headers]


def test_pages_of_the_recorder_run_no_script_at_all(answers: dict[str, Response]) -> None:
    for kind in (
        "page",
        "fault",
        "refused",
        "not allowed",
        "too large",
        "another host",
        "static, not allowed",
        "style, missing",
    ):
        assert (kind, answers[kind].headers["content-security-policy"]) == (kind, PAGE_POLICY)
        assert answers[kind].headers["cache-control"] == "no-store"


def test_the_site_loads_nothing_from_elsewhere(answers: dict[str, Response]) -> None:
    for kind in ("static", "static, missing", "style", "state", "list"):
        assert (kind, answers[kind].headers["content-security-policy"]) == (kind, SITE_POLICY)
    assert not re.search("http|unsafe|\\*", SITE_POLICY + PAGE_POLICY)


def test_the_site_has_its_own_page_for_what_is_missing(answers: dict[str, Response]) -> None:
    missing = answers["static, missing"]

    assert (missing.status_code, "Không có trang này" in missing.text) == (404, True)


def test_what_the_pages_load_is_there(desk: Desk) -> None:
    visitor = desk.visitor()

    kinds = [
        visitor.get(f"/giao-dien/x/{name}") for name in ("campaign.css", "favicon.svg", "be-vietnam-pro-regular.woff2")
    ]

    assert [kind.headers["content-type"] for kind in kinds] == [
        "text/css; charset=utf-8",
        "image/svg+xml",
        "font/woff2",
    ]


def test_what_the_pages_load_is_kept_for_good_under_its_digest(desk: Desk) -> None:
    visitor = desk.visitor()
    addresses = re.findall('(?:href|src)="(/giao-dien/[^"]+)"', visitor.get("/vao").text)
    (styles,) = (address for address in addresses if address.endswith(".css"))
    fonts = re.findall(r'url\("([^"]+\.woff2)"\)', visitor.get(styles).text)
    folder = styles.rpartition("/")[0]

    kept = {visitor.get(address).headers["cache-control"] for address in [*addresses, f"{folder}/{fonts[0]}"]}
    other = visitor.get("/giao-dien/0123456789abcdef/campaign.css").headers["cache-control"]

    assert len(addresses) == 4
    assert kept == {"public, max-age=31536000, immutable"}
    assert other == "no-cache"


def test_no_file_outside_the_site_is_served(desk: Desk) -> None:
    visitor = desk.visitor()

    for path in ("/../ledger.key", "/..%2fledger.key", "/%2e%2e/ledger.key", "/giao-dien/x/..%2fpages.py", "/%00"):
        assert visitor.get(path).status_code == 404


def test_a_link_on_the_disk_out_of_the_site_is_not_followed(desk: Desk) -> None:
    folder = desk.recorder.site.folder
    (folder / "khoa").symlink_to(folder.parent / "ledger.key")

    assert desk.visitor().get("/khoa").status_code == 404


def test_bytes_that_are_no_text_break_nothing(desk: Desk) -> None:
    visitor = desk.visitor()

    response = visitor.http.get("/cua-toi?x=%ff", headers={b"Cookie": b"campaign-reader=\xff"})

    assert response.headers["location"] == "/vao?tiep=%2Fcua-toi%3Fx%3D%25ff"
