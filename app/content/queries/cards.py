"""Publication cards by id, the same for every reader: visibility was decided before, by whoever chose the ids.

Four statements however many cards: publications, comments, files, topics (with who added them); and one for a kind that
shows details.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, and_, bindparam, or_, select
from sqlalchemy.orm import aliased

from app.content.models import HIDDEN, QUESTION, ContentItem, ContentTopic
from app.content.policy import can_open
from app.content.queries.accepted import accepted_id, facts, made_of, marked
from app.content.queries.attachments import Attachments, attachments
from app.content.queries.comments import LAST_COMMENTS, comment_cards, last_comments, nest, thread_rows
from app.content.queries.lines import (
    ORIGIN_COLUMNS,
    Author,
    AuthorPosition,
    AuthorShop,
    folded,
    join_origin,
    origin_view,
    person_columns,
    person_line,
    place_line,
)  # fmt: skip
from app.content.schemas import (
    CommentCard,
    EventLine,
    MadeLine,
    PublicationCard,
    hidden_reasons,
    kinds,
    trust_of,
    trusted,
)
from app.core import clock
from app.core.actor import Actor
from app.core.errors import NotFound
from app.core.prepared import Prepared, among
from app.groups.models import Group
from app.lib.hashtags import topic_path
from app.lib.markup import without_last_topics
from app.people.models import Department, Person, Shop
from app.topics.models import PriorityTopic, Topic
from app.topics.schemas import TopicChip

#: Thread events shown on a card in a stream; the publication's own page shows all.
LAST_EVENTS = 2
ALL_EVENTS = 1000

_Wall = aliased(Person, name="wall")
_PlaceShop = aliased(Shop, name="place_shop")
_Liker = aliased(Person, name="liker")
_Adder = aliased(Person, name="adder")

_CARDS = join_origin(
    select(
        ContentItem.id, ContentItem.public_id, ContentItem.version, ContentItem.kind, ContentItem.place_kind,
        ContentItem.published_at, ContentItem.edited_at, ContentItem.title, ContentItem.body_html,
        ContentItem.likes_count, ContentItem.comments_count, ContentItem.answers_count, ContentItem.pinned_at,
        ContentItem.state, ContentItem.revision, ContentItem.audience, ContentItem.group_id,
        *person_columns("author", Author, AuthorPosition, AuthorShop),
        *person_columns("liker", _Liker),
        Group.name.label("group_name"), Group.handle.label("group_handle"),
        _Wall.name.label("wall_name"), _Wall.handle.label("wall_handle"),
        _PlaceShop.code.label("place_shop_code"), _PlaceShop.name.label("place_shop_name"),
        Department.name.label("department_name"), Department.id.label("place_department_id"),
        *ORIGIN_COLUMNS,
    )
    .join(Author, Author.id == ContentItem.author_id)
    .outerjoin(AuthorPosition, AuthorPosition.id == Author.position_id)
    .outerjoin(AuthorShop, AuthorShop.id == Author.shop_id)
    .outerjoin(_Liker, _Liker.id == ContentItem.last_liker_id)
    .outerjoin(Group, Group.id == ContentItem.group_id)
    .outerjoin(_Wall, _Wall.id == ContentItem.person_id)
    .outerjoin(_PlaceShop, _PlaceShop.id == ContentItem.shop_id)
    .outerjoin(Department, Department.id == ContentItem.department_id)
)  # fmt: skip

#: Made at the first run: what was accepted is told by the kinds that features register.
_PUBLICATIONS = Prepared(
    lambda: _CARDS.add_columns(accepted_id(), marked()).where(among(ContentItem.id, "ids"))
)
_PUBLICATION = Prepared(
    lambda: _CARDS.add_columns(accepted_id(), marked(), made_of(), facts()).where(
        ContentItem.public_id == bindparam("public_id"), ContentItem.root_id.is_(None)
    )
)

_in_force = and_(
    PriorityTopic.topic_id == Topic.id,
    or_(PriorityTopic.until.is_(None), PriorityTopic.until > bindparam("now")),
)

_TOPICS = Prepared(
    select(
        ContentTopic.content_id, Topic.id.label("topic_id"), Topic.title, Topic.name,
        PriorityTopic.topic_id.label("priority"), ContentTopic.added_at, *person_columns("adder", _Adder),
    )
    .join(Topic, Topic.id == ContentTopic.topic_id)
    .outerjoin(PriorityTopic, _in_force)
    .outerjoin(_Adder, and_(_Adder.id == ContentTopic.added_by, ContentTopic.origin == "added"))
    .where(among(ContentTopic.content_id, "ids"))
    .order_by(ContentTopic.content_id, ContentTopic.added_at, Topic.id)
)  # fmt: skip


def publication_cards(ids: Sequence[int], *, whole: bool = False) -> dict[int, PublicationCard]:
    """Cards for a stream, by id, with the last comments; long texts folded, unless wanted `whole`.

    At most four statements, five where a kind shows details; none for no ids.
    """
    if not ids:
        return {}
    rows = _PUBLICATIONS.all(ids=ids)
    accepted_ids = {row.accepted_id for row in rows if row.accepted_id is not None}
    comment_rows = last_comments(ids, accepted_ids)
    files = attachments([*ids, *(row.id for row in comment_rows)])
    trust = _trust([*rows, *comment_rows])
    comments = comment_cards(comment_rows, files, accepted_ids, whole=whole, trust=trust)
    by_root: dict[int, list[CommentCard]] = defaultdict(list)
    for row in comment_rows:
        if row.id not in accepted_ids:
            by_root[row.root_id].append(comments[row.id])
    parts = _Parts(
        files, _topics(ids), comments, _reasons(rows), LAST_EVENTS, _details(rows), trust, whole=whole
    )
    return {row.id: parts.card(row, tuple(by_root[row.id][-LAST_COMMENTS:])) for row in rows}


def publication_page(actor: Actor, public_id: str) -> tuple[PublicationCard, tuple[CommentCard, ...]]:
    """A publication and all the person may see of its thread, nested, if they may see or moderate it.

    At most five statements. Raises `NotFound` for missing, for unseen and for comments alike.
    """
    row = _PUBLICATION.first(public_id=public_id)
    if row is None or not can_open(actor, row, row):
        raise NotFound
    ids = [row.id]
    accepted_ids = {row.accepted_id} - {None}
    comment_rows = thread_rows(actor, row)
    files = attachments([*ids, *(each.id for each in comment_rows)])
    trust = _trust([row, *comment_rows])
    comments = comment_cards(comment_rows, files, accepted_ids, whole=True, trust=trust)
    details = {**_details([row]), **_facts(row)}
    parts = _Parts(files, _topics(ids), comments, _reasons([row]), ALL_EVENTS, details, trust, whole=True)
    card = replace(parts.card(row, ()), made=_made(row))
    return card, nest(comment_rows, comments)


def _topics(ids: Sequence[int]) -> Mapping[int, list[Row[Any]]]:
    """The topics of each publication, with who added them later."""
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in _TOPICS.all(ids=ids, now=clock.now()):
        found[row.content_id].append(row)
    return found


def _chip(row: Row[Any]) -> TopicChip:
    return TopicChip(row.title, topic_path(row.name), row.priority is not None)


def _events(rows: Sequence[Row[Any]]) -> list[EventLine]:
    """What was added at once by one person is one event, oldest first."""
    together: dict[tuple[int, int], list[Row[Any]]] = defaultdict(list)
    for row in rows:
        if row.adder_id is not None:
            together[row.added_at, row.adder_id].append(row)
    found = []
    for (at, _adder), some in sorted(together.items()):
        adder = person_line(some[0], "adder")
        assert adder is not None
        found.append(EventLine("topics_added", adder, at, tuple(map(_chip, some))))
    return found


def _details(rows: Sequence[Row[Any]]) -> Mapping[int, Any]:
    """Content id → what its kind shows besides."""
    found: dict[int, Any] = {}
    for name, kind in kinds().items():
        ids = [row.id for row in rows if row.kind == name] if kind.composed else []
        if ids:
            found.update(kind.details(ids))
    return found


def _facts(row: Row[Any]) -> Mapping[int, Any]:
    """What only the page of a publication of this kind shows besides."""
    return {row.id: kinds()[row.kind].read_facts(row.facts)} if row.facts is not None else {}


def _made(row: Row[Any]) -> MadeLine | None:
    public_id, _space, title = (row.made_of or "").partition(" ")
    return MadeLine(title, f"/p/{public_id}") if public_id else None


def _trust(rows: Sequence[Row[Any]]) -> Mapping[int, Any]:
    return trust_of([row.id for row in rows if trusted(row.kind)])


def _reasons(rows: Sequence[Row[Any]]) -> Mapping[int, str]:
    return hidden_reasons([row.id for row in rows if row.state == HIDDEN])


@dataclass(frozen=True)
class _Parts:
    """Everything that was read for a set of cards, from which each card is put together."""

    files: Attachments
    topics: Mapping[int, list[Row[Any]]]
    comments: Mapping[int, CommentCard]
    reasons: Mapping[int, str]
    #: Thread events shown of each.
    most_events: int
    details: Mapping[int, Any]
    #: How far publications may be trusted themselves.
    trust: Mapping[int, Any]
    #: Whether long texts are shown whole.
    whole: bool

    def card(self, row: Row[Any], last: tuple[CommentCard, ...]) -> PublicationCard:
        author = person_line(row, "author")
        assert author is not None
        topics = self.topics.get(row.id, [])
        pictures, documents = self.files.get(row.id, ((), ()))
        body, long = folded(without_last_topics(row.body_html) if topics else row.body_html, whole=self.whole)
        answer = self.comments.get(row.accepted_id)
        return PublicationCard(
            id=row.id,
            public_id=row.public_id,
            version=row.version,
            kind=row.kind,
            url=f"/p/{row.public_id}",
            author=author,
            place=place_line(row),
            published_at=row.published_at,
            edited=row.edited_at is not None,
            title=row.title,
            body_html=body,
            long=long,
            likes=row.likes_count,
            liker=person_line(row, "liker"),
            comments=row.comments_count,
            answers=row.answers_count,
            question_state=None if row.kind != QUESTION else "answered" if answer else "waiting",
            pinned=row.pinned_at is not None,
            state=row.state,
            revision=row.revision,
            details=self.details.get(row.id),
            trust=self.trust.get(row.id),
            hidden_reason=self.reasons.get(row.id),
            accepted=answer,
            origin=origin_view(row),
            pictures=pictures,
            files=documents,
            topics=tuple(map(_chip, topics)),
            events=tuple(_events(topics)[-self.most_events :]),
            last_comments=last,
            earlier=max(0, row.comments_count - len(last) - (1 if answer else 0)),
            mark=row.mark or "",
        )
