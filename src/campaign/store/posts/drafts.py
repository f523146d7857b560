"""Drafts in the store, shared by all recorders: their texts and files, who is writing, and what was decided."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from campaign.core.clock import format_instant
from campaign.core.draft import Draft, DraftAct
from campaign.core.ledger.entry import Kind
from campaign.errors.drafts import DraftChangedError, DraftFileUnknownError, DraftUnknownError
from campaign.store.base import schema
from campaign.store.ledger.ledger import OpenLedger

ONE_SITTING = timedelta(minutes=15)
"""What one account saves within this time is one version, unless something was decided about it."""
SEEN_FOR = timedelta(seconds=45)
"""So long after its page last asked, an account counts as writing."""

_DRAFT, _FILE, _EDITING = schema.draft.c, schema.draft_file.c, schema.editing.c


def find_draft(connection: Connection, post: str, version: int | None = None) -> Draft | None:
    """Return the newest version of the draft of a post, or the one named; nothing when there is none."""
    query = select(schema.draft).where(_DRAFT.post == post).order_by(_DRAFT.version.desc()).limit(1)
    row = connection.execute(query if version is None else query.where(_DRAFT.version == version)).one_or_none()
    return None if row is None else _to_draft(row, find_digests(connection, post))


def require_draft(connection: Connection, post: str, unit: str | None = None) -> Draft:
    """Return the newest version of the draft of a post.

    Args:
        connection: The database.
        post: The id of the post.
        unit: The only unit whose drafts may be seen, if any.

    Raises:
        DraftUnknownError: There is none, or it is another unit's.
    """
    draft = find_draft(connection, post)
    if draft is None or unit not in (None, draft.unit):
        raise DraftUnknownError(post)
    return draft


def list_versions(connection: Connection, post: str) -> list[Draft]:
    """Return every version of the draft of a post, the newest first."""
    query = select(schema.draft).where(_DRAFT.post == post).order_by(_DRAFT.version.desc())
    files = find_digests(connection, post)
    return [_to_draft(row, files) for row in connection.execute(query)]


def list_drafts(connection: Connection, unit: str | None = None) -> list[Draft]:
    """Return the newest version of every draft, the last saved first; of one unit only if *unit* says so."""
    newest = select(_DRAFT.post, func.max(_DRAFT.version).label("version")).group_by(_DRAFT.post).subquery()
    is_newest = (newest.c.post == _DRAFT.post) & (newest.c.version == _DRAFT.version)
    query = select(schema.draft).join(newest, is_newest).order_by(_DRAFT.saved_at.desc(), _DRAFT.post)
    files: dict[str, dict[str, str]] = {}
    for row in connection.execute(select(_FILE.post, _FILE.name, _FILE.digest)):
        files.setdefault(row.post, {})[row.name] = row.digest
    rows = connection.execute(query if unit is None else query.where(_DRAFT.unit == unit))
    return [_to_draft(row, files.get(row.post, {})) for row in rows]


def save_draft(connection: Connection, draft: Draft, seen: str) -> Draft:
    """Save a version of a draft in a writing transaction, and return it as it is kept.

    Args:
        connection: The database.
        draft: What is to be kept; its version is set here.
        seen: The text digest of the version that its author had before the eyes; "" for a new draft.

    Raises:
        DraftChangedError: Somebody has saved another version since.
    """
    last = find_draft(connection, draft.post)
    if (last.text_digest if last else "") != seen:
        kept = last or draft
        raise DraftChangedError(draft.post, kept.author, format_instant(kept.saved_at))
    if last and (last.source, last.base, last.path) == (draft.source, draft.base, draft.path):
        return last
    is_sitting = last and last.author == draft.author and draft.saved_at - last.saved_at < ONE_SITTING
    number = last.version if last else 0
    if last and is_sitting and not read_acts(connection, draft.post, last.digest):
        connection.execute(delete(schema.draft).where(_DRAFT.post == draft.post, _DRAFT.version == number))
    else:
        number += 1
    values = {name: getattr(draft, name) for name in ("post", "path", "source", "base", "author", "unit", "saved_at")}
    connection.execute(insert(schema.draft), values | {"version": number})
    return replace(draft, version=number, files=last.files if last else {})


def keep_file(connection: Connection, post: str, name: str, content: bytes) -> None:
    """Keep a file of a draft, in the place of one of that name."""
    drop_file(connection, post, name)
    digest = sha256(content).hexdigest()
    connection.execute(insert(schema.draft_file), {"post": post, "name": name, "digest": digest, "content": content})


def drop_file(connection: Connection, post: str, name: str) -> None:
    """Forget a file of a draft."""
    connection.execute(delete(schema.draft_file).where(_FILE.post == post, _FILE.name == name))


def read_file(connection: Connection, post: str, name: str) -> bytes:
    """Return a file of a draft.

    Raises:
        DraftFileUnknownError: It has none of that name.
    """
    query = select(_FILE.content).where(_FILE.post == post, _FILE.name == name)
    content: bytes | None = connection.scalar(query)
    if content is None:
        raise DraftFileUnknownError(name)
    return content


def find_digests(connection: Connection, post: str) -> dict[str, str]:
    """Return the SHA-256 of the files of a draft, by name."""
    query = select(_FILE.name, _FILE.digest).where(_FILE.post == post).order_by(_FILE.name)
    return {row.name: row.digest for row in connection.execute(query)}


def note_editing(connection: Connection, post: str, account: str, at: datetime) -> list[str]:
    """Note that *account* is writing, forget who is not any more, and return who else is."""
    connection.execute(delete(schema.editing).where(_EDITING.seen_at < at - SEEN_FOR))
    is_it = _EDITING.post == post, _EDITING.account == account
    if not connection.execute(update(schema.editing).where(*is_it).values(seen_at=at)).rowcount:
        connection.execute(insert(schema.editing), {"post": post, "account": account, "seen_at": at})
    return find_others(connection, post, account, at)


def find_others(connection: Connection, post: str, account: str, at: datetime) -> list[str]:
    """Return the full names of the other accounts that are writing."""
    query = (
        select(schema.account.c.full_name)
        .join(schema.editing, _EDITING.account == schema.account.c.name)
        .where(_EDITING.post == post, _EDITING.account != account, _EDITING.seen_at >= at - SEEN_FOR)
    )
    return list(connection.scalars(query.order_by(schema.account.c.full_name)))


def note_act(ledger: OpenLedger, kind: Kind, draft: Draft, actor: str, at: datetime, note: str = "") -> None:
    """Append that something was decided about a draft."""
    ledger.append(kind, at, {"post": draft.post, "digest": draft.digest, "actor": actor, "note": note})


def read_acts(connection: Connection, post: str, digest: str | None = None) -> list[DraftAct]:
    """Return what was decided about the draft of a post, in order; about one version only if *digest* says so."""
    act = schema.draft_act.c
    query = select(schema.draft_act).where(act.post == post).order_by(act.sequence)
    return _to_acts(connection.execute(query if digest is None else query.where(act.digest == digest)))


def read_all_acts(connection: Connection) -> dict[str, list[DraftAct]]:
    """Return what was decided about every draft, in order, by post."""
    found: dict[str, list[DraftAct]] = {}
    for row in connection.execute(select(schema.draft_act).order_by(schema.draft_act.c.sequence)):
        found.setdefault(row.post, []).extend(_to_acts([row]))
    return found


def names_of_accounts(connection: Connection) -> Mapping[str, str]:
    """Return the full name of each account, by its name."""
    query = select(schema.account.c.name, schema.account.c.full_name)
    return {row.name: row.full_name for row in connection.execute(query)}


def _to_acts(rows: Iterable[Row[Any]]) -> list[DraftAct]:
    return [DraftAct(row.sequence, Kind(row.kind), row.digest, row.actor, row.at, row.note) for row in rows]


def _to_draft(row: Row[Any], files: Mapping[str, str]) -> Draft:
    values = {name: getattr(row, name) for name in ("post", "version", "path", "base", "author", "saved_at", "unit")}
    return Draft(source=row.source, files=files, **values)
