"""What was found, read from the database for one reader. Whoever may not see a row gets nothing of it, whatever the
index said: it may be a second behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, exists, select
from sqlalchemy.orm import aliased

from app.content.models import QUESTION, ContentItem
from app.content.policy import Root, actor_values, comment_visible_to, join_root
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
from app.files.models import File
from app.files.queries import file_url
from app.files.schemas import PICTURE
from app.groups.models import Group
from app.groups.policy import groups_visible_to
from app.groups.queries.lines import group_line, group_lines
from app.groups.schemas import GroupLine
from app.lib.htmlwords import plain_words
from app.lib.text import excerpt
from app.people.models import ACTIVE, Department, Person, Shop
from app.people.queries.lines import LINE, joined
from app.people.queries.lines import line as person_of
from app.questions.models import Question
from app.search.queries.answers import answers_of, best_answers, state_of
from app.search.schemas import FoundAnswer, FoundFile, FoundPerson, FoundText, Told
from app.topics.models import Topic
from app.topics.policy import known_topics
from app.topics.queries.lines import topic_line, topic_lines, values_for
from app.topics.schemas import TopicLine
from app.trust.queries import marks
from app.trust.schemas import OVER, TrustMark, Where

_SNIPPET = 240
_TITLE = 140
_ABOUT = 120

_Wall = aliased(Person, name="wall")
_PlaceShop = aliased(Shop, name="place_shop")
_Accepting = aliased(Question, name="accepting")

#: What `person_line` and `place_line` read.
_WHO_AND_WHERE = (
    *person_columns("author", Author, AuthorPosition, AuthorShop),
    Group.name.label("group_name"), Group.handle.label("group_handle"),
    _Wall.name.label("wall_name"), _Wall.handle.label("wall_handle"),
    _PlaceShop.code.label("place_shop_code"), _PlaceShop.name.label("place_shop_name"),
    Department.name.label("department_name"), Department.id.label("place_department_id"),
)  # fmt: skip


def _in_place(statement: Any) -> Any:
    """A statement over `ContentItem` with its author, its place and its publication joined."""
    return join_root(
        statement.join(Author, Author.id == ContentItem.author_id)
        .outerjoin(AuthorPosition, AuthorPosition.id == Author.position_id)
        .outerjoin(AuthorShop, AuthorShop.id == Author.shop_id)
        .outerjoin(Group, Group.id == ContentItem.group_id)
        .outerjoin(_Wall, _Wall.id == ContentItem.person_id)
        .outerjoin(_PlaceShop, _PlaceShop.id == ContentItem.shop_id)
        .outerjoin(Department, Department.id == ContentItem.department_id)
    )


_TEXTS = Prepared(
    _in_place(
        select(
            ContentItem.id, ContentItem.public_id, ContentItem.kind, ContentItem.root_id, ContentItem.title,
            ContentItem.body_html, ContentItem.published_at, ContentItem.place_kind, ContentItem.comments_count,
            ContentItem.likes_count, Root.public_id.label("root_public_id"), Root.title.label("root_title"),
            Root.excerpt.label("root_excerpt"), Root.kind.label("root_kind"),
            *_WHO_AND_WHERE,
            ContentItem.answers_count, Question.accepted_id,
            exists().where(_Accepting.accepted_id == ContentItem.id).label("is_accepted"),
        )
        .outerjoin(Question, Question.content_id == ContentItem.id)
    ).where(among(ContentItem.id, "ids"), comment_visible_to())
)  # fmt: skip

_FILES = Prepared(
    _in_place(
        select(
            File.id.label("file_id"), File.public_id.label("file_public_id"), File.name.label("file_name"),
            File.kind.label("file_kind"), File.size.label("file_size"), File.alt.label("file_alt"),
            ContentItem.public_id, ContentItem.root_id, ContentItem.published_at, ContentItem.place_kind,
            Root.public_id.label("root_public_id"),
            *_WHO_AND_WHERE,
        )
        .select_from(File)
        .join(ContentItem, ContentItem.id == File.content_id)
    ).where(among(File.id, "ids"), comment_visible_to())
)  # fmt: skip

_PEOPLE = Prepared(
    joined(select(*LINE, Person.about_html).select_from(Person)).where(
        among(Person.id, "ids"), Person.state == ACTIVE
    )
)

_TOPICS = Prepared(topic_lines().where(among(Topic.id, "ids"), known_topics()))

_GROUPS = Prepared(group_lines().where(among(Group.id, "ids"), groups_visible_to()))


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
    rows = _GROUPS.by("id", ids=ids, person_id=actor.person_id, actor_groups=actor.group_ids) if ids else {}
    return tuple(group_line(rows[id_]) for id_ in ids if id_ in rows)


def files(actor: Actor, ids: Sequence[int], marker: Marker) -> tuple[FoundFile, ...]:
    """The files of what the reader may see, in the order of their ids. One statement, none for no ids."""
    rows = _FILES.by("file_id", ids=ids, **actor_values(actor)) if ids else {}
    return tuple(_found_file(rows[id_], marker) for id_ in ids if id_ in rows)


def texts(actor: Actor, ids: Sequence[int], marker: Marker) -> tuple[FoundText, ...]:
    """The publications and comments the reader may see, questions with their answers.

    At most three statements, none for no ids.
    """
    rows = _TEXTS.by("id", ids=ids, **actor_values(actor)) if ids else {}
    accepted = {id_: row.accepted_id for id_, row in rows.items() if row.kind == QUESTION}
    answers = answers_of(actor, [id_ for id_ in accepted if rows[id_].answers_count])
    known = marks(sorted({*rows, *(row.id for row in answers)}))
    where = Where.of(actor)
    told = best_answers(answers, accepted, known, where)
    found = [
        _found_text(rows[id_], marker, told.get(id_), known.get(id_), where) for id_ in ids if id_ in rows
    ]
    # What is over in the reader's shop comes after the rest of the page; the index knows only what is over everywhere.
    return tuple(sorted(found, key=lambda text: text.limit == OVER))


def _found_person(row: Row[Any], marker: Marker) -> FoundPerson:
    about = marker.snippet(plain_words(row.about_html), _ABOUT)
    shown = about if any(piece.found for piece in about) else ()
    return FoundPerson(person_of(row), marker.mark(row.name), shown)


def _found_file(row: Row[Any], marker: Marker) -> FoundFile:
    author = person_line(row, "author")
    assert author is not None
    return FoundFile(
        public_id=row.file_public_id,
        name=marker.mark(row.file_name),
        size=row.file_size,
        thumb_url=file_url(row.file_public_id, "thumb") if row.file_kind == PICTURE else None,
        alt=row.file_alt,
        url=_address(row),
        author=author,
        place=place_line(row),
        published_at=row.published_at,
    )


def _address(row: Row[Any]) -> str:
    if row.root_id is None:
        return f"/p/{row.public_id}"
    return f"/p/{row.root_public_id}#c-{row.public_id}"


def _found_text(
    row: Row[Any], marker: Marker, told: Told | None, mark: TrustMark | None, where: Where
) -> FoundText:
    """`told` is what a question was answered with; it is trusted as far as that, when that was accepted."""
    author = person_line(row, "author")
    assert author is not None
    is_comment = row.root_id is not None
    title = (row.root_title or row.root_excerpt) if is_comment else row.title
    trusted = told if told is not None and told.accepted else None
    limit = mark.limits.judge(where) if mark is not None else ""
    return FoundText(
        id=row.id,
        public_id=row.public_id,
        kind=row.kind,
        url=_address(row),
        author=author,
        place=place_line(row),
        published_at=row.published_at,
        title=_title(title, marker, marked=not is_comment),
        snippet=marker.snippet(plain_words(row.body_html), _SNIPPET),
        question_state=None if row.kind != QUESTION else "answered" if row.accepted_id else "waiting",
        accepted=bool(row.is_accepted),
        trust=trusted.trust if trusted else state_of(mark, accepted=bool(row.is_accepted)),
        limit=trusted.limit if trusted else limit,
        comments=row.comments_count,
        likes=row.likes_count,
        answer=_found_answer(row, told, marker) if told is not None else None,
    )


def _found_answer(row: Row[Any], told: Told, marker: Marker) -> FoundAnswer:
    return FoundAnswer(
        told, marker.snippet(told.text, _SNIPPET), f"/p/{row.public_id}#c-{told.public_id}", row.answers_count
    )


def _title(title: str, marker: Marker, *, marked: bool) -> tuple[Piece, ...]:
    shown = excerpt(title, _TITLE)
    if not shown:
        return ()
    return marker.mark(shown) if marked else (Piece(shown, found=False),)
