import base64
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from campaign.core.ledger.checkpoint import Checkpoint
from campaign.core.ledger.keyring import Keyring
from campaign.core.ledger.note import Verifier
from campaign.errors.store import LedgerKeyError, LedgerKeyMissingError
from campaign.store.proofs.signing import LedgerKey, load_key, make_key

CHECKPOINT = Checkpoint("example.vn/so-ghi-nhan", 60, bytes(range(32)))
AT = datetime(2025, 11, 4, 16, 59, 59, tzinfo=UTC)


def test_a_signed_checkpoint_reads_back(key: LedgerKey) -> None:
    assert key.verifier.read(key.sign(CHECKPOINT, AT)) == CHECKPOINT


def test_a_note_is_the_checkpoint_and_a_line_that_the_public_key_verifies(key: LedgerKey) -> None:
    """As the C2SP signed-note format says, so that programs of others can check it."""
    text, _, signature_lines = key.sign(CHECKPOINT, AT).decode().partition("\n\n")
    dash, name, encoded = signature_lines.split("\n")[0].split(" ")
    verifier_name, key_id, public = str(key.verifier).split("+", 2)

    assert (dash, name, verifier_name) == ("—", key.verifier.origin, key.verifier.origin)
    assert text.split("\n")[:2] == [key.verifier.origin, "60"]
    signature = base64.b64decode(encoded)
    assert signature[:4].hex() == key_id
    assert base64.b64decode(public) == b"\x01" + key.verifier.public
    Ed25519PublicKey.from_public_bytes(key.verifier.public).verify(signature[4:], text.encode() + b"\n")


def test_the_second_line_is_the_key_s_own_cosignature_with_the_time(key: LedgerKey) -> None:
    """As C2SP tlog-cosignature says: eight bytes of seconds, then a signature over a header, the time and the text."""
    text, _, signature_lines = key.sign(CHECKPOINT, AT).decode().partition("\n\n")
    signature = base64.b64decode(signature_lines.split("\n")[1].split(" ")[2])

    assert signature[:4] == key.verifier.cosigner.key_id
    assert int.from_bytes(signature[4:12]) == AT.timestamp()
    signed = f"cosignature/v1\ntime {int(AT.timestamp())}\n{text}\n".encode()
    Ed25519PublicKey.from_public_bytes(key.verifier.public).verify(signature[12:], signed)


def test_another_key_did_not_sign_it(key: LedgerKey, tmp_path: Path) -> None:
    other = make_key(tmp_path / "other.key", key.verifier.origin)

    with pytest.raises(ValueError, match="not signed"):
        other.verifier.read(key.sign(CHECKPOINT, AT))


def test_another_name_did_not_sign_it(key: LedgerKey) -> None:
    other = LedgerKey(Verifier("example.org/so-khac", key.verifier.public), key.private)

    with pytest.raises(ValueError, match=r".+"):
        other.verifier.read(key.sign(CHECKPOINT, AT))


def test_a_signature_for_another_text_is_not_ours(key: LedgerKey) -> None:
    note = key.sign(CHECKPOINT, AT).replace(b"\n60\n", b"\n61\n")

    with pytest.raises(ValueError, match="not signed"):
        key.verifier.read(note)


def test_any_flipped_bit_of_a_note_is_found(key: LedgerKey) -> None:
    """Every seventh bit: in eight bytes each place of a byte comes up once. A line in another name says nothing."""
    note = key.sign(CHECKPOINT, AT)
    second_name = note.rindex(b"\xe2\x80\x94")
    elsewhere = range(second_name, note.rindex(b" "))

    for bit in range(0, 8 * len(note), 7):
        altered = bytearray(note)
        altered[bit // 8] ^= 1 << bit % 8
        if bit // 8 not in elsewhere:
            with pytest.raises(ValueError, match=r".+"):
                Keyring(key.verifier).read(bytes(altered))


def test_a_signature_of_a_witness_beside_ours_does_no_harm(key: LedgerKey, tmp_path: Path) -> None:
    witness = make_key(tmp_path / "witness.key", "witness.example")
    line = witness.sign(CHECKPOINT, AT).partition(b"\n\n")[2]
    text, _, ours = key.sign(CHECKPOINT, AT).partition(b"\n\n")

    assert key.verifier.read(text + b"\n\n" + line + ours) == CHECKPOINT
    assert key.verifier.read(text + b"\n\n" + ours + line) == CHECKPOINT


@pytest.mark.parametrize("note", [b"", b"\n\n", b"example.vn\n1\n", b"\xff\n\n\xff"])
def test_what_is_no_note_is_refused(key: LedgerKey, note: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        key.verifier.read(note)


def test_a_key_is_made_once_and_used_again(tmp_path: Path) -> None:
    path = tmp_path / "data" / "ledger.key"

    first, second = make_key(path, "example.vn"), make_key(path, "example.vn")

    assert first.verifier == second.verifier


def test_only_its_owner_may_read_the_key(tmp_path: Path) -> None:
    make_key(tmp_path / "ledger.key", "example.vn")

    assert stat.S_IMODE((tmp_path / "ledger.key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.key"]


def test_recorders_that_start_at_once_get_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _: make_key(tmp_path / "ledger.key", "example.vn").verifier, range(8)))

    assert len(set(keys)) == 1


def test_a_missing_key_is_named_and_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(LedgerKeyMissingError, match=r"data/ledger\.key"):
        load_key(tmp_path / "data/ledger.key", "example.vn")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"not a key"])
def test_broken_key_file_is_named_and_left_alone(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "ledger.key"
    file.write_bytes(content)

    with pytest.raises(LedgerKeyError, match=r"ledger\.key"):
        make_key(file, "test")

    assert file.read_bytes() == content
