"""Who may see a file: whoever may see what it is attached to; before it is attached, its owner alone.

The features that files are attached to stand above this one, so they say the rule when the application starts.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.files.models import File

#: Whether a person may see the content with this id.
ParentRule = Callable[[Actor, int], bool]

_may_see_content: ParentRule = lambda actor, content_id: False  # noqa: E731 - nobody, until the owner of content says who


def register_parent_rule(rule: ParentRule) -> None:
    """Say who may see content, and with it its files; called at bootstrap by the feature that owns content."""
    global _may_see_content
    _may_see_content = rule


def can_see(actor: Actor, file: File) -> bool:
    """Whether the person may see the file and its previews. What the parent's rule costs."""
    if file.content_id is None:
        return file.owner_id == actor.person_id
    return _may_see_content(actor, file.content_id)


def access_file(actor: Actor, public_id: str) -> File:
    """The file, if the person may see it. Raises `NotFound` for missing and for unseen alike. At most three SELECTs."""
    file = db.session.scalars(select(File).where(File.public_id == public_id)).first()
    if file is None or not can_see(actor, file):
        raise NotFound
    return file
