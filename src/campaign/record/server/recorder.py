"""The recorder's parts, wired together once."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool

from campaign.core.clock import Clock
from campaign.core.ledger.policy import Policy
from campaign.errors.store import StoreUnreachableError, UncertainCommitError
from campaign.jobs.checkpoint_round import Outlets
from campaign.posts.workplace import Workplace
from campaign.record.server.measures import Measures
from campaign.record.server.presses import PressRecorder
from campaign.record.server.sign_in_options import Ways
from campaign.record.server.site import Site
from campaign.remind.mail import MailServer
from campaign.settings import LOOPBACK
from campaign.store.ledger.database import ANSWER_SECONDS, COMMIT_SECONDS, Connection, Database
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.ledger.writer import Writer
from campaign.store.proofs.signing import LedgerKey

Given = ParamSpec("Given")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Recorder:
    """What the pages work with.

    Attributes:
        presses: What records presses of the button; the writer writes everything else.
        address: The recorder's own address: the only Origin from which forms are taken.
        proxies: The addresses of the servers in front of it, which say from where a request comes.
        ways: The ways in that are open to members.
        department: The file that declares the department; it need not exist.
        report_template: The Office's own report as a Word template; it need not exist.
        mail: Where reminders are handed in; nothing when the Office passes all of them on.
        outbox: The folder for reminders that the Office passes on; it need not exist.
        outlets: Where checkpoints go, and whose cosignatures they need; nothing when neither is set.
        csv_separator: What stands between the cells of CSV files.
        measures: What it counts of itself.
        commit_seconds: After how long without an answer of the database people are told so.
        workplace: Where posts become a site, when that is on this machine.
    """

    database: Database
    writer: Writer
    presses: PressRecorder
    site: Site
    key: LedgerKey
    clock: Clock
    address: str
    proxies: frozenset[str] = frozenset()
    department: Path = Path("content/co-quan.md")
    report_template: Path = Path("data/mau-bao-cao.docx")
    mail: MailServer | None = None
    outbox: Path = Path("data/hop-cho")
    csv_separator: str = ";"
    workplace: Workplace | None = None
    ways: Ways = field(default_factory=Ways)
    outlets: Outlets | None = None

    @property
    def policy(self) -> Policy:
        """Whose checkpoints count: those of the ledger's key, with the witnesses that are set."""
        return self.outlets.policy if self.outlets else Policy(self.key.verifier)

    measures: Measures = field(default_factory=Measures)
    commit_seconds: float = COMMIT_SECONDS

    @property
    def places(self) -> tuple[str, ...]:
        """The names of the places to which checkpoints go."""
        return self.outlets.names if self.outlets else ()

    @property
    def is_secure(self) -> bool:
        """Whether browsers reach the recorder by HTTPS."""
        return self.address.startswith("https://")

    @property
    def admits_accounts(self) -> bool:
        """Whether those who work with the campaign may come in: not where a passphrase can be overheard."""
        return self.is_secure or (urlsplit(self.address).hostname or "") in LOOPBACK

    async def read(
        self, question: Callable[Concatenate[Connection, Given], Result], *args: Given.args, **kwargs: Given.kwargs
    ) -> Result:
        """Ask the database in a thread of its own and return the answer."""

        def ask() -> Result:
            """Ask on a connection of its own."""
            with self.database.reading() as connection:
                return question(connection, *args, **kwargs)

        return await run_in_threadpool(ask)

    async def write(
        self, job: Callable[Concatenate[OpenLedger, Given], Result], *args: Given.args, **kwargs: Given.kwargs
    ) -> Result:
        """Run *job* on the open ledger and return its result once that is durably committed.

        Raises:
            StoreUnreachableError: It was not its turn in time, and will not be.
            UncertainCommitError: It was, and it does not come to its end.
        """
        waiting = self.writer.submit(lambda ledger: job(ledger, *args, **kwargs))
        answer = asyncio.wrap_future(waiting)
        await asyncio.wait([answer], timeout=self.commit_seconds)
        if not answer.done() and not waiting.cancel():  # Lists of many people take longer, once it is their turn.
            await asyncio.wait([answer], timeout=ANSWER_SECONDS)
        if not answer.done():
            raise StoreUnreachableError if waiting.cancelled() else UncertainCommitError
        return answer.result()
