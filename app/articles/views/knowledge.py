"""The knowledge base: its start page, all articles, and what is known about a topic."""

from __future__ import annotations

from flask import Blueprint, Response, request

from app.articles import queries, service
from app.articles.schemas import TopicKnowledge
from app.content.models import ARTICLE
from app.content.policy import access_publication
from app.content.schemas import trust_of
from app.content.views.streams import stream_page
from app.core.errors import Invalid, NotFound
from app.core.i18n import gettext as _
from app.core.web import actor, fragment, page, wants_fragment
from app.topics import queries as topics
from app.trust import service as trust

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


@blueprint.get("/articles/<public_id>/more")
def more(public_id: str) -> Response:
    """What follows the page of an article, which says so that it is read: whose words it was made of."""
    me = actor()
    item = access_publication(me, public_id)
    if item.kind != ARTICLE:
        raise NotFound
    known = queries.more(me, item.id)
    service.saw(me, item.id, known)
    trust.opened(me, list(trust_of([item.id]).values()))
    template, show = ("articles/_more.html", fragment) if wants_fragment() else ("articles/more.html", page)
    return show(template, item=item, more=known)


@blueprint.get("/topics/<name>/answers")
def topic(name: str) -> Response:
    """The articles and answered questions of a topic; of a name that nobody has written, none, as of one not known."""
    me = actor()
    head = topics.head(me, name)
    known = TopicKnowledge() if head.id is None else queries.topic_answers(me, head.id)
    return page("articles/topic.html", topic=head, known=known)
