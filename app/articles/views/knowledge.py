"""The knowledge base: its start page, all articles, and what is known about a topic."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, request

from app.articles import queries, service
from app.articles.policy import access_article
from app.content.views.streams import stream_page
from app.core.errors import Invalid, NotFound
from app.core.i18n import gettext as _
from app.core.web import actor, page
from app.topics import queries as topics

blueprint = Blueprint("knowledge", __name__)


@blueprint.get("/knowledge")
def index() -> Response:
    """The start page: search first, then what matters this week."""
    return page("articles/knowledge.html", found=queries.knowledge(actor()))


@blueprint.get("/articles")
def articles() -> Response:
    """All articles, mine, or those that have to be checked again."""
    which = request.args.get("which", "all")
    if which not in queries.FILTERS:
        raise Invalid(_("There is no such list."), field="which")
    stream = queries.articles(actor(), which=which, before=request.args.get("before"))
    return stream_page("articles/index.html", stream, which=which)


@blueprint.get("/articles/<public_id>/seen")
def seen(public_id: str) -> Response:
    """An open page says that somebody reads the article; apart from the page, which pays nothing for it."""
    item, _article = access_article(actor(), public_id)
    service.saw(actor(), item.id)
    return make_response("", 204)


@blueprint.get("/topics/<name>/answers")
def topic(name: str) -> Response:
    """The articles and answered questions of a topic."""
    me = actor()
    head = topics.head(me, name)
    if head.id is None:
        raise NotFound
    return page("articles/topic.html", topic=head, known=queries.topic_answers(me, head.id))
