"""Sending files and reading them. Every reading asks first whether the person may see what the file is attached to."""

from __future__ import annotations

import logging
import os
from dataclasses import asdict
from typing import BinaryIO, cast

from flask import Blueprint, Response, request, send_file

from app.core.errors import Invalid, NotFound
from app.core.i18n import gettext as _
from app.core.storage import ObjectMissing, the_storage
from app.core.web import actor, answer, config
from app.files import service
from app.files.models import File
from app.files.policy import access_file
from app.files.schemas import PICTURE
from app.files.service.uploading import ORIGINAL
from app.lib.pictures import (
    AVIF_SIZES,
    AVIF_TYPE,
    FULL,
    INSTEAD,
    LARGE,
    MEDIUM,
    THUMB,
    WIDE,
    avif_variant,
)

log = logging.getLogger(__name__)

blueprint = Blueprint("files", __name__)

#: For so many seconds a browser may show a file again without asking whether it still may.
FRESH_FOR = 600


@blueprint.post("/files")
def upload() -> Response:
    """Keep one file for its sender, to be attached to a text within a day."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise Invalid(_("Choose a file."), field="file")
    kept = service.upload(
        actor(),
        cast(BinaryIO, sent.stream),
        sent.filename,
        request.form.get("alt", ""),
        most_bytes=config().upload_max_bytes,
        key=request.headers.get("Idempotency-Key", "")[:100] or None,
    )
    return answer(asdict(kept), 201)


@blueprint.get("/files/<public_id>/<variant>")
def serve(public_id: str, variant: str) -> Response:
    """A picture in a size, or the "original" as a download; parts of it on request.

    Sizes are "thumb", "medium", "wide", "full" and "large"; what a picture has not in a size comes in the next that it
    has. A browser that says it takes AVIF gets that where there is one. Only pictures that were encoded here are shown
    in the page. The tag by which a browser asks again is looked at after the person's right to see the file.
    """
    file = access_file(actor(), public_id)
    for stored in _stored_variants(file, variant):
        try:
            source = the_storage().open(file.storage_key, stored)
        except ObjectMissing:
            continue
        return _send(file, source, variant, stored)
    log.error("the bytes of file %s are missing", file.id)
    raise NotFound


def _stored_variants(file: File, variant: str) -> tuple[str, ...]:
    """Under which variants to look for what was asked, best first.

    Of a picture nothing is kept but what was encoded here, so its largest size stands for the original.
    """
    if file.kind != PICTURE:
        if variant != ORIGINAL:
            raise NotFound
        return (ORIGINAL,)
    if variant not in (THUMB, MEDIUM, WIDE, FULL, LARGE, ORIGINAL):
        raise NotFound
    size = LARGE if variant == ORIGINAL else variant
    as_avif = variant in AVIF_SIZES and AVIF_TYPE in request.headers.get("Accept", "")
    return (*([avif_variant(size)] if as_avif else []), size, *INSTEAD.get(size, ()))


def _send(file: File, source: BinaryIO, variant: str, stored: str) -> Response:
    size = source.seek(0, os.SEEK_END)
    source.seek(0)
    response = send_file(
        source,
        mimetype=AVIF_TYPE if stored == avif_variant(variant) else file.media_type,
        as_attachment=variant == ORIGINAL,
        download_name=_download_name(file),
        conditional=False,
        etag=False,
    )
    response.headers["Cache-Control"] = f"private, max-age={FRESH_FOR}"
    # A picture that was encoded here may be fitted to the window by the browser that shows nothing else.
    fitted = "" if variant == ORIGINAL else "style-src 'unsafe-inline'; "
    response.headers["Content-Security-Policy"] = f"default-src 'none'; {fitted}sandbox"
    response.content_length = size
    if variant in AVIF_SIZES:
        response.vary.add("Accept")
    # The bytes kept as a variant never change, so its name is the tag.
    response.set_etag(f"{file.public_id}-{stored}")
    response.make_conditional(request.environ, accept_ranges=True, complete_length=size)
    return response


def _download_name(file: File) -> str:
    return file.name.rpartition(".")[0] + ".webp" if file.kind == PICTURE and "." in file.name else file.name
