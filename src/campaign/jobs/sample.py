"""The sample campaign: made-up people whose confirmations went through the very code that records real ones.

Only the notice is true. The roster, the times and the codes are the same in every sample, so that a newcomer can follow
the handbook; the recorder says on each page that the data is made up. None of the codes opens a real campaign.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from importlib import resources
from pathlib import Path
from types import MappingProxyType

from campaign.core.clock import VIET_NAM, day_in_viet_nam
from campaign.core.dispatch import Channel, Dispatch
from campaign.core.people.access import AccessSlip, Role, WayIn
from campaign.core.people.roster import plan_roster
from campaign.core.people.special_case import Grounds
from campaign.core.post import Post, digest_of, post_from_document
from campaign.lists.files import read_sheets_of
from campaign.lists.people import read_list
from campaign.posts.manifest import Manifest, load_documents, load_files, read_manifest
from campaign.store.credentials.accounts import (
    STEP_SECONDS,
    Account,
    Secrets,
    add_account,
    find_secrets,
    list_accounts,
    totp_code,
)
from campaign.store.credentials.sessions import Reader
from campaign.store.credentials.slips import issue_slips, prepare_slip
from campaign.store.ledger.campaigns import Campaign, open_campaign, read_campaign, require_no_campaign
from campaign.store.ledger.database import Connection, Database
from campaign.store.ledger.ledger import OpenLedger, appending
from campaign.store.posts.confirmations import Press, confirm
from campaign.store.posts.declarations import declare
from campaign.store.posts.dispatches import record_dispatch
from campaign.store.posts.posts import publish_revision
from campaign.store.posts.special_cases import exempt_member
from campaign.store.proofs.signing import LedgerKey, make_key
from campaign.store.roster.roster import ListedMember, apply_roster, read_roster

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
OPENED_AT = datetime(2025, 10, 24, 8, 0, tzinfo=VIET_NAM)
FIRST_PRESS = datetime(2025, 10, 27, 8, 5, tzinfo=VIET_NAM)
LAST_SECOND = datetime(2025, 11, 4, 23, 59, 59, tzinfo=VIET_NAM)
EXEMPT = {"SKHCN-009": "Đi học tập trung đến 31/12/2025", "SKHCN-027": "Biệt phái công tác đến hết năm 2025"}
OUTSTANDING = 9
LATE = 8


@dataclass(frozen=True, slots=True)
class SampleAccount:
    """An account of the sample, with the code that serves now."""

    account: Account
    passphrase: str
    code: str


def open_sample(database: Database, site: Path, key_file: Path, origin: str) -> None:
    """Open the sample campaign: the posts of the built site, made-up people, confirmations of October/November 2025.

    Raises:
        CampaignExistsError: The database has a campaign.
        ManifestError: The site is not built.
    """
    manifest = read_manifest(site)
    documents = load_documents(site, manifest)
    files = {digest: file for document in documents for digest, file in load_files(site, document).items()}
    with appending(database) as ledger:
        require_no_campaign(ledger.connection)
        add_sample_data(ledger, manifest, documents, make_key(key_file, origin), files)


def add_sample_data(
    ledger: OpenLedger,
    manifest: Manifest,
    documents: Iterable[bytes],
    key: LedgerKey,
    files: Mapping[str, bytes] = MappingProxyType({}),
) -> None:
    """Fill an empty ledger with the sample.

    Raises:
        CampaignExistsError: It is not empty.
    """
    open_campaign(ledger, Campaign(manifest.title, sample=True), OPENED_AT, key.verifier)
    declare(ledger, manifest.campaigns, manifest.department, OPENED_AT)
    with resources.as_file(resources.files("campaign.jobs") / "sample_roster.csv") as file:
        listed = read_list(file.name, read_sheets_of(file)).require_members()
    apply_roster(ledger, plan_roster({}, listed), OPENED_AT + timedelta(hours=1))
    members = read_roster(ledger.connection)
    for account in SAMPLE_ACCOUNTS:
        add_account(ledger.connection, account, SAMPLE_SECRETS, key, OPENED_AT)
    newcomer = prepare_slip(members[SAMPLE_STAFF_CODE], SAMPLE_SLIP)
    issue_slips(ledger, [newcomer], SAMPLE_ACCOUNTS[0].name, OPENED_AT + timedelta(hours=2))
    story = _Story(ledger, members, files)
    for document in documents:
        story.publish(document)
    story.tell()


class _Story:
    """What happens in the sample, over all posts in the order of time: a ledger never goes back."""

    def __init__(self, ledger: OpenLedger, members: dict[str, ListedMember], files: Mapping[str, bytes]) -> None:
        self._files = files
        self._ledger = ledger
        self._members = members
        self._acts: list[tuple[datetime, Callable[[datetime], object]]] = []

    def tell(self) -> None:
        """Let everything happen."""
        for at, act in sorted(self._acts, key=lambda dated: dated[0]):
            act(at)

    def publish(self, document: bytes) -> None:
        """Publish a post, send it out, and let its readers press."""
        post = post_from_document(document)
        self._acts.append((post.publish_at, lambda at: publish_revision(self._ledger, document, at, self._files)))
        start = max(FIRST_PRESS, post.publish_at.replace(hour=FIRST_PRESS.hour, minute=FIRST_PRESS.minute))
        self._acts.append((start, lambda at: self._send_out(post, at)))
        if post.deadline is not None:
            self._confirm_all(post, digest_of(document), start)

    def _send_out(self, post: Post, at: datetime) -> None:
        """Record that a post was sent out on both channels, as the plan asks; the number is made up."""
        for channel, number, recipients in (
            (Channel.WEBSITE, "", ""),
            (Channel.DOCUMENT_SYSTEM, "00/SKHCN-VP", "các phòng, đơn vị thuộc Sở"),
        ):
            dispatch = Dispatch(channel, day_in_viet_nam(at), number, recipients)
            record_dispatch(self._ledger, post.id, dispatch, SAMPLE_ACCOUNTS[0].name, at)
        if post.deadline is not None:
            for staff_code, reason in EXEMPT.items():
                exempt_member(self._ledger, post.id, staff_code, Grounds(reason, SAMPLE_ACCOUNTS[0].name, at))

    def _confirm_all(self, post: Post, digest: str, start: datetime) -> None:
        """Let most confirm in time, some late, and leave the newcomer and a few others outstanding."""
        chance = random.Random(post.id)  # noqa: S311 -- the same sample each time, nothing secret
        others = [
            listed
            for code, listed in self._members.items()
            if code not in {*EXEMPT, SAMPLE_STAFF_CODE}
            and post.audience.includes(listed.member.unit, listed.member.category)
        ]
        chance.shuffle(others)
        pressing = others[OUTSTANDING - 1 :]
        # A post for few may have fewer presses than instants; then the boundary ones are left.
        for at, listed in zip(_instants(chance, start, len(pressing)), pressing, strict=False):
            reader, press = Reader(listed, WayIn.SLIP_CODE), Press("", post.id, post.revision.number, digest, at)
            self._acts.append((at, partial(self._press, reader, press)))

    def _press(self, reader: Reader, press: Press, _at: datetime) -> None:
        confirm(self._ledger, reader, press)


def _instants(chance: random.Random, start: datetime, count: int) -> list[datetime]:
    """Return when each presses: one in the last second, one in the first late one, a few later, in office hours."""
    late = [_in_office_hours(chance, LAST_SECOND + timedelta(hours=8), 15) for _ in range(LATE - 1)]
    in_time = [_in_office_hours(chance, start, (LAST_SECOND - start).days) for _ in range(count - LATE - 1)]
    return [LAST_SECOND, LAST_SECOND + timedelta(seconds=1), *late, *in_time]


def _in_office_hours(chance: random.Random, start: datetime, days: int) -> datetime:
    day = start.replace(hour=8, minute=0, second=0) + timedelta(days=chance.randrange(days))
    return day + timedelta(seconds=chance.randrange(9 * 3600))


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
