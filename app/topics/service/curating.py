"""What editors say about a topic."""

from __future__ import annotations

from app.core import audit
from app.core.actor import Actor
from app.core.errors import Forbidden, Invalid
from app.core.i18n import lazy_gettext as _
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.lib.characters import clean_characters
from app.lib.hashtags import fold_topic, is_topic_name
from app.lib.markup import render
from app.lib.text import clean_line, is_blank
from app.topics.events import TopicChanged
from app.topics.models import Topic
from app.topics.policy import can_curate
from app.topics.schemas import MAX_DESCRIPTION, TopicDetails
from app.topics.service.naming import named


def change_topic(actor: Actor, name: str, details: TopicDetails) -> None:
    """Describe a topic and choose how it is spelled. Audited.

    Raises `Forbidden` unless the actor is an editor, `NotFound`, and `Invalid` by field.
    """
    if not can_curate(actor):
        raise Forbidden(_("Only editors describe topics."))
    title, description = _checked(name, details)
    rendered = render(description, names={})
    with unit_of_work():
        topic = named(name, actor.person_id)
        if (topic.title, topic.description) == (title, description):
            return
        audit.record(
            "topic.changed",
            f"topic:{topic.id}",
            actor_id=actor.person_id,
            before={"title": topic.title, "description": topic.description},
        )
        topic.title, topic.description, topic.description_html = title, description, rendered.html
        touch(topic, actor.person_id)


def touch(topic: Topic, actor_id: int | None) -> None:
    """Note in the open unit of work that what cards show of the topic is different."""
    topic.version += 1
    emit(TopicChanged(topic.id, actor_id))


def _checked(name: str, details: TopicDetails) -> tuple[str, str]:
    errors = {}
    title = clean_line(details.title, 200).lstrip("#")
    description = clean_characters(details.description).strip()
    if not is_topic_name(title) or fold_topic(title) != fold_topic(name):
        errors["title"] = _("Only capital letters and “ё” may be different in the name of a topic.")
    if len(description) > MAX_DESCRIPTION:
        errors["description"] = _("The description is longer than %(most)s characters.", most=MAX_DESCRIPTION)
    if errors:
        raise Invalid(_("The topic was not saved."), errors=errors)
    return title, "" if is_blank(description) else description
