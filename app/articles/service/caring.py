"""Saying that an article is still true, and who looks after it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select, update

from app.articles.events import ArticlePassed, ArticleReviewed
from app.articles.models import MOVED, Article, Handover
from app.articles.policy import access_article, may_look_after, may_pass_on, waits_for
from app.articles.service.writing import check_date
from app.content.models import ContentItem
from app.content.policy import can_edit
from app.core import audit, clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import lazy_gettext as _
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.lib.handles import fold_handle
from app.people.models import Person
from app.trust.schemas import Seen
from app.trust.service import demand_seen, set_owner


def confirm(actor: Actor, public_id: str, review_by: date | None, *, seen: Seen | None = None) -> None:
    """Say that an article is still true, and until when it counts as checked; `seen` is the version that was read.

    Raises `NotFound`, `Forbidden`, `Invalid` (field "review"), and `Conflict` when it reads otherwise by now.
    """
    check_date(review_by)
    with unit_of_work():
        item, article = access_article(actor, public_id, lock=True)
        if not can_edit(actor, item):
            raise Forbidden(_("Only the owner and editors can say that it is still true."))
        demand_seen(item, item, seen)
        article.review_by = review_by
        article.reviewed_at, article.reviewed_by = clock.now(), actor.person_id
        item.version += 1
        emit(ArticleReviewed(item.id, actor.person_id))


def take_over(actor: Actor, public_id: str) -> None:
    """Look after an article oneself. Raises `NotFound`, `Forbidden`. Doing it twice changes nothing."""
    with unit_of_work():
        item, article = _access(actor, public_id)
        _give(actor, item, article, actor.person_id)


def pass_on(actor: Actor, public_id: str, written: str) -> None:
    """Let a colleague, named by @handle, look after an article.

    Raises `NotFound`, `Forbidden`, and `Invalid` (field "to") for nobody, or somebody who may not see it.
    """
    with unit_of_work():
        item, article = _access(actor, public_id)
        handle = fold_handle(written.strip().lstrip("@＠"))
        person_id = db.session.scalars(select(Person.id).where(Person.handle == handle)).first()
        if person_id is None or not may_look_after(person_id, item):
            message = _("There is no such colleague, or they can't see this article.")
            raise Invalid(message, field="to")
        _give(actor, item, article, person_id)


def leave_with_owner(actor: Actor, public_id: str) -> None:
    """Let the owner, who moved, go on looking after an article.

    Raises `NotFound`, `Forbidden`, and `Conflict` when the owner has left or nothing waits for a decision.
    """
    with unit_of_work():
        item, _article = access_article(actor, public_id, lock=True)
        if not (actor.is_editor or waits_for(actor, item.id)):
            raise Forbidden(_("It was not handed to you."))
        open_ = (Handover.content_id == item.id, Handover.decided_at.is_(None), Handover.reason == MOVED)
        if db.session.scalars(select(Handover.id).where(*open_).limit(1)).first() is None:
            raise Conflict(_("Somebody has decided about it already."))
        _decide(actor, item.id)


def _access(actor: Actor, public_id: str) -> tuple[ContentItem, Article]:
    item, article = access_article(actor, public_id, lock=True)
    if not may_pass_on(actor, item, article.owner_id):
        raise Forbidden(_("Only who looks after it can pass it on."))
    return item, article


def _give(actor: Actor, item: ContentItem, article: Article, person_id: int) -> None:
    before = article.owner_id
    _decide(actor, item.id)
    if before == person_id:
        return
    article.owner_id = person_id
    set_owner(item, person_id)
    item.version += 1
    audit.record(
        "article.passed", f"item:{item.public_id}", actor_id=actor.person_id, before=before, after=person_id
    )
    emit(ArticlePassed(item.id, before, person_id, actor.person_id))


def _decide(actor: Actor, content_id: int) -> None:
    db.session.execute(
        update(Handover)
        .where(Handover.content_id == content_id, Handover.decided_at.is_(None))
        .values(decided_at=clock.now(), decided_by=actor.person_id)
        .execution_options(synchronize_session=False)
    )
