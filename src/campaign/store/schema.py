"""The tables.

The ledger (``entry``, ``personal``, ``node``, ``tree_head``) is the truth. The projections are made from it and can be
made again (``projections.rebuild``). Credentials are neither facts nor projections: they are secrets' hashes that come
and go.

Instants are whole microseconds since 1970-01-01T00:00:00Z; keys are integers, because text keys make the file five
times as large.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
)

metadata = MetaData()


class Bytes(LargeBinary):
    """Bytes that go to the database and come back as they are, which all our drivers can.

    SQLAlchemy wraps and unwraps each value, for drivers that cannot: a good part of the time of writing many rows.
    """

    def bind_processor(self, _dialect: Dialect) -> None:
        """Wrap nothing."""

    def result_processor(self, _dialect: Dialect, _coltype: object) -> None:
        """Unwrap nothing."""


schema_version = Table("schema_version", metadata, Column("version", Integer, primary_key=True, autoincrement=False))

# The ledger

entry = Table(
    "entry",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("facts", Bytes, nullable=False),
    Column("personal_digest", Bytes),
    Column("leaf_hash", Bytes, nullable=False),
)
"""One row a fact, in the order of the tree's leaves; never updated, never deleted."""

personal = Table(
    "personal",
    metadata,
    Column("sequence", Integer, ForeignKey("entry.sequence"), primary_key=True, autoincrement=False),
    Column("salt", Bytes, nullable=False),
    Column("payload", Bytes, nullable=False),
)
"""The personal fields of an entry: outside of the hashed leaf, so that they can be erased."""

node = Table(
    "node",
    metadata,
    Column("level", SmallInteger, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("hash", Bytes, nullable=False),
    sqlite_with_rowid=False,
)
"""The inner nodes of complete subtrees, so that a proof takes a logarithmic number of reads."""

tree_head = Table(
    "tree_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("size", Integer, nullable=False),
    Column("frontier", Bytes, nullable=False),
)
"""One row: the size of the tree and the roots of its complete subtrees, 32 bytes each. Writers take turns on it."""

checkpoint = Table(
    "checkpoint",
    metadata,
    Column("size", Integer, primary_key=True, autoincrement=False),
    Column("note", Bytes, nullable=False),
)
"""Signed checkpoints that were handed out."""

# Projections

campaign = Table(
    "campaign",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("title", Text, nullable=False),
    Column("sample", Boolean, nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    info={"label": "đợt tuyên truyền"},
)

unit = Table(
    "unit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False, unique=True),
    info={"label": "đơn vị"},
)

member = Table(
    "member",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("staff_code", Text, unique=True),
    Column("name", Text),
    Column("email", Text),
    Column("folded", Text),
    info={"label": "người trong danh sách"},
)
"""Who a member is now; the personal columns are empty once erased. ``folded`` is name and code as they are searched."""

membership = Table(
    "membership",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("member_id", Integer, ForeignKey("member.id"), nullable=False, index=True),
    Column("unit_id", Integer, ForeignKey("unit.id"), nullable=False),
    Column("category", Text, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("until", BigInteger),
    info={"label": "thời gian ở đơn vị"},
)
"""In which unit and category a member was, from when until when (open while it lasts)."""

listed = Table(
    "listed",
    metadata,
    Column("member_id", Integer, ForeignKey("member.id"), primary_key=True, autoincrement=False),
    Column("unit_id", Integer, ForeignKey("unit.id"), nullable=False),
    Column("category", Text, nullable=False),
    Column("sort_key", Bytes, nullable=False),
    Index("listed_by_name", "sort_key", "member_id"),
    Index("listed_by_unit", "unit_id", "sort_key", "member_id"),
    info={"label": "danh sách hiện tại"},
)
"""Who is on the roster now, in the Vietnamese order of names (`sort_key`; empty once erased)."""

roster_change = Table(
    "roster_change",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("actor", Text, nullable=False),
    Column("digest", Text),
    Column("undoes", Integer),
    Column("entries", Integer, nullable=False),
    info={"label": "lần cập nhật danh sách"},
)
"""A change of the roster as a whole: so many entries after its own belong to it."""

post = Table(
    "post",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("key", Text, nullable=False, unique=True),
    Column("revision", Integer, nullable=False),
    Column("asks_since", Integer, nullable=False),
    Column("late_from", BigInteger),
    info={"label": "bài đăng"},
)
"""A post as it is now: its current revision, since which one a confirmation stands, and the first late instant."""

audience = Table(
    "audience",
    metadata,
    Column("post_id", Integer, ForeignKey("post.id"), primary_key=True, autoincrement=False),
    Column("unit_id", Integer, ForeignKey("unit.id"), primary_key=True, autoincrement=False),
    Column("category", Text, primary_key=True),
    sqlite_with_rowid=False,
    info={"label": "đối tượng của bài"},
)
"""Whom the current revision of each post is for, unit by unit."""

revision = Table(
    "revision",
    metadata,
    Column("post_id", Integer, ForeignKey("post.id"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("digest", Text, nullable=False),
    Column("document", Bytes, nullable=False),
    Column("asks_since", Integer, nullable=False),
    Column("published_at", BigInteger, nullable=False),
    info={"label": "phiên bản"},
)
"""Published revisions. ``asks_since`` is the last revision, up to this one, that asked everyone (again)."""

confirmation = Table(
    "confirmation",
    metadata,
    Column("post_id", Integer, ForeignKey("post.id"), primary_key=True, autoincrement=False),
    Column("member_id", Integer, ForeignKey("member.id"), primary_key=True, autoincrement=False),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("received_at", BigInteger, nullable=False),
    Column("sequence", Integer, nullable=False, unique=True),
    Column("method", Text, nullable=False),
    sqlite_with_rowid=False,
    info={"label": "xác nhận"},
)

paper = Table(
    "paper",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("post_id", Integer, ForeignKey("post.id"), nullable=False, index=True),
    Column("member_id", Integer, ForeignKey("member.id"), nullable=False, index=True),
    Column("revision", Integer, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    Column("method", Text, nullable=False),
    Column("signed_on", Text),
    Column("scan", Text),
    Column("sheet", Integer),
    Column("actor", Text, nullable=False),
    Column("witness", Text),
    Column("reason", Text),
    Column("withdrawn_at", BigInteger),
    info={"label": "xác nhận do Văn phòng ghi"},
)
"""What is known of a confirmation that the Office recorded; one that was withdrawn stands here only."""

sheet = Table(
    "sheet",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("post_id", Integer, ForeignKey("post.id"), nullable=False, index=True),
    Column("revision", Integer, nullable=False),
    Column("unit", Text, nullable=False),
    Column("printed_at", BigInteger, nullable=False),
    Column("actor", Text, nullable=False),
    Column("members", Text, nullable=False),
    info={"label": "phiếu ký đã in"},
)
"""A printed sheet; ``members`` are the numbers of those who stand on it, line by line, as a list in JSON."""

special_case = Table(
    "special_case",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("post_id", Integer, ForeignKey("post.id"), index=True),
    Column("member_id", Integer, ForeignKey("member.id"), nullable=False, index=True),
    Column("since", BigInteger, nullable=False),
    Column("until", BigInteger),
    Column("before", Text),
    Column("late_from", BigInteger),
    Column("reason", Text),
    Column("actor", Text, nullable=False),
    info={"label": "trường hợp riêng"},
)
"""Who is exempt from a post, has longer for one, or is away; ``until`` is set when it is withdrawn.

``before`` is the first day that is late, or after the leave, as 2025-11-05; ``late_from`` is the first late instant of
an extension.
"""

dispatch = Table(
    "dispatch",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("post_id", Integer, ForeignKey("post.id"), nullable=False, index=True),
    Column("channel", Text, nullable=False),
    Column("sent_on", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("recipients", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    Column("withdrawn_at", BigInteger),
    info={"label": "lần đăng, gửi"},
)
"""On which channel a post was sent out, until it was found to be a mistake."""

reminder = Table(
    "reminder",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("member_id", Integer, ForeignKey("member.id"), index=True),
    Column("unit_id", Integer, ForeignKey("unit.id"), index=True),
    Column("day", Text, nullable=False),
    Column("means", Text, nullable=False),
    Column("sent_at", BigInteger, nullable=False),
    info={"label": "lần nhắc"},
)
"""Reminders that were sent: to a member, or to the head of a unit. ``day`` is the day of the plan, as 2025-11-03."""

closing = Table(
    "closing",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("post_id", Integer, ForeignKey("post.id"), nullable=False, index=True),
    Column("before", Text, nullable=False),
    Column("units", Bytes, nullable=False),
    Column("closed_at", BigInteger, nullable=False),
    info={"label": "số liệu chốt"},
)
"""How a post stood when its time was over: the figures of each unit as JSON. ``before`` is the first late day."""

headcount = Table(
    "headcount",
    metadata,
    Column("unit_id", Integer, ForeignKey("unit.id"), primary_key=True, autoincrement=False),
    Column("category", Text, primary_key=True),
    Column("members", Integer, nullable=False),
    info={"label": "số người"},
)

unit_tally = Table(
    "unit_tally",
    metadata,
    Column("post_id", Integer, ForeignKey("post.id"), primary_key=True, autoincrement=False),
    Column("unit_id", Integer, ForeignKey("unit.id"), primary_key=True, autoincrement=False),
    Column("on_time", Integer, nullable=False),
    Column("late", Integer, nullable=False),
    info={"label": "số xác nhận theo đơn vị"},
)

day_tally = Table(
    "day_tally",
    metadata,
    Column("post_id", Integer, ForeignKey("post.id"), primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("confirmed", Integer, nullable=False),
    info={"label": "số xác nhận theo ngày"},
)
"""Tallies: how many of those on the roster now have confirmed, by unit, and by day in Viet Nam (days since 1970)."""

TALLIES = (day_tally, unit_tally, headcount)
"""Counted along with what they count (`tallies`), because counting a million people takes a second."""

PROJECTIONS = (
    *TALLIES,
    closing,
    reminder,
    dispatch,
    special_case,
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
    unit,
    campaign,
)
"""The tables made from the ledger, those that refer to others first; each is labelled as people read it."""

# Credentials

slip = Table(
    "slip",
    metadata,
    Column("member_id", Integer, primary_key=True, autoincrement=False),
    Column("token_hash", Bytes, nullable=False, unique=True),
    Column("code_hash", Text, nullable=False),
    Column("issued_at", BigInteger, nullable=False),
)
"""The hashes of each member's current access slip. Issuing another overwrites it, and so revokes the old one."""

session = Table(
    "session",
    metadata,
    Column("token_hash", Bytes, primary_key=True),
    Column("member_id", Integer, index=True),
    Column("account", Text, index=True),
    Column("identified_by", Text, nullable=False),
    Column("started_at", BigInteger, nullable=False),
    Column("used_at", BigInteger, nullable=False),
    Column("proved_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
)
"""Who is signed in: a member, or an account. Only the hash of what the browser holds is kept."""

account = Table(
    "account",
    metadata,
    Column("name", Text, primary_key=True),
    Column("full_name", Text, nullable=False),
    Column("passphrase_hash", Text, nullable=False),
    Column("role", Text, nullable=False, server_default="office"),
    Column("unit", Text),
    Column("totp_sealed", Text),
    Column("totp_step", BigInteger, nullable=False, server_default="0"),
    Column("added_at", BigInteger, nullable=False, server_default="0"),
)
"""Those who work with the campaign.

``totp_sealed`` is empty for an account of a program that had no second factor: it opens nothing until it is added anew.
``totp_step`` is the half minute of the last code used, so that none serves twice.
"""

passkey = Table(
    "passkey",
    metadata,
    Column("credential_id", LargeBinary, primary_key=True),
    Column("account", Text, nullable=False, index=True),
    Column("label", Text, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("counter", BigInteger, nullable=False),
    Column("added_at", BigInteger, nullable=False),
)
"""The public half of each account's passkeys."""

ticket = Table(
    "ticket",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("purpose", Text, nullable=False),
    Column("member_id", Integer, index=True),
    Column("expires_at", BigInteger, nullable=False),
)
"""What may be used once and soon: links sent by mail, challenges to a passkey. Using one deletes it."""

bucket = Table(
    "bucket",
    metadata,
    Column("subject", LargeBinary, primary_key=True),
    Column("full_at", BigInteger, nullable=False),
)
"""Buckets of tries that are not full, under a keyed hash of whom they are for."""

api_token = Table(
    "api_token",
    metadata,
    Column("name", Text, primary_key=True),
    Column("token_hash", Bytes, nullable=False, unique=True),
    Column("created_at", BigInteger, nullable=False),
)
"""Read-only tokens of other programs, for aggregates."""

PERSONAL = (personal, member, listed, paper, special_case, slip, session, ticket)
waiting_file = Table(
    "waiting_file",
    metadata,
    Column("account", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("content", Bytes, nullable=False),
    Column("kept_at", BigInteger, nullable=False),
)
"""A list that an account handed in and has not applied."""

PERSONAL = (waiting_file, personal, member, paper, special_case, slip, session, ticket)
"""The tables that hold something about a person that can be erased."""

reminder_claim = Table(
    "reminder_claim",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("claimed_at", BigInteger, nullable=False),
)
"""Reminders that a worker has begun to send: no other worker sends them too, also when the first one died."""

PASSING = (waiting_file, session, ticket, bucket, reminder_claim)
"""The tables that no backup keeps: people sign in again, ask for another link, and tries are counted anew."""
