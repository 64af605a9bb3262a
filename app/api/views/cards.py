"""From cards of the spine to models for one reader: with what they like, and never more than they may see."""

from __future__ import annotations

from app.api.schemas.content import (
    FeedPublication,
    NewComment,
    NewPublication,
    PublicationPage,
    Publications,
    likeable_ids,
)
from app.content import policy
from app.content.queries.accepted import accepted_answers
from app.content.queries.attachments import attachments
from app.content.queries.cards import publication_cards, publication_page
from app.content.queries.comments import comment_cards, comment_row
from app.content.queries.likes import liked_by
from app.content.schemas import Made, Stream
from app.content.service import opening
from app.core.actor import Actor
from app.core.errors import NotFound


def publications(me: Actor, stream: Stream) -> Publications:
    """The publications of a stream that was read for this reader. At most eight statements."""
    cards = publication_cards([row.id for row in stream.rows], whole=True)
    shown = [cards[row.id] for row in stream.rows if row.id in cards]
    liked = liked_by(me.person_id, [each for card in shown for each in likeable_ids(card)])
    return Publications(items=tuple(FeedPublication.of(card, liked) for card in shown), next=stream.next)


def page(me: Actor, public_id: str) -> PublicationPage:
    """A publication with its thread, which counts as read from now on. At most ten statements. Raises `NotFound`."""
    card, thread = publication_page(me, public_id)
    shown = (card, card.accepted, *thread)
    opening.read(me, [each.trust for each in shown if each is not None])
    liked = liked_by(me.person_id, list(likeable_ids(card, thread)))
    return PublicationPage.of(card, thread, liked)


def new_publication(me: Actor, made: Made) -> NewPublication:
    """What was just published, or was by the same key before. Raises `NotFound` when it has gone meanwhile."""
    publication = policy.access_publication(me, made.public_id)
    card = publication_cards([publication.id], whole=True)[publication.id]
    liked = liked_by(me.person_id, list(likeable_ids(card)))
    return NewPublication.of(card, liked, made.unreached)


def new_comment(me: Actor, made: Made) -> NewComment:
    """The comment that was just made, or was by the same key before. Raises `NotFound` when it has gone meanwhile."""
    item, root = policy.access_item(me, made.public_id)
    row = comment_row(item.id)
    if row is None:
        raise NotFound
    accepted = accepted_answers([root.id]).values()
    card = comment_cards([row], attachments([item.id]), accepted, whole=True)[item.id]
    return NewComment.of_new(card, liked_by(me.person_id, [item.id]), made.unreached)
