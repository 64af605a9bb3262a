"""Uploaded files as other features and pages see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

PICTURE = "picture"
DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """What came of an upload; field names are those of the JSON answer. `size` is in bytes, as uploaded."""

    id: str
    name: str
    kind: str
    size: int
    #: None for documents.
    thumb_url: str | None
    url: str


class AttachedFile(NamedTuple):
    """A file of some content. `size` is in bytes, as uploaded; sides are in pixels, None for documents."""

    public_id: str
    name: str
    kind: str
    size: int
    width: int | None
    height: int | None
    alt: str
    media_type: str


def file_url(public_id: str, variant: str) -> str:
    """The address of "thumb", "medium" or "full" of a picture, or of the "original" to download."""
    return f"/files/{public_id}/{variant}"
