"""What is shared from the phone, where no service worker has taken it: it becomes the draft of the composer.

The phone sends this form without a token. So nothing is published by it: the text waits in the composer, where its
reader sees it and decides. And it is taken from the browser's own hand only (`Sec-Fetch-Site: none`, which no page can
make a browser say); from anywhere else it needs the token of a form, as every act does.
"""

from __future__ import annotations

from typing import BinaryIO, cast
from urllib.parse import urlencode

from flask import Blueprint, Response, flash, request
from flask_login import current_user

from app.content.service import drafts
from app.core.actor import Actor
from app.core.errors import DomainError
from app.core.i18n import gettext as _
from app.core.web import actor, by_browser, config, go, public
from app.files import service as files

blueprint = Blueprint("sharing", __name__)

#: The draft of the composer of the home page.
_DRAFT = "publish"
_COMPOSER = "/?write&draft#composer"
#: The longest text that waits in an address while somebody signs in.
_MOST_IN_ADDRESS = 2000


@blueprint.post("/share")
@public
@by_browser
def share() -> Response:
    """Put shared text, link and files into the composer; who is not signed in signs in first and keeps the text."""
    text = _text()
    if not current_user.is_authenticated:
        if any(each.filename for each in request.files.getlist("files")):
            flash(_("Sign in and share the files once more; the text is kept."))
        back = "/?" + urlencode({"write": "", "text": text[:_MOST_IN_ADDRESS]})
        return go("/sign-in?" + urlencode({"next": back}))
    me = actor()
    draft = drafts.find(me.person_id, _DRAFT)
    body = "\n".join(part for part in (str(draft.get("body", "")).strip(), text) if part)
    attached = [*draft.get("files", ()), *_kept(me)]
    drafts.save(
        me.person_id,
        _DRAFT,
        {**draft, "body": body[: drafts.FIELDS["body"]], "files": attached[: drafts.MOST_FILES]},
    )
    return go(_COMPOSER)


def _text() -> str:
    """Title, text and link, each once: phones like to repeat themselves."""
    said = [request.form.get(name, "").strip() for name in ("title", "text", "url")]
    parts: list[str] = []
    for part in sorted(said, key=len, reverse=True):
        if part and not any(part in each for each in parts):
            parts.append(part)
    parts.sort(key=said.index)
    return "\n".join(parts)


def _kept(me: Actor) -> list[dict[str, str]]:
    """The files, as a draft names them; what is refused is said on the next page."""
    kept = []
    for sent in request.files.getlist("files")[: drafts.MOST_FILES]:
        if not sent.filename:
            continue
        try:
            file = files.upload(
                me, cast(BinaryIO, sent.stream), sent.filename, most_bytes=config().upload_max_bytes
            )
        except DomainError as error:
            flash(f"{sent.filename}: {error.message}")
        else:
            kept.append({"id": file.id, "name": file.name, "thumb_url": file.thumb_url or ""})
    return kept
