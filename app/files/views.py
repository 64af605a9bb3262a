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
from app.lib.pictures import FULL, MEDIUM, THUMB

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
    """A picture in a size ("thumb", "medium", "full"), or the "original" as a download; parts of it on request.

    Only pictures that were encoded here are shown in the page. The tag by which a browser asks again is looked at
    after the person's right to see the file, never before.
    """
    file = access_file(actor(), public_id)
    stored = _stored_variant(file, variant)
    try:
        source = the_storage().open(file.storage_key, stored)
    except ObjectMissing as error:
        log.error("the bytes of file %s are missing", file.id)
        raise NotFound from error
    return _send(file, source, variant)


def _stored_variant(file: File, variant: str) -> str:
    """Of a picture nothing is kept but what was encoded here, so its largest size stands for the original."""
    if file.kind == PICTURE and variant in (THUMB, MEDIUM, FULL, ORIGINAL):
        return FULL if variant == ORIGINAL else variant
    if variant == ORIGINAL:
        return ORIGINAL
    raise NotFound


def _send(file: File, source: BinaryIO, variant: str) -> Response:
    size = source.seek(0, os.SEEK_END)
    source.seek(0)
    response = send_file(
        source,
        mimetype=file.media_type,
        as_attachment=variant == ORIGINAL,
        download_name=_download_name(file),
        conditional=False,
        etag=False,
    )
    response.headers["Cache-Control"] = f"private, max-age={FRESH_FOR}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.content_length = size
    # The bytes of a file never change, so its address is its tag.
    response.set_etag(f"{file.public_id}-{variant}")
    response.make_conditional(request.environ, accept_ranges=True, complete_length=size)
    return response


def _download_name(file: File) -> str:
    return file.name.rpartition(".")[0] + ".webp" if file.kind == PICTURE and "." in file.name else file.name
