"""Gathering the outcome of a post for a report: figures first, then the checkpoint that covers them."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from campaign.core.clock import day_in_viet_nam
from campaign.posts.rendering import to_html
from campaign.report.evidence import verifier_digest
from campaign.report.outcome import Outcome
from campaign.report.package import write_package
from campaign.report.pdf import to_pdf
from campaign.report.post_document import write_post
from campaign.report.template import check_template
from campaign.store.figures.closings import close_posts, compare_closings, find_closing, read_due
from campaign.store.figures.coverage import read_coverage
from campaign.store.figures.curves import read_curve
from campaign.store.ledger.campaigns import read_campaign
from campaign.store.ledger.database import Connection, Database
from campaign.store.ledger.ledger import appending, find_steps_back
from campaign.store.posts.declarations import campaign_of, read_department
from campaign.store.posts.dispatches import read_dispatches
from campaign.store.posts.posts import first_published_at, read_files
from campaign.store.proofs.signing import LedgerKey
from campaign.store.proofs.verification import keep_checkpoint
from campaign.word.reading.archive import Archive


def gather_outcome(database: Database, key: LedgerKey, post: str, as_of: datetime, address: str) -> Outcome:
    """Return how a post stood at *as_of*; what leaves the house gets its checkpoint from `seal_outcome`.

    Raises:
        PostUnknownError: No such post asked for a confirmation then.
    """
    with database.reading() as connection:
        return _read_outcome(connection, key, post, as_of, address)


def seal_outcome(database: Database, key: LedgerKey, outcome: Outcome, now: datetime) -> Outcome:
    """Return *outcome* as of which a paper is made now: with its closing, and a checkpoint that covers its figures.

    The closing is recorded here when no recorder has done it since the deadline.
    """
    with database.reading() as connection:
        due = read_due(connection, now)
        doubts = (*compare_closings(connection), *find_steps_back(connection))
    with appending(database) as ledger:
        close_posts(ledger, key, due, now)
        note = keep_checkpoint(ledger.connection, key, now)
        closing = find_closing(ledger.connection, outcome.post.id, outcome.deadline.before)
    is_over = outcome.deadline.ends_at <= outcome.as_of
    return replace(
        outcome,
        note=note,
        made_on=day_in_viet_nam(now),
        closing=closing if is_over else None,
        doubts=doubts,
        verifier_digest=verifier_digest(),
    )


def _read_outcome(connection: Connection, key: LedgerKey, post: str, as_of: datetime, address: str) -> Outcome:
    found = read_coverage(connection, post, as_of)
    revision, deadline = found.revision, found.revision.post.deadline
    assert deadline is not None  # noqa: S101 - coverage is read only of posts that have one
    return Outcome(
        department=read_department(connection, as_of),
        campaign=campaign_of(connection, revision.post, as_of),
        sample=read_campaign(connection).sample,
        post=revision.post,
        deadline=deadline,
        opened_on=day_in_viet_nam(first_published_at(connection, revision.post_id)),
        as_of=as_of,
        made_on=day_in_viet_nam(as_of),
        figures=found.figures,
        standings=found.standings,
        curve=read_curve(connection, revision, as_of),
        dispatches=read_dispatches(connection, post, as_of),
        note=b"",
        verifier=key.verifier,
        address=address,
        files=read_files(connection, revision.post),
    )


def make_package(outcome: Outcome) -> bytes:
    """Return the send package of a post: its text as readers see it, as Word and as PDF where LibreOffice is."""
    html = to_html(outcome.post.text, f"{outcome.address}/bai-dang/{outcome.post.id}/")
    document = write_post(outcome, html)
    return write_package(outcome, document, to_pdf(document))


def keep_template(file: Path, content: bytes) -> None:
    """Judge the Office's own Word template, and put it into use in one step.

    Raises:
        CampaignError: It is no safe Word document, or not one that can be filled; the earlier one stays in use.
    """
    Archive(content)
    check_template(content)
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.part")
    draft.write_bytes(content)
    draft.replace(file)
