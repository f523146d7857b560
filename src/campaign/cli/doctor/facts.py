"""What the checks look at, gathered once: a check only judges, so that each can be tried with any facts."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import requests

from campaign.cli.doctor.recipes import NGINX_FOLDER, UNIT_FILE, find_cut_off_hosts, find_logging_servers
from campaign.core.clock import day_in_viet_nam
from campaign.errors.base import CampaignError
from campaign.errors.site import ManifestError
from campaign.errors.store import DatabaseCorruptError, LedgerKeyMissingError
from campaign.jobs.checkpoint_round import read_outlets
from campaign.jobs.sample import SAMPLE_SECRETS, SAMPLE_SLIP
from campaign.posts.content import CONTENT_FOLDER
from campaign.posts.manifest import MANIFEST_FILE, Manifest, read_manifest
from campaign.settings import SETTINGS_FILE, Place, Settings, system_clock
from campaign.store.figures.retention import read_retentions
from campaign.store.ledger.database import Database
from campaign.store.proofs.signing import load_key
from campaign.store.proofs.survey import KnownSecrets, Survey, file_of, survey_database

MOUNTS_FILE = Path("/proc/self/mounts")
FEED = "feeds/tat-ca.atom.xml"
SECONDS_TO_ANSWER = 5
NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "glusterfs", "ceph"}
DEBUG_VARIABLES = ("PYTHONDEVMODE", "PYTHONASYNCIODEBUG", "PYTHONINSPECT", "PYTHONVERBOSE")


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file that is there.

    Attributes:
        open_to: Who besides the owner may read it: ``nhóm``, ``mọi người``; empty for nobody.
    """

    path: Path
    open_to: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """The built site; nothing but its folder when it is not built.

    Attributes:
        feed: The text of the feed of everything, which names the site's own address.
        content_changed_at: When something of which the site is made was changed last.
    """

    manifest: Manifest | None = None
    problem: str = ""
    built_at: datetime | None = None
    content_changed_at: datetime | None = None
    feed: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class MachineFacts:
    """The machine and the account under which this runs.

    Attributes:
        is_synchronised: Whether something keeps the clock right; nothing when that cannot be told.
        network_folder: The kind of a network file system on which the database lies; empty when it does not.
        open_files: How many files a process may open.
        debugging: Names of what makes Python slow and talkative.
    """

    free_bytes: int
    is_root: bool
    is_synchronised: bool | None
    network_folder: str
    open_files: int
    debugging: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """How the recorder answers at its address; the status is 0 when it does not."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything.

    Attributes:
        survey: What the database holds; nothing when there is none.
        store_problem: Why the database could not be looked at; empty when it could.
        store_remedy: What to do about that.
        copies: Files beside the database that look like plain copies of it.
        backup: The newest backup, or nothing.
        answer: How the recorder answers; nothing when it was not asked.
        logging_servers: Files of nginx that hand on to the recorder and log requests; nothing when none hands on.
        places: Where checkpoints go.
        near_places: Folders among them that are on the same disk as the ledger.
        places_problem: Why that cannot be told; empty when it can.
        cut_off_hosts: Other machines that are needed, and that the unit of systemd keeps the recorder from.
        kept_too_long: The campaigns whose personal data is kept although their time is over.
    """

    settings: Settings
    now: datetime
    survey: Survey | None
    store_problem: str
    store_remedy: str
    database_file: FileFacts | None
    key_file: FileFacts | None
    settings_file: FileFacts | None
    copies: tuple[Path, ...]
    backup: FileFacts | None
    site: SiteFacts
    machine: MachineFacts
    answer: Answer | None
    logging_servers: tuple[str, ...] | None
    cut_off_hosts: tuple[str, ...]
    places: tuple[str, ...]
    near_places: tuple[str, ...] = ()
    places_problem: str = ""
    kept_too_long: tuple[str, ...] = ()


def gather_facts(settings: Settings, backups: Path, *, deployed: bool) -> Facts:
    """Look at everything once; whatever does not answer becomes a fact, too."""
    file = file_of(settings.database)
    survey, problem, remedy = None, "", "Kiểm tra thiết lập “database” và máy chủ."
    try:
        key = load_key(settings.key, settings.origin) if settings.key.exists() else None
        known = KnownSecrets(SAMPLE_SLIP.token, SAMPLE_SECRETS.passphrase, key)
        survey = survey_database(settings.database, known)
    except CampaignError as error:
        problem, remedy = error.why, error.remedy if isinstance(error, DatabaseCorruptError) else remedy
    places, places_problem = tuple(place.where for place in settings.checkpoint_to), ""
    try:
        with suppress(LedgerKeyMissingError):  # There is no ledger yet whose witnesses these could be.
            places = read_outlets(settings, load_key(settings.key, settings.origin).verifier).names
    except CampaignError as error:
        places_problem = error.problem
    return Facts(
        settings=settings,
        now=system_clock(),
        survey=survey,
        store_problem=problem,
        store_remedy=remedy,
        database_file=describe_file(file) if file else None,
        key_file=describe_file(settings.key),
        settings_file=describe_file(SETTINGS_FILE),
        copies=tuple(find_copies(file)) if file else (),
        backup=find_newest(backups.glob("*.zip*")),
        site=describe_site(settings.site, CONTENT_FOLDER),
        machine=describe_machine(file or settings.key),
        answer=ask(f"{settings.address}/vao") if deployed else None,
        logging_servers=find_logging_servers(NGINX_FOLDER, settings.listen.port) if deployed else None,
        cut_off_hosts=find_cut_off_hosts(settings, UNIT_FILE),
        places=places,
        near_places=tuple(find_near(settings.checkpoint_to, (file or settings.key).parent)),
        places_problem=places_problem,
        kept_too_long=tuple(find_kept_too_long(settings.database)) if survey and survey.sample is False else (),
    )


def find_kept_too_long(url: str) -> list[str]:
    """Return the campaigns whose personal data is kept although their time is over; nothing when that is not known."""
    with suppress(CampaignError):
        database = Database(url)
        with closing(database), database.reading() as connection:
            today = day_in_viet_nam(system_clock())
            return [each.campaign.title for each in read_retentions(connection) if each.is_due(today)]
    return []


def describe_file(path: Path) -> FileFacts | None:
    """Return what is known of a file, or nothing when it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    readers = {"nhóm": found.st_mode & 0o040, "mọi người": found.st_mode & 0o004} if os.name == "posix" else {}
    open_to = " và ".join(who for who, may in readers.items() if may)
    return FileFacts(path, open_to, datetime.fromtimestamp(found.st_mtime, UTC))


def find_near(places: Iterable[Place], folder: Path) -> list[str]:
    """Return the folders among *places* that are on the same disk as *folder*."""
    found = [place.where for place in places if place.kind == "folder" and Path(place.where).is_dir()]
    return [near for near in found if folder.is_dir() and Path(near).stat().st_dev == folder.stat().st_dev]


def find_newest(files: Iterable[Path]) -> FileFacts | None:
    """Return the file that was changed last."""
    found = [file for file in map(describe_file, files) if file]
    return max(found, key=lambda file: file.changed_at, default=None)


def find_copies(database: Path) -> list[Path]:
    """Return the files beside an SQLite database that are SQLite databases, too."""
    others = [file for file in sorted(database.parent.glob("*")) if file.is_file() and file.name != database.name]
    return [file for file in others if _begins_like_sqlite(file)]


def describe_site(folder: Path, content: Path) -> SiteFacts:
    """Return what is known of the site that was built into *folder* from *content*."""
    newest = find_newest([content, *content.rglob("*"), Path("mkdocs.yml")])
    changed_at = newest.changed_at if newest else None
    built = describe_file(folder / MANIFEST_FILE)
    if built is None:
        return SiteFacts(content_changed_at=changed_at)
    feed = folder / FEED
    text = feed.read_text("utf-8", "replace") if feed.exists() else ""
    try:
        return SiteFacts(read_manifest(folder), "", built.changed_at, changed_at, text)
    except ManifestError as error:
        return SiteFacts(None, error.problem, built.changed_at, changed_at, text)


def describe_machine(file: Path) -> MachineFacts:
    """Return what is known of this machine; *file* tells which disk matters."""
    flags = {"-X dev": sys.flags.dev_mode, "-i": sys.flags.inspect, "-v": sys.flags.verbose}
    debugging = [name for name in DEBUG_VARIABLES if os.environ.get(name)]
    folder = next(folder for folder in (file.absolute(), *file.absolute().parents) if folder.is_dir())
    return MachineFacts(
        free_bytes=shutil.disk_usage(folder).free,
        is_root=os.name == "posix" and os.geteuid() == 0,
        is_synchronised=_ask_clock(),
        network_folder=_file_system_of(folder, MOUNTS_FILE),
        open_files=_count_open_files(),
        debugging=(*debugging, *(name for name, is_set in flags.items() if is_set)),
    )


def ask(address: str) -> Answer:
    """Ask for a page as a browser would."""
    try:
        answer = requests.get(address, timeout=SECONDS_TO_ANSWER, allow_redirects=False)
    except requests.RequestException:
        return Answer(0)
    return Answer(answer.status_code, {name.lower(): value for name, value in answer.headers.items()})


def _begins_like_sqlite(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return opened.read(16) == b"SQLite format 3\0"
    except OSError:
        return False


def _ask_clock() -> bool | None:
    try:
        command = ["timedatectl", "show", "--property=NTPSynchronized", "--value"]
        said = subprocess.run(  # noqa: S603 - always the same words
            command, check=False, capture_output=True, text=True, timeout=SECONDS_TO_ANSWER
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    return {"yes": True, "no": False}.get(said.strip())


def _file_system_of(folder: Path, mounts: Path) -> str:
    """Return the network file system on which *folder* lies; empty when it lies on this machine."""
    try:
        lines = [line.split() for line in mounts.read_text("utf-8", "replace").splitlines()]
    except OSError:
        return ""
    above = [(len(fields[1]), fields[2]) for fields in lines if folder.is_relative_to(fields[1])]
    kind = max(above, default=(0, ""))[1]
    return kind if kind in NETWORK_FILE_SYSTEMS else ""


def _count_open_files() -> int:
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return sys.maxsize
    return resource.getrlimit(resource.RLIMIT_NOFILE)[1]
