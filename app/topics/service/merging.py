"""Merging two topics: one name stands for the other topic from then on, wherever it was written or will be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import case, delete, exists, func, literal, or_, select, update

from app.core import audit, clock, shared
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Invalid
from app.core.i18n import lazy_gettext as _
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert
from app.lib.hashtags import fold_topic, is_topic_name
from app.topics.events import MandatoryRulesChanged, TopicsMerged
from app.topics.models import MandatorySubscription, PriorityTopic, Topic, TopicSubscription
from app.topics.policy import can_curate, demand_merge_right
from app.topics.queries import head
from app.topics.schemas import Merging, TopicHead
from app.topics.service.curating import touch
from app.topics.service.naming import ensure_topics
from app.topics.service.priority import end_period, keep_period

#: Called with the ids of both topics, in the same transaction: what is about the one is about the other.
MergeHook = Callable[[int, int], None]

_hooks: list[MergeHook] = []


def register_merge_hook(hook: MergeHook) -> None:
    """Have `hook` called in the same transaction whenever topics are merged. Again changes nothing.

    For what is shown or counted by topic and may not lag behind by a moment; anything else listens to `TopicsMerged`.
    """
    if hook not in _hooks:
        _hooks.append(hook)


def weigh(actor: Actor, name: str, into: str) -> Merging:
    """What merging would do. Changes nothing. Raises as `merge` does. Seven statements at most."""
    demand_merge_right(actor)
    source, target = head(actor, name), _target_head(actor, into)
    if source.key != fold_topic(name) or source.key == target.key:
        raise _one_already(fold_topic(name), source.name)
    found = Merging(source, target, not target.known, 0, "", "", "")
    if not can_curate(actor):
        _demand_uncurated(source, target)
    if source.id is None:
        return found
    ruled = _is_ruled(source.id)
    return replace(
        found,
        readers=_readers_gained(source.id, target.id) if source.known else 0,
        priority="" if not source.priority else "dropped" if target.priority else "taken",
        mandatory="taken" if ruled else "",
        description="" if not source.description else "dropped" if target.description else "taken",
    )


def merge(actor: Actor, name: str, into: str) -> str:
    """Let a name stand for another topic: everything about the one is about the other; the address to go on to.

    Publications, subscribers, priority, mandatory rules and the description move; what the other has already, it keeps.
    Nobody writes, links or looks for the old name in vain: it leads to the other. Audited. Locks both topics.

    Raises `Forbidden`; `NotFound`; `Invalid` (field "into") for what can't be a name, for one topic twice, and for who
    is no editor where editors have decided something or the smaller of the two is to stay.
    """
    weighed = weigh(actor, name, into)
    with unit_of_work():
        source, target = _locked(actor, weighed)
        audit.record(
            "topic.merged", f"topic:{source.id}", actor_id=actor.person_id, name=source.name,
            into=target.id, into_name=target.name, priority=weighed.priority, description=source.description,
        )  # fmt: skip
        for hook in _hooks:
            hook(source.id, target.id)
        _move_subscriptions(source.id, target.id)
        _move_priority(source.id, target.id)
        _move_rules(source.id, target.id)
        if source.description and not target.description:
            target.description, target.description_html = source.description, source.description_html
        source.description, source.description_html = "", ""
        source.merged_into_id, source.merged_at = target.id, clock.now()
        db.session.execute(
            update(Topic).where(Topic.merged_into_id == source.id).values(merged_into_id=target.id)
        )
        if weighed.priority or weighed.description:
            touch(target, actor.person_id)
        emit(TopicsMerged(source.id, target.id, actor.person_id))
        return target.name


def _target_head(actor: Actor, into: str) -> TopicHead:
    """The other topic; one that nobody has written is spelled as it is typed."""
    word = into.strip().lstrip("#＃")
    if not is_topic_name(word):
        raise Invalid(_("Write the name of a topic: one word, with letters."), field="into")
    found = head(actor, word)
    return found if found.known else replace(found, name=word)


def _locked(actor: Actor, weighed: Merging) -> tuple[Topic, Topic]:
    """Both topics, made where nobody has written them; locked in the order of their ids."""
    ids = ensure_topics([weighed.source.name, weighed.target.name], actor.person_id)
    rows = select(Topic).where(Topic.id.in_(ids)).order_by(Topic.id).with_for_update()
    topics = {each.name: each for each in db.session.scalars(rows.execution_options(populate_existing=True))}
    source, target = topics.get(weighed.source.key), topics.get(weighed.target.key)
    if source is None or target is None:  # merged meanwhile
        raise _one_already(weighed.source.name, weighed.target.name)
    return source, target


def _one_already(name: str, other: str) -> Invalid:
    return Invalid(_("#%(topic)s stands for #%(other)s already.", topic=name, other=other), field="into")


def _demand_uncurated(source: TopicHead, target: TopicHead) -> None:
    """Who is no editor merges a small topic into a larger one, and undoes no editor's decision."""
    for topic in (source, target):
        if not topic.known:
            raise Invalid(_("Nobody has written about #%(topic)s yet.", topic=topic.name), field="into")
    if source.priority or source.description or (source.id is not None and _is_ruled(source.id)):
        message = _(
            "Editors have decided something about #%(topic)s. Ask them to merge it.", topic=source.name
        )
        raise Invalid(message, field="into")
    if source.publications > target.publications:
        message = _(
            "More is written about #%(topic)s than about #%(other)s. Merge the smaller topic into the larger one.",
            topic=source.name, other=target.name,
        )  # fmt: skip
        raise Invalid(message, field="into")


def _is_ruled(topic_id: int) -> bool:
    return bool(db.session.scalar(select(exists().where(MandatorySubscription.topic_id == topic_id))))


def _readers_gained(source_id: int, target_id: int | None) -> int:
    reading = select(TopicSubscription.person_id)
    query = (
        select(func.count())
        .select_from(TopicSubscription)
        .where(
            TopicSubscription.topic_id == source_id,
            TopicSubscription.person_id.not_in(reading.where(TopicSubscription.topic_id == (target_id or 0))),
        )
    )
    return db.session.scalar(query) or 0


def _move_subscriptions(source_id: int, target_id: int) -> None:
    """Who reads the one reads the other; who must read the one must read the other."""
    columns = ["topic_id", "person_id", "mandatory", "created_at"]
    table = TopicSubscription
    theirs = select(literal(target_id), table.person_id, table.mandatory, table.created_at)
    moved = insert(table).from_select(columns, theirs.where(table.topic_id == source_id))
    must = or_(table.mandatory, moved.excluded.mandatory)
    db.session.execute(
        moved.on_conflict_do_update(index_elements=["topic_id", "person_id"], set_={"mandatory": must})
    )
    db.session.execute(delete(table).where(table.topic_id == source_id))
    readers = select(func.count()).where(table.topic_id == target_id).scalar_subquery()
    db.session.execute(
        update(Topic)
        .where(Topic.id.in_((source_id, target_id)))
        .values(subscribers_count=case((Topic.id == source_id, 0), else_=readers))
        .execution_options(synchronize_session=False)
    )


def _move_priority(source_id: int, target_id: int) -> None:
    """The place in the editors' list, unless the other has one of its own."""
    rows = select(PriorityTopic).order_by(PriorityTopic.position, PriorityTopic.topic_id).with_for_update()
    chosen: list[Any] = list(db.session.scalars(rows.execution_options(populate_existing=True)))
    mine = next((row for row in chosen if row.topic_id == source_id), None)
    if mine is None:
        return
    shared.forget()
    end_period(source_id)
    if all(row.topic_id != target_id for row in chosen):
        mine.topic_id = target_id
        keep_period(target_id, mine.until)
        return
    db.session.delete(mine)
    for position, row in enumerate((row for row in chosen if row is not mine), 1):
        row.position = position


def _move_rules(source_id: int, target_id: int) -> None:
    """The mandatory rules, but for those that the other has too."""
    kept = set(
        db.session.scalars(
            select(MandatorySubscription.region_id).where(MandatorySubscription.topic_id == target_id)
        )
    )
    rules = select(MandatorySubscription).where(MandatorySubscription.topic_id == source_id)
    for rule in db.session.scalars(rules).all():
        if rule.region_id in kept:
            db.session.delete(rule)
        else:
            rule.topic_id = target_id
            emit(MandatoryRulesChanged(target_id, None, rule.region_id))
