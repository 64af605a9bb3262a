"""The list of what the index has yet to read."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


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
