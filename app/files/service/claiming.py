"""Attaching uploaded files to content, and removing them with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import or_, select, update

from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Invalid
from app.core.i18n import lazy_gettext as _
from app.core.unit_of_work import unit_of_work
from app.files.models import File
from app.files.schemas import MAX_ALT, PICTURE, Changes
from app.lib.text import clean_line

#: Files one text may have.
MAX_FILES = 10


def claim(
    actor: Actor, public_ids: Sequence[str], content_id: int, alts: Mapping[str, str] | None = None
) -> Changes:
    """Make these the files of the content, in this order; files it had and that are not named are given up.

    `alts` says what pictures show, by id; the others keep what they have. Answers what has changed.

    Joins the open unit of work. One SELECT (which locks the rows) and the UPDATEs. Raises `Invalid` (field "files")
    for more than `MAX_FILES`, and for a file that is not there, not the person's own, or attached to something else.
    """
    wanted = list(dict.fromkeys(public_ids))
    alts = alts or {}
    if len(wanted) > MAX_FILES:
        raise Invalid(_("At most %(most)s files can be attached.", most=MAX_FILES), field="files")
    with unit_of_work():
        rows = db.session.scalars(
            select(File)
            .where(or_(File.public_id.in_(wanted), File.content_id == content_id))
            .order_by(File.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        files = {file.public_id: file for file in rows}
        if not all(name in files and _is_free(files[name], actor, content_id) for name in wanted):
            raise Invalid(_("A file is no longer there. Please attach it again."), field="files")
        before = [
            each.public_id for each in sorted(files.values(), key=_place) if each.content_id == content_id
        ]
        for file in files.values():
            listed = file.public_id in wanted
            file.content_id = content_id if listed else None
            file.position = wanted.index(file.public_id) if listed else 0
            if listed and file.kind == PICTURE and file.public_id in alts:
                file.alt = clean_line(alts[file.public_id], MAX_ALT)
    stayed = [each for each in before if each in wanted]
    return Changes(
        added=sum(each not in before for each in wanted),
        removed=len(before) - len(stayed),
        moved=stayed != [each for each in wanted if each in before],
    )


def _place(file: File) -> tuple[int, int]:
    return (file.position, file.id)


def give_up(content_id: int) -> None:
    """Let content have no files any more, in the open unit of work; a job removes them. One UPDATE."""
    db.session.execute(update(File).where(File.content_id == content_id).values(content_id=None, position=0))


def _is_free(file: File, actor: Actor, content_id: int) -> bool:
    if file.content_id is None:
        return file.owner_id == actor.person_id
    return file.content_id == content_id
