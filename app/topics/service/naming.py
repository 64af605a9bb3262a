"""Topics come into being by being written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.core.i18n import lazy_gettext as _
from app.core.outbox import emit
from app.core.upsert import insert
from app.lib.hashtags import fold_topic, is_topic_name
from app.topics.events import TopicCreated
from app.topics.models import Topic


def ensure_topics(names: Sequence[str], actor_id: int | None) -> list[int]:
    """The ids of the topics of these names, in their order, each name once; topics nobody wrote yet are made.

    A name that was merged stands for the topic it was merged into, so two names may have one id. Names are spelled as
    written, without "#"; the first spelling becomes the title. What can't be a topic's name is left out. Joins the
    caller's unit of work: one SELECT; another and an INSERT when one is new.
    """
    titles = {fold_topic(name): name for name in reversed(names) if is_topic_name(name)}
    if not titles:
        return []
    ids = _known(titles)
    if unknown := sorted(titles.keys() - ids):  # always in one order, so that two writers can't deadlock
        rows = [
            {"name": name, "title": titles[name], "created_by": actor_id, "created_at": clock.now()}
            for name in unknown
        ]
        new = insert(Topic).on_conflict_do_nothing(index_elements=["name"]).returning(Topic.id)
        for topic_id in db.session.scalars(new, rows).all():
            emit(TopicCreated(topic_id, actor_id))
        ids |= _known(unknown)  # what another writer has made meanwhile, too
    return [ids[name] for name in dict.fromkeys(fold_topic(each) for each in names) if name in ids]


def _known(names: Iterable[str]) -> dict[str, int]:
    """The topics that names stand for; kept from being merged meanwhile, in the order of their ids."""
    stands_for = func.coalesce(Topic.merged_into_id, Topic.id).label("id")
    found = select(Topic.name, stands_for).where(Topic.name.in_(names)).order_by(Topic.id)
    rows = db.session.execute(found.with_for_update(read=True, key_share=True))
    return {row.name: row.id for row in rows}


def named(name: str, actor_id: int) -> Topic:
    """The topic of this name, locked, made when nobody has written it. Raises `NotFound` for what can't be a name.

    Joins the caller's unit of work. Whether it was there before does not show.
    """
    ids = ensure_topics([name.lstrip("#")], actor_id)
    if not ids:
        raise NotFound(_("There is no such topic."))
    return db.session.get_one(Topic, ids[0], with_for_update=True, populate_existing=True)
