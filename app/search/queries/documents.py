"""Rows as documents of the index. What nobody may find has none: the hidden, the deleted, people who left.

Each reader takes one or two statements for up to `BATCH` rows, that of publications and comments some seven.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, Row, and_, bindparam, exists, func, or_, select, union_all

from app.content.models import ANSWER, MEMBERS, PUBLISHED, QUESTION, ContentItem, ContentTopic
from app.content.models import COMPANY as OPEN_TO_ALL
from app.content.policy import Root, join_root
from app.content.schemas import kinds
from app.core import clock
from app.core.db import db
from app.core.fulltext.interface import ANSWERS, ASKED, TELLS, Document
from app.core.prepared import Prepared, among
from app.files.models import File
from app.groups.models import OPEN, SECRET, Group
from app.lib import variants
from app.lib.htmlwords import plain_words
from app.people.models import ACTIVE, Department, Person, Position, Shop
from app.search.queries.places import department_label, phone_words, shop_label
from app.search.queries.worth import format_number, worth_of
from app.search.schemas import COMMENT, FILE, GROUP, PERSON, PUBLICATION, TOPIC
from app.topics.models import MandatorySubscription, PriorityTopic, Topic

BATCH = 1000

_AFTER: BindParameter[int] = bindparam("after")


class _Reader:
    """A statement in two forms: the rows of given ids, and the rows after an id."""

    def __init__(self, statement: Any, key: Any) -> None:
        self._chosen = Prepared(statement.where(among(key, "ids")))
        self._next = Prepared(statement.where(key > _AFTER).order_by(key).limit(BATCH))

    def rows(self, ids: Sequence[int] | None, after: int) -> list[Row[Any]]:
        return self._next.all(after=after) if ids is None else self._chosen.all(ids=ids)


_PEOPLE = _Reader(
    select(
        Person.id, Person.name, Person.middle_name, Person.latin_name, Person.handle, Person.about_html,
        Person.phone, Person.created_at, Position.name.label("position"), Shop.code.label("shop_code"),
        Shop.name.label("shop_name"), Shop.city, Shop.region_id, Shop.format,
        Department.name.label("department"),
    )
    .outerjoin(Position, Position.id == Person.position_id)
    .outerjoin(Shop, Shop.id == Person.shop_id)
    .outerjoin(Department, Department.id == Person.department_id)
    .where(Person.state == ACTIVE),
    Person.id,
)  # fmt: skip

_CONTENT = _Reader(
    join_root(
        select(
            ContentItem.id, ContentItem.root_id, ContentItem.kind, ContentItem.title, ContentItem.body_html,
            ContentItem.published_at, ContentItem.author_id, ContentItem.group_id, ContentItem.audience,
            ContentItem.shop_id, ContentItem.department_id, Group.visibility, Shop.region_id.label("author_region_id"),
            Shop.format.label("author_format"),
        )
        .outerjoin(Group, Group.id == ContentItem.group_id)
        .join(Person, Person.id == ContentItem.author_id)
        .outerjoin(Shop, Shop.id == Person.shop_id)
    ).where(ContentItem.state == PUBLISHED, or_(ContentItem.root_id.is_(None), Root.state == PUBLISHED)),
    ContentItem.id,
)  # fmt: skip

#: The names of topics, and those that were merged into theirs: who looks for "#old" finds what is about the new one.
_CONTENT_TOPICS = Prepared(
    union_all(
        *(
            select(ContentTopic.content_id, Topic.name, Topic.id.label("name_id"))
            .join(Topic, stands_for == ContentTopic.topic_id)
            .where(among(ContentTopic.content_id, "ids"))
            for stands_for in (Topic.id, Topic.merged_into_id)
        )
    ).order_by("content_id", "name_id")
)

#: As `known_topics`, but asking the publications themselves: their counters may be brought up to date a moment later.
_known = or_(
    exists().where(
        and_(
            ContentTopic.topic_id == Topic.id,
            ContentItem.id == ContentTopic.content_id,
            ContentItem.state == PUBLISHED,
            ContentItem.audience == OPEN_TO_ALL,
        )
    ),
    Topic.description != "",
    exists().where(PriorityTopic.topic_id == Topic.id),
    exists().where(MandatorySubscription.topic_id == Topic.id),
)

_FILES = _Reader(
    join_root(
        select(
            File.id, File.name, File.alt, ContentItem.published_at, ContentItem.author_id, ContentItem.group_id,
            ContentItem.audience, Group.visibility,
        )
        .select_from(File)
        .join(ContentItem, ContentItem.id == File.content_id)
        .outerjoin(Group, Group.id == ContentItem.group_id)
    ).where(ContentItem.state == PUBLISHED, or_(ContentItem.root_id.is_(None), Root.state == PUBLISHED)),
    File.id,
)  # fmt: skip

_TOPICS = _Reader(
    select(Topic.id, Topic.title, Topic.name, Topic.description, Topic.created_at).where(
        Topic.merged_into_id.is_(None), _known
    ),
    Topic.id,
)
_SYNONYMS = Prepared(
    select(Topic.merged_into_id.label("topic_id"), Topic.name)
    .where(among(Topic.merged_into_id, "ids"))
    .order_by(Topic.merged_into_id, Topic.id)
)

_GROUPS = _Reader(
    select(Group.id, Group.name, Group.handle, Group.description, Group.visibility, Group.created_at),
    Group.id,
)


def load(kind: str, ids: Sequence[int]) -> list[Document]:
    """The documents of these ids as they are now; ids without a document are left out."""
    documents, _last = _LOADERS[kind](ids, 0)
    return [document for document in documents if document.kind == kind]


def everything() -> Iterator[Document]:
    """Every document, in batches of short reading transactions, so that writing goes on meanwhile."""
    for read in dict.fromkeys(_LOADERS.values()):
        after: int | None = 0
        while after is not None:
            db.session.rollback()
            documents, after = read(None, after)
            yield from documents
    db.session.rollback()


def total() -> int:
    """About how many documents there are, for a progress bar. Five statements."""
    return sum(
        db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in (Person, ContentItem, Topic, Group, File)
    )


Batch = tuple[list[Document], int | None]


def _people(ids: Sequence[int] | None, after: int) -> Batch:
    rows = _PEOPLE.rows(ids, after)
    documents = [
        Document(
            kind=PERSON,
            id=row.id,
            title=row.name,
            aliases=(row.middle_name, row.latin_name, row.handle, *variants.of_name(row.name)),
            text=_lines(
                row.position,
                row.shop_code,
                row.shop_name,
                row.city,
                row.department,
                plain_words(row.about_html),
                # Everybody may read the phone of who works here.
                phone_words(row.phone),
            ),
            created=_seconds(row.created_at),
            region_id=row.region_id,
            format=format_number(row.format),
        )
        for row in rows
    ]
    return documents, _last_id(rows)


def _content(ids: Sequence[int] | None, after: int) -> Batch:
    rows = _CONTENT.rows(ids, after)
    topics = _topics_of([row.id for row in rows if row.root_id is None])
    known = worth_of(rows)
    documents = [
        Document(
            kind=PUBLICATION if row.root_id is None else COMMENT,
            id=row.id,
            title=row.title,
            text=plain_words(row.body_html),
            created=_seconds(row.published_at),
            author_id=row.author_id,
            group_id=row.group_id,
            members_only=_is_closed(row),
            topics=(*topics.get(row.id, ()), *_place(row)),
            standing=worth.standing,
            role=role,
            thread_id=(row.root_id or row.id) if role else None,
            flags=worth.flags,
            region_id=row.author_region_id,
            format=format_number(row.author_format),
            authority=worth.authority,
            valid_until=worth.valid_until,
        )
        for row in rows
        for role, worth in ((_role(row), known[row.id]),)
    ]
    return documents, _last_id(rows)


def _role(row: Row[Any]) -> str:
    """What a text is to somebody who asks."""
    if row.kind == QUESTION:
        return ASKED
    if row.kind == ANSWER:
        return ANSWERS
    return TELLS if row.root_id is None and kinds()[row.kind].answers else ""


def _place(row: Row[Any]) -> tuple[str, ...]:
    """What stands on the page of a shop or department is found by it."""
    if row.shop_id is not None:
        return (shop_label(row.shop_id),)
    return (department_label(row.department_id),) if row.department_id is not None else ()


def _topics_of(ids: Sequence[int]) -> Mapping[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    if ids:
        for row in _CONTENT_TOPICS.all(ids=ids):
            found[row.content_id] += (row.name,)
    return found


def _topics(ids: Sequence[int] | None, after: int) -> Batch:
    rows = _TOPICS.rows(ids, after)
    synonyms: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for row in _SYNONYMS.all(ids=[row.id for row in rows]) if rows else ():
        synonyms[row.topic_id] += (row.name,)
    documents = [
        Document(
            kind=TOPIC, id=row.id, title=row.title, text=row.description, aliases=synonyms[row.id],
            topics=(row.name, *synonyms[row.id]), created=_seconds(row.created_at),
        )
        for row in rows
    ]  # fmt: skip
    return documents, _last_id(rows)


def _groups(ids: Sequence[int] | None, after: int) -> Batch:
    rows = _GROUPS.rows(ids, after)
    documents = [
        Document(
            kind=GROUP, id=row.id, title=row.name, aliases=(row.handle,), text=row.description,
            created=_seconds(row.created_at), group_id=row.id, members_only=row.visibility == SECRET,
        )
        for row in rows
    ]  # fmt: skip
    return documents, _last_id(rows)


def _files(ids: Sequence[int] | None, after: int) -> Batch:
    """Files of what may be found, seen by whoever sees that."""
    rows = _FILES.rows(ids, after)
    documents = [
        Document(
            kind=FILE, id=row.id, title=row.name, text=row.alt, created=_seconds(row.published_at),
            author_id=row.author_id, group_id=row.group_id, members_only=_is_closed(row),
        )
        for row in rows
    ]  # fmt: skip
    return documents, _last_id(rows)


_LOADERS: Mapping[str, Callable[[Sequence[int] | None, int], Batch]] = {
    PERSON: _people,
    PUBLICATION: _content,
    COMMENT: _content,
    TOPIC: _topics,
    GROUP: _groups,
    FILE: _files,
}


def _is_closed(row: Row[Any]) -> bool:
    """Whether members alone may find it: whichever of the two is stricter, while a group is being closed or opened."""
    return row.audience == MEMBERS or row.visibility not in (None, OPEN)


def _last_id(rows: Sequence[Row[Any]]) -> int | None:
    return rows[-1].id if len(rows) == BATCH else None


def _lines(*parts: str | None) -> str:
    return "\n".join(part for part in parts if part)


def _seconds(moment: int) -> int:
    return moment // clock.SECOND
