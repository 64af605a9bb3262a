"""Streams on the pages of groups, topics, people, shops and departments."""

from __future__ import annotations

from flask import Blueprint, Response, request

from app.content.queries import streams
from app.content.schemas import Place
from app.content.views.streams import chosen_order, stream_page
from app.core.web import actor, go
from app.groups import queries as groups
from app.lib.hashtags import fold_topic
from app.people import queries as people
from app.topics import queries as topics
from app.topics.policy import can_curate

blueprint = Blueprint("streams", __name__)


@blueprint.get("/groups/<handle>")
def group(handle: str) -> Response:
    """A group's page: its publications for who may see inside, else what it is and how to join."""
    me = actor()
    head = groups.head(me, handle)
    order = chosen_order(me)
    if not head.can_see_inside:
        return stream_page("feed/group.html", streams.EMPTY, group=head, order=order)
    stream = streams.group(me, head.id, order=order, before=request.args.get("before"))
    place = Place("group", head.handle, head.name) if head.can_post else None
    return stream_page("feed/group.html", stream, place=place, group=head, order=order)


@blueprint.get("/topics/<name>")
def topic(name: str) -> Response:
    """A topic's page: what is about it. The name of a merged one leads to the topic it stands for."""
    me = actor()
    head = topics.head(me, name)
    if head.key != fold_topic(name):
        return go(head.url)
    order, may_merge = chosen_order(me), can_curate(me)  # who has earned it is asked after the page
    if head.id is None:
        return stream_page("feed/topic.html", streams.EMPTY, topic=head, may_merge=may_merge, order=order)
    stream = streams.topic(
        me, head.id, order=order, before=request.args.get("before"), publications=head.publications
    )
    return stream_page("feed/topic.html", stream, topic=head, may_merge=may_merge, order=order)


@blueprint.get("/people/<handle>/publications")
def person(handle: str) -> Response:
    """What a person wrote, and what stands on their page."""
    me = actor()
    head = people.head(me, handle)
    stream = streams.person(me, head.id, before=request.args.get("before"))
    place = Place("person", head.handle, head.person.name) if head.works_here else None
    return stream_page("feed/person.html", stream, place=place, head=head)


@blueprint.get("/shops/<code>/publications")
def shop(code: str) -> Response:
    """What stands on a shop's page."""
    me = actor()
    head = people.shop(me, code)
    order = chosen_order(me)
    stream = streams.shop(me, head.id, order=order, before=request.args.get("before"))
    return stream_page(
        "feed/place.html", stream, place=Place("shop", code, head.name), head=head, order=order
    )


@blueprint.get("/departments/<int:department_id>/publications")
def department(department_id: int) -> Response:
    """What stands on a department's page."""
    me = actor()
    head = people.department(me, department_id)
    order = chosen_order(me)
    stream = streams.department(me, head.id, order=order, before=request.args.get("before"))
    place = Place("department", str(department_id), head.name)
    return stream_page("feed/place.html", stream, place=place, head=head, order=order)
