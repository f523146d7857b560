"""``campaign receipt``."""

from pathlib import Path

import pytest

from campaign.core.ledger import merkle
from campaign.core.ledger.receipt import Receipt
from campaign.store.ledger.ledger import node_reader, read_entry, read_head, read_personal
from campaign.store.proofs.signing import LedgerKey, make_key
from campaign.store.proofs.verification import make_checkpoint
from tests.rigs.builders import LAST_SECOND, post
from tests.rigs.ledger_steps import begin, enrol, press, publish
from tests.rigs.recorder import AN, BINH
from tests.rigs.terminal import Terminal

ORIGIN = "skhcn.sonla.gov.vn/so-ghi-nhan"
FILE = "biên nhận.json"


@pytest.fixture
def key(tmp_path: Path) -> LedgerKey:
    """The key of a ledger on another machine."""
    return make_key(tmp_path / "nơi khác/ledger.key", ORIGIN)


@pytest.fixture(autouse=True)
def _receipt(tmp_path: Path, key: LedgerKey) -> None:
    """An's receipt lies in the folder; there is no ledger on this machine."""
    database = Terminal(tmp_path / "nơi khác").database
    begin(database)
    enrol(database, AN, BINH)
    publish(database, post())
    sequence = press(database).sequence
    with database.reading() as connection:
        entry, personal = read_entry(connection, sequence), read_personal(connection, sequence)
        proof = merkle.inclusion_proof(sequence - 1, read_head(connection).size, node_reader(connection))
        note = make_checkpoint(connection, key, LAST_SECOND)
    database.close()
    assert entry is not None
    assert personal is not None
    (tmp_path / FILE).write_bytes(Receipt(entry.leaf_data, personal, proof, note).to_json())


def test_file_and_key_suffice(terminal: Terminal, key: LedgerKey) -> None:
    said = terminal.done("receipt", "verify", FILE, "--key", str(key.verifier))

    assert said == (
        "Biên nhận đúng.\n\n"
        "Người xác nhận:  Nguyễn Văn An (SKHCN-001), Văn phòng\n"
        "Bài đăng:        thong-bao-485, phiên bản 1\n"
        f"Mã đối chiếu:    {post().digest}\n"
        "Câu xác nhận:    Tôi đã đọc và hiểu nội dung.\n"
        "Ghi nhận lúc:    23:59:59 ngày 04/11/2025 (giờ Việt Nam), dòng ghi số 7\n"
        f"Khoá công khai:  {key.verifier}\n"
    )
    assert not (terminal.folder / "data").exists()


def test_the_key_may_stand_in_a_file(terminal: Terminal, key: LedgerKey) -> None:
    (terminal.folder / "khoá.txt").write_text(f"{key.verifier}\n", "utf-8")

    assert terminal.done("receipt", "verify", FILE, "--key", "khoá.txt").startswith("Biên nhận đúng.")


def test_without_a_key_it_is_that_of_the_ledger_on_this_machine(terminal: Terminal) -> None:
    said = terminal.done("--set", "key=nơi khác/ledger.key", "receipt", "verify", FILE)

    assert said.startswith("Biên nhận đúng.")


def test_without_any_key_it_is_said_where_to_get_one_and_none_is_made(terminal: Terminal) -> None:
    result = terminal.run("receipt", "verify", FILE)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "Thêm --key với khoá công khai in trên báo cáo" in result.stderr
    assert not (terminal.folder / "data").exists()


@pytest.mark.parametrize("typed", ["", "khoá", "không có.txt", FILE, "x" * 5000, "nơi khác"])
def test_what_is_no_key_is_asked_for_again(terminal: Terminal, typed: str) -> None:
    result = terminal.run("receipt", "verify", FILE, "--key", typed)

    assert (result.exit_code, "Nhập khoá công khai dạng" in result.stderr) == (2, True)


def test_every_fault_of_an_altered_receipt_is_named(terminal: Terminal, key: LedgerKey) -> None:
    file = terminal.folder / FILE
    text = file.read_text("utf-8")
    altered = text.replace("Nguyễn Văn An", "Nguyễn Văn Ấn").replace("T16:59:59", "T15:59:59")
    file.write_text(altered, "utf-8")

    said = terminal.refused("receipt", "verify", FILE, "--key", str(key.verifier))

    assert said.startswith(
        f"Lỗi: {FILE}: biên nhận không đúng:\n"
        "- họ tên, mã công chức trên biên nhận không khớp dòng ghi\n"
        "- dòng ghi trên biên nhận không có trong sổ mà mốc kiểm chứng chứng nhận\n"
        "Cách sửa: So khoá công khai với khoá in trên báo cáo."
    )
    assert said.endswith("Mã lỗi: E-RECEIPT-WRONG\n")


def test_the_key_of_another_ledger_is_found(terminal: Terminal) -> None:
    other = make_key(terminal.folder / "other.key", ORIGIN)

    said = terminal.refused("receipt", "verify", FILE, "--key", str(other.verifier))

    assert "- mốc kiểm chứng không do khoá của sổ này ký: chữ ký không đúng\n" in said


def test_what_is_no_receipt_is_refused(terminal: Terminal, key: LedgerKey) -> None:
    (terminal.folder / "ảnh.png").write_bytes(b"\x89PNG")

    said = terminal.refused("receipt", "verify", "ảnh.png", "--key", str(key.verifier))

    assert said.startswith("Lỗi: ảnh.png: không phải tệp biên nhận")
    assert said.endswith("Mã lỗi: E-RECEIPT-FILE\n")
