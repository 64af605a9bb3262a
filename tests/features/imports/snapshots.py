"""What the database holds of one site, without the identities that a second database would give otherwise."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from sqlalchemy import select

from app.content.models import (
    ContentItem,
    ContentLink,
    ContentOrigin,
    ContentTopic,
    ImportedRecord,
    PersonMention,
    PersonOrigin,
    Reaction,
    Revision,
    Source,
    TopicOrigin,
)
from app.core.db import db
from app.people.models import Handle, Person
from app.questions.models import Question
from app.reputation.models import Balance, Entry
from app.topics.models import Topic

_MENTIONED = re.compile(r'@[\w.-]+|/@[\w.%-]+"')


class Site:
    """The rows of one site by their keys there."""

    def __init__(self, site: str) -> None:
        source = db.session.scalars(select(Source.id).where(Source.code == f"stackexchange:{site}")).first()
        self.people = _by_key(
            PersonOrigin.key, Person, PersonOrigin.person_id, PersonOrigin.source_id, source
        )
        self.items = _by_key(
            ContentOrigin.key, ContentItem, ContentOrigin.content_id, ContentOrigin.source_id, source
        )
        self.topics = _by_key(TopicOrigin.key, Topic, TopicOrigin.topic_id, TopicOrigin.source_id, source)
        self.origins = {row.key: row for row in _rows(ContentOrigin) if row.source_id == source}
        self.records = {row.key: row.fields for row in _rows(ImportedRecord) if row.source_id == source}
        self.person_keys = {person.id: key for key, person in self.people.items()}
        self.item_keys = {item.id: key for key, item in self.items.items()}
        self.topic_keys = {topic.id: key for key, topic in self.topics.items()}

    def snapshot(self) -> dict[str, Any]:
        """Everything the import is answerable for. Handles stay with people for good, so they are left out."""
        return {
            "people": {key: _columns(row, _PERSON) for key, row in self.people.items()},
            "items": {key: self._item(key) for key in self.items},
            "topics": {key: _columns(row, _TOPIC) for key, row in self.topics.items()},
            "given": {
                (self.item_keys[row.content_id], self.topic_keys[row.topic_id])
                for row in _rows(ContentTopic) if row.content_id in self.item_keys
            },
            "mentions": {
                (self.item_keys[row.content_id], self.person_keys[row.person_id])
                for row in _rows(PersonMention) if row.content_id in self.item_keys
            },
            "likes": sorted(
                (row.source_key, self.item_keys[row.content_id], row.created_at)
                for row in _rows(Reaction) if row.content_id in self.item_keys
            ),
            "accepted": {
                self.item_keys[row.content_id]: (
                    self.item_keys.get(row.accepted_id), self.person_keys.get(row.accepted_by), row.accepted_at,
                )
                for row in _rows(Question) if row.content_id in self.item_keys
            },
            "links": {
                (self.item_keys[row.from_id], self.item_keys[row.to_id], row.kind)
                for row in _rows(ContentLink) if row.from_id in self.item_keys
            },
            "revisions": {
                (self.item_keys[row.content_id], row.number): (
                    row.title, row.body_source, self.person_keys.get(row.edited_by), row.edited_at, row.comment,
                )
                for row in _rows(Revision) if row.content_id in self.item_keys
            },
            "records": {
                key: fields for key, fields in self.records.items() if key.startswith(_KEPT)
            },
            "points": {
                self.person_keys.get(row.person_id): row.points for row in _rows(Balance) if row.points
            },
            "standing": _standing(),
            "handles": len(_rows(Handle)) - len(self.people),
        }  # fmt: skip

    def _item(self, key: str) -> dict[str, Any]:
        item, origin = self.items[key], self.origins[key]
        return {
            **_columns(item, _ITEM),
            "author": self.person_keys.get(item.author_id),
            "root": self.item_keys.get(item.root_id),
            "parent": self.item_keys.get(item.parent_id),
            "source": _MENTIONED.sub("@…", item.body_source),
            "html": _MENTIONED.sub("@…", item.body_html),
            **_columns(origin, _ORIGIN),
        }


def _standing() -> dict[tuple[str, str], int]:
    """What every fact is worth by a rule, over all reversals."""
    found: Counter[tuple[str, str]] = Counter()
    for row in _rows(Entry):
        found[row.fact, row.rule] += row.delta
    return {fact: points for fact, points in found.items() if points}


_KEPT = ("vote:", "badge:", "link:", "account:", "counted:", "suggested:")
_PERSON = (
    "personnel_number", "first_name", "last_name", "name", "sort_name", "about", "about_html", "state",
    "publications_count", "colour", "source",
)  # fmt: skip
_ITEM = (
    "kind", "title", "state", "published_at", "edited_at", "activity_at", "likes_count", "comments_count",
    "answers_count", "usefulness", "place_kind", "audience", "renderer",
)  # fmt: skip
_TOPIC = ("name", "title", "description", "description_html", "publications_count")
_ORIGIN = ("url", "author_name", "author_url", "licence", "score")


def _columns(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _rows(model: Any) -> list[Any]:
    return list(db.session.scalars(select(model).execution_options(populate_existing=True)))


def _by_key(key: Any, model: Any, join: Any, source: Any, source_id: int | None) -> dict[str, Any]:
    rows = db.session.execute(
        select(key, model).join(model, model.id == join).where(source == source_id)
        .execution_options(populate_existing=True)
    )  # fmt: skip
    return dict(rows.all())
