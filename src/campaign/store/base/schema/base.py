"""What every table stands on."""

from sqlalchemy import Column, Dialect, Integer, LargeBinary, MetaData, Table

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
