"""Backups as a timer takes them: in several places, encrypted for a key that is not here, kept by a rule, and tried."""

import os
import re
import shutil
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pyrage

from campaign.core.ledger.policy import Policy
from campaign.errors.store import BackupFileError, BackupKeyError, LedgerAlteredError
from campaign.settings import SETTINGS_FILE, TABLE, Settings
from campaign.store.ledger.database import Connection, Database
from campaign.store.proofs.backup import restore_backup, write_backup
from campaign.store.proofs.rotations import require_own_key
from campaign.store.proofs.signing import LedgerKey
from campaign.store.proofs.verification import verify_ledger

DAYS, WEEKS, MONTHS = 7, 4, 12
"""Of how many days, weeks and months the newest backup is kept."""

_ENCRYPTED = b"age-encryption"
_NAME = re.compile(r"campaign-(\d{8}-\d{6})\.zip(?:\.age)?")
_NAME_TIME = "%Y%m%d-%H%M%S"


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a backup.

    Attributes:
        rows: How many rows of the database it holds.
        left_out: Files of the settings that it does not hold, because passwords are in them.
        refused: Folders that could not take it, with the reason.
        dropped: How many older ones went.
    """

    files: tuple[Path, ...]
    rows: int
    left_out: tuple[Path, ...] = ()
    refused: tuple[tuple[Path, str], ...] = ()
    dropped: int = 0


def find_files(settings: Settings) -> Iterator[Path]:
    """Yield the files beside the database that are needed to come back, as they are named from the current folder."""
    for place in (SETTINGS_FILE, Path("mkdocs.yml"), Path("content"), settings.department, settings.report_template,
                  settings.outbox):  # fmt: skip
        if not place.is_absolute():
            yield from sorted(file for file in [place, *place.rglob("*")] if file.is_file())


def take_backup(
    connection: Connection, settings: Settings, file: Path, published: Path | None, recipient: str = ""
) -> Kept:
    """Write a backup, encrypted for *recipient* if there is one: an age key, whose other half is elsewhere.

    Raises:
        BackupKeyError: *recipient* is no such key.
    """
    beside = list(find_files(settings))
    left_out = tuple(path for path in beside if path == SETTINGS_FILE and _holds_secret(path))
    beside = [path for path in beside if path not in left_out]
    if not recipient:
        return Kept((file,), write_backup(connection, file, published, beside), left_out)
    try:
        key = pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError:
        raise BackupKeyError(recipient) from None
    plain, draft = file.with_name(f"{file.name}.zip.part"), file.with_name(f"{file.name}.part")
    try:
        rows = write_backup(connection, plain, published, beside)
        draft.touch(0o600)
        pyrage.encrypt_file(str(plain), str(draft), [key])
        with draft.open("rb+") as written:
            os.fsync(written.fileno())
        draft.replace(file)
    finally:
        for path in (plain, draft):
            path.unlink(missing_ok=True)
    return Kept((file,), rows, left_out)


def keep_backup(
    connection: Connection,
    settings: Settings,
    folders: Sequence[Path],
    published: Path | None,
    now: datetime,
    recipient: str = "",
) -> Kept:
    """Take a backup into the first of *folders*, copy it to the others, and drop old ones wherever it arrived."""
    name = f"campaign-{now.strftime(_NAME_TIME)}.zip{'.age' if recipient else ''}"
    folders[0].mkdir(parents=True, exist_ok=True)
    taken = take_backup(connection, settings, folders[0] / name, published, recipient)
    arrived, refused = [taken.files[0]], []
    for folder in folders[1:]:
        draft = folder / f"{name}.part"
        try:
            shutil.copyfile(taken.files[0], draft)
            draft.chmod(0o600)
            arrived.append(draft.replace(folder / name))
        except OSError as error:
            refused.append((folder, error.strerror or str(error)))
            with suppress(OSError):
                draft.unlink(missing_ok=True)
    old = [file for new in arrived for file in find_old(new.parent.glob("campaign-*"))]
    for file in old:
        file.unlink()
    return Kept(tuple(arrived), taken.rows, taken.left_out, tuple(refused), len(old))


def find_old(files: Iterable[Path]) -> list[Path]:
    """Return which backups are not kept: not the newest of one of the last days, weeks or months that have any."""
    at = {file: datetime.strptime(found[1], _NAME_TIME) for file in files if (found := _NAME.fullmatch(file.name))}  # noqa: DTZ007 -- the names are in UTC, and only compared
    newest_first = sorted(at, key=lambda file: at[file], reverse=True)
    kept: set[Path] = set()
    for form, count in (("%Y-%m-%d", DAYS), ("%G-%V", WEEKS), ("%Y-%m", MONTHS)):
        newest: dict[str, Path] = {}
        for file in newest_first:
            newest.setdefault(at[file].strftime(form), file)
        kept.update(list(newest.values())[:count])
    return [file for file in newest_first if file not in kept]


@contextmanager
def opened(file: Path, identity: Path | None) -> Iterator[Path]:
    """Give a backup that can be read: decrypted into a folder that goes away, when it is encrypted.

    Raises:
        BackupKeyError: It is encrypted, and *identity* holds no key that opens it.
    """
    try:
        with file.open("rb") as start:
            is_encrypted = start.read(len(_ENCRYPTED)) == _ENCRYPTED
    except OSError as error:
        raise BackupFileError(file.name, "không đọc được") from error
    if not is_encrypted:
        yield file
        return
    with TemporaryDirectory() as folder:
        plain = Path(folder, file.name)
        try:
            key = (
                next(line for line in identity.read_text().split() if line.startswith("AGE-SECRET")) if identity else ""
            )
            pyrage.decrypt_file(str(file), str(plain), [pyrage.x25519.Identity.from_str(key)])
        except (OSError, StopIteration, pyrage.IdentityError, pyrage.DecryptError) as error:
            raise BackupKeyError(str(identity or "")) from error
        yield plain


def try_backup(file: Path, key: LedgerKey) -> int:
    """Restore a backup into a database that goes away, verify its ledger, and return how many rows it has.

    Raises:
        BackupFileError: It cannot be read.
        ForeignKeyError: It is of a ledger with another key.
        LedgerAlteredError: Its ledger was altered.
    """
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/thu.sqlite3")
        try:
            with database.writing() as connection:
                rows = restore_backup(connection, file)
                require_own_key(connection, key)
                verdict = verify_ledger(connection, Policy(key.verifier))
        finally:
            database.close()
    if verdict.findings:
        raise LedgerAlteredError(verdict.findings)
    return rows


def find_newest(folder: Path) -> Path:
    """Return the newest backup of a folder.

    Raises:
        BackupFileError: There is none.
    """
    newest = max((file for file in folder.glob("campaign-*") if _NAME.fullmatch(file.name)), default=None)
    if newest is None:
        raise BackupFileError(str(folder), "thư mục chưa có bản sao lưu nào")
    return newest


def _holds_secret(file: Path) -> bool:
    said = tomllib.loads(file.read_text(encoding="utf-8"))
    secrets = {setting.name for setting in TABLE if setting.is_secret}
    return bool(secrets & said.keys()) or "@" in str(said.get("database", ""))
