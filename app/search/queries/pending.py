"""What the index has yet to read."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, bindparam, select

from app.core.prepared import Prepared
from app.search.models import SearchPending

_OLDEST = Prepared(
    select(SearchPending.kind, SearchPending.document_id, SearchPending.event_id)
    .order_by(SearchPending.event_id, SearchPending.kind, SearchPending.document_id)
    .limit(bindparam("most"))
)


def oldest(most: int) -> list[Row[Any]]:
    """The rows marked longest ago. One statement."""
    return _OLDEST.all(most=most)
