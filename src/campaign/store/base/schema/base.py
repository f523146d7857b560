"""What every table needs."""

from sqlalchemy import Column, Integer, MetaData, Table, Text

metadata = MetaData()

schema_version = Table(
    "schema_version",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("program", Text),
)
"""One row: the level of the tables, and the version of the program that made them or changed them last."""
