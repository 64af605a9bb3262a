"""What the index has yet to read, questions that were answered before they were asked, and what people searched."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Identity, Model, Moment


class SearchPending(Model):
    """A document that changed since the index read it."""

    __tablename__ = "search_pending"
    #: One of `app.search.schemas.KINDS`.
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    #: The row's id within its kind; the row may be gone, which the index has to learn.
    document_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    #: The latest outbox event that marked it, 0 for a repair: a row marked again meanwhile is not crossed out.
    event_id: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = (Index(None, "event_id"),)


class Deflection(Model):
    """Somebody began to ask, and what stood there already was the answer. Once a day for a person and a thread."""

    __tablename__ = "deflections"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    #: The question, or the text that answers by itself.
    content_id: Mapped[int] = mapped_column(ForeignKey("content_items.id", ondelete="CASCADE"))
    #: Of a question, the answer that was shown.
    answer_id: Mapped[int | None] = mapped_column(
        ForeignKey("content_items.id", ondelete="SET NULL"), index=True
    )
    #: What had been typed; forgotten after a while and with its writer.
    asked: Mapped[str | None] = mapped_column(Text)
    at: Mapped[int] = mapped_column(Moment)
    #: Days since 1970, UTC, of `at`.
    day: Mapped[int]

    __table_args__ = (
        UniqueConstraint("person_id", "content_id", "day"),
        Index(None, "content_id", "person_id"),
        Index(None, "at"),
    )


class PastSearch(Model):
    """What somebody searched, for them alone; the latest time counts."""

    __tablename__ = "past_searches"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    #: The words folded: searching the same again is the same search.
    key: Mapped[str] = mapped_column(String(300))
    #: As they were typed last.
    words: Mapped[str] = mapped_column(String(300))
    at: Mapped[int] = mapped_column(Moment)

    __table_args__ = (
        UniqueConstraint("person_id", "key"),
        Index(None, "person_id", "at"),
        Index(None, "at"),
    )


class PastSearchesOff(Model):
    """Somebody wants none of their searches kept."""

    __tablename__ = "past_searches_off"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[int] = mapped_column(Moment)
