"""What people have typed and not yet sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete

from app.content.models import Draft
from app.core import clock
from app.core.db import db
from app.core.errors import Invalid
from app.core.i18n import lazy_gettext as _
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert
from app.lib.characters import clean_characters

#: The fields a draft may have, and how long each may be.
FIELDS = {"title": 400, "body": 20_000, "kind": 20, "place": 120, "parent": 40, "files": 400}
MAX_KEY = 60
#: A draft nobody touched for so long is forgotten.
KEEP = 60 * clock.DAY


def save(person_id: int, key: str, fields: Mapping[str, Any]) -> None:
    """Keep what was typed under `key`; an empty body and title forget it. One statement.

    Unknown fields are dropped. Raises `Invalid` for a bad key or a field that is too long.
    """
    if not key or len(key) > MAX_KEY or not key.replace("-", "").isalnum():
        raise Invalid(_("not a draft's name"), field="key")
    kept = {name: clean_characters(str(fields[name])) for name in FIELDS if fields.get(name)}
    for name, value in kept.items():
        if len(value) > FIELDS[name]:
            raise Invalid(_("too long"), field=name)
    if not kept.get("body") and not kept.get("title") and not kept.get("files"):
        forget(person_id, key)
        return
    now = clock.now()
    statement = insert(Draft).values(person_id=person_id, key=key, fields=kept, updated_at=now)
    with unit_of_work():
        db.session.execute(
            statement.on_conflict_do_update(
                index_elements=["person_id", "key"], set_={"fields": kept, "updated_at": now}
            )
        )


def find(person_id: int, key: str) -> dict[str, Any]:
    """What was typed under `key`; empty when nothing was. One SELECT."""
    draft = db.session.get(Draft, (person_id, key))
    return dict(draft.fields) if draft else {}


def forget(person_id: int, key: str) -> None:
    """Drop a draft. One DELETE."""
    with unit_of_work():
        db.session.execute(delete(Draft).where(Draft.person_id == person_id, Draft.key == key))


def forget_old() -> None:
    """Drop drafts nobody touched for `KEEP`."""
    with unit_of_work():
        db.session.execute(delete(Draft).where(Draft.updated_at < clock.now() - KEEP))
