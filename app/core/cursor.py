"""Keyset cursors: where a stream was left, as a short opaque word in an address."""

from __future__ import annotations

import base64
import binascii
import struct

from app.core.errors import Invalid
from app.core.i18n import gettext as _

_FORMAT = struct.Struct(">qq")
#: Sorts after everything: the beginning of a newest-first stream.
START = (2**62, 2**62)


def encode(position: int, row_id: int) -> str:
    """The cursor after a row with this sort position and id."""
    return base64.urlsafe_b64encode(_FORMAT.pack(position, row_id)).rstrip(b"=").decode()


def decode(cursor: str | None) -> tuple[int, int]:
    """(position, id) to continue below; `START` for none. Raises `Invalid` for something that is no cursor."""
    if not cursor:
        return START
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        position, row_id = _FORMAT.unpack(raw)
    except (ValueError, struct.error, binascii.Error) as error:
        raise Invalid(_("This address leads nowhere; open the list again."), field="before") from error
    return position, row_id
