"""The usual way to write such a recorder: FastAPI, SQLAlchemy's ORM, a session and a commit for each request.

It checks the same session, Origin, form token and revision, and stores the confirmation in one table: no ledger.
"""

import hmac
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Annotated

import people
import pysqlite3
from fastapi import Cookie, Depends, FastAPI, Form, Header, HTTPException
from fastapi.responses import RedirectResponse
from sqlalchemy import ForeignKey, UniqueConstraint, create_engine, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker


class Base(DeclarativeBase):
    """The tables."""


class Member(Base):
    """Someone on the roster."""

    __tablename__ = "member"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    unit: Mapped[str]


class SignIn(Base):
    """A session."""

    __tablename__ = "sign_in"
    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey(Member.id))
    expires_at: Mapped[datetime]


class Post(Base):
    """A post as it is now."""

    __tablename__ = "post"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    revision: Mapped[int]
    digest: Mapped[str]


class Confirmation(Base):
    """A confirmation."""

    __tablename__ = "confirmation"
    __table_args__ = (UniqueConstraint("post_id", "member_id", "revision"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey(Post.id))
    member_id: Mapped[int] = mapped_column(ForeignKey(Member.id))
    revision: Mapped[int]
    received_at: Mapped[datetime]


def now() -> datetime:
    """Return the present instant, UTC without a zone, as SQLite keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


def create_application(url: str) -> FastAPI:  # noqa: C901 - written as its documentation writes them
    """Return the application; an empty database is filled first."""
    engine = create_engine(url, module=pysqlite3)

    @event.listens_for(engine, "connect")
    def set_up(connection: pysqlite3.Connection, _record: object) -> None:
        """Choose the settings that the recorder has, so that both wait for the disk alike."""
        for pragma in ("busy_timeout=10000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    Base.metadata.create_all(engine)
    sessions = sessionmaker(engine)
    fill(sessions)
    application = FastAPI()

    def open_session() -> Iterator[Session]:
        with sessions() as session:
            yield session

    @application.post("/xac-nhan/{key}")  # type: ignore[untyped-decorator,unused-ignore] # FastAPI is no dependency
    def take_confirmation(  # noqa: PLR0913, PLR0917 - FastAPI reads a request by its arguments
        key: str,
        session: Annotated[Session, Depends(open_session)],
        origin: Annotated[str, Header()],
        token: Annotated[str, Cookie(alias="campaign-reader")],
        form_token: Annotated[str, Form()],
        revision: Annotated[int, Form()],
        digest: Annotated[str, Form()],
    ) -> RedirectResponse:
        """Record the press."""
        expected = hmac.new(token.encode(), b"campaign form", sha256).hexdigest()
        if origin != people.ADDRESS or not hmac.compare_digest(form_token, expected):
            raise HTTPException(403)
        sign_in = session.get(SignIn, sha256(token.encode()).digest())
        if sign_in is None or sign_in.expires_at <= now():
            raise HTTPException(401)
        member = session.get_one(Member, sign_in.member_id)
        post = session.scalars(select(Post).where(Post.key == key)).one()
        if (post.revision, post.digest) != (revision, digest):
            raise HTTPException(409)
        found = session.scalars(
            select(Confirmation).where(
                Confirmation.post_id == post.id,
                Confirmation.member_id == member.id,
                Confirmation.revision == revision,
            )
        ).one_or_none()
        if found is None:
            found = Confirmation(post_id=post.id, member_id=member.id, revision=revision, received_at=now())
            session.add(found)
            session.commit()
        return RedirectResponse(f"/bien-nhan/{found.id}", 303)

    return application


def fill(sessions: sessionmaker[Session]) -> None:
    """Enrol everyone, publish the post, and sign everyone in, unless that is done."""
    numbers = range(1, people.MEMBERS + 1)
    expires_at = now() + timedelta(days=1)
    with sessions() as session:
        if session.get(Post, 1):
            return
        session.add(Post(id=1, key=people.POST.id, revision=people.POST.revision.number, digest=people.POST.digest))
        session.add_all(Member(id=number, name=f"Nguyễn Văn {number}", unit="Phòng 1") for number in numbers)
        session.flush()
        hashes = ((number, sha256(people.token_of(number).encode()).digest()) for number in numbers)
        session.add_all(SignIn(token_hash=hashed, member_id=number, expires_at=expires_at) for number, hashed in hashes)
        session.commit()
