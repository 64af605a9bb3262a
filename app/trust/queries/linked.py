"""What relies on an item, and who has read it."""

from __future__ import annotations

import re

from sqlalchemy import and_, or_, select, union
from sqlalchemy.orm import aliased

from app.content.models import PUBLISHED, QUESTION, ContentItem, ContentLink
from app.content.queries.accepted import accepted_answers, accepted_id
from app.core.db import db
from app.trust.models import OPINION, ContentOpening, ContentTrust

#: Links both ways between questions that are the same; "linked" points one way.
DUPLICATE = "duplicate"


def linked_to(item: ContentItem, root: ContentItem) -> list[int]:
    """Ids of the answers and articles that rely on an item. Five statements; reads the texts of accepted answers once.

    That is, of every publication that is linked with it or is a duplicate, the answer it shows, or the publication
    itself when it is trusted for itself; and whatever is accepted or trusted and links to it in its text.
    """
    ids = {item.id, root.id}
    publications = _linked_publications(ids)
    answers = accepted_answers(sorted(publications))
    found = {answers.get(each, each) for each in publications} | set(_linking_texts(item, root))
    shown = set(answers.values())
    trusted = set(
        db.session.scalars(
            select(ContentTrust.content_id).where(
                ContentTrust.content_id.in_(found - shown), ContentTrust.state != OPINION
            )
        )
    )
    accepted = shown | {each for each in found if each in _accepted_among(found)}
    return sorted((found & (trusted | accepted)) - ids)


def openers(content_id: int, since: int) -> list[int]:
    """Who has opened an item since a moment. One SELECT."""
    rows = select(ContentOpening.person_id).where(
        ContentOpening.content_id == content_id, ContentOpening.opened_at >= since
    )
    return list(db.session.scalars(rows.order_by(ContentOpening.person_id)))


def _linked_publications(ids: set[int]) -> set[int]:
    """Publications linked with these: what points at them, and for duplicates also what they point at."""
    towards = select(ContentLink.from_id.label("id")).where(ContentLink.to_id.in_(ids))
    back = select(ContentLink.to_id.label("id")).where(
        ContentLink.from_id.in_(ids), ContentLink.kind == DUPLICATE
    )
    linked = union(towards, back).subquery()
    return set(db.session.scalars(select(linked.c.id))) - ids


def _accepted_among(ids: set[int]) -> set[int]:
    """Those of the ids that are the answers their questions show."""
    if not ids:
        return set()
    roots = select(ContentItem.root_id).where(ContentItem.id.in_(ids), ContentItem.root_id.is_not(None))
    answers = accepted_answers(sorted({each for each in db.session.scalars(roots) if each is not None}))
    return set(answers.values()) & ids


def _linking_texts(item: ContentItem, root: ContentItem) -> list[int]:
    """Accepted answers and trusted items whose text links to the item, or to its publication as a whole."""
    path = f"/p/{root.public_id}"
    accepted = select(accepted_id()).where(ContentItem.kind == QUESTION).subquery()
    text = aliased(ContentItem, name="linking_text")
    relied = or_(
        text.id.in_(select(accepted.c.accepted_id)),
        text.id.in_(select(ContentTrust.content_id).where(ContentTrust.state != OPINION)),
    )
    rows = db.session.execute(
        select(text.id, text.body_html).where(
            and_(relied, text.state == PUBLISHED, text.body_html.contains(path, autoescape=True))
        )
    )
    link = re.compile(re.escape(path) + r"(?:#c-([\w-]+))?(?![\w-])")
    own = {None, item.public_id} if item is not root else {None}
    return [row.id for row in rows if own & {found.group(1) for found in link.finditer(row.body_html)}]
