"""What attachments are before they are kept."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn picture as PNG bytes, with what it shows in words."""

    data: bytes
    name: str
    alt: str


@dataclass(frozen=True, slots=True)
class Document:
    """A made file."""

    data: bytes
    name: str
    media_type: str
    alt: str = ""
