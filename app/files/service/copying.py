"""Taking files along from one text into another: each text has its own, so that neither loses them with the other."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select

from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.storage import ObjectMissing, new_key, the_storage
from app.core.unit_of_work import unit_of_work
from app.files.models import File
from app.files.schemas import PICTURE
from app.files.service.uploading import ORIGINAL
from app.lib import pictures
from app.lib.ids import new_public_id


def copy(actor: Actor, public_ids: Sequence[str], content_ids: Collection[int]) -> dict[str, str]:
    """Copy those of the files that are attached to these texts: old public id to that of the person's own copy.

    The caller has decided that the person may see the texts. A copy waits a day for its text, as an upload does. One
    SELECT; bytes are copied outside any transaction, then one INSERT a file. Not inside a unit of work.
    """
    if not public_ids or not content_ids:
        return {}
    rows = select(File).where(File.public_id.in_(public_ids), File.content_id.in_(content_ids))
    found = list(db.session.scalars(rows))
    copies = {each.public_id: _copy(actor, each) for each in found}
    with unit_of_work():
        db.session.add_all(copies.values())
    return {public_id: made.public_id for public_id, made in copies.items()}


def _copy(actor: Actor, file: File) -> File:
    made = File(
        public_id=new_public_id(), owner_id=actor.person_id, kind=file.kind, name=file.name,
        media_type=file.media_type, size=file.size, storage_key=new_key(), width=file.width, height=file.height,
        alt=file.alt, created_at=clock.now(), shown_size=file.shown_size, sizes=file.sizes,
    )  # fmt: skip
    for variant in pictures.every_variant() if file.kind == PICTURE else (ORIGINAL,):
        size = the_storage().size(file.storage_key, variant)
        if size is None:
            continue
        try:
            with the_storage().open(file.storage_key, variant) as source:
                the_storage().write(made.storage_key, variant, source, limit=size)
        except ObjectMissing:
            continue
    return made
