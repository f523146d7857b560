"""The evidence bundle: a ZIP from which anyone can verify the ledger, with Python alone and without this machine.

The same evidence gives the same bytes, so two bundles can be compared by their hash. The verifier is no part of it: a
program that lies in what is to be judged proves nothing.
"""

import fnmatch
import io
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from campaign.core.ledger.entry import Entry, Kind, Personal
from campaign.core.ledger.note import Verifier
from campaign.core.post import to_canonical_json
from campaign.report.bundle import CHECKPOINTS_FOLDER, ENTRIES_FILE, FILES_FOLDER, REVISIONS_FOLDER, Readable

VERIFIER_FILE = "verify.pyz"
VERIFIER_MODULES = {
    "campaign": "__init__.py",
    "campaign.core": "*.py",
    "campaign.core.figures": "*.py",
    "campaign.core.ledger": "*.py",
    "campaign.core.people": "*.py",
    "campaign.errors": "*.py",
    "campaign.report": "[_bv][_ue]*.py",
}
"""What the stand-alone verifier is made of, by package: all of it needs the standard library only."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What goes into a bundle.

    Attributes:
        entries: Every entry in order, with its personal fields when it still has some.
        checkpoints: The signed checkpoints that were handed out, by their size.
        named: Whether the personal fields go along.
        files: The files that revisions showed, with their digests.
    """

    verifier: Verifier
    entries: Iterable[tuple[Entry, Personal | None]]
    checkpoints: Mapping[int, bytes]
    named: bool = True
    files: Iterable[tuple[str, bytes]] = ()


def write_bundle(path: Path, evidence: Evidence) -> None:
    """Write the bundle to *path*, readable by its owner only; the entries are streamed, so memory does not grow."""
    path.unlink(missing_ok=True)
    owners = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    readable, documents = Readable(), dict[str, bytes]()
    with os.fdopen(owners, "wb") as file, ZipFile(file, "w", ZIP_DEFLATED) as bundle:
        with bundle.open(_entry(ENTRIES_FILE), "w", force_zip64=True) as lines:
            for entry, personal in evidence.entries:
                kept = personal if evidence.named else None
                lines.write(_to_line(entry.leaf_data, kept))
                facts = json.loads(entry.facts)
                readable.take(entry, facts, json.loads(kept.payload) if kept else {})
                if entry.kind is Kind.REVISION_PUBLISHED:
                    documents[f"{facts['post']}.{facts['revision']}.json"] = to_canonical_json(facts["document"])
        for name, document in documents.items():
            _add(bundle, REVISIONS_FOLDER + name, document)
        for digest, content in evidence.files:
            if digest in readable.files:
                _add(bundle, FILES_FOLDER + digest, content)
        for size, note in evidence.checkpoints.items():
            _add(bundle, f"{CHECKPOINTS_FOLDER}{size:09}.txt", note)
        for name, content in readable.write(evidence.verifier, list(evidence.checkpoints.values())):
            _add(bundle, name, content)


@cache
def make_verifier() -> bytes:
    """Return the stand-alone verifier: the very rules that this program runs, as one file that Python runs."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        _add(archive, "__main__.py", b"from campaign.report.verifier import main\n\nmain()\n")
        for package, wanted in VERIFIER_MODULES.items():
            modules = {module.name: module for module in resources.files(package).iterdir()}
            for name in sorted(fnmatch.filter(modules, wanted)):
                _add(archive, f"{package.replace('.', '/')}/{name}", modules[name].read_bytes())
    return file.getvalue()


def verifier_digest() -> str:
    """Return the SHA-256 of the stand-alone verifier, in hexadecimal, as reports and the verification page print it."""
    return sha256(make_verifier()).hexdigest()


def _entry(name: str) -> ZipInfo:
    """Return the head of a file in the bundle, with a fixed date, so that equal evidence gives equal bytes."""
    info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = ZIP_DEFLATED
    return info


def _add(bundle: ZipFile, name: str, content: bytes) -> None:
    bundle.writestr(_entry(name), content)


def _to_line(leaf_data: bytes, personal: Personal | None) -> bytes:
    kept = personal and {"salt": personal.salt.hex(), "payload": personal.payload.decode()}
    return json.dumps({"entry": leaf_data.decode(), "personal": kept}, ensure_ascii=False).encode() + b"\n"
