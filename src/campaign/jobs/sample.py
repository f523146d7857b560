"""How a newcomer gets into the sample campaign. Nothing here is secret, and nothing of it opens a real campaign."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from campaign.core.access import AccessSlip, Role
from campaign.store.credentials.accounts import STEP_SECONDS, Account, Secrets, find_secrets, list_accounts, totp_code
from campaign.store.ledger.campaigns import read_campaign
from campaign.store.ledger.database import Connection
from campaign.store.proofs.signing import LedgerKey

SAMPLE_STAFF_CODE = "SKHCN-031"
"""The member whom a newcomer may try out: has a slip, and has not confirmed."""
SAMPLE_SLIP = AccessSlip(token="minh-hoa-khong-dung-that", access_code="MINHHOA2")  # noqa: S106 - public by purpose
SAMPLE_SECRETS = Secrets(passphrase="van phong minh hoa", totp=b"minh hoa, khong dung")  # noqa: S106 - the same
SAMPLE_ACCOUNTS = (
    Account("vanphong", "Cán bộ Văn phòng (minh hoạ)", Role.OFFICE),
    Account("truongphong", "Trưởng phòng (minh hoạ)", Role.UNIT_HEAD, "Phòng Chuyển đổi số"),
    Account("kiemtra", "Người kiểm tra (minh hoạ)", Role.AUDITOR),
    Account("bientap", "Biên tập (minh hoạ)", Role.EDITOR),
)


@dataclass(frozen=True, slots=True)
class SampleAccount:
    """An account of the sample, with the code that serves now."""

    account: Account
    passphrase: str
    code: str


def sample_accounts(connection: Connection, key: LedgerKey, at: datetime) -> tuple[SampleAccount, ...]:
    """Return how one gets into the sample campaign as what; nothing in a real one."""
    return tuple(_find(connection, key, at)) if read_campaign(connection).sample else ()


def _find(connection: Connection, key: LedgerKey, at: datetime) -> Iterator[SampleAccount]:
    for account in list_accounts(connection):
        held = find_secrets(connection, account.name)
        if held is None or key.unseal(held.totp_sealed) != SAMPLE_SECRETS.totp:
            continue  # Somebody gave that account secrets of its own.
        is_used = held.totp_step >= int(at.timestamp()) // STEP_SECONDS
        code = totp_code(SAMPLE_SECRETS.totp, at + timedelta(seconds=STEP_SECONDS) if is_used else at)
        yield SampleAccount(account, SAMPLE_SECRETS.passphrase, code)
