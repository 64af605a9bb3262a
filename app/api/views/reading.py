"""Reading: the feed, publications, questions, search, notifications, files."""

from __future__ import annotations

from flask import Response

from app.api.endpoint import endpoint
from app.api.schemas.asked import FeedQuery, NotificationsQuery, QuestionsQuery, SearchQuery, SimilarQuery
from app.api.schemas.content import PublicationPage, Publications
from app.api.schemas.found import Notifications, SearchResults, SimilarQuestions
from app.api.views import cards
from app.core.actor import Actor
from app.core.errors import Invalid
from app.core.i18n import lazy_gettext as _
from app.feed import queries as feeds
from app.files import views as files
from app.notifications import queries as notifications_of
from app.questions import queries as questions_of
from app.search.queries import similar
from app.search.queries.finding import search_page
from app.search.schemas import Typed, Wanted


@endpoint("GET", "/feed")
def feed(me: Actor, query: FeedQuery) -> Publications:
    """The home feed: the person's own, or the whole company's."""
    order = query.order or me.feed_order
    stream = feeds.home(me, scope=query.feed, order=order, before=query.before, most=query.limit)
    return cards.publications(me, stream)


@endpoint("GET", "/publications/<public_id>")
def publication(me: Actor, public_id: str) -> PublicationPage:
    """A publication with its whole thread."""
    return cards.page(me, public_id)


@endpoint("GET", "/questions")
def questions(me: Actor, query: QuestionsQuery) -> Publications:
    """Questions, latest activity first."""
    return cards.publications(me, questions_of.questions(me, which=query.which, before=query.before))


@endpoint("GET", "/questions/similar")
def similar_questions(me: Actor, query: SimilarQuery) -> SimilarQuestions:
    """What may answer a question before it is asked: similar questions with an answer, and topics it may be about."""
    return SimilarQuestions.of(similar.suggestions(me, Typed(query.q, place=query.place)))


@endpoint("GET", "/search")
def search(me: Actor, query: SearchQuery) -> SearchResults:
    """People, publications, comments, topics, groups and files by words, in any form of the words."""
    found = search_page(me, Wanted(**query.model_dump()))
    if found.is_topic_unknown:
        raise Invalid(_("There is no such topic."), field="topic")
    return SearchResults.of(found)


@endpoint("GET", "/notifications")
def notifications(me: Actor, query: NotificationsQuery) -> Notifications:
    """The bell, latest first."""
    return Notifications.of(notifications_of.page(me, only_unread=query.unread, before=query.before))


@endpoint("GET", "/files/<public_id>/<variant>", special="file")
def file(me: Actor, public_id: str, variant: str) -> Response:
    """A picture as "thumb", "medium" or "full", or the "original" of any file."""
    return files.serve(public_id, variant)
