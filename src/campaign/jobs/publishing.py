"""Publishing an approved draft: its files go into the content folder, and the site is built by a program of its own.

The build runs as ``campaign publish``, as it does by hand: what stops one stops the other. When it fails, the files
are put back as they were, and readers keep the site that they have.
"""

import logging
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from campaign.core.clock import Clock
from campaign.core.draft import DraftState, PublishingState
from campaign.core.ledger.entry import Kind
from campaign.errors.base import CampaignError
from campaign.errors.drafts import ContentChangedError, DraftStateError, PublishingFailedError
from campaign.errors.posts import SymlinkError
from campaign.jobs.drafts import digest_of_file, state_of
from campaign.posts.workplace import Workplace
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.ledger.writer import Writer
from campaign.store.posts.drafts import names_of_accounts, note_act, read_file, require_draft
from campaign.store.posts.publishing import (
    Publishing,
    change_state,
    find_abandoned,
    find_due,
    find_publishing,
    note_steps,
)

BUILD_SECONDS = 600
GIT_SECONDS = 20
_STEPS = re.compile(r"(\d+)/(\d+)\n")
_LONGEST_TOLD = 4_000

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Publisher:
    """What publishes drafts on this machine.

    Attributes:
        environment: The settings of this recorder, for the program that builds.
    """

    database: Database
    writer: Writer
    clock: Clock
    workplace: Workplace
    environment: Mapping[str, str]

    def look(self) -> None:
        """Publish the draft that is due, if any. A fault is told to whoever asked."""
        try:
            with self.database.reading() as connection:
                due, left = find_due(connection, self.clock()), find_abandoned(connection, self.clock())
            for post in left:
                self._note(partial(_give_up, post, self.clock()))
            if due and self.writer.submit(lambda ledger: _claim(ledger, due, self.clock())).result():
                self._publish(due)
        except CampaignError as error:
            _log.warning("nothing published: %s", error.problem)

    def publish_files(self, files: Mapping[str, bytes], author: str) -> None:
        """Write files into the content folder and build the site with them.

        Raises:
            PublishingFailedError: The build refused; the files are as they were.
        """
        kept = {path: self.workplace.read(path) for path in files}
        try:
            _write(self.workplace.content, files)
            self._build("")
        except BaseException:
            _write(self.workplace.content, kept)
            raise
        if problem := commit(self.workplace, list(files), author, f"Khai báo {', '.join(files)}"):
            _log.warning("nothing committed: %s", problem)

    def _publish(self, due: Publishing) -> None:
        try:
            told = self._write_and_build(due)
            state = PublishingState.DONE
        except CampaignError as error:
            state, told = PublishingState.FAILED, f"{error.problem}\n{error.remedy}"
        except OSError as error:
            failed = PublishingFailedError(f"không ghi được {error.filename or 'tệp'} ({error.strerror})")
            state, told = PublishingState.FAILED, f"{failed.problem}\n{failed.remedy}"
        except Exception as error:  # noqa: BLE001 - whoever asked must hear of it
            _log.exception("bug while publishing %s", due.post)
            state, told = PublishingState.FAILED, f"Lỗi của chương trình ({type(error).__name__})."
        self._note(lambda ledger: change_state(ledger.connection, due.post, state, self.clock(), told[:_LONGEST_TOLD]))

    def _write_and_build(self, due: Publishing) -> str:
        """Write the files, build, and append that it was published; return what is to be known."""
        with self.database.reading() as connection:
            draft = require_draft(connection, due.post)
            state = state_of(connection, draft)
            if draft.digest != due.digest or state is not DraftState.APPROVED:
                raise DraftStateError(state.label)
            folder = draft.path.rpartition("/")[0]
            files = {f"{folder}/{draft.post}/{name}": read_file(connection, draft.post, name) for name in draft.files}
            author = names_of_accounts(connection).get(draft.author, draft.author)
        before = self.workplace.read(draft.path)
        if (digest_of_file(before) if before is not None else "") not in (draft.base, draft.text_digest):
            raise ContentChangedError(draft.path)
        written = {draft.path: draft.source} | files
        kept = {path: self.workplace.read(path) for path in written}
        try:
            _write(self.workplace.content, written)
            self._build(due.post)
        except BaseException:
            _write(self.workplace.content, kept)
            raise
        self._note(lambda ledger: note_act(ledger, Kind.DRAFT_PUBLISHED, draft, due.actor, self.clock()))
        problem = commit(self.workplace, list(written), author, f"Đăng {draft.post}, do {due.actor} cho đăng")
        return f"Chưa ghi được vào git: {problem}" if problem else ""

    def _build(self, post: str) -> None:
        """Run ``campaign publish`` and note its steps.

        Raises:
            PublishingFailedError: It refused, or took too long.
        """
        command = [sys.executable, "-m", "campaign.cli.main", "publish", "--steps"]
        environment = {**os.environ, **self.environment, "PYTHONIOENCODING": "utf-8"}
        with subprocess.Popen(  # noqa: S603 - our own program
            command,
            cwd=self.workplace.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        ) as building:
            timer = threading.Timer(BUILD_SECONDS, building.kill)
            timer.start()
            said = []
            assert building.stdout is not None  # noqa: S101 - it was asked for
            for line in building.stdout:
                steps = _STEPS.fullmatch(line)
                if steps:
                    self._note_steps(post, int(steps[1]), int(steps[2]))
                else:
                    said.append(line)
            timer.cancel()
        if building.returncode:
            raise PublishingFailedError(
                "".join(said).strip() or f"chương trình dựng trang dừng ({building.returncode})"
            )

    def _note_steps(self, post: str, done: int, steps: int) -> None:
        self._note(lambda ledger: note_steps(ledger.connection, post, done, steps, self.clock()))

    def _note(self, job: Callable[[OpenLedger], None]) -> None:
        self.writer.submit(job).result()


def commit(workplace: Workplace, paths: list[str], author: str, message: str) -> str:
    """Commit files by name when the content folder is in a git work tree; return what went wrong, or ""."""
    git = ["git", "-C", str(workplace.content), "-c", "user.name=campaign", "-c", "user.email=campaign@localhost"]
    name = re.sub(r"[<>\n]", " ", author)

    def run(*words: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run([*git, *words], capture_output=True, timeout=GIT_SECONDS, check=False)  # noqa: S603 - names of our own making

    try:
        if run("rev-parse", "--is-inside-work-tree").stdout.strip() != b"true":
            return ""
        run("add", "--", *paths)
        if not run("diff", "--cached", "--quiet", "--", *paths).returncode:
            return ""
        said = ["--quiet", "--no-verify", f"--author={name} <campaign@localhost>", f"--message={message}"]
        done = run("commit", *said, "--", *paths)
    except FileNotFoundError:  # no git on this machine
        return ""
    except (OSError, subprocess.SubprocessError) as error:
        return str(error)
    return done.stderr.decode(errors="replace").strip() if done.returncode else ""


def _claim(ledger: OpenLedger, due: Publishing, at: datetime) -> bool:
    """Take a publication for this recorder, unless another was faster."""
    now = find_publishing(ledger.connection, due.post)
    if now is None or now.state is not PublishingState.WAITING or now.digest != due.digest:
        return False
    change_state(ledger.connection, due.post, PublishingState.RUNNING, at)
    return True


def _give_up(post: str, at: datetime, ledger: OpenLedger) -> None:
    """Note that a publication has ended with its recorder."""
    change_state(ledger.connection, post, PublishingState.FAILED, at, "Bộ ghi nhận dừng giữa chừng; mời bấm đăng lại.")


def _write(content: Path, files: Mapping[str, bytes | None]) -> None:
    """Write files into the content folder, each at one stroke; those without content are deleted."""
    for path, data in files.items():
        file = content / path
        if not file.resolve().is_relative_to(content.resolve()):
            raise SymlinkError(path)
        if data is None:
            file.unlink(missing_ok=True)
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        half_written = file.with_name(f".{file.name}.tmp")
        half_written.write_bytes(data)
        half_written.replace(file)
