"""Anyone verifies a receipt in the browser, and nothing leaves it."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from campaign.core.ledger.checkpoint import checkpoint_from_note
from campaign.core.ledger.note import read_note
from campaign.store.proofs.signing import make_key
from tests.rigs.browsing import POST, SENTENCE, press, sign_in
from tests.rigs.builders import LAST_SECOND
from tests.rigs.keys import key_named
from tests.rigs.running import AN, OpenPage, Running

RIGHT = "Biên nhận đúng."
WRONG = "Biên nhận không đúng, hoặc không phải của sổ có khoá này."
UNWITNESSED = re.compile("^Biên nhận có chữ ký của sổ, nhưng chưa đủ nhân chứng cùng ký")
NO_RECEIPT = "Tệp này không phải biên nhận, hoặc đã bị sửa đến mức không đọc được."
NO_KEY = "Khoá công khai chưa đúng dạng. Nhập lại đủ cả dòng như in trên báo cáo."
NO_CRYPTOGRAPHY = "Hãy dùng lệnh ở dưới."
LACK = {
    "no secure context": "Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined });",
    "no Ed25519": "SubtleCrypto.prototype.importKey = () => Promise.reject(new DOMException('', 'NotSupportedError'));",
}
"""What browsers lack that are old, or came here by plain HTTP."""


@pytest.fixture
def receipt(running: Running, open_page: OpenPage) -> bytes:
    """The file that An downloads, having confirmed before Bình and after others."""
    slip, page = running.issue_slip(), open_page()
    page.goto(f"/xac-nhan/{POST}")
    sign_in(page, slip.access_code)
    press(page)
    running.issue_slip("SKHCN-002")
    page.reload()
    with page.expect_download() as download:
        page.get_by_role("link", name="Lưu biên nhận").click()
    assert download.value.suggested_filename.startswith("bien-nhan-")
    return download.value.path().read_bytes()


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """The page of verification, in a browser that knows nobody."""
    page = open_page()
    page.goto("/kiem-chung")
    return page


def choose(page: Page, file: bytes) -> None:
    """Choose *file* as a person would."""
    chosen = {"name": "biên nhận.json", "mimeType": "application/json", "buffer": file}
    page.get_by_label("Tệp biên nhận").set_input_files(chosen)  # type: ignore[arg-type] # a file of Playwright


def steps_of(page: Page) -> list[str]:
    """Return how each step ended."""
    expect(page.get_by_role("heading", level=3)).to_be_visible()
    return page.locator("[data-step] strong").all_inner_texts()


def test_a_right_receipt_is_told_and_nothing_is_asked_meanwhile(page: Page, receipt: bytes) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))

    choose(page, receipt)

    expect(page.get_by_role("status")).to_have_text(RIGHT)
    assert steps_of(page) == ["đúng"] * 3
    expect(page.get_by_role("heading", level=3)).to_have_text("Biên nhận ghi")
    for words in (f"{AN.name} ({AN.staff_code}), {AN.unit}", POST, SENTENCE, "23:59:59 ngày 04/11/2025 (giờ Việt Nam)"):
        expect(page.get_by_role("definition").filter(has_text=words)).to_be_visible()
    assert requests == []


@pytest.mark.parametrize(
    ("old", "new", "steps"),
    [
        (AN.name, "Nguyễn Văn Ấn", ["KHÔNG ĐÚNG", "đúng", "đúng"]),
        ("T16:59:59", "T15:59:59", ["đúng", "KHÔNG ĐÚNG", "đúng"]),
        ("example.vn/so-ghi-nhan\\n", "example.vn/so-khac\\n", ["đúng", "đúng", "KHÔNG ĐÚNG"]),
    ],
    ids=["name", "instant", "checkpoint"],
)
def test_an_altered_receipt_is_told_by_the_step_that_fails(
    page: Page, receipt: bytes, old: str, new: str, steps: list[str]
) -> None:
    assert old in receipt.decode()

    choose(page, receipt.decode().replace(old, new).encode())

    expect(page.get_by_role("status")).to_have_text(WRONG)
    assert steps_of(page) == steps
    expect(page.get_by_role("heading", level=3)).to_have_text("Tệp này ghi, nhưng không tin được")


def test_no_flipped_bit_passes(page: Page, receipt: bytes) -> None:
    """A bit in each 97: in a second, every field is hit in several places.

    The last line of the checkpoint tells its time, of which this page says nothing.
    """
    start = receipt.rindex("—".encode())
    line_of_time = range(start, receipt.index(b'"', start))
    for bit in (bit for bit in range(0, 8 * len(receipt), 97) if bit // 8 not in line_of_time):
        altered = bytearray(receipt)
        altered[bit // 8] ^= 1 << bit % 8
        choose(page, bytes(altered))
        expect(page.get_by_role("status")).to_have_text(re.compile(f"^({WRONG}|{NO_RECEIPT})$"))


def test_the_key_of_another_ledger_did_not_sign_it(page: Page, receipt: bytes, tmp_path: Path) -> None:
    other = make_key(tmp_path / "other.key", "example.vn/so-ghi-nhan").verifier
    key = page.get_by_label("Khoá công khai của sổ")
    own = key.input_value()
    choose(page, receipt)
    expect(page.get_by_role("status")).to_have_text(RIGHT)

    key.fill(str(other))
    expect(page.get_by_role("status")).to_have_text(WRONG)
    assert steps_of(page) == ["đúng", "đúng", "KHÔNG ĐÚNG"]
    key.fill(own[:-3])
    expect(page.get_by_role("status")).to_have_text(NO_KEY)
    key.fill(f" {own}\n")
    expect(page.get_by_role("status")).to_have_text(RIGHT)


@pytest.mark.parametrize(
    ("quorum", "signers", "outcome"),
    [
        ("quorum none", [], RIGHT),
        ("quorum a", [], UNWITNESSED),
        ("quorum a", ["a"], RIGHT),
        ("quorum a", ["b"], UNWITNESSED),
        ("group g any a b\nquorum g", ["b"], RIGHT),
        ("group g all a b\nquorum g", ["b"], UNWITNESSED),
        ("group g 2 a b\nquorum g", ["a", "b"], RIGHT),
        ("group g 2 a b\nquorum g", ["a", "a"], UNWITNESSED),
        ("group g 2 a b\nquorum g", ["a", "liar"], UNWITNESSED),
    ],
)
def test_as_many_witnesses_are_demanded_as_the_policy_says(
    page: Page, receipt: bytes, quorum: str, signers: list[str], outcome: re.Pattern[str] | str
) -> None:
    keys = {name: key_named(name, f"{name}.example") for name in ("a", "b")}
    # Whoever signs in the name of another.
    keys["liar"] = replace(key_named("liar"), verifier=keys["b"].verifier)
    witnesses = "".join(f"witness {name} {keys[name].verifier.cosigner}\n" for name in ("a", "b"))
    facts = json.loads(receipt)
    note = read_note(facts["checkpoint"].encode())
    checkpoint = checkpoint_from_note(note.text)
    lines = [read_note(keys[name].sign(checkpoint, LAST_SECOND)).signatures[1] for name in signers]
    facts["checkpoint"] = bytes(note.with_signatures(*lines)).decode()
    key = page.get_by_label("Khoá công khai của sổ")

    key.fill(f"log {key.input_value()}\n{witnesses}{quorum}\n")
    choose(page, f"{json.dumps(facts, ensure_ascii=False, indent=1)}\n".encode())

    expect(page.get_by_role("status")).to_have_text(outcome)


@pytest.mark.parametrize("file", [b"", b"\x89PNG", b"{}", b"null"])
def test_what_is_no_receipt_is_told(page: Page, file: bytes) -> None:
    choose(page, file)

    expect(page.get_by_role("status")).to_have_text(NO_RECEIPT)


def test_a_receipt_that_was_opened_and_saved_otherwise_is_refused(page: Page, receipt: bytes) -> None:
    choose(page, receipt + b" ")

    expect(page.get_by_role("status")).to_have_text(NO_RECEIPT)


@pytest.mark.parametrize("script", LACK.values(), ids=list(LACK))
def test_a_browser_that_cannot_compute_says_so_and_shows_the_command(
    open_page: OpenPage, receipt: bytes, script: str
) -> None:
    page = open_page()
    page.add_init_script(script)
    page.goto("/kiem-chung")

    choose(page, receipt)

    expect(page.get_by_role("status")).to_contain_text(NO_CRYPTOGRAPHY)
    expect(page.get_by_text("campaign receipt verify")).to_be_visible()


def test_without_javascript_there_is_the_command(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/kiem-chung")

    expect(page.get_by_text("campaign receipt verify")).to_be_visible()
    expect(page.locator("#file")).to_be_hidden()
