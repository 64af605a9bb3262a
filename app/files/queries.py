"""Reading files of content. Who may see them is decided with the content, before anybody asks here."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import and_, or_, select

from app.core.db import db
from app.core.prepared import Prepared, among
from app.files.models import File
from app.files.schemas import PICTURE, AttachedFile, UploadedFile, file_url

__all__ = ["attached", "file_url", "of_content", "offered", "unclaimed"]

_OF_CONTENT = Prepared(
    select(
        File.content_id, File.public_id, File.name, File.kind, File.size, File.width, File.height, File.alt,
        File.media_type, File.shown_size,
    )
    .where(among(File.content_id, "ids"))
    .order_by(File.content_id, File.position)
)  # fmt: skip


def of_content(content_ids: Sequence[int]) -> Mapping[int, tuple[list[AttachedFile], list[AttachedFile]]]:
    """Content id → (pictures, documents), each in the author's order. One statement; none for no ids.

    Content without files is left out.
    """
    found: dict[int, tuple[list[AttachedFile], list[AttachedFile]]] = {}
    if not content_ids:
        return found
    for row in _OF_CONTENT.all(ids=content_ids):
        file = AttachedFile._make(row[1:])
        pictures, documents = found.setdefault(row.content_id, ([], []))
        (pictures if file.kind == PICTURE else documents).append(file)
    return found


def unclaimed(owner_id: int, public_ids: Sequence[str]) -> list[UploadedFile]:
    """Which of these files the person has sent and not attached yet, for a form that is shown again. One SELECT."""
    return offered(owner_id, (), public_ids)


def offered(owner_id: int, content_ids: Collection[int], public_ids: Sequence[str]) -> list[UploadedFile]:
    """Of these files, in their order, those that the person may attach to a text: theirs that wait, and those of
    `content_ids`: its own, or those of what it is made of.

    One SELECT.
    """
    waiting = and_(File.owner_id == owner_id, File.content_id.is_(None))
    mine = or_(waiting, File.content_id.in_(content_ids)) if content_ids else waiting
    found = {
        each.public_id: each
        for each in db.session.scalars(select(File).where(mine, File.public_id.in_(public_ids)))
    }
    return [_uploaded(found[each]) for each in public_ids if each in found]


def attached(*content_ids: int) -> list[UploadedFile]:
    """The files of texts, text after text, each in its order, for the form that changes it. One SELECT."""
    rows = select(File).where(File.content_id.in_(content_ids)).order_by(File.position, File.id)
    files = sorted(db.session.scalars(rows), key=lambda file: content_ids.index(file.content_id or 0))
    return [_uploaded(each) for each in files]


def _uploaded(file: File) -> UploadedFile:
    thumb_url = file_url(file.public_id, "thumb") if file.kind == PICTURE else None
    return UploadedFile(
        file.public_id,
        file.name,
        file.kind,
        file.size,
        thumb_url,
        file_url(file.public_id, "original"),
        file.alt,
    )
