"""Asking witnesses to cosign a checkpoint: a client of C2SP tlog-witness, which trusts nothing that it is answered."""

from collections.abc import Mapping
from dataclasses import dataclass

import requests

from campaign.core.ledger.checkpoint import checkpoint_from_note
from campaign.core.ledger.merkle import consistency_proof
from campaign.core.ledger.note import Signature, SignedNote
from campaign.core.ledger.policy import Witness
from campaign.core.ledger.witnessing import find_cosignature, read_seen_size, write_request
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import node_reader

SECONDS = 10
ANSWER_BYTES = 64 * 1024
OK, CONFLICT = 200, 409
_NOT_BY_THE_STANDARD = "nhân chứng trả lời không đúng chuẩn tlog-witness"
_REFUSALS: Mapping[int, str] = {
    400: "nhân chứng không hiểu yêu cầu",
    403: "nhân chứng không nhận khoá của sổ này; gửi họ tệp khoá công khai mới",
    404: "nhân chứng chưa biết sổ này; gửi họ tệp khoá công khai",
    CONFLICT: _NOT_BY_THE_STANDARD,
    422: "nhân chứng thấy sổ không nối tiếp sổ mà họ đã ký: sổ đã bị viết lại",
}


class UndeliveredError(Exception):
    """A checkpoint did not arrive, or was not cosigned; the text says why, in Vietnamese."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side answered."""

    status: int
    body: bytes


def ask_witness(database: Database, witness: Witness, note: SignedNote, known: int) -> Signature:
    """Return the cosignature of a witness.

    Args:
        database: The ledger's, for the proof that it goes on from what the witness saw.
        witness: Who is asked.
        note: The signed checkpoint.
        known: The size that the witness cosigned last, as far as we know; where it knows better, it is asked once more.

    Raises:
        UndeliveredError: It did not cosign.
    """
    size, seen = checkpoint_from_note(note.text).size, known
    answer = _add_checkpoint(database, witness, note, known)
    if answer.status == CONFLICT:
        try:
            seen = read_seen_size(answer.body)
        except ValueError:
            raise UndeliveredError(_NOT_BY_THE_STANDARD) from None
        if seen != known:
            answer = _add_checkpoint(database, witness, note, seen)
    if answer.status == CONFLICT and seen == size:
        message = f"nhân chứng đã ký một sổ khác cũng có {size} dòng ghi: một trong hai sổ đã bị viết lại"
        raise UndeliveredError(message)
    if answer.status != OK:
        raise UndeliveredError(_REFUSALS.get(answer.status, f"nhân chứng trả lời mã {answer.status}"))
    try:
        cosignature = find_cosignature(answer.body, witness.verifier, note)
    except ValueError:
        raise UndeliveredError(_NOT_BY_THE_STANDARD) from None
    if cosignature is None:
        message = "chữ ký không phải của nhân chứng ấy trên mốc này"
        raise UndeliveredError(message)
    return cosignature


def post(address: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send *body*; neither a redirect nor an answer that is too long is followed to its end.

    Raises:
        UndeliveredError: Nobody answered, or too much.
    """
    sent = {"Content-Type": "text/plain; charset=utf-8", "Accept-Encoding": "identity", **headers}
    try:
        with requests.post(address, body, headers=sent, timeout=SECONDS, allow_redirects=False, stream=True) as answer:
            content = b""
            for part in answer.iter_content(ANSWER_BYTES):
                content += part
                if len(content) > ANSWER_BYTES:
                    message = "trả lời dài bất thường"
                    raise UndeliveredError(message)
            return Answer(answer.status_code, content)
    except requests.Timeout:
        message = f"không trả lời trong {SECONDS} giây"
    except requests.exceptions.SSLError:
        message = "có chứng thư HTTPS không dùng được"
    except (requests.RequestException, ValueError):
        message = "không nối được"
    raise UndeliveredError(message)


def _add_checkpoint(database: Database, witness: Witness, note: SignedNote, old: int) -> Answer:
    """Hand in the checkpoint with the proof that it goes on from *old* entries.

    Raises:
        UndeliveredError: Nobody answered, or the ledger is shorter than that.
    """
    size = checkpoint_from_note(note.text).size
    if old > size:
        message = f"nhân chứng đã ký {old} dòng ghi, mà sổ chỉ có {size}: sổ đã bị quay lui"
        raise UndeliveredError(message)
    with database.reading() as connection:
        proof = consistency_proof(old, size, node_reader(connection)) if old else ()
    return post(f"{witness.address.removesuffix('/')}/add-checkpoint", write_request(old, proof, note), {})
