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

#: The texts a draft may have, and how long each may be.
FIELDS = {
    "title": 400,
    "body": 20_000,
    "kind": 20,
    "place": 120,
    "parent": 40,
    "version": 9,
    "topics": 600,
    "review": 10,
}
#: What is kept of each of its files, and how many.
FILE_FIELDS = {"id": 40, "name": 200, "thumb_url": 200, "alt": 300}
MOST_FILES = 20
MAX_KEY = 60
#: A draft nobody touched for so long is forgotten.
KEEP = 60 * clock.DAY


def save(person_id: int, key: str, fields: Mapping[str, Any]) -> None:
    """Keep what was typed under `key`; an empty body and title forget it. One statement.

    Unknown fields are dropped. Raises `Invalid` for a bad key, and a field that is too long or no text.
    """
    if not key or len(key) > MAX_KEY or not key.replace("-", "").isalnum():
        raise Invalid(_("not a draft's name"), field="key")
    for name in FIELDS:
        if isinstance(fields.get(name), dict | list):
            raise Invalid(_("The draft could not be read."), field=name)
    kept: dict[str, Any] = {name: clean_characters(str(fields[name])) for name in FIELDS if fields.get(name)}
    for name, value in kept.items():
        if len(value) > FIELDS[name]:
            raise Invalid(_("too long"), field=name)
    if files := _files(fields.get("files")):
        kept["files"] = files
    if not kept.keys() & {"body", "title", "files"}:
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


def _files(sent: object) -> list[dict[str, str]]:
    """The files as a page can show them again; whatever else was sent is dropped."""
    files = [each for each in sent if isinstance(each, dict)] if isinstance(sent, list) else []
    return [
        {
            name: clean_characters(str(each[name]))[:most]
            for name, most in FILE_FIELDS.items()
            if each.get(name) and isinstance(each[name], str)
        }
        for each in files[:MOST_FILES]
        if each.get("id") and isinstance(each["id"], str)
    ]


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
