"""The projections about posts: revisions, whom they are for, confirmations, and what the Office did."""

from sqlalchemy import Column, ForeignKey, Integer, Table, Text

from campaign.store.base.schema.base import metadata
from campaign.store.base.types import Bytes, CanonicalJson, Day, Instant, Json

post = Table(
    "post",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("key", Text, nullable=False, unique=True),
    Column("revision", Integer, nullable=False),
    Column("asks_since", Integer, nullable=False),
    Column("late_from", Instant),
    Column("opened_at", Instant, nullable=False),
    Column("fixed_at", Instant),
    info={"label": "bài đăng"},
)
"""A post as it is now: its current revision, since which one a confirmation stands, and the first late instant.

``opened_at`` is when it was opened to people: published, or the first roster when that came later; ``fixed_at`` is the
same while its list is fixed.
"""

declaration = Table(
    "declaration",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("campaign", Text),
    Column("digest", Text, nullable=False),
    Column("document", Bytes, nullable=False),
    Column("declared_at", Instant, nullable=False),
    info={"label": "khai báo đợt và cơ quan"},
)
"""Every state of each campaign, and of the department (without ``campaign``), with its document."""

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
    Column("published_at", Instant, nullable=False),
    info={"label": "phiên bản"},
)
"""Published revisions. ``asks_since`` is the last revision, up to this one, that asked everyone (again)."""

confirmation = Table(
    "confirmation",
    metadata,
    Column("post_id", Integer, ForeignKey("post.id"), primary_key=True, autoincrement=False),
    Column("member_id", Integer, ForeignKey("member.id"), primary_key=True, autoincrement=False),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("received_at", Instant, nullable=False),
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
    Column("recorded_at", Instant, nullable=False),
    Column("method", Text, nullable=False),
    Column("signed_on", Day),
    Column("scan", Text),
    Column("sheet", Integer),
    Column("actor", Text, nullable=False),
    Column("witness", Text),
    Column("reason", Text),
    Column("withdrawn_at", Instant),
    info={"label": "xác nhận do Văn phòng ghi"},
)
"""What is known of a confirmation that the Office recorded, or withdrew: one that was withdrawn is only here."""

sheet = Table(
    "sheet",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("post_id", Integer, ForeignKey("post.id"), nullable=False, index=True),
    Column("revision", Integer, nullable=False),
    Column("unit", Text, nullable=False),
    Column("printed_at", Instant, nullable=False),
    Column("actor", Text, nullable=False),
    Column("members", Json, nullable=False),
    info={"label": "phiếu ký đã in"},
)
"""A printed sheet; ``members`` are the numbers of those on it, line by line."""

special_case = Table(
    "special_case",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("post_id", Integer, ForeignKey("post.id"), index=True),
    Column("member_id", Integer, ForeignKey("member.id"), nullable=False, index=True),
    Column("since", Instant, nullable=False),
    Column("until", Instant),
    Column("before", Day),
    Column("late_from", Instant),
    Column("reason", Text),
    Column("actor", Text, nullable=False),
    info={"label": "trường hợp riêng"},
)
"""Who is exempt from a post, has longer for one, or is away; ``until`` is set when it is withdrawn.

``before`` is the first day that is late, or after the leave; ``late_from`` is the first late instant of
an extension.
"""

dispatch = Table(
    "dispatch",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("post_id", Integer, ForeignKey("post.id"), nullable=False, index=True),
    Column("channel", Text, nullable=False),
    Column("sent_on", Day, nullable=False),
    Column("number", Text, nullable=False),
    Column("recipients", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
    info={"label": "lần đăng, gửi"},
)
"""On which channel a post was sent out, until it was found to be a mistake."""

reminder = Table(
    "reminder",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("member_id", Integer, ForeignKey("member.id"), index=True),
    Column("unit_id", Integer, ForeignKey("unit.id"), index=True),
    Column("day", Day, nullable=False),
    Column("means", Text, nullable=False),
    Column("sent_at", Instant, nullable=False),
    info={"label": "lần nhắc"},
)
"""Reminders that were sent: to a member, or to the head of a unit. ``day`` is the day of the plan."""

closing = Table(
    "closing",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("post_id", Integer, ForeignKey("post.id"), nullable=False, index=True),
    Column("before", Day, nullable=False),
    Column("units", CanonicalJson, nullable=False),
    Column("closed_at", Instant, nullable=False),
    info={"label": "số liệu chốt"},
)
"""How a post stood when its time was over: the figures of each unit. ``before`` is the first late day."""

seen_list = Table(
    "seen_list",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("post_id", Integer, ForeignKey("post.id"), nullable=False, index=True),
    Column("members", Json, nullable=False),
    Column("missed", Integer, nullable=False),
    Column("digest", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    info={"label": "danh sách đã xem"},
)
"""Lists of who has seen a document in the document system; ``members`` are their numbers."""

draft_act = Table(
    "draft_act",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("post", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("at", Instant, nullable=False),
    info={"label": "trình, duyệt, trả lại, đăng bản thảo"},
)
"""What was decided about drafts; ``post`` is the post's id, which need not be published yet."""
