"""Removing what nobody needs: uploads that were never attached, and bytes that no row names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import delete, select

from app.core import clock, settings
from app.core.db import db
from app.core.identity import LOGO
from app.core.storage import Storage, the_storage
from app.core.unit_of_work import unit_of_work
from app.files.models import File
from app.files.policy import is_held
from app.people.models import Person

#: How long an upload may wait for the text it belongs to: a draft picked up the next morning still has its photos.
UNCLAIMED_FOR = clock.DAY
#: Bytes without a row are left alone so long, for their row may be about to be written.
ORPHANED_FOR_SECONDS = 86_400.0
_BATCH = 500


def forget_unclaimed() -> int:
    """Delete uploads that nothing claimed and nothing holds for `UNCLAIMED_FOR`, rows first; how many. One DELETE."""
    old = (File.content_id.is_(None), File.created_at < clock.now() - UNCLAIMED_FOR, ~is_held())
    with unit_of_work():
        keys = db.session.scalars(delete(File).where(*old).returning(File.storage_key)).all()
    for key in keys:
        the_storage().delete(key)
    return len(keys)


def forget_orphans() -> int:
    """Delete bytes that no row or setting names, and what killed uploads left; how many objects.

    A file, a person's photo or the organisation's logo names them. Walks the whole storage. Three SELECTs
    for each 500 objects.
    """
    storage = the_storage()
    storage.clear_incoming(older_than_seconds=ORPHANED_FOR_SECONDS)
    kept = storage.keys(older_than_seconds=ORPHANED_FOR_SECONDS)
    return sum(_forget_unnamed(storage, keys) for keys in _batches(kept))


def _forget_unnamed(storage: Storage, keys: Sequence[str]) -> int:
    named = {
        *db.session.scalars(select(File.storage_key).where(File.storage_key.in_(keys))),
        *db.session.scalars(select(Person.photo_key).where(Person.photo_key.in_(keys))),
        (settings.get(LOGO) or {}).get("key"),
    }
    unnamed = [key for key in keys if key not in named]
    for key in unnamed:
        storage.delete(key)
    return len(unnamed)


def _batches(keys: Iterator[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for key in keys:
        batch.append(key)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
