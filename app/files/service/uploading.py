"""From bytes somebody sent to a file that can be attached."""

from __future__ import annotations

import os
from io import BytesIO
from typing import Any, BinaryIO, ClassVar

from sqlalchemy import select

from app.core import clock, idempotency
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import DomainError, Invalid, TooLarge, TooMany, UnsupportedType
from app.core.i18n import lazy_gettext as _
from app.core.ratelimit import Limit
from app.core.storage import ObjectTooLarge, StorageError, new_key, the_storage
from app.files.models import File
from app.files.schemas import DOCUMENT, MAX_ALT, PICTURE, UploadedFile, file_url
from app.lib import pictures
from app.lib.filetypes import FileRefused, FileType, Refusal, clean_name, identify
from app.lib.ids import new_public_id
from app.lib.text import clean_line

#: The variant under which a document's bytes are kept.
ORIGINAL = "original"

#: Far more than anybody attaches by hand, far less than it takes to fill a disk.
PER_PERSON = Limit("files.upload", 300, 3600)

_REFUSALS: dict[Refusal, Any] = {
    Refusal.EMPTY: _("This file is empty. If the connection was lost while sending, please choose it again."),
    Refusal.HEIC: _("Photos in Apple's own format can't be shown everywhere. Please send this one as JPEG."),
    Refusal.SVG: _("Drawings of this type can carry programs. Please send it as PNG or PDF."),
    Refusal.WEB_PAGE: _("Web pages are not accepted. Please send a PDF or a picture of the page."),
    Refusal.PROGRAM: _("Programs are not accepted."),
    Refusal.ARCHIVE: _("Archives are not accepted. Please attach the files one by one."),
    Refusal.OLD_OFFICE: _(
        "This is an Office file from before 2007. Please save it in today's format, or as PDF."
    ),
    Refusal.MACROS: _("Office files with macros are not accepted. Please save it without macros, or as PDF."),
    Refusal.MISMATCH: _("The content of this file does not fit its name. Please check the file."),
    Refusal.UNKNOWN: _(
        "Files of this type are not accepted. Pictures, PDF, Office documents, text and CSV are."
    ),
}


class NotKept(DomainError):
    """The disk did not take the bytes; nothing of the upload is left."""

    status: ClassVar[int] = 503
    code: ClassVar[str] = "not-kept"


def upload(
    actor: Actor,
    stream: BinaryIO,
    filename: str,
    alt: str = "",
    *,
    most_bytes: int = pictures.MAX_BYTES,
    key: str | None = None,
) -> UploadedFile:
    """Check and keep one file, once per `key`, name and size; it waits a day for its text. `stream` can seek.

    Pictures are re-encoded (half a second of CPU for a large photo) outside any transaction; then one INSERT. Nothing
    is left behind when it fails. Raises, all with field "file": `Invalid` for an empty, damaged or oversized
    picture, `UnsupportedType`, `TooLarge` past `most_bytes`, `TooMany`, and `NotKept` when the disk fails.
    """
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    if key and (before := _kept_before(actor, key)) is not None:
        if (before.name, before.size) == (clean_name(filename), size):
            return _uploaded(before)
        key = None  # it stands for another file; this one is not to be lost for it
    if not PER_PERSON.hit(str(actor.person_id)):
        raise TooMany(
            _("You have sent very many files. Please wait a little."), retry_after=PER_PERSON.seconds
        )
    if size > most_bytes:
        raise _too_large(most_bytes)
    found = _identify(filename, stream)
    file = File(
        public_id=new_public_id(),
        owner_id=actor.person_id,
        name=clean_name(filename),
        size=size,
        storage_key=new_key(),
        created_at=clock.now(),
    )
    try:
        if found.is_picture:
            _keep_picture(file, stream.read(), alt)
        else:
            _keep_document(file, stream, found, most_bytes)
        public_id, fresh = idempotency.once(actor.person_id, key and _name_of(key), lambda: _add(file))
    except BaseException as error:
        the_storage().delete(file.storage_key)
        if isinstance(error, StorageError):
            message = _("The file could not be kept. Nothing else was lost; please try again.")
            raise NotKept(message, field="file") from error
        raise
    if not fresh:  # the same file was sent at the same time, and arrived first
        the_storage().delete(file.storage_key)
        file = db.session.scalars(select(File).where(File.public_id == public_id)).one()
    return _uploaded(file)


def _name_of(key: str) -> str:
    return f"file:{key}"


def _kept_before(actor: Actor, key: str) -> File | None:
    """What the same request has left. A file that nothing claimed in time is gone; then its key stands for none."""
    public_id = idempotency.outcome_of(actor.person_id, _name_of(key))
    if public_id is None:
        return None
    file = db.session.scalars(select(File).where(File.public_id == public_id)).first()
    if file is None:
        idempotency.forget(actor.person_id, _name_of(key))
    return file


def _add(file: File) -> str:
    db.session.add(file)
    return file.public_id


def _identify(filename: str, stream: BinaryIO) -> FileType:
    try:
        return identify(filename, stream)
    except FileRefused as error:
        kind = Invalid if error.reason is Refusal.EMPTY else UnsupportedType
        raise kind(_REFUSALS[error.reason], field="file") from error


def _keep_picture(file: File, data: bytes, alt: str) -> None:
    picture = _open_picture(data)
    file.kind = PICTURE
    file.media_type = pictures.MEDIA_TYPE
    file.width, file.height = picture.width, picture.height
    file.alt = clean_line(alt, MAX_ALT)
    file.shown_size = len(picture.renditions[pictures.MEDIUM].data)
    for variant, rendition in picture.renditions.items():
        the_storage().write(file.storage_key, variant, BytesIO(rendition.data), limit=len(rendition.data))


def _open_picture(data: bytes) -> pictures.Picture:
    try:
        return pictures.open_picture(data)
    except pictures.PictureTooLarge as error:
        raise _too_large(pictures.MAX_BYTES) from error
    except pictures.PictureBomb as error:
        message = _(
            "This picture has too many pixels, more than any phone's camera takes. Please make it smaller."
        )
        raise Invalid(message, field="file") from error
    except pictures.PictureError as error:
        raise Invalid(_("This picture is damaged and can't be opened."), field="file") from error


def _keep_document(file: File, stream: BinaryIO, found: FileType, most_bytes: int) -> None:
    file.kind = DOCUMENT
    file.media_type = found.media_type
    file.alt = ""
    try:
        file.size = the_storage().write(file.storage_key, ORIGINAL, stream, limit=most_bytes)
    except ObjectTooLarge as error:
        raise _too_large(most_bytes) from error


def _too_large(most_bytes: int) -> TooLarge:
    return TooLarge(_("This file is larger than %(most)s MB.", most=most_bytes // 2**20), field="file")


def _uploaded(file: File) -> UploadedFile:
    is_picture = file.kind == PICTURE
    return UploadedFile(
        id=file.public_id,
        name=file.name,
        kind=file.kind,
        size=file.size,
        thumb_url=file_url(file.public_id, pictures.THUMB) if is_picture else None,
        url=file_url(file.public_id, pictures.FULL if is_picture else ORIGINAL),
        alt=file.alt,
    )
