"""Sizes of pictures beyond those made while somebody waits: wider ones for older pictures, and AVIF for all.

Serving sends the next size there is, so nothing depends on this having run; it only makes pages lighter.
"""

from __future__ import annotations

import logging
from io import BytesIO

from sqlalchemy import func, select, update

from app.core.db import db
from app.core.storage import ObjectMissing, StorageError, the_storage
from app.core.unit_of_work import unit_of_work
from app.files.models import File
from app.files.schemas import PICTURE
from app.lib import pictures

log = logging.getLogger(__name__)

#: Counts up whenever `pictures.more_sizes` makes something else of the same picture.
RULES = 1
#: Pictures that one run of the job takes: half a minute of one core at most, then others have their turn.
AT_ONCE = 30


def make_sizes(most: int = AT_ONCE) -> int:
    """Make what is missing of at most so many pictures, the latest first; how many were looked at.

    Encodes outside any transaction; one UPDATE for each picture. Running twice at once makes the same bytes twice.
    """
    waiting = (
        select(File.id, File.storage_key)
        .where(File.sizes < RULES, File.kind == PICTURE)
        .order_by(File.sizes, File.id.desc())
        .limit(most)
    )
    rows = db.session.execute(waiting).all()
    for file_id, key in rows:
        _complete(key)
        shown = the_storage().size(key, pictures.MEDIUM)
        with unit_of_work():
            db.session.execute(update(File).where(File.id == file_id).values(sizes=RULES, shown_size=shown))
    return len(rows)


def waiting() -> int:
    """How many pictures have not all their sizes yet. One SELECT."""
    query = select(func.count()).where(File.sizes < RULES, File.kind == PICTURE)
    return db.session.scalar(query) or 0


def _complete(key: str) -> None:
    """What cannot be made of a picture is left out, and not tried again: what is kept of it can be shown."""
    try:
        made = pictures.more_sizes(_largest(key))
        for variant, rendition in made.items():
            the_storage().write(key, variant, BytesIO(rendition.data), limit=len(rendition.data))
    except (pictures.PictureError, StorageError) as error:
        log.warning("no further sizes of %s: %s", key, error)


def _largest(key: str) -> bytes:
    for size in (pictures.LARGE, pictures.FULL):
        try:
            with the_storage().open(key, size) as source:
                return source.read()
        except ObjectMissing:
            continue
    raise ObjectMissing(key)
