"""Drafts: texts on their way to the content folder. They are no facts until somebody decides about them."""

from sqlalchemy import Column, Integer, Table, Text

from campaign.store.base.schema.base import metadata
from campaign.store.base.types import Bytes, Instant

draft = Table(
    "draft",
    metadata,
    Column("post", Text, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("path", Text, nullable=False),
    Column("source", Bytes, nullable=False),
    Column("base", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("unit", Text),
    Column("saved_at", Instant, nullable=False),
)
"""The versions of each draft; the last one is what is being written."""

draft_file = Table(
    "draft_file",
    metadata,
    Column("post", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("content", Bytes, nullable=False),
)
"""Pictures and attachments of drafts."""

editing = Table(
    "editing",
    metadata,
    Column("post", Text, primary_key=True),
    Column("account", Text, primary_key=True),
    Column("seen_at", Instant, nullable=False),
)
"""Who has the editor of a draft open: its page says so now and then."""

publishing = Table(
    "publishing",
    metadata,
    Column("post", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("done", Integer, nullable=False),
    Column("steps", Integer, nullable=False),
    Column("told", Text, nullable=False),
    Column("changed_at", Instant, nullable=False),
)
"""Approved drafts that wait for their publication, and how the last one of each post went."""
