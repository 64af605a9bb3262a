"""Rows and bytes of drawn pictures and made files."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from app.cli.demo import attachments
from app.cli.demo.loader.sink import Sink
from app.cli.demo.stories import Story
from app.core.storage import new_key, the_storage
from app.files.models import File
from app.files.schemas import DOCUMENT, PICTURE
from app.lib import pictures


class FilesLoader:
    """Draws what stories name, keeps the bytes in the storage and adds the rows."""

    def __init__(self, sink: Sink, public_id: Callable[[], str]) -> None:
        self._public_id = public_id
        self._bin = sink.bin(
            File,
            "public_id owner_id content_id position kind name media_type size storage_key width height alt created_at",
        )

    def attach(self, story: Story, content: int) -> None:
        """Give the publication its pictures and files. Some tenths of a second each."""
        for position, name in enumerate(story.attachments):
            made = attachments.make(name, content % attachments.VARIANTS)
            key = new_key()
            sides: tuple[int | None, int | None] = (None, None)
            if isinstance(made, attachments.Document):
                size = the_storage().write(key, "original", BytesIO(made.data), limit=len(made.data))
                kind, media_type = DOCUMENT, made.media_type
            else:
                picture = pictures.open_picture(made.data)
                for variant, rendition in picture.renditions.items():
                    the_storage().write(key, variant, BytesIO(rendition.data), limit=len(rendition.data))
                kind, media_type, size = PICTURE, pictures.MEDIA_TYPE, len(made.data)
                sides = (picture.width, picture.height)
            self._bin.add(
                self._public_id(), story.author + 1, content, position, kind, made.name, media_type, size, key, *sides,
                made.alt, story.at,
            )  # fmt: skip
