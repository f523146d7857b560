"""What every table needs."""

from sqlalchemy import Column, Integer, MetaData, Table

metadata = MetaData()

schema_version = Table("schema_version", metadata, Column("version", Integer, primary_key=True, autoincrement=False))
