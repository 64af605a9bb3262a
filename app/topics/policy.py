"""What may be known of a topic, and who curates topics.

A topic can be made in a secret group, and its very name may be the secret. So a topic is *known* only when something
open to the whole company is about it, or when editors have said something of it. One that is not known looks, to
everyone, like one that nobody has written yet: the same page, spelled as asked for, with nothing on it but what the
reader may see elsewhere; it is in no list, count or completion, except among the reader's own subscriptions.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_, select

from app.core.actor import Actor
from app.core.errors import Forbidden
from app.core.i18n import lazy_gettext as _
from app.topics.models import MandatorySubscription, PriorityTopic, Topic


def can_curate(actor: Actor) -> bool:
    """Editors describe topics, choose priority topics and make subscriptions mandatory."""
    return actor.is_editor


_merging: list[Callable[[Actor], bool]] = []


def register_merge_right(earned: Callable[[Actor], bool]) -> None:
    """Let a feature above say who else may merge topics. Again changes nothing."""
    if earned not in _merging:
        _merging.append(earned)


def can_merge(actor: Actor) -> bool:
    """Editors merge topics, and who has earned it those that editors have not curated. No SQL for editors."""
    return can_curate(actor) or any(earned(actor) for earned in _merging)


def demand_merge_right(actor: Actor) -> None:
    """Raises `Forbidden` for who may not merge topics. Costs what `can_merge` does."""
    if not can_merge(actor):
        raise Forbidden(_("Editors merge topics, and who has reached the level for it."))


def in_force() -> ColumnElement[bool]:
    """A `PriorityTopic` whose period has not ended; bind `now`."""
    return or_(PriorityTopic.until.is_(None), PriorityTopic.until > bindparam("now"))


def known_topics() -> ColumnElement[bool]:
    """Topics whose existence is no secret; over `Topic`, nothing to bind. Merged ones are only names of others."""
    return and_(
        Topic.merged_into_id.is_(None),
        or_(
            Topic.publications_count > 0,
            Topic.description != "",
            _chosen(PriorityTopic),
            _chosen(MandatorySubscription),
        ),
    )


def _chosen(table: Any) -> ColumnElement[bool]:
    return exists(select(1).where(table.topic_id == Topic.id).correlate(Topic))
