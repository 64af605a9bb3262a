"""Pages and acts of topics. The publications of a topic, and with them its page, are mounted by the feed."""

from __future__ import annotations

from flask import Blueprint, Response, flash, request

from app.core.errors import Forbidden, Invalid
from app.core.i18n import gettext as _
from app.core.i18n import ngettext
from app.core.web import actor, answer, fragment, go, page, safe_next, switched_on, wants_fragment, wants_json
from app.lib.hashtags import fold_topic, topic_path
from app.topics import queries, service
from app.topics.policy import can_curate, demand_merge_right
from app.topics.schemas import TopicDetails

blueprint = Blueprint("topics", __name__)


@blueprint.get("/topics")
def index() -> Response:
    """The topics I read, or all, the largest first; found by name."""
    q, before = request.args.get("q", ""), request.args.get("before")
    show = "mine" if request.args.get("show") == "mine" and not q else "all"
    listing = queries.mine(actor()) if show == "mine" else queries.directory(actor(), q=q, before=before)
    if wants_fragment() and before:
        return fragment("topics/_list.html", listing=listing, show=show, q=q)
    return page("topics/index.html", listing=listing, show=show, q=q)


@blueprint.get("/topics/<name>/card")
def card(name: str) -> Response:
    """The hover card."""
    return fragment("topics/card.html", topic=queries.card(actor(), name))


@blueprint.post("/topics/<name>/subscribe")
def subscribe(name: str) -> Response:
    """Read a topic, or with on=0 no longer."""
    on = switched_on()
    (service.subscribe if on else service.unsubscribe)(actor(), name)
    if wants_json():
        return answer({"on": on})
    return go(safe_next(topic_path(name)))


@blueprint.get("/topics/<name>/edit")
def edit(name: str) -> Response:
    """The editors' form."""
    topic = queries.head(actor(), name)
    if not can_curate(actor()):
        raise Forbidden(_("Only editors describe topics."))
    return page(
        "topics/edit.html", topic=topic, details=TopicDetails(topic.name, topic.description), errors={}
    )


@blueprint.post("/topics/<name>/edit")
def change(name: str) -> Response:
    """Describe the topic."""
    details = TopicDetails(request.form.get("title", ""), request.form.get("description", ""))
    try:
        service.change_topic(actor(), name, details)
    except Invalid as error:
        if wants_json():
            raise
        topic = queries.head(actor(), name)
        return page("topics/edit.html", 422, topic=topic, details=details, errors=error.errors)
    flash(_("Saved."))
    return go(topic_path(name))


@blueprint.get("/topics/<name>/merge")
def weigh(name: str) -> Response:
    """The form for merging the topic into another, and what that would do when `into` names one."""
    me, into = actor(), request.args.get("into", "")
    topic = queries.head(me, name)
    demand_merge_right(me)
    if topic.key != fold_topic(name):
        return go(topic.url)
    try:
        weighed = service.weigh(me, name, into) if into.strip() else None
    except Invalid as error:
        if wants_json():
            raise
        return page("topics/merge.html", 422, topic=topic, into=into, weighed=None, errors=error.errors)
    return page("topics/merge.html", topic=topic, into=into, weighed=weighed, errors={})


@blueprint.post("/topics/<name>/merge")
def merge(name: str) -> Response:
    """Merge the topic into another."""
    me, into = actor(), request.form.get("into", "")
    try:
        target = service.merge(me, name, into)
    except Invalid as error:
        if wants_json():
            raise
        topic = queries.head(me, name)
        return page("topics/merge.html", 422, topic=topic, into=into, weighed=None, errors=error.errors)
    flash(_("The topics are one now."))
    return go(topic_path(target))


@blueprint.get("/completion/topics")
def complete() -> Response:
    """Topics while typing "#"."""
    found = queries.complete(actor(), request.args.get("q", ""))
    return answer([{"name": topic.name, "detail": _publications(topic.publications)} for topic in found])


def _publications(number: int) -> str:
    return ngettext("%(num)s publication", "%(num)s publications", number) if number else ""
