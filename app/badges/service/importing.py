"""Badges of imported sites."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, insert

from app.badges.models import ImportedBadge
from app.core.db import db
from app.core.unit_of_work import unit_of_work

#: Rows written at once.
BATCH = 1000


def replace_imported(source_id: int, given: Iterable[tuple[int, str, int, int]]) -> int:
    """Let these be all badges of an imported site; how many people have how many kinds of them, summed up.

    `given` are (person, name, grade, moment), one for each time a badge was given. One transaction; holds a row for
    each person and badge.
    """
    sums: dict[tuple[int, str], dict[str, object]] = {}
    for person_id, name, grade, at in given:
        key = (person_id, name[:80])
        known = sums.get(key)
        if known is None:
            sums[key] = {
                "person_id": person_id, "source_id": source_id, "name": name[:80], "grade": grade, "number": 1,
                "last_at": at,
            }  # fmt: skip
        else:
            known["number"] = int(str(known["number"])) + 1
            known["last_at"] = max(int(str(known["last_at"])), at)
    rows = list(sums.values())
    with unit_of_work():
        db.session.execute(delete(ImportedBadge).where(ImportedBadge.source_id == source_id))
        for start in range(0, len(rows), BATCH):
            db.session.execute(insert(ImportedBadge), rows[start : start + BATCH])
    return len(rows)
