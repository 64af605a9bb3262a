"""Who may be asked, who sees where a question stands, and who says how questions go out."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists

from app.content.models import COMPANY, ContentItem
from app.core.actor import Actor
from app.core.errors import Forbidden
from app.core.i18n import lazy_gettext as _
from app.groups.models import GroupMember
from app.people.models import ACTIVE, Person


def may_be_told(item: ContentItem) -> tuple[ColumnElement[bool], ...]:
    """The SQL rule, over `Person`, of who may be asked a question: who works here and may see where it stands."""
    works_here = Person.state == ACTIVE
    if item.audience == COMPANY:
        return (works_here,)
    member = exists().where(GroupMember.group_id == item.group_id, GroupMember.person_id == Person.id)
    return (works_here, member.correlate(Person))


def sees_progress(actor: Actor, author_id: int) -> bool:
    """The asker and editors see how many were asked and what comes next."""
    return actor.person_id == author_id or actor.is_editor


def access_desk(actor: Actor) -> None:
    """Raises `Forbidden` for who is no editor."""
    if not actor.is_editor:
        raise Forbidden(_("Only editors decide how questions go out."))
