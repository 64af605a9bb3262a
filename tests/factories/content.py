"""What people wrote, made by the same use cases as in the product."""

from __future__ import annotations

from sqlalchemy import select

from app.content.models import NEWS, QUESTION, ContentItem
from app.content.schemas import AddComment, Place, Publish
from app.content.service import publishing, reactions
from app.core.db import db
from app.groups.models import Group
from app.people.models import Department, Person, Shop
from tests.factories.people import actor, person


def publication(
    author: Person | None = None,
    body: str = "С понедельника новая акция, ценники уже на складе.",
    *,
    place: Group | Shop | Person | Department | None = None,
    kind: str = NEWS,
    title: str = "",
) -> ContentItem:
    """News, or another kind, posted to the whole company or to a `place`."""
    author = author or person()
    made = publishing.publish(actor(author), Publish(kind=kind, body=body, place=_place(place), title=title))
    return written(made.public_id)


def question(
    author: Person | None = None,
    body: str = "Как вернуть товар без чека?",
    *,
    place: Group | Shop | Person | Department | None = None,
) -> ContentItem:
    """A question that waits for an answer."""
    return publication(author, body, place=place, kind=QUESTION)


def comment(
    on: ContentItem,
    author: Person | None = None,
    body: str = "Спасибо, проверим.",
    *,
    to: ContentItem | None = None,
    answer: bool = False,
) -> ContentItem:
    """A comment on a publication, or a reply `to` one of its comments."""
    command = AddComment(body=body, parent=to.public_id if to else "", answer=answer)
    return written(publishing.comment(actor(author or person()), on.public_id, command).public_id)


def answer(
    on: ContentItem, author: Person | None = None, body: str = "По паспорту, срок 14 дней."
) -> ContentItem:
    """An answer to a question."""
    return comment(on, author, body, answer=True)


def like(item: ContentItem, by: Person | None = None) -> None:
    """Somebody likes it."""
    reactions.like(actor(by or person()), item.public_id, on=True)


def written(public_id: str) -> ContentItem:
    """The row behind a public id."""
    return db.session.scalars(select(ContentItem).where(ContentItem.public_id == public_id)).one()


def _place(row: Group | Shop | Person | Department | None) -> Place:
    match row:
        case Group():
            return Place("group", row.handle)
        case Person():
            return Place("person", row.handle)
        case Shop():
            return Place("shop", row.code)
        case Department():
            return Place("department", str(row.id))
        case _:
            return Place()
