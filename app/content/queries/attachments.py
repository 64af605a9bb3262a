"""Photos and files of content, as cards show them."""

from __future__ import annotations

from collections.abc import Sequence

from app.content.schemas import FileView, PictureView
from app.files import queries as files

Attachments = dict[int, tuple[tuple[PictureView, ...], tuple[FileView, ...]]]


def attachments(content_ids: Sequence[int]) -> Attachments:
    """Content id → (photos, documents), in their order. One statement; none for no ids."""
    if not content_ids:
        return {}
    found: Attachments = {}
    for content_id, (pictures, documents) in files.of_content(content_ids).items():
        found[content_id] = (
            tuple(
                PictureView(
                    id=row.public_id,
                    url=files.file_url(row.public_id, "medium"),
                    wide_url=files.file_url(row.public_id, "wide"),
                    thumb_url=files.file_url(row.public_id, "thumb"),
                    full_url=files.file_url(row.public_id, "full"),
                    width=row.width or 0,
                    height=row.height or 0,
                    alt=row.alt,
                    size=row.shown_size or 0,
                )
                for row in pictures
            ),
            tuple(
                FileView(
                    id=row.public_id,
                    url=files.file_url(row.public_id, "original"),
                    name=row.name,
                    size=row.size,
                    type_label=row.name.rpartition(".")[2].upper()[:5] if "." in row.name else "",
                )
                for row in documents
            ),
        )
    return found
