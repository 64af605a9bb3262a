"""Uploaded files as other features and pages see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

PICTURE = "picture"
DOCUMENT = "document"
#: Longest description of a picture, in characters.
MAX_ALT = 300


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
    #: What a picture shows, in words.
    alt: str = ""


class Changes(NamedTuple):
    """What became of the files of a text."""

    added: int = 0
    removed: int = 0
    moved: bool = False


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
    #: Bytes of a picture in the size that a feed shows, if they were counted.
    shown_size: int | None


def file_url(public_id: str, variant: str) -> str:
    """The address of a size of a picture ("thumb", "medium", …), or of the "original" to download."""
    return f"/files/{public_id}/{variant}"
