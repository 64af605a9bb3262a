"""Who may confirm an answer because they know its topics."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from app.content.models import ContentItem, ContentTopic
from app.core.actor import Actor
from app.core.prepared import Prepared
from app.expertise.models import Expertise
from app.lib.authority import CONNOISSEUR

_KNOWN = Prepared(
    select(Expertise.topic_id)
    .join(ContentTopic, ContentTopic.topic_id == Expertise.topic_id)
    .where(
        ContentTopic.content_id == bindparam("question"),
        Expertise.person_id == bindparam("person"),
        Expertise.title >= CONNOISSEUR,
    )
    .limit(1)
)


def may_confirm(actor: Actor, _answer: ContentItem, question: ContentItem) -> bool:
    """Whether the person is a Connoisseur or Master of a topic of the question. One statement."""
    return _KNOWN.first(question=question.id, person=actor.person_id) is not None
