"""The tallies: projections that count."""

from sqlalchemy import Column, ForeignKey, Integer, Table, Text

from campaign.store.base.schema.base import metadata

headcount = Table(
    "headcount",
    metadata,
    Column("list_id", Integer, primary_key=True, autoincrement=False),
    Column("unit_id", Integer, ForeignKey("unit.id"), primary_key=True, autoincrement=False),
    Column("category", Text, primary_key=True),
    Column("members", Integer, nullable=False),
    info={"label": "số người"},
)
"""How many are on a list: the roster of now (``list_id`` 0), or the fixed list of the post with that id."""

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
    Column("unit_id", Integer, ForeignKey("unit.id"), primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("confirmed", Integer, nullable=False),
    info={"label": "số xác nhận theo ngày"},
)
"""Tallies: how many of those on the roster now have confirmed, by unit, and by unit and day (Viet Nam, from 1970)."""

TALLIES = (day_tally, unit_tally, headcount)
"""Counted along with what they count (`tallies`), because counting a million people takes a second."""
