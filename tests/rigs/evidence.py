"""A ledger of a few entries without a database, and bundles of it, sound and forged."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from campaign.core.ledger import merkle
from campaign.core.ledger.checkpoint import Checkpoint
from campaign.core.ledger.entry import Entry, Facts, Kind, Personal, to_payload
from campaign.core.ledger.keyring import Rotation, rotation_text
from campaign.report.evidence import Evidence, write_bundle
from campaign.store.proofs.signing import LedgerKey
from tests.rigs.builders import LAST_SECOND, OPENED, post
from tests.rigs.keys import KEY, ORIGIN

NOTICE = post()
Held = tuple[Entry, Personal | None]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Entries with their personal fields, and the checkpoints that were signed over them."""

    entries: tuple[Held, ...] = ()
    checkpoints: tuple[tuple[int, bytes], ...] = ()

    @property
    def size(self) -> int:
        return len(self.entries)

    def append(self, kind: Kind, facts: Facts, personal: Facts | None = None, at: datetime | None = None) -> "Ledger":
        """Return the ledger with one entry more, an hour after the last unless told."""
        hidden = Personal(bytes(32), to_payload(personal)) if personal is not None else None
        at = at or (self.entries[-1][0].at + timedelta(hours=1) if self.entries else OPENED.astimezone(UTC))
        entry = Entry(self.size + 1, at, kind, to_payload(facts), hidden.digest if hidden else None)
        return replace(self, entries=(*self.entries, (entry, hidden)))

    def alter(self, sequence: int, at: datetime) -> "Ledger":
        """Return the ledger with an entry of another time; no checkpoint is signed again."""
        entry, personal = self.entries[sequence - 1]
        altered = (replace(entry, at=at), personal)
        return replace(self, entries=(*self.entries[: sequence - 1], altered, *self.entries[sequence:]))

    def note(self, key: LedgerKey = KEY, at: datetime = LAST_SECOND) -> bytes:
        """Return a signed checkpoint over all entries."""
        frontier, _ = merkle.grow(0, (), [entry.leaf_hash for entry, _ in self.entries])
        return key.sign(Checkpoint(ORIGIN, self.size, merkle.root_of_frontier(frontier)), at)

    def sealed(self, key: LedgerKey = KEY) -> "Ledger":
        """Return the ledger with a checkpoint over all entries."""
        return replace(self, checkpoints=(*self.checkpoints, (self.size, self.note(key))))

    def rotate(self, old: LedgerKey, new: LedgerKey, *, accepted: bool = True) -> "Ledger":
        """Return the ledger with the entry that *new* follows *old*."""
        text = rotation_text(old.verifier, new.verifier)
        acceptance = new.private.sign(text) if accepted else b""
        rotation = Rotation(0, old.verifier, new.verifier, old.private.sign(text), acceptance)
        return self.append(Kind.KEY_ROTATED, rotation.to_facts() | {"actor": "chi"})


def confirmation(member: int, revision: int = 1) -> Facts:
    """Return what the confirmation of the notice says."""
    return {"post": NOTICE.id, "revision": revision, "member": member, "digest": NOTICE.digest, "method": "web"}


def person(number: int, name: str) -> Facts:
    """Return the personal fields of a member."""
    return {"staff_code": f"SKHCN-00{number}", "name": name, "email": None}


def tell_story() -> Ledger:
    """Return a ledger in which two people join, read the notice, and one of them confirms."""
    document = json.loads(NOTICE.to_document())
    published = {"post": NOTICE.id, "revision": 1, "digest": NOTICE.digest, "document": document}
    ledger = Ledger().append(Kind.CAMPAIGN_OPENED, {"title": "Thử", "sample": False, "key": str(KEY.verifier)})
    ledger = ledger.append(Kind.UNIT_ADDED, {"unit": 1, "name": "Văn phòng"})
    for number, name in ((1, "=Đặng Văn An"), (2, "Lò Thị Bình")):
        facts = {"member": number, "unit": 1, "category": "worker"}
        ledger = ledger.append(Kind.MEMBER_JOINED, facts, person(number, name))
    ledger = ledger.append(Kind.REVISION_PUBLISHED, published)
    return ledger.append(Kind.CONFIRMATION, confirmation(1), person(1, "=Đặng Văn An"))


STORY = tell_story().sealed()


def bundle(path: Path, ledger: Ledger, *, named: bool = True, signer: LedgerKey = KEY) -> Path:
    """Write the bundle of *ledger* and return its path."""
    write_bundle(path, Evidence(signer.verifier, ledger.entries, dict(ledger.checkpoints), named))
    return path


def repack(path: Path, change: Callable[[dict[str, bytes]], None], doubled: Sequence[tuple[str, bytes]] = ()) -> None:
    """Change the files of a bundle, and put *doubled* before them under names that are there already."""
    with ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in [*doubled, *files.items()]:
            archive.writestr(name, content)
