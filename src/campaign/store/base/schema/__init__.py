"""The tables.

The ledger is the truth. The projections (``people``, ``posts``, ``tallies``) are made from it and can be made again
(``projections.rebuild``). Credentials are neither facts nor projections: they are secrets' hashes that come and go.

The types of instants and days are those of `types`; keys are integers, because text keys make the file five times as
large.
"""

from campaign.store.base.schema.base import metadata, schema_version
from campaign.store.base.schema.credentials import (
    account,
    account_trail,
    api_token,
    passkey,
    session,
    slip,
)
from campaign.store.base.schema.drafts import draft, draft_file, editing, publishing
from campaign.store.base.schema.ledger import (
    checkpoint,
    delivery,
    entry,
    node,
    personal,
    shown_file,
    tree_head,
)
from campaign.store.base.schema.passing import (
    bucket,
    refused_address,
    reminder_claim,
    slip_batch,
    ticket,
    waiting_file,
)
from campaign.store.base.schema.people import (
    campaign,
    erasure,
    listed,
    member,
    membership,
    roster_change,
    unit,
    unit_change,
)
from campaign.store.base.schema.posts import (
    audience,
    closing,
    confirmation,
    declaration,
    dispatch,
    draft_act,
    paper,
    post,
    reminder,
    revision,
    seen_list,
    sheet,
    special_case,
)
from campaign.store.base.schema.tallies import (
    TALLIES,
    day_tally,
    headcount,
    unit_tally,
)

__all__ = [
    "LEDGER",
    "PASSING",
    "PERSONAL",
    "PROJECTIONS",
    "TALLIES",
    "account",
    "account_trail",
    "api_token",
    "audience",
    "bucket",
    "campaign",
    "checkpoint",
    "closing",
    "confirmation",
    "day_tally",
    "declaration",
    "delivery",
    "dispatch",
    "draft",
    "draft_act",
    "draft_file",
    "editing",
    "entry",
    "erasure",
    "headcount",
    "listed",
    "member",
    "membership",
    "metadata",
    "node",
    "paper",
    "passkey",
    "personal",
    "post",
    "publishing",
    "refused_address",
    "reminder",
    "reminder_claim",
    "revision",
    "roster_change",
    "schema_version",
    "seen_list",
    "session",
    "sheet",
    "shown_file",
    "slip",
    "slip_batch",
    "special_case",
    "ticket",
    "tree_head",
    "unit",
    "unit_change",
    "unit_tally",
    "waiting_file",
]

LEDGER = (schema_version, entry, personal, node, tree_head, checkpoint)
"""The truth: one of these that is missing cannot be made again."""

PROJECTIONS = (
    *TALLIES,
    draft_act,
    closing,
    reminder,
    dispatch,
    special_case,
    seen_list,
    sheet,
    paper,
    confirmation,
    audience,
    revision,
    post,
    roster_change,
    listed,
    membership,
    member,
    unit_change,
    unit,
    erasure,
    declaration,
    campaign,
)
"""The tables made from the ledger, those that refer to others first; each is labelled as people read it."""

PERSONAL = (
    waiting_file,
    slip_batch,
    refused_address,
    personal,
    member,
    listed,
    paper,
    special_case,
    slip,
    session,
    ticket,
)
"""The tables that hold something about a person that can be erased."""

PASSING = (waiting_file, slip_batch, session, ticket, bucket, reminder_claim, refused_address, editing, publishing)
"""The tables that no backup keeps: people sign in again, ask for another link, and attempts are counted from zero."""
