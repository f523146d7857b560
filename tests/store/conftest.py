"""The contract suite's databases: the same tests on SQLite and on a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from campaign.store.database import Database
from campaign.store.signing import LedgerKey, load_key


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'sổ ghi nhận.sqlite3'}"
    postgres: str = request.getfixturevalue("postgres_url")
    engine = create_engine(postgres)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return postgres


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """An open database, empty."""
    opened = Database(url)
    yield opened
    opened.close()


@pytest.fixture
def other(url: str) -> Iterator[Database]:
    """The same database, opened as another recorder would."""
    opened = Database(url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Database]:
    """An open SQLite database, empty, for what is no matter of the database."""
    opened = Database(f"sqlite:///{tmp_path / 'campaign.sqlite3'}")
    yield opened
    opened.close()


@pytest.fixture
def key(tmp_path: Path) -> LedgerKey:
    """A new signing key."""
    return load_key(tmp_path / "ledger.key", "example.vn/so-ghi-nhan")
