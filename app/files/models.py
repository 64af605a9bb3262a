"""The table of uploaded files."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Identity, Model, Moment


class File(Model):
    """One uploaded file with its previews."""

    __tablename__ = "files"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    #: Random, in addresses.
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    #: The content that claimed it, or NULL while it waits; unclaimed files are removed after a day.
    content_id: Mapped[int | None] = mapped_column(ForeignKey("content_items.id"))
    #: Order within the content.
    position: Mapped[int] = mapped_column(default=0)
    #: "picture" or "document".
    kind: Mapped[str] = mapped_column(String(12))
    #: The name the person gave it, cleaned.
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(120))
    #: Bytes as uploaded.
    size: Mapped[int]
    #: Folder-independent key in the storage; variants are "<key>/<variant>".
    storage_key: Mapped[str] = mapped_column(String(80), unique=True)
    width: Mapped[int | None]
    height: Mapped[int | None]
    #: What the picture shows, in words.
    alt: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[int] = mapped_column(Moment)
    #: Bytes of a picture in the size that a feed shows; NULL while they were not counted.
    shown_size: Mapped[int | None]
    #: By which rules its sizes were made (`service.sizes.RULES`); 0 for what was kept before there were any, or waits.
    sizes: Mapped[int] = mapped_column(default=0, server_default="0")

    __table_args__ = (
        CheckConstraint("kind IN ('picture', 'document')", name="kind"),
        Index(None, "content_id", "position"),
        Index(None, "sizes", "id"),
    )
