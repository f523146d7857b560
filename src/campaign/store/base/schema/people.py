"""The projections about people: the campaign, its units, who is on the roster."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text

from campaign.store.base.schema.base import metadata
from campaign.store.base.types import Bytes, Day, Instant

campaign = Table(
    "campaign",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("title", Text, nullable=False),
    Column("sample", Boolean, nullable=False),
    Column("opened_at", Instant, nullable=False),
    info={"label": "đợt tuyên truyền"},
)

unit = Table(
    "unit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False, unique=True),
    Column("first_name", Text, nullable=False),
    Column("valid_from", Day),
    Column("parent_id", Integer),
    info={"label": "đơn vị"},
)
"""The units with their names of now, and the unit above (`Units.parents`); ``valid_from`` is the first day of one that
took over from another.
"""

unit_change = Table(
    "unit_change",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("unit_id", Integer, ForeignKey("unit.id"), nullable=False),
    Column("first_day", Day, nullable=False),
    Column("name", Text),
    Column("successor_id", Integer, ForeignKey("unit.id")),
    Column("parent_id", Integer),
    Column("basis", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
    info={"label": "việc đổi tên, sắp xếp, kết thúc đơn vị"},
)
"""From which day a unit has another name, is below another (0: below none), or is one no more (`core.unit`)."""

member = Table(
    "member",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("staff_code", Text, unique=True),
    Column("name", Text),
    Column("email", Text),
    Column("folded", Text),
    Column("sort_key", Bytes, nullable=False),
    Index("member_by_name", "sort_key", "id"),
    info={"label": "người trong danh sách"},
)
"""Who a member is now; the personal columns are empty once erased. ``folded`` is name and code as they are searched,
``sort_key`` the place in the Vietnamese order of names (`listed`), also for those who left: fixed lists keep them.
"""

membership = Table(
    "membership",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("member_id", Integer, ForeignKey("member.id"), nullable=False, index=True),
    Column("unit_id", Integer, ForeignKey("unit.id"), nullable=False),
    Column("category", Text, nullable=False),
    Column("since", Instant, nullable=False),
    Column("until", Instant),
    info={"label": "thời gian ở đơn vị"},
)
"""In which unit and category a member was, from when until when (open while it lasts)."""

erasure = Table(
    "erasure",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("campaign", Text, nullable=False),
    Column("erased_at", Instant, nullable=False),
    info={"label": "việc xoá khi hết thời hạn giữ"},
)
"""When the personal fields of a campaign were erased because its time was over."""

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
    Column("changed_at", Instant, nullable=False),
    Column("actor", Text, nullable=False),
    Column("digest", Text),
    Column("undoes", Integer),
    Column("entries", Integer, nullable=False),
    info={"label": "lần cập nhật danh sách"},
)
"""A change of the roster as a whole: so many entries after its own belong to it."""
