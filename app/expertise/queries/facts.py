"""Which praise stands: read from what people wrote, accepted, liked and thanked for, never from scores.

Only what is open to the whole company counts, so that a title says nothing of closed groups.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    union,
    union_all,
)
from sqlalchemy.orm import aliased

from app.articles.models import Reader
from app.badges.models import Thanks, ThanksRecipient
from app.content.models import ANSWER, ARTICLE, COMPANY, PUBLISHED, ContentItem, ContentTopic, Reaction
from app.core.prepared import Prepared, among
from app.questions.models import Question
from app.trust.models import OFFICIAL, ContentConfirmation, ContentTrust

_Root = aliased(ContentItem, name="praised_root")
_About = aliased(ContentItem, name="praised_about")


@dataclass(frozen=True, eq=False)
class PraiseSource:
    """One kind of praise, as columns of the tables that `joined` joins; only rows that stand."""

    #: A key of `app.lib.authority.WEIGHTS`.
    kind: str
    #: Makes a SELECT of the columns it is given, with joins and conditions.
    joined: Any
    #: Tells acts of the kind apart, for one person.
    key: Any
    #: Who is praised.
    person: Any
    #: Who praised; NULL where nobody knows.
    giver: Any
    at: Any
    #: Publications whose topics it is about.
    about: tuple[Any, ...]
    #: Whether each act counts as if by another colleague, for it is said in the name of the company.
    by_office: bool = False
    #: Whether the person owes the giver something for it, so that praise in return counts less.
    owed: bool = True


def _in_threads(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(ContentItem)
        .join(_Root, _Root.id == ContentItem.root_id)
        .where(
            ContentItem.kind == ANSWER,
            ContentItem.state == PUBLISHED,
            ContentItem.audience == COMPANY,
            _Root.state == PUBLISHED,
        )
    )


def _accepted(*columns: Any) -> Select[Any]:
    return (
        _in_threads(*columns)
        .join(Question, Question.accepted_id == ContentItem.id)
        .where(Question.accepted_at.is_not(None), ContentItem.author_id != _ACCEPTED_BY)
    )


def _liked(*columns: Any) -> Select[Any]:
    return (
        _in_threads(*columns)
        .join(Reaction, Reaction.content_id == ContentItem.id)
        .where(or_(Reaction.person_id.is_(None), Reaction.person_id != ContentItem.author_id))
    )


def _thanked(*columns: Any) -> Select[Any]:
    open_about = and_(_About.id == Thanks.about_id, _About.state == PUBLISHED, _About.audience == COMPANY)
    return (
        select(*columns)
        .select_from(ThanksRecipient)
        .join(Thanks, Thanks.content_id == ThanksRecipient.content_id)
        .join(ContentItem, ContentItem.id == Thanks.content_id)
        .outerjoin(_About, open_about)
        .where(
            ContentItem.state == PUBLISHED,
            ContentItem.audience == COMPANY,
            ThanksRecipient.person_id != Thanks.giver_id,
        )
    )


def _open(*columns: Any) -> Select[Any]:
    """Answers and articles that the whole company sees."""
    return (
        select(*columns)
        .select_from(ContentItem)
        .outerjoin(_Root, _Root.id == ContentItem.root_id)
        .where(
            ContentItem.kind.in_((ANSWER, ARTICLE)),
            ContentItem.state == PUBLISHED,
            ContentItem.audience == COMPANY,
            or_(_Root.id.is_(None), _Root.state == PUBLISHED),
        )
    )


def _official(*columns: Any) -> Select[Any]:
    return (
        _open(*columns)
        .join(ContentTrust, ContentTrust.content_id == ContentItem.id)
        .where(ContentTrust.state == OFFICIAL, ContentTrust.official_by != ContentItem.author_id)
    )


def _confirmed(*columns: Any) -> Select[Any]:
    return (
        _open(*columns)
        .join(ContentConfirmation, ContentConfirmation.content_id == ContentItem.id)
        .where(ContentConfirmation.person_id != ContentItem.author_id)
    )


def _read(*columns: Any) -> Select[Any]:
    return (
        _open(*columns)
        .join(Reader, Reader.content_id == ContentItem.id)
        .where(Reader.person_id != ContentItem.author_id)
    )


_THREAD_OF: ColumnElement[int] = func.coalesce(ContentItem.root_id, ContentItem.id)
_ACCEPTED_BY: ColumnElement[int] = func.coalesce(Question.accepted_by, _Root.author_id)
_SOURCES = (
    PraiseSource(
        "accepted", _accepted, ContentItem.id, ContentItem.author_id, _ACCEPTED_BY, Question.accepted_at, (_Root.id,)
    ),
    PraiseSource(
        "liked", _liked, Reaction.id, ContentItem.author_id, Reaction.person_id, Reaction.created_at, (_Root.id,)
    ),
    PraiseSource(
        "thanked", _thanked, Thanks.content_id, ThanksRecipient.person_id, Thanks.giver_id, Thanks.given_at,
        (Thanks.content_id, func.coalesce(_About.root_id, _About.id)),
    ),
    PraiseSource(
        "official", _official, ContentItem.id, ContentItem.author_id, ContentTrust.official_by,
        ContentTrust.official_at, (_THREAD_OF,), by_office=True,
    ),
    PraiseSource(
        "confirmed", _confirmed, ContentItem.id, ContentItem.author_id, ContentConfirmation.person_id,
        ContentConfirmation.confirmed_at, (_THREAD_OF,),
    ),
    PraiseSource(
        "read", _read, ContentItem.id, ContentItem.author_id, Reader.person_id, Reader.first_at, (_THREAD_OF,),
        owed=False,
    ),
)  # fmt: skip


def _received(narrow: bool) -> CompoundSelect[Any]:
    """Praise once for each topic it is about, also where it is about two publications that share it."""
    return union(
        *(
            _narrowed(
                source.joined(
                    literal(source.kind).label("kind"), source.key.label("key"), source.person.label("person_id"),
                    source.giver.label("giver_id"), source.at.label("at"), ContentTopic.topic_id.label("topic_id"),
                    literal(source.by_office).label("by_office"),
                ).join(ContentTopic, ContentTopic.content_id == about),
                source.person if narrow else None,
            )
            for source in _SOURCES
            for about in source.about
        )
    )  # fmt: skip


def _given(narrow: bool) -> Select[Any]:
    """How often one person praised another, in whatever topic."""
    each = union_all(
        *(
            _narrowed(
                source.joined(source.giver.label("giver_id"), source.person.label("person_id")),
                source.giver if narrow else None,
            )
            for source in _SOURCES
            if source.owed and not source.by_office
        )
    ).subquery("each")
    return select(each.c.giver_id, each.c.person_id, func.count().label("number")).group_by(
        each.c.giver_id, each.c.person_id
    )


def _narrowed(statement: Select[Any], column: Any) -> Select[Any]:
    return statement if column is None else statement.where(among(column, "people"))


#: Praise received by the people bound as `people`: kind, key, person_id, giver_id, at, topic_id, by_office.
RECEIVED_BY = Prepared(lambda: _received(narrow=True))
#: All praise.
RECEIVED = Prepared(lambda: _received(narrow=False))
#: How often the people bound as `people` praised whom: giver_id, person_id, number.
GIVEN_BY = Prepared(lambda: _given(narrow=True))
#: How often anybody praised anybody.
GIVEN = Prepared(lambda: _given(narrow=False))

_ROOT: BindParameter[int] = bindparam("root")
_thread = select(ContentItem.id).where(or_(ContentItem.id == _ROOT, ContentItem.root_id == _ROOT))
_concerned = (
    select(ContentItem.author_id.label("person_id")).where(
        ContentItem.root_id == _ROOT, ContentItem.kind == ANSWER
    ),
    select(Reaction.person_id)
    .join(ContentItem, ContentItem.id == Reaction.content_id)
    .where(ContentItem.root_id == _ROOT, ContentItem.kind == ANSWER, Reaction.person_id.is_not(None)),
    select(ContentItem.author_id).where(
        ContentItem.id == _ROOT, select(Question.accepted_id).where(Question.content_id == _ROOT).exists()
    ),
    select(ContentItem.author_id).where(ContentItem.id == _ROOT, ContentItem.kind == ARTICLE),
    select(ContentConfirmation.person_id).where(ContentConfirmation.content_id.in_(_thread)),
    select(Thanks.giver_id).where(or_(Thanks.content_id == _ROOT, Thanks.about_id.in_(_thread))),
    select(ThanksRecipient.person_id)
    .join(Thanks, Thanks.content_id == ThanksRecipient.content_id)
    .where(or_(Thanks.content_id == _ROOT, Thanks.about_id.in_(_thread))),
)
_CONCERNED = Prepared(union(*_concerned))


def concerned(root_id: int) -> set[int]:
    """Everybody who praised or may have been praised in a thread, also by what no longer stands. One statement."""
    return {row.person_id for row in _CONCERNED.all(root=root_id)}


def praised_by(person_id: int) -> set[int]:
    """Whom a person has praised. One statement."""
    return {row.person_id for row in GIVEN_BY.all(people=[person_id])}
