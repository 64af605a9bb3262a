"""Tables of the spine and of what hangs on it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Identity, Model, Moment

NEWS = "news"
QUESTION = "question"
THANKS = "thanks"
ARTICLE = "article"
COMMENT = "comment"
ANSWER = "answer"

PUBLISHED = "published"
HIDDEN = "hidden"
DELETED = "deleted"

#: Audience of a row: everyone in the company, or the members of its group.
COMPANY = "company"
MEMBERS = "members"

_IS_PUBLICATION = text("root_id IS NULL")
#: Keeps SQLite from reading all publications through the index of threads.
_IS_COMMENT = text("root_id IS NOT NULL")
#: What figures count.
_IS_QUESTION = text("kind = 'question'")
_IS_ANSWER = text("kind = 'answer' AND state = 'published'")
#: Articles are few among publications; asked as written here, they are found by an index of their own.
IS_ARTICLE: Any = text("content_items.kind = 'article'")
_IS_ARTICLE = text("kind = 'article'")


class ContentItem(Model):
    """One thing somebody wrote."""

    __tablename__ = "content_items"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    #: Random, in addresses.
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    #: "news", "question", "thanks", "article", "comment" or "answer".
    kind: Mapped[str] = mapped_column(String(20))
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    #: The publication this comment or answer belongs to; NULL for a publication.
    root_id: Mapped[int | None] = mapped_column(ForeignKey("content_items.id"))
    #: The comment or answer this one replies to.
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("content_items.id"), index=True)
    #: Where it was posted: "company", "group", "person", "shop" or "department". Comments repeat their root's.
    place_kind: Mapped[str] = mapped_column(String(12), default="company")
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"))
    #: The colleague whose page it was posted on.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    shop_id: Mapped[int | None] = mapped_column(ForeignKey("shops.id"))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"), index=True)
    #: The region of the shop whose page it was posted on.
    region_id: Mapped[int | None] = mapped_column(ForeignKey("regions.id"), index=True)
    #: "company" or "members" (of the group). Comments repeat their root's.
    audience: Mapped[str] = mapped_column(String(12), default=COMPANY)
    #: "published", "hidden" by a moderator, or "deleted" by its author.
    state: Mapped[str] = mapped_column(String(12), default=PUBLISHED)
    title: Mapped[str] = mapped_column(String(200), default="")
    #: What the person typed.
    body_source: Mapped[str] = mapped_column(Text)
    #: Rendered and sanitised once, at writing, by `app.lib.markup`.
    body_html: Mapped[str] = mapped_column(Text)
    #: Plain first words, for notifications and lists.
    excerpt: Mapped[str] = mapped_column(String(240), default="")
    #: `app.lib.markup.RENDERER_VERSION` of `body_html`.
    renderer: Mapped[int] = mapped_column(default=1)
    published_at: Mapped[int] = mapped_column(Moment)
    edited_at: Mapped[int | None] = mapped_column(Moment)
    #: Of a publication: when it or its thread last grew.
    activity_at: Mapped[int] = mapped_column(Moment)
    #: Raised by each edit of this very row; a stale edit is found by it.
    revision: Mapped[int] = mapped_column(default=1)
    #: Of a publication: raised by everything its card shows (edits, comments, likes, names). Caches are keyed by it.
    version: Mapped[int] = mapped_column(default=1)
    pinned_at: Mapped[int | None] = mapped_column(Moment)
    likes_count: Mapped[int] = mapped_column(default=0)
    #: Of a publication: published comments and answers.
    comments_count: Mapped[int] = mapped_column(default=0)
    #: Of a question: published answers.
    answers_count: Mapped[int] = mapped_column(default=0)
    #: Who liked it last, for "Yuri and 20 others".
    last_liker_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    #: Sorts "most useful": see `app.lib.ranking`.
    usefulness: Mapped[int] = mapped_column(BigInteger, default=0)

    __table_args__ = (
        CheckConstraint(
            "kind IN ('news', 'question', 'thanks', 'article', 'comment', 'answer')", name="kind"
        ),
        CheckConstraint("state IN ('published', 'hidden', 'deleted')", name="state"),
        CheckConstraint("audience IN ('company', 'members')", name="audience"),
        CheckConstraint("audience = 'company' OR group_id IS NOT NULL", name="members_of_a_group"),
        CheckConstraint(
            "(root_id IS NULL) = (kind IN ('news', 'question', 'thanks', 'article'))",
            name="comments_have_a_root",
        ),
        CheckConstraint(
            "(place_kind = 'group') = (group_id IS NOT NULL) AND (place_kind = 'person') = (person_id IS NOT NULL)"
            " AND (place_kind = 'shop') = (shop_id IS NOT NULL)"
            " AND (place_kind = 'department') = (department_id IS NOT NULL)",
            name="place",
        ),
        Index(
            "ix_content_items_feed_activity",
            "activity_at",
            "id",
            sqlite_where=_IS_PUBLICATION,
            postgresql_where=_IS_PUBLICATION,
        ),
        Index(
            "ix_content_items_feed_useful",
            "usefulness",
            "id",
            sqlite_where=_IS_PUBLICATION,
            postgresql_where=_IS_PUBLICATION,
        ),
        Index(
            "ix_content_items_group_activity",
            "group_id",
            "activity_at",
            "id",
            sqlite_where=_IS_PUBLICATION,
            postgresql_where=_IS_PUBLICATION,
        ),
        Index("ix_content_items_shop_activity", "shop_id", "activity_at", "id"),
        Index("ix_content_items_person_activity", "person_id", "activity_at", "id"),
        Index(
            "ix_content_items_pinned",
            "place_kind",
            "group_id",
            "pinned_at",
            sqlite_where=text("pinned_at IS NOT NULL"),
            postgresql_where=text("pinned_at IS NOT NULL"),
        ),
        Index("ix_content_items_author", "author_id", "published_at", "id"),
        Index(
            "ix_content_items_author_publications",
            "author_id",
            "published_at",
            "id",
            sqlite_where=_IS_PUBLICATION,
            postgresql_where=_IS_PUBLICATION,
        ),
        Index(
            "ix_content_items_thread",
            "root_id",
            "published_at",
            "id",
            sqlite_where=_IS_COMMENT,
            postgresql_where=_IS_COMMENT,
        ),
        Index(
            "ix_content_items_questions",
            "published_at",
            "id",
            sqlite_where=_IS_QUESTION,
            postgresql_where=_IS_QUESTION,
        ),
        Index(
            "ix_content_items_answers",
            "root_id",
            "published_at",
            "author_id",
            sqlite_where=_IS_ANSWER,
            postgresql_where=_IS_ANSWER,
        ),
        Index(
            "ix_content_items_articles",
            "activity_at",
            "id",
            sqlite_where=_IS_ARTICLE,
            postgresql_where=_IS_ARTICLE,
        ),
        # An id is never given twice, for caches are keyed by it.
        {"sqlite_autoincrement": True},
    )


class ContentTopic(Model):
    """A publication is about a topic."""

    __tablename__ = "content_topics"
    content_id: Mapped[int] = mapped_column(
        ForeignKey("content_items.id", ondelete="CASCADE"), primary_key=True
    )
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id"), primary_key=True)
    #: Who gave the topic.
    added_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    #: "text" (written in it) or "added" by somebody later; the thread shows what one person added at one moment.
    origin: Mapped[str] = mapped_column(String(8), default="text")
    added_at: Mapped[int] = mapped_column(Moment)

    __table_args__ = (Index(None, "topic_id", "content_id"),)


class TopicGiver(Model):
    """Somebody else who gave a publication a topic, under another name that is the same topic since: what they did."""

    __tablename__ = "topic_givers"
    content_id: Mapped[int] = mapped_column(
        ForeignKey("content_items.id", ondelete="CASCADE"), primary_key=True
    )
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id"), primary_key=True, index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    #: As of `ContentTopic`.
    origin: Mapped[str] = mapped_column(String(8))
    added_at: Mapped[int] = mapped_column(Moment)


class PersonMention(Model):
    """A text mentions a person who may see it."""

    __tablename__ = "person_mentions"
    content_id: Mapped[int] = mapped_column(
        ForeignKey("content_items.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)

    __table_args__ = (Index(None, "person_id", "content_id"),)


class GroupMention(Model):
    """A text mentions a group."""

    __tablename__ = "group_mentions"
    content_id: Mapped[int] = mapped_column(
        ForeignKey("content_items.id", ondelete="CASCADE"), primary_key=True
    )
    group_id: Mapped[int] = mapped_column(
        ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Reaction(Model):
    """A like. Imported likes have a date but no person."""

    __tablename__ = "reactions"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    content_id: Mapped[int] = mapped_column(ForeignKey("content_items.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    created_at: Mapped[int] = mapped_column(Moment)
    #: The imported vote this like stands for.
    source_id: Mapped[int | None] = mapped_column(ForeignKey("sources.id"), index=True)
    source_key: Mapped[str | None] = mapped_column(String(40))

    __table_args__ = (
        UniqueConstraint("content_id", "person_id"),
        UniqueConstraint("source_id", "source_key"),
        CheckConstraint("(person_id IS NULL) = (source_id IS NOT NULL)", name="person_or_source"),
        Index(None, "person_id", "content_id"),
    )


class Revision(Model):
    """How a text read before an edit, and how it reads now."""

    __tablename__ = "content_revisions"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    content_id: Mapped[int] = mapped_column(ForeignKey("content_items.id", ondelete="CASCADE"))
    #: 1 is the text as first published.
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200), default="")
    body_source: Mapped[str] = mapped_column(Text)
    edited_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    edited_at: Mapped[int] = mapped_column(Moment)
    #: Why, if the source says so.
    comment: Mapped[str] = mapped_column(String(400), default="")

    __table_args__ = (UniqueConstraint("content_id", "number"),)


class Draft(Model):
    """What a person has typed and not yet sent."""

    __tablename__ = "drafts"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    #: Where it was being typed: "publish" or "comment-<public id>".
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    #: Field values by name.
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    updated_at: Mapped[int] = mapped_column(Moment)


class Source(Model):
    """A site or system whose content was imported."""

    __tablename__ = "sources"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    #: "stackexchange:beer.stackexchange.com".
    code: Mapped[str] = mapped_column(String(160), unique=True)
    name: Mapped[str] = mapped_column(String(160))
    url: Mapped[str] = mapped_column(String(240), default="")
    imported_at: Mapped[int] = mapped_column(Moment)


class ContentOrigin(Model):
    """Where an imported row came from, with the attribution that must be shown."""

    __tablename__ = "content_origins"
    content_id: Mapped[int] = mapped_column(
        ForeignKey("content_items.id", ondelete="CASCADE"), primary_key=True
    )
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    #: Identity at the source: "post:12", "comment:7".
    key: Mapped[str] = mapped_column(String(40))
    url: Mapped[str] = mapped_column(String(240))
    author_name: Mapped[str] = mapped_column(String(240), default="")
    author_url: Mapped[str] = mapped_column(String(240), default="")
    licence: Mapped[str] = mapped_column(String(40), default="")
    #: The source's own score, with votes down.
    score: Mapped[int] = mapped_column(default=0)

    __table_args__ = (UniqueConstraint("source_id", "key"),)


class PersonOrigin(Model):
    """Which user of a source a person stands for."""

    __tablename__ = "person_origins"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    key: Mapped[str] = mapped_column(String(40))
    url: Mapped[str] = mapped_column(String(240), default="")

    __table_args__ = (UniqueConstraint("source_id", "key"),)


class TopicOrigin(Model):
    """Which tag of a source a topic stands for."""

    __tablename__ = "topic_origins"
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), index=True)


class ContentLink(Model):
    """One publication points at another: related, or a duplicate of it."""

    __tablename__ = "content_links"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("content_items.id", ondelete="CASCADE"))
    to_id: Mapped[int] = mapped_column(ForeignKey("content_items.id", ondelete="CASCADE"), index=True)
    #: "linked" or "duplicate".
    kind: Mapped[str] = mapped_column(String(12))
    created_at: Mapped[int] = mapped_column(Moment)

    __table_args__ = (UniqueConstraint("from_id", "to_id", "kind"),)


class ImportedRecord(Model):
    """A row of a source that has no place of its own yet is kept as it came: votes and badges, for the ledger."""

    __tablename__ = "imported_records"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    #: "vote:12", "badge:3".
    key: Mapped[str] = mapped_column(String(40))
    #: Its fields, as the source names them.
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)

    __table_args__ = (UniqueConstraint("source_id", "key"),)
