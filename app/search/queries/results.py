"""What was found, read from the database for one reader. Whoever may not see a row gets nothing of it, whatever the
index said: it may be a second behind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import aliased

from app.content.models import ANSWER, QUESTION, ContentItem
from app.content.policy import Root, actor_values, comment_visible_to, join_root
from app.content.queries.accepted import accepted_answers
from app.content.queries.lines import (
    Author,
    AuthorPosition,
    AuthorShop,
    person_columns,
    person_line,
    place_line,
)
from app.core.actor import Actor
from app.core.fulltext.snippets import Marker, Piece
from app.core.prepared import Prepared, among
from app.groups.models import Group, GroupMember
from app.groups.policy import groups_visible_to
from app.groups.schemas import GroupLine, group_url
from app.lib.htmlwords import plain_words
from app.lib.text import excerpt
from app.people.models import ACTIVE, Department, Person, Shop
from app.people.queries.lines import LINE, joined
from app.people.queries.lines import line as person_of
from app.search.schemas import FoundPerson, FoundText
from app.topics.models import Topic
from app.topics.policy import known_topics
from app.topics.queries.lines import topic_line, topic_lines, values_for
from app.topics.schemas import TopicLine
from app.trust.models import CONFIRMED, OPINION
from app.trust.queries import marks
from app.trust.schemas import OVER, TrustMark, Where

_SNIPPET = 240
_TITLE = 140
_DESCRIPTION = 140
_ABOUT = 120

_Wall = aliased(Person, name="wall")
_PlaceShop = aliased(Shop, name="place_shop")

_TEXTS = Prepared(
    join_root(
        select(
            ContentItem.id, ContentItem.public_id, ContentItem.kind, ContentItem.root_id, ContentItem.title,
            ContentItem.body_html, ContentItem.published_at, ContentItem.place_kind, ContentItem.comments_count,
            ContentItem.likes_count, Root.public_id.label("root_public_id"), Root.title.label("root_title"),
            Root.excerpt.label("root_excerpt"), Root.kind.label("root_kind"),
            *person_columns("author", Author, AuthorPosition, AuthorShop),
            Group.name.label("group_name"), Group.handle.label("group_handle"),
            _Wall.name.label("wall_name"), _Wall.handle.label("wall_handle"),
            _PlaceShop.code.label("place_shop_code"), _PlaceShop.name.label("place_shop_name"),
            Department.name.label("department_name"), Department.id.label("place_department_id"),
        )
        .join(Author, Author.id == ContentItem.author_id)
        .outerjoin(AuthorPosition, AuthorPosition.id == Author.position_id)
        .outerjoin(AuthorShop, AuthorShop.id == Author.shop_id)
        .outerjoin(Group, Group.id == ContentItem.group_id)
        .outerjoin(_Wall, _Wall.id == ContentItem.person_id)
        .outerjoin(_PlaceShop, _PlaceShop.id == ContentItem.shop_id)
        .outerjoin(Department, Department.id == ContentItem.department_id)
    ).where(among(ContentItem.id, "ids"), comment_visible_to())
)  # fmt: skip

_PEOPLE = Prepared(
    joined(select(*LINE, Person.about_html).select_from(Person)).where(
        among(Person.id, "ids"), Person.state == ACTIVE
    )
)

_TOPICS = Prepared(topic_lines().where(among(Topic.id, "ids"), known_topics()))

_GROUPS = Prepared(
    select(
        Group.id, Group.name, Group.handle, Group.colour, Group.visibility, Group.description, Group.members_count,
        GroupMember.role,
    )
    .outerjoin(GroupMember, (GroupMember.group_id == Group.id) & among(GroupMember.person_id, "actor"))
    .where(among(Group.id, "ids"), groups_visible_to())
)  # fmt: skip


def people(ids: Sequence[int], marker: Marker) -> tuple[FoundPerson, ...]:
    """The people who work here, in the order of their ids. One statement, none for no ids."""
    rows = _PEOPLE.by("id", ids=ids) if ids else {}
    return tuple(_found_person(rows[id_], marker) for id_ in ids if id_ in rows)


def topics(actor: Actor, ids: Sequence[int]) -> tuple[TopicLine, ...]:
    """The topics that may be known. One statement, none for no ids."""
    rows = _TOPICS.by("id", ids=ids, **values_for(actor)) if ids else {}
    return tuple(topic_line(rows[id_]) for id_ in ids if id_ in rows)


def groups(actor: Actor, ids: Sequence[int]) -> tuple[GroupLine, ...]:
    """The groups the reader may know of. One statement, none for no ids."""
    rows = _GROUPS.by("id", ids=ids, actor=[actor.person_id], actor_groups=actor.group_ids) if ids else {}
    return tuple(_group_line(rows[id_]) for id_ in ids if id_ in rows)


def texts(actor: Actor, ids: Sequence[int], marker: Marker) -> tuple[FoundText, ...]:
    """The publications and comments the reader may see. At most three statements, none for no ids."""
    rows = _TEXTS.by("id", ids=ids, **actor_values(actor)) if ids else {}
    accepted = _accepted_answers(list(rows.values()))
    known = marks(sorted({*rows, *accepted.values()}))
    where = Where.of(actor)
    found = [_found_text(rows[id_], marker, accepted, known, where) for id_ in ids if id_ in rows]
    # What is over in the reader's shop comes after the rest of the page; the index knows only what is over everywhere.
    return tuple(sorted(found, key=lambda text: text.limit == OVER))


def _found_person(row: Row[Any], marker: Marker) -> FoundPerson:
    about = marker.snippet(plain_words(row.about_html), _ABOUT)
    shown = about if any(piece.found for piece in about) else ()
    return FoundPerson(person_of(row), marker.mark(row.name), shown)


def _accepted_answers(rows: Sequence[Row[Any]]) -> Mapping[int, int]:
    """The accepted answer by question: of the questions found and of those whose answers were found."""
    asked = {row.id for row in rows if row.kind == QUESTION}
    asked |= {row.root_id for row in rows if row.kind == ANSWER}
    return accepted_answers(sorted(asked))


def _found_text(
    row: Row[Any], marker: Marker, accepted: Mapping[int, int], known: Mapping[int, TrustMark], where: Where
) -> FoundText:
    author = person_line(row, "author")
    assert author is not None
    is_comment = row.root_id is not None
    title = (row.root_title or row.root_excerpt) if is_comment else row.title
    answered = row.id in accepted
    is_accepted = is_comment and accepted.get(row.root_id) == row.id
    mark = known.get(accepted[row.id] if answered else row.id)
    if mark is None:
        state = CONFIRMED if answered or is_accepted else ""
    else:
        state = mark.state(accepted=answered or is_accepted)
    return FoundText(
        id=row.id,
        public_id=row.public_id,
        kind=row.kind,
        url=f"/p/{row.root_public_id}#c-{row.public_id}" if is_comment else f"/p/{row.public_id}",
        author=author,
        place=place_line(row),
        published_at=row.published_at,
        title=_title(title, marker, marked=not is_comment),
        snippet=marker.snippet(plain_words(row.body_html), _SNIPPET),
        question_state=None if row.kind != QUESTION else "answered" if answered else "waiting",
        accepted=is_accepted,
        trust="" if state == OPINION else state,
        limit=mark.limits.judge(where) if mark is not None else "",
        comments=row.comments_count,
        likes=row.likes_count,
    )


def _title(title: str, marker: Marker, *, marked: bool) -> tuple[Piece, ...]:
    shown = excerpt(title, _TITLE)
    if not shown:
        return ()
    return marker.mark(shown) if marked else (Piece(shown, found=False),)


def _group_line(row: Row[Any]) -> GroupLine:
    return GroupLine(
        id=row.id,
        name=row.name,
        handle=row.handle,
        url=group_url(row.handle),
        colour=row.colour,
        visibility=row.visibility,
        description=excerpt(row.description, _DESCRIPTION),
        members=row.members_count,
        role=row.role,
    )
