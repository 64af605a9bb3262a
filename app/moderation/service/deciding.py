"""What moderators decide. The change of the text itself, with its event, is `app.content`'s."""

from __future__ import annotations

from sqlalchemy import or_, select, update

from app.content.models import ContentItem
from app.content.service import moderating
from app.core import audit, clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Invalid
from app.core.i18n import lazy_gettext as _
from app.core.unit_of_work import unit_of_work
from app.lib.characters import clean_characters
from app.lib.text import is_blank
from app.moderation.models import DISMISSED, GONE, HIDE, KEEP, OPEN, RESTORE, UPHELD, Decision, Report
from app.moderation.policy import access_case, refuse_own

#: Longest reason, in characters.
MAX_REASON = 1000


def hide(actor: Actor, public_id: str, reason: str) -> bool:
    """Hide a text from everyone but its author and moderators; whether it was shown until now. Upholds open reports.

    The author reads the reason. Raises `Invalid` (field "reason"), `NotFound`, `Forbidden`. About eight statements;
    locks the text and its publication.
    """
    reason = _checked(reason)
    with unit_of_work():
        item, root = access_case(actor, public_id, lock=True)
        refuse_own(actor, item)
        if not moderating.hide(item, root, actor.person_id):
            return False
        _record(actor, item, HIDE, "content.hidden", reason)
        _close([Report.content_id == item.id], UPHELD, actor.person_id)
        return True


def restore(actor: Actor, public_id: str, reason: str) -> bool:
    """Show a hidden text again; whether it was hidden until now. Raises and costs as `hide`."""
    reason = _checked(reason)
    with unit_of_work():
        item, root = access_case(actor, public_id, lock=True)
        refuse_own(actor, item)
        if not moderating.restore(item, root, actor.person_id):
            return False
        _record(actor, item, RESTORE, "content.restored", reason)
        return True


def keep(actor: Actor, public_id: str) -> int:
    """Leave a reported text as it is; how many open reports are dismissed by that.

    Raises `NotFound` and `Forbidden`. About six statements.
    """
    with unit_of_work():
        item, _root = access_case(actor, public_id, lock=True)
        refuse_own(actor, item)
        dismissed = _close([Report.content_id == item.id], DISMISSED, actor.person_id)
        if dismissed:
            _record(actor, item, KEEP, "reports.dismissed", "")
        return dismissed


def close_reports(content_id: int) -> None:
    """Close the open reports of a text that its author deleted, and of its whole thread. One UPDATE."""
    thread = select(ContentItem.id).where(
        or_(ContentItem.id == content_id, ContentItem.root_id == content_id)
    )
    with unit_of_work():
        _close([Report.content_id.in_(thread)], GONE, None)


def _checked(reason: str) -> str:
    reason = clean_characters(reason).strip()
    if is_blank(reason):
        raise Invalid(_("Give a reason. The author will read it."), field="reason")
    if len(reason) > MAX_REASON:
        raise Invalid(_("The reason is longer than %(most)s characters.", most=MAX_REASON), field="reason")
    return reason


def _record(actor: Actor, item: ContentItem, action: str, name: str, reason: str) -> None:
    db.session.add(
        Decision(
            content_id=item.id, action=action, reason=reason, moderator_id=actor.person_id, decided_at=clock.now()
        )
    )  # fmt: skip
    audit.record(
        name, f"item:{item.public_id}", actor_id=actor.person_id, author_id=item.author_id, reason=reason
    )


def _close(which: list[object], state: str, moderator_id: int | None) -> int:
    done = (
        update(Report)
        .where(Report.state == OPEN, *which)  # type: ignore[arg-type]
        .values(state=state, handled_by=moderator_id, handled_at=clock.now())
        .returning(Report.id)
    )
    return len(db.session.scalars(done).all())
