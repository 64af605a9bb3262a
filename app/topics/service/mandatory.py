"""Mandatory subscriptions: a topic or group that is everybody's, or everybody's of a region.

A rule is a row; the subscriptions it makes are ordinary rows marked as mandatory. Serving people brings their rows in
line with the rules as they stand at that moment, so it may come early, late or twice.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select, update

from app.core import audit, clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden, Invalid
from app.core.i18n import lazy_gettext as _
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.groups import service as groups
from app.groups.models import OPEN, GroupMember
from app.groups.policy import access_group, can_moderate
from app.people.models import ACTIVE, Person, Region, Shop
from app.topics.events import MandatoryRulesChanged
from app.topics.models import MandatorySubscription, TopicSubscription
from app.topics.policy import can_curate
from app.topics.service import subscribing
from app.topics.service.naming import named

#: People served in one transaction.
BATCH = 2000


@dataclass(frozen=True)
class Subject:
    """What a rule is about: a topic or a group."""

    topic_id: int | None = None
    group_id: int | None = None

    def is_ruled(self) -> ColumnElement[bool]:
        """Rules about this very subject."""
        if self.topic_id is not None:
            return MandatorySubscription.topic_id == self.topic_id
        return MandatorySubscription.group_id == self.group_id


def make_topic_mandatory(actor: Actor, name: str, region_id: int | None) -> int:
    """Make a topic mandatory for a region, or for everyone; the rule's id. Audited; the same rule is made once.

    The subscriptions follow by a listener. Raises `Forbidden`, `NotFound`, and `Invalid` for an unknown region.
    """
    _demand_editor(actor)
    with unit_of_work():
        return _make(actor, Subject(topic_id=named(name, actor.person_id).id), region_id)


def make_group_mandatory(actor: Actor, handle: str, region_id: int | None) -> int:
    """As `make_topic_mandatory`, for a group the editor may see.

    A closed or secret one they must moderate, for the rule lets people in, and perhaps the editor.
    """
    _demand_editor(actor)
    with unit_of_work():
        group = access_group(actor, handle, lock=True)
        if group.visibility != OPEN and not can_moderate(actor, group):
            raise Forbidden(_("Only moderators of the group invite colleagues."))
        return _make(actor, Subject(group_id=group.id), region_id)


def _make(actor: Actor, subject: Subject, region_id: int | None) -> int:
    if region_id is not None and db.session.get(Region, region_id) is None:
        raise Invalid(_("There is no such region."), field="region")
    same = select(MandatorySubscription.id).where(
        subject.is_ruled(), MandatorySubscription.region_id.is_not_distinct_from(region_id)
    )
    if (found := db.session.scalars(same).first()) is not None:
        return found
    rule = MandatorySubscription(
        topic_id=subject.topic_id,
        group_id=subject.group_id,
        region_id=region_id,
        made_by=actor.person_id,
        made_at=clock.now(),
    )
    db.session.add(rule)
    db.session.flush()  # the rule's id is what the caller gets
    _announce("mandatory.made", rule, actor.person_id)
    return rule.id


def end_rule(actor: Actor, rule_id: int) -> None:
    """End a rule: its subscriptions stay, but people may end them. Again changes nothing. Audited.

    Raises `Forbidden`.
    """
    _demand_editor(actor)
    with unit_of_work():
        rule = db.session.get(MandatorySubscription, rule_id, with_for_update=True)
        if rule is not None:
            db.session.delete(rule)
            _announce("mandatory.ended", rule, actor.person_id)


def serve_audience(subject: Subject, region_id: int | None, after_id: int) -> int | None:
    """Serve the next people of a region, or of the company; the id to go on after, or None when all are served.

    One SELECT and some statements however many people. Joins or opens a unit of work.
    """
    people = (
        select(Person.id, Shop.region_id)
        .outerjoin(Shop, Shop.id == Person.shop_id)
        .where(Person.id > after_id, Person.state == ACTIVE)
        .order_by(Person.id)
        .limit(BATCH)
    )
    if region_id is not None:
        people = people.where(Shop.region_id == region_id)
    with unit_of_work():
        rows = db.session.execute(people).all()
        if rows:
            _fit(subject, [(row.id, row.region_id) for row in rows])
    return rows[-1].id if len(rows) == BATCH else None


def serve_person(person_id: int) -> None:
    """Give somebody who is new, moved or came back what is mandatory where they work now, and free them of the rest.

    Four statements, and three for each subject that differs. Joins or opens a unit of work.
    """
    with unit_of_work():
        person = db.session.execute(
            select(Person.id, Shop.region_id)
            .outerjoin(Shop, Shop.id == Person.shop_id)
            .where(Person.id == person_id, Person.state == ACTIVE)
        ).first()
        if person is None:
            return
        for subject in _subjects_of(person_id):
            _fit(subject, [(person.id, person.region_id)])


def _subjects_of(person_id: int) -> list[Subject]:
    """Every subject with a rule, and every one that is mandatory to this person."""
    ruled = select(MandatorySubscription.topic_id, MandatorySubscription.group_id).distinct()
    topics = select(TopicSubscription.topic_id).where(
        TopicSubscription.person_id == person_id, TopicSubscription.mandatory.is_(True)
    )
    in_groups = select(GroupMember.group_id).where(
        GroupMember.person_id == person_id, GroupMember.mandatory.is_(True)
    )
    subjects = {Subject(row.topic_id, row.group_id) for row in db.session.execute(ruled)}
    subjects |= {Subject(topic_id=topic_id) for topic_id in db.session.scalars(topics)}
    subjects |= {Subject(group_id=group_id) for group_id in db.session.scalars(in_groups)}
    return sorted(subjects, key=lambda each: (each.topic_id or 0, each.group_id or 0))


def _fit(subject: Subject, people: Sequence[tuple[int, int | None]]) -> None:
    """Bring the rows of `people` (id, region) in line with the rules about `subject`."""
    regions = set(db.session.scalars(select(MandatorySubscription.region_id).where(subject.is_ruled())))
    bound = [person_id for person_id, region_id in people if _covers(regions, region_id)]
    free = [person_id for person_id, region_id in people if not _covers(regions, region_id)]
    if subject.topic_id is not None:
        subscribing.insert_rows(subject.topic_id, bound, mandatory=True)
        _mark(subject.topic_id, bound, mandatory=True)
        _mark(subject.topic_id, free, mandatory=False)
    elif subject.group_id is not None:
        groups.make_mandatory(subject.group_id, bound)
        groups.make_voluntary(subject.group_id, free)


def _covers(regions: Collection[int | None], region_id: int | None) -> bool:
    return None in regions or (region_id is not None and region_id in regions)


def _mark(topic_id: int, person_ids: Sequence[int], *, mandatory: bool) -> None:
    if person_ids:
        db.session.execute(
            update(TopicSubscription)
            .where(
                TopicSubscription.topic_id == topic_id,
                TopicSubscription.person_id.in_(person_ids),
                TopicSubscription.mandatory.is_(not mandatory),
            )
            .values(mandatory=mandatory)
        )


def announce_all() -> None:
    """Have everyone served anew. For the nightly job: people may have come by an import that tells of nobody."""
    with unit_of_work():
        for rule in db.session.scalars(select(MandatorySubscription).order_by(MandatorySubscription.id)):
            emit(MandatoryRulesChanged(rule.topic_id, rule.group_id, rule.region_id))


def _announce(action: str, rule: MandatorySubscription, actor_id: int) -> None:
    subject = f"topic:{rule.topic_id}" if rule.topic_id is not None else f"group:{rule.group_id}"
    audit.record(action, subject, actor_id=actor_id, region_id=rule.region_id)
    emit(MandatoryRulesChanged(rule.topic_id, rule.group_id, rule.region_id))


def _demand_editor(actor: Actor) -> None:
    if not can_curate(actor):
        raise Forbidden(_("Only editors make subscriptions mandatory."))
