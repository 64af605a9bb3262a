"""Tables of topics, subscriptions, priority topics and mandatory subscriptions."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Identity, Model, Moment


class Topic(Model):
    """A topic."""

    __tablename__ = "topics"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    #: The folded name: what makes two spellings one topic.
    name: Mapped[str] = mapped_column(String(100), unique=True)
    #: The spelling shown.
    title: Mapped[str] = mapped_column(String(100))
    description: Mapped[str] = mapped_column(Text, default="")
    description_html: Mapped[str] = mapped_column(Text, default="")
    created_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    created_at: Mapped[int] = mapped_column(Moment)
    #: Publications about it that are open to the whole company. Others are never counted, so that the number says
    #: nothing about secret groups.
    publications_count: Mapped[int] = mapped_column(default=0)
    subscribers_count: Mapped[int] = mapped_column(default=0)
    #: Raised when the title or priority changes.
    version: Mapped[int] = mapped_column(default=1)
    #: The topic that this name stands for since the two were merged; never itself a merged one.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id"), index=True)
    merged_at: Mapped[int | None] = mapped_column(Moment)

    __table_args__ = (
        Index(None, "publications_count"),
        CheckConstraint("merged_into_id <> id", name="not_into_itself"),
        CheckConstraint("(merged_into_id IS NULL) = (merged_at IS NULL)", name="merged_at_a_moment"),
    )


class TopicSubscription(Model):
    """A person reads a topic."""

    __tablename__ = "topic_subscriptions"
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    #: Made by a mandatory subscription: the person can't end it.
    mandatory: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[int] = mapped_column(Moment)

    __table_args__ = (Index(None, "person_id", "topic_id"),)


class PriorityTopic(Model):
    """A topic that editors put before everyone for a period."""

    __tablename__ = "priority_topics"
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True)
    #: Order in the list, from 1.
    position: Mapped[int]
    #: Until when, or NULL for no end.
    until: Mapped[int | None] = mapped_column(Moment)
    chosen_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    chosen_at: Mapped[int] = mapped_column(Moment)


class PriorityPeriod(Model):
    """A topic was a priority topic from a moment to another: kept for good, as acts are worth what they were then."""

    __tablename__ = "priority_periods"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), index=True)
    begins: Mapped[int] = mapped_column(Moment)
    #: The first moment when it is one no more; NULL for no end.
    ends: Mapped[int | None] = mapped_column(Moment)


class MandatorySubscription(Model):
    """A rule: this topic or group is everybody's (no region) or everybody's of the region."""

    __tablename__ = "mandatory_subscriptions"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    region_id: Mapped[int | None] = mapped_column(ForeignKey("regions.id", ondelete="CASCADE"), index=True)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    made_at: Mapped[int] = mapped_column(Moment)

    __table_args__ = (CheckConstraint("(topic_id IS NULL) <> (group_id IS NULL)", name="one_subject"),)
