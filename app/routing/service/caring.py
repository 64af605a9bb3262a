"""Who looks after topics: set by editors, handed to managers when people leave or move, kept or handed on by them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select, update

from app.core import audit, clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Invalid, NotFound
from app.core.i18n import lazy_gettext as _
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert
from app.lib.handles import fold_handle
from app.lib.hashtags import fold_topic
from app.people.models import ACTIVE, Department, Person
from app.people.queries import manager_above
from app.routing.events import TopicsHandedOver
from app.routing.models import Ask, Routing, TopicCare, TopicCurator
from app.routing.policy import access_desk
from app.routing.schemas import MOST_CURATORS, CareForm
from app.topics.models import Topic
from app.topics.service import ensure_topics


def set_care(actor: Actor, name: str, form: CareForm) -> None:
    """Say who looks after a topic, which department owns it, and how its questions go out. Audited.

    Raises `Forbidden` for all but editors, `NotFound` for what can't be a topic's name, and `Invalid` (fields curators,
    department). Some six statements.
    """
    access_desk(actor)
    with unit_of_work():
        ids = ensure_topics([name.lstrip("#")], actor.person_id)
        if not ids:
            raise NotFound(_("There is no such topic."))
        (topic_id,) = ids
        curators = _people(form.curators)
        if form.department_id is not None and db.session.get(Department, form.department_id) is None:
            raise Invalid(_("There is no such department."), field="department")
        plan = form.plan.stored() if form.plan is not None else None
        care = db.session.get(TopicCare, topic_id, with_for_update=True) or TopicCare(topic_id=topic_id)
        care.department_id, care.plan = form.department_id, plan
        if curators or form.department_id is not None:
            care.waiting_since = care.left_by = None
        db.session.add(care)
        db.session.execute(
            delete(TopicCurator).where(
                TopicCurator.topic_id == topic_id, TopicCurator.person_id.not_in(curators)
            )
        )
        for person_id in curators:
            _appoint(topic_id, person_id)
        audit.record(
            "topic.care_changed", f"topic:{topic_id}", actor_id=actor.person_id, curators=list(curators),
            department=form.department_id, plan=plan,
        )  # fmt: skip


def keep(actor: Actor, name: str) -> None:
    """Look after a topic that somebody who left or moved had looked after. Again changes nothing.

    Editors so take one that waits for them; audited. Raises `NotFound` for a topic the person does not decide about.
    """
    with unit_of_work():
        row = _mine(actor, name)
        if isinstance(row, TopicCurator):
            row.handed_by = None
        else:
            _take(row, actor.person_id, by=actor)


def hand_over(actor: Actor, name: str, handle: str) -> None:
    """Let a colleague look after a topic instead; editors also one that waits for them. Audited.

    Raises `NotFound` for a topic the person does not decide about, and `Invalid` (field "to").
    """
    with unit_of_work():
        row = _mine(actor, name)
        try:
            (person_id,) = _people([handle])
        except Invalid as error:
            raise Invalid(error.message, field="to") from error
        except ValueError as error:
            raise Invalid(_("Name a colleague."), field="to") from error
        if isinstance(row, TopicCare):
            _take(row, person_id, by=actor)
            return
        if person_id == actor.person_id:
            row.handed_by = None
            return
        db.session.delete(row)
        _appoint(row.topic_id, person_id)
        _changed(row.topic_id, person_id, actor)


def hand_to_manager(person_id: int, *, left: bool, from_shop_id: int | None = None) -> None:
    """Put what a person looks after on their manager's list, at once. In the open unit of work; again changes nothing.

    The manager is who decides about their articles as well: `manager_above`. Where there is none, who moved keeps it,
    and what somebody left waits for the editors, unless others look after it too. Some eight statements, and two for
    each topic that waits.
    """
    topic_ids = db.session.scalars(
        select(TopicCurator.topic_id)
        .where(TopicCurator.person_id == person_id)
        .order_by(TopicCurator.topic_id)
    ).all()
    if not topic_ids:
        return
    manager_id = manager_above(person_id, from_shop_id)
    if manager_id is None and not left:
        return
    db.session.execute(delete(TopicCurator).where(TopicCurator.person_id == person_id))
    if manager_id is None:
        handed = _let_wait(topic_ids, person_id)
    else:
        handed = list(topic_ids)
        for topic_id in handed:
            _appoint(topic_id, manager_id, handed_by=person_id)
    if handed:
        emit(TopicsHandedOver(person_id, manager_id, tuple(handed)))


def _let_wait(topic_ids: Sequence[int], person_id: int) -> list[int]:
    """Have those of the topics that nobody looks after any more wait for the editors; which these are."""
    kept = select(TopicCurator.topic_id).where(TopicCurator.topic_id.in_(topic_ids))
    waiting = sorted(set(topic_ids) - set(db.session.scalars(kept)))
    for topic_id in waiting:
        care = db.session.get(TopicCare, topic_id, with_for_update=True) or TopicCare(topic_id=topic_id)
        care.waiting_since, care.left_by = clock.now(), person_id
        db.session.add(care)
    return waiting


def _take(care: TopicCare, person_id: int, *, by: Actor) -> None:
    """A topic that waited for the editors is looked after from now on."""
    care.waiting_since = care.left_by = None
    _appoint(care.topic_id, person_id)
    _changed(care.topic_id, person_id, by)


def _changed(topic_id: int, person_id: int, actor: Actor) -> None:
    audit.record("topic.curator_changed", f"topic:{topic_id}", actor_id=actor.person_id, person_id=person_id)


def forget_person(person_id: int) -> None:
    """Nobody knows any more what an erased person was asked or looked after. In the open unit of work."""
    for gone in (
        delete(TopicCurator).where(TopicCurator.person_id == person_id),
        update(TopicCurator).where(TopicCurator.handed_by == person_id).values(handed_by=None),
        update(TopicCare).where(TopicCare.left_by == person_id).values(left_by=None),
        delete(Ask).where(Ask.person_id == person_id),
        update(Ask).where(Ask.passed_by == person_id).values(passed_by=None),
        update(Routing)
        .where(Routing.claimed_by == person_id)
        .values(claimed_by=None, claimed_until=None, due_at=clock.now()),
    ):
        db.session.execute(gone.execution_options(synchronize_session=False))


def _appoint(topic_id: int, person_id: int, *, handed_by: int | None = None) -> None:
    row = {"topic_id": topic_id, "person_id": person_id, "since": clock.now(), "handed_by": handed_by}
    db.session.execute(insert(TopicCurator).values(row).on_conflict_do_nothing())


def _mine(actor: Actor, name: str) -> TopicCurator | TopicCare:
    """What the person decides about: a topic that they look after or, for editors, one that waits for them. Locked."""
    named = Topic.name == fold_topic(name)
    found = (
        select(TopicCurator)
        .join(Topic, Topic.id == TopicCurator.topic_id)
        .where(named, TopicCurator.person_id == actor.person_id)
        .with_for_update(of=TopicCurator)
    )
    row = db.session.scalars(found).first()
    if row is not None:
        return row
    waiting = (
        select(TopicCare)
        .join(Topic, Topic.id == TopicCare.topic_id)
        .where(named, TopicCare.waiting_since.is_not(None))
        .with_for_update(of=TopicCare)
    )
    care = db.session.scalars(waiting).first() if actor.is_editor else None
    if care is None:
        raise NotFound
    return care


def _people(handles: Sequence[str]) -> tuple[int, ...]:
    """The people of these handles, in their order. Raises `Invalid` (field "curators")."""
    keys = list(
        dict.fromkeys(fold_handle(handle.strip().lstrip("@＠")) for handle in handles if handle.strip())
    )
    if len(keys) > MOST_CURATORS:
        raise Invalid(_("At most %(most)s people look after a topic.", most=MOST_CURATORS), field="curators")
    if not keys:
        return ()
    rows = db.session.execute(
        select(Person.handle, Person.id).where(Person.handle.in_(keys), Person.state == ACTIVE)
    )
    found = {row.handle: row.id for row in rows}
    for key in keys:
        if key not in found:
            raise Invalid(_("Nobody here is called @%(handle)s.", handle=key), field="curators")
    return tuple(found[key] for key in keys)
