"""From what a person typed to what is stored: checked, rendered once, its topics and mentions linked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, or_, select

from app.content.models import (
    MEMBERS,
    ContentItem,
    ContentTopic,
    GroupMention,
    PersonMention,
    TopicGiver,
)
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Invalid
from app.core.i18n import lazy_gettext as _
from app.core.upsert import insert
from app.groups.models import SECRET, Group, GroupMember
from app.lib import markup
from app.lib.text import clean_line
from app.people.models import ACTIVE, Handle, Person
from app.topics.service import ensure_topics

#: Longest title, in characters.
MAX_TITLE = 200


@dataclass(frozen=True)
class Mentions:
    """Whom a text mentions, as its place allows."""

    #: Folded handle → name shown.
    names: dict[str, str] = field(default_factory=dict)
    #: People who are told.
    person_ids: tuple[int, ...] = ()
    group_ids: tuple[int, ...] = ()
    #: Names of people who may not see the place, or work here no more.
    unreached: tuple[str, ...] = ()


@dataclass(frozen=True)
class Text:
    """A text ready to be stored."""

    source: str
    title: str
    html: str
    excerpt: str
    topics: tuple[str, ...]
    mentions: Mentions


def prepare(actor: Actor, *, title: str, body: str, members_of: int | None, with_files: bool) -> Text:
    """Check and render a text that will stand in a place; `members_of` is the group whose members alone see it.

    One or two SELECTs when it mentions somebody. Raises `Invalid` (field "body", "title" or both).
    """
    title, body = _both(title, body, with_files=with_files)
    rendered, mentions = _rendered(actor.person_id, body, members_of)
    return Text(body, title, rendered.html, rendered.excerpt, rendered.topics, mentions)


def preview(actor: Actor, body: str) -> str:
    """How a text would read to the whole company: it mentions only who is there. At most two SELECTs."""
    return _rendered(actor.person_id, body[: markup.MAX_SOURCE], None)[0].html


def _rendered(author_id: int, source: str, members_of: int | None) -> tuple[markup.Rendered, Mentions]:
    """A text with those whom it mentions by their names. One or two SELECTs when it mentions somebody."""
    rendered = markup.render(source)
    if not rendered.mentions:
        return rendered, Mentions()
    mentions = _resolve(author_id, rendered.mentions, members_of)
    return markup.render(source, names=mentions.names), mentions


def _both(title: str, body: str, *, with_files: bool) -> tuple[str, str]:
    """Title and body as they are stored. Raises `Invalid` with all that is wrong, so that it is put right at once."""
    wrong: dict[str, Any] = {}
    try:
        title = titled(title)
    except Invalid as error:
        wrong |= error.errors
    try:
        body = checked(body, with_files=with_files)
    except Invalid as error:
        wrong |= error.errors
    if wrong:
        raise Invalid(errors=wrong)
    return title, body


def titled(title: str) -> str:
    """The title as it is stored. Raises `Invalid` (field "title") for one that is too long."""
    if len(title) > MAX_TITLE:
        raise Invalid(_("The title is longer than %(most)s characters.", most=MAX_TITLE), field="title")
    return clean_line(title, MAX_TITLE)


def demand_title(title: str) -> None:
    """Raises `Invalid` (field "title") for a title in which a reader would see nothing."""
    if not titled(title):
        raise Invalid(_("Give it a title."), field="title")


def checked(body: str, *, with_files: bool) -> str:
    """The body as it is stored. Raises `Invalid` (field "body") for what is too long, or empty and without files."""
    try:
        markup.check(body)
    except markup.TextEmpty:
        if not with_files:
            raise Invalid(_("Write something first."), field="body") from None
        return ""
    except markup.MarkupTooLong as error:
        message = _(
            "The text has %(length)s characters; the most is %(most)s.",
            length=error.length,
            most=markup.MAX_SOURCE,
        )
        raise Invalid(message, field="body") from None
    return body.encode("utf-8", "replace").decode().replace("\x00", "").replace("\r\n", "\n").strip()


def store(item: ContentItem, text: Text) -> None:
    """Put the text into the row."""
    item.title = text.title
    item.body_source = text.source
    item.body_html = text.html
    item.excerpt = text.excerpt
    item.renderer = markup.RENDERER_VERSION


def reword(item: ContentItem, source: str) -> None:
    """Put another source into a row whose author does not write it; nobody is told. One or two SELECTs."""
    rendered = _rendered(item.author_id, source, item.group_id if item.audience == MEMBERS else None)[0]
    item.body_source, item.body_html, item.excerpt = source, rendered.html, rendered.excerpt
    item.renderer = markup.RENDERER_VERSION


def link_topics(item: ContentItem, names: Sequence[str], actor_id: int, *, origin: str) -> list[int]:
    """Give the publication these topics; ids of those it did not have. An INSERT and what `ensure_topics` costs."""
    topic_ids = list(dict.fromkeys(ensure_topics(names, actor_id)))
    if not topic_ids:
        return []
    now = clock.now()
    rows = [
        {
            "content_id": item.id,
            "topic_id": topic_id,
            "added_by": actor_id,
            "origin": origin,
            "added_at": now,
        }
        for topic_id in topic_ids
    ]
    statement = (
        insert(ContentTopic)
        .on_conflict_do_nothing(index_elements=["content_id", "topic_id"])
        .returning(ContentTopic.topic_id)
    )
    return list(db.session.scalars(statement, rows))


def unlink_topics(item: ContentItem, keep: Sequence[int]) -> tuple[int, ...]:
    """Take away topics that stood in the text and no longer do, and return them; added ones stay."""
    gone = (
        delete(ContentTopic)
        .where(
            ContentTopic.content_id == item.id,
            ContentTopic.origin == "text",
            ContentTopic.topic_id.not_in(list(keep)),
        )
        .returning(ContentTopic.topic_id)
    )
    also = delete(TopicGiver).where(
        TopicGiver.content_id == item.id,
        TopicGiver.origin == "text",
        TopicGiver.topic_id.not_in(list(keep)),
    )
    db.session.execute(also)
    return tuple(sorted(db.session.scalars(gone)))


def add_mentions(item: ContentItem, mentions: Mentions) -> None:
    """Add the mention rows of a new text: one or two writes when it mentions anybody."""
    db.session.add_all(PersonMention(content_id=item.id, person_id=each) for each in mentions.person_ids)
    db.session.add_all(GroupMention(content_id=item.id, group_id=each) for each in mentions.group_ids)


def link_mentions(item: ContentItem, mentions: Mentions) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Make the mention rows equal to the text; (people, groups) that are new. At most two SELECTs and four writes."""
    new_people = _relink(item.id, PersonMention, PersonMention.person_id, mentions.person_ids)
    new_groups = _relink(item.id, GroupMention, GroupMention.group_id, mentions.group_ids)
    return new_people, new_groups


def _relink(content_id: int, model: type, column: object, wanted: Sequence[int]) -> tuple[int, ...]:
    name = column.key  # type: ignore[attr-defined]
    old = set(db.session.scalars(select(getattr(model, name)).where(model.content_id == content_id)))  # type: ignore[attr-defined]
    gone = old - set(wanted)
    if gone:
        db.session.execute(
            delete(model).where(model.content_id == content_id, getattr(model, name).in_(gone))  # type: ignore[attr-defined]
        )
    new = tuple(each for each in wanted if each not in old)
    db.session.add_all(model(content_id=content_id, **{name: each}) for each in new)
    return new


def _resolve(author_id: int, handles: Sequence[str], members_of: int | None) -> Mentions:
    """Who the handles stand for. A secret group is named in itself alone; elsewhere it stays plain text, as if there
    were none: most readers may not know its name.
    """
    rows = db.session.execute(
        select(
            Handle.handle, Person.id.label("person_id"), Person.name.label("person_name"), Person.state,
            Group.id.label("group_id"), Group.name.label("group_name"),
        )
        .outerjoin(Person, Person.id == Handle.person_id)
        .outerjoin(Group, Group.id == Handle.group_id)
        .where(
            Handle.handle.in_(handles),
            or_(Group.id.is_(None), Group.visibility != SECRET, Group.id == (members_of or 0)),
        )
    ).all()  # fmt: skip
    names: dict[str, str] = {}
    people: dict[int, str] = {}
    gone: list[str] = []
    groups: list[int] = []
    for row in rows:
        names[row.handle] = row.person_name or row.group_name
        if row.group_id is not None:
            groups.append(row.group_id)
        elif row.state != ACTIVE:
            gone.append(row.person_name)
        elif row.person_id != author_id:
            people[row.person_id] = row.person_name
    reached = set(people)
    if members_of is not None and people:
        members = select(GroupMember.person_id).where(
            GroupMember.group_id == members_of, GroupMember.person_id.in_(people)
        )
        reached = set(db.session.scalars(members))
    unreached = tuple(name for person_id, name in people.items() if person_id not in reached)
    return Mentions(
        names, tuple(each for each in people if each in reached), tuple(groups), (*unreached, *gone)
    )
