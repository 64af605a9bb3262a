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

_rules: list[ParentRule] = []


def register_parent_rule(rule: ParentRule) -> None:
    """Let `rule` open files of content; one rule that says yes is enough. Called when the application starts."""
    if rule not in _rules:
        _rules.append(rule)


def can_see(actor: Actor, file: File) -> bool:
    """Whether the person may see the file and its previews. What the rules cost."""
    if file.content_id is None:
        return file.owner_id == actor.person_id
    return any(rule(actor, file.content_id) for rule in _rules)


def access_file(actor: Actor, public_id: str) -> File:
    """The file, if the person may see it. Raises `NotFound` for missing and for unseen alike. A few SELECTs."""
    file = db.session.scalars(select(File).where(File.public_id == public_id)).first()
    if file is None or not can_see(actor, file):
        raise NotFound
    return file
