"""A round of the checkpoint of this moment: witnesses cosign it, then it leaves for every place that is set.

Witnesses, and then places, are tried all at once and each on its own, so that what fails stops nothing else; a round
takes no longer than two minutes, whatever the other side does.
"""

import hmac
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TypeVar

from campaign.core.clock import Clock
from campaign.core.ledger.checkpoint import checkpoint_from_note
from campaign.core.ledger.delivery import Delivery
from campaign.core.ledger.note import Signature, SignedNote, Verifier, read_note
from campaign.core.ledger.policy import Policy, Witness, policy_from_text
from campaign.errors.base import CampaignError
from campaign.errors.store import WitnessFileError
from campaign.jobs.witnesses import UndeliveredError, ask_witness, post
from campaign.remind.mail import (
    AddressRefusedError,
    MailDelayedError,
    MailRefusedError,
    MailServer,
    MailUncertainError,
    find_server,
    open_mailbox,
)
from campaign.remind.texts import Text
from campaign.settings import Place, Settings
from campaign.settings.parsing import parse_issuer
from campaign.store.ledger.database import Database
from campaign.store.proofs.deliveries import find_cosigned_size, keep_cosignatures, record_deliveries
from campaign.store.proofs.signing import LedgerKey
from campaign.store.proofs.verification import keep_checkpoint

_MAIL_FAULTS: Mapping[type[Exception], str] = {
    AddressRefusedError: "máy chủ thư nói không có địa chỉ này",
    MailRefusedError: "máy chủ thư không nhận thư của máy này",
    MailDelayedError: "máy chủ thư lúc này chưa nhận",
    MailUncertainError: "mất kết nối khi gửi, không rõ thư đã đi chưa",
}
_log = logging.getLogger(__name__)
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Outlets:
    """Where checkpoints go.

    Attributes:
        policy: The ledger's key with its witnesses, and how many of them must cosign.
        secret: What places on the web know our checkpoints by.
        seconds: How long the witnesses together, and then the places, have.
    """

    policy: Policy
    places: tuple[Place, ...] = ()
    secret: str = field(default="", repr=False)
    mail: MailServer | None = None
    seconds: float = 60

    @property
    def witnesses(self) -> Mapping[str, Witness]:
        """Those who are asked to cosign, by the name of their place."""
        return {f"nhân chứng {witness.name}": witness for witness in self.policy.witnesses if witness.address}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all places."""
        return (*self.witnesses, *(place.where for place in self.places))


def read_outlets(settings: Settings, trusted: Verifier) -> Outlets:
    """Gather where checkpoints of the ledger with that key go.

    Raises:
        WitnessFileError: The file of witnesses cannot be used.
    """
    policy, file = Policy(trusted), settings.witnesses
    if file.exists():
        try:
            policy = policy_from_text(f"{file.read_text('utf-8')}\nlog {trusted}\n")
            for witness in policy.witnesses:
                parse_issuer(witness.address)
        except (OSError, ValueError) as error:
            raise WitnessFileError(str(file), str(error)) from error
    return Outlets(policy, settings.checkpoint_to, settings.checkpoint_secret, find_server(settings))


def send_checkpoint(database: Database, key: LedgerKey, outlets: Outlets, clock: Clock) -> list[Delivery]:
    """Sign and keep the checkpoint of this moment, let it be cosigned and sent, and record what became of it.

    Raises:
        ForeignKeyError: The ledger has another key; nothing was signed.
    """
    with database.writing() as connection:
        note = read_note(keep_checkpoint(connection, key, clock()))
        cosigned = outlets.policy.cosigned(bytes(note))
        known = {name: find_cosigned_size(connection, witness.verifier) for name, witness in outlets.witnesses.items()}
    size = checkpoint_from_note(note.text).size
    answers = _try_all_at_once(
        {
            name: partial(ask_witness, database, witness, note, known[name])
            for name, witness in outlets.witnesses.items()
            if witness.name not in cosigned
        },
        outlets.seconds,
    )
    with database.writing() as connection:
        note = keep_cosignatures(connection, size, (line for line in answers.values() if isinstance(line, Signature)))
    outcomes = dict.fromkeys(outlets.witnesses) | answers
    outcomes |= _try_all_at_once(
        {place.where: partial(_deliver, place, note, outlets, clock) for place in outlets.places}, outlets.seconds
    )
    deliveries = [
        Delivery(name, size, clock(), str(outcome) if isinstance(outcome, UndeliveredError) else "")
        for name, outcome in outcomes.items()
    ]
    with database.writing() as connection:
        record_deliveries(connection, deliveries)
    return deliveries


def _try_all_at_once(tries: Mapping[str, Callable[[], Result]], seconds: float) -> dict[str, Result | UndeliveredError]:
    """Return what each try came to in time; one that hangs is left behind."""
    outcomes: dict[str, Result | UndeliveredError] = {
        name: UndeliveredError(f"chưa xong sau {seconds:.0f} giây") for name in tries
    }

    def attempt(name: str) -> None:
        try:
            outcomes[name] = tries[name]()
        except UndeliveredError as error:
            outcomes[name] = error
        except CampaignError as error:
            outcomes[name] = UndeliveredError(error.problem)
        except Exception as error:  # noqa: BLE001 -- a fault of ours at one place must not keep the checkpoint from the others.
            _log.exception("a checkpoint was not delivered")
            outcomes[name] = UndeliveredError(f"lỗi của chương trình: {error!r}")

    until = time.monotonic() + seconds
    threads = [Thread(target=attempt, args=(name,), daemon=True) for name in tries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0, until - time.monotonic()))
    return dict(outcomes)


def _deliver(place: Place, note: SignedNote, outlets: Outlets, clock: Clock) -> None:
    match place.kind:
        case "web":
            signature = hmac.digest(outlets.secret.encode(), bytes(note), "sha256").hex()
            answer = post(place.where, bytes(note), {"X-Campaign-Signature": f"sha256={signature}"})
            if answer.status // 100 != 2:  # noqa: PLR2004 -- the statuses of success
                message = f"máy chủ trả lời mã {answer.status}"
                raise UndeliveredError(message)
        case "mail":
            _mail(place.where, note, outlets.mail, clock)
        case "folder":
            _put_into(Path(place.where), note)


def _file_name(size: int) -> str:
    return f"moc-{size:09}.txt"


def _put_into(folder: Path, note: SignedNote) -> None:
    """Write the checkpoint beside the earlier ones, and find by them whether the ledger was rewritten or set back."""
    size = checkpoint_from_note(note.text).size
    file = folder / _file_name(size)
    try:
        if not folder.is_dir():  # It is not made: a share that is not mounted would be a folder of this machine.
            message = "không có thư mục này (ổ mạng chưa gắn?)"
            raise UndeliveredError(message)
        newest = max((each.name for each in folder.glob("moc-*.txt")), default="")
        if newest > file.name:
            message = f"ở đó đã có {newest}, mà sổ chỉ có {size} dòng ghi: sổ đã bị quay lui"
            raise UndeliveredError(message)
        if file.exists() and not file.read_bytes().startswith(note.text + b"\n"):
            message = f"{file.name} ở đó là mốc khác: một trong hai sổ đã bị viết lại. Tệp ấy được giữ nguyên"
            raise UndeliveredError(message)
        draft = file.with_suffix(".part")
        draft.write_bytes(bytes(note))
        draft.replace(file)
    except OSError as error:
        message = f"không ghi được ({error.strerror})"
        raise UndeliveredError(message) from error


def _mail(address: str, note: SignedNote, server: MailServer | None, clock: Clock) -> None:
    assert server is not None  # noqa: S101 - the settings demand one where a place is a mail address
    checkpoint = checkpoint_from_note(note.text)
    text = Text(
        f"Mốc kiểm chứng {checkpoint.origin}: {checkpoint.size} dòng ghi",
        "Xin giữ thư này. Tệp kèm theo là mốc kiểm chứng đã ký của sổ ghi nhận; về sau, sổ bị sửa, xoá hay viết lại "
        "đều bị phát hiện khi so với nó:\n\ncampaign ledger verify --checkpoint TỆP\n\n"
        f"Mốc không có tên người. Nội dung:\n\n{bytes(note).decode()}",
        {_file_name(checkpoint.size): bytes(note)},
    )
    try:
        with open_mailbox(server) as mailbox:
            mailbox.send(address, text, f"moc-{checkpoint.size}.{int(clock().timestamp())}", clock())
    except tuple(_MAIL_FAULTS) as error:
        raise UndeliveredError(_MAIL_FAULTS[type(error)]) from None
