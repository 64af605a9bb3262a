"""Reading files of content. Who may see them is decided with the content, before anybody asks here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from app.core.db import db
from app.core.prepared import Prepared, among
from app.files.models import File
from app.files.schemas import PICTURE, AttachedFile, UploadedFile, file_url

__all__ = ["file_url", "of_content", "unclaimed"]

_OF_CONTENT = Prepared(
    select(
        File.content_id, File.public_id, File.name, File.kind, File.size, File.width, File.height, File.alt,
        File.media_type,
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
    mine = (File.owner_id == owner_id, File.content_id.is_(None), File.public_id.in_(public_ids))
    return [
        UploadedFile(
            each.public_id, each.name, each.kind, each.size,
            file_url(each.public_id, "thumb") if each.kind == PICTURE else None, file_url(each.public_id, "original"),
        )
        for each in db.session.scalars(select(File).where(*mine).order_by(File.id))
    ]  # fmt: skip
