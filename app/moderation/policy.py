"""Who reports and who moderates what.

| | reports | decides |
|---|---|---|
| anyone | what they see and did not write | |
| moderator of a group | | about everything in the group |
| company moderator | | about everything the company sees, what they see as members, and everything that was reported |

A report discloses what it is about to the company's moderators, also from a closed or secret group; once dismissed,
only to who dismissed it. Nobody decides about their own texts.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, bindparam, exists, or_, select
from sqlalchemy.orm import aliased

from app.content import policy as content
from app.content.models import COMPANY, DELETED, ContentItem
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden, NotFound
from app.core.i18n import lazy_gettext as _
from app.core.prepared import among
from app.moderation.models import OPEN, UPHELD, Report

#: Apart from the reports that a statement around it may be about.
_Disclosing = aliased(Report, name="disclosing")


def moderates_anything(actor: Actor) -> bool:
    """Whether the person has a moderation queue at all."""
    return actor.is_moderator or bool(actor.moderated_group_ids)


def can_moderate(actor: Actor, item: ContentItem) -> bool:
    """Whether decisions about the row are the person's business. At most one SELECT."""
    return content.can_moderate(actor, item) or sees_reported(actor, item.id)


def sees_reported(actor: Actor, content_id: int) -> bool:
    """Whether a report discloses the row to the person, its files included. No SQL but for company moderators."""
    if not actor.is_moderator:
        return False
    there = exists().where(ContentItem.id == content_id, ContentItem.state != DELETED)
    return bool(db.session.scalar(select(and_(there, _is_disclosed(content_id, actor.person_id)))))


def access_case(actor: Actor, public_id: str, *, lock: bool = False) -> tuple[ContentItem, ContentItem]:
    """A row that the person may decide about, and its publication. Two to four SELECTs; `lock` as in `app.content`.

    Raises `NotFound` for what is missing, deleted or not theirs to see, `Forbidden` for what they merely see.
    """
    item, root = content.find_item(public_id, lock=lock)
    if DELETED in (item.state, root.state):
        raise NotFound
    if not can_moderate(actor, item):
        if content.can_open(actor, item, root):
            raise Forbidden(_("This is for moderators to decide."))
        raise NotFound
    return item, root


def refuse_own(actor: Actor, item: ContentItem) -> None:
    """Raise `Forbidden` when the person wrote the row."""
    if item.author_id == actor.person_id:
        raise Forbidden(_("Another moderator decides about what you wrote yourself."))


def is_my_case(item: Any = ContentItem) -> ColumnElement[bool]:
    """`can_moderate` as SQL over rows of `ContentItem`; bind `case_values`."""
    disclosed = _is_disclosed(item.id, bindparam("actor_id"))
    return or_(
        among(item.group_id, "moderated"),
        and_(
            bindparam("for_company", type_=Integer) == 1,
            or_(item.audience == COMPANY, among(item.group_id, "actor_groups"), disclosed),
        ),
    )


def case_values(actor: Actor) -> dict[str, Any]:
    """The values that `is_my_case` needs bound."""
    return {
        "actor_id": actor.person_id,
        "moderated": sorted(actor.moderated_group_ids),
        "for_company": int(actor.is_moderator),
        "actor_groups": list(actor.group_ids),
    }


def _is_disclosed(content_id: Any, moderator_id: Any) -> ColumnElement[bool]:
    discloses = or_(_Disclosing.state.in_((OPEN, UPHELD)), _Disclosing.handled_by == moderator_id)
    return exists().where(_Disclosing.content_id == content_id, discloses)
