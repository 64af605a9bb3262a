"""Who may see a file: whoever may see what it is attached to; before it is attached, its owner alone.

The features that files are attached to stand above this one, so they say the rule when the application starts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.files.models import File

#: Whether a person may see the content with this id.
ParentRule = Callable[[Actor, int], bool]

_rules: list[ParentRule] = []


@dataclass(frozen=True)
class Holder:
    """Rows of a feature above that hold files without being content."""

    #: The column that names the file.
    column: InstrumentedAttribute[int | None]
    #: Whether a person may see what holds the file with this id.
    can_see: Callable[[Actor, int], bool]


_holders: list[Holder] = []


def register_parent_rule(rule: ParentRule) -> None:
    """Let `rule` open files of content; one rule that says yes is enough. Called when the application starts."""
    if rule not in _rules:
        _rules.append(rule)


def register_holder(holder: Holder) -> None:
    """Keep files that rows of another kind name, and open them to who sees those; called at bootstrap."""
    if holder not in _holders:
        _holders.append(holder)


def is_held() -> ColumnElement[bool]:
    """Whether a row of `files` is named by a holder, as SQL."""
    return or_(false(), *(exists().where(each.column == File.id) for each in _holders))


def can_see(actor: Actor, file: File) -> bool:
    """Whether the person may see the file and its previews. What the rules cost."""
    if file.content_id is None:
        return file.owner_id == actor.person_id or any(each.can_see(actor, file.id) for each in _holders)
    return any(rule(actor, file.content_id) for rule in _rules)


def access_file(actor: Actor, public_id: str) -> File:
    """The file, if the person may see it. Raises `NotFound` for missing and for unseen alike. A few SELECTs."""
    file = db.session.scalars(select(File).where(File.public_id == public_id)).first()
    if file is None or not can_see(actor, file):
        raise NotFound
    return file
