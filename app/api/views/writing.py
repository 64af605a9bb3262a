"""Writing: publish, comment, like, accept, take back, upload, mark as read."""

from __future__ import annotations

from typing import BinaryIO, cast

from flask import request

from app.api.endpoint import PREFIX, Created, endpoint, idempotency_key
from app.api.schemas.asked import ArticleBody, CommentBody, PublishBody, ThanksBody
from app.api.schemas.content import Accepted, Likes, NewComment, NewFile, NewPublication
from app.api.schemas.trust import AcceptBody
from app.api.views import cards
from app.articles import service as articles
from app.articles.schemas import ArticleText, WriteArticle
from app.badges.schemas import SayThanks
from app.badges.service import say_thanks
from app.content import policy
from app.content.schemas import AddComment, Place, Publish
from app.content.service.changing import delete
from app.content.service.publishing import comment, publish
from app.content.service.reactions import like
from app.core.actor import Actor
from app.core.errors import Invalid, NotFound
from app.core.i18n import lazy_gettext as _
from app.core.web import config
from app.files import service as files
from app.notifications import service as notifications
from app.questions import service as questions
from app.questions.queries import is_shown


@endpoint("POST", "/publications", keyed=True)
def publish_publication(me: Actor, body: PublishBody) -> Created[NewPublication]:
    """Publish news or a question."""
    command = Publish(body.kind, body.body, body.where(), body.title, body.files)
    made = publish(me, command, key=idempotency_key())
    address = f"{PREFIX}/publications/{made.public_id}"
    return Created(cards.new_publication(me, made), address, made.fresh)


@endpoint("POST", "/thanks", keyed=True)
def thank(me: Actor, body: ThanksBody) -> Created[NewPublication]:
    """Thank colleagues before the whole company, with a badge."""
    made = say_thanks(
        me, SayThanks(body.people, body.badge, body.body, body.about, body.files), key=idempotency_key()
    )
    address = f"{PREFIX}/publications/{made.public_id}"
    return Created(cards.new_publication(me, made), address, made.fresh)


@endpoint("POST", "/articles", keyed=True)
def write_article(me: Actor, body: ArticleBody) -> Created[NewPublication]:
    """Publish an article, of which the person is the owner."""
    text = ArticleText(body.title, body.body, body.topics, body.review_by, body.files)
    made = articles.write(me, WriteArticle(text, Place.parse(body.place)), key=idempotency_key())
    address = f"{PREFIX}/publications/{made.public_id}"
    return Created(cards.new_publication(me, made), address, made.fresh)


@endpoint("DELETE", "/publications/<public_id>")
def delete_publication(me: Actor, public_id: str) -> None:
    """Take back what the person published."""
    policy.access_publication(me, public_id)
    delete(me, public_id)


@endpoint("POST", "/publications/<public_id>/comments", keyed=True)
def add_comment(me: Actor, public_id: str, body: CommentBody) -> Created[NewComment]:
    """Comment on a publication, reply to a comment, or answer a question."""
    command = AddComment(body.body, body.parent, body.answer, body.files)
    made = comment(me, public_id, command, key=idempotency_key())
    value = cards.new_comment(me, made)
    return Created(value, f"{PREFIX}/publications/{value.publication}", made.fresh)


@endpoint("PUT", "/publications/<public_id>/like")
def like_publication(me: Actor, public_id: str) -> Likes:
    """Like a publication. Doing it twice changes nothing."""
    policy.access_publication(me, public_id)
    return _like(me, public_id, on=True)


@endpoint("DELETE", "/publications/<public_id>/like")
def unlike_publication(me: Actor, public_id: str) -> Likes:
    """Take the like back."""
    policy.access_publication(me, public_id)
    return _like(me, public_id, on=False)


@endpoint("DELETE", "/comments/<public_id>")
def delete_comment(me: Actor, public_id: str) -> None:
    """Take back the person's own comment."""
    _require_comment(me, public_id)
    delete(me, public_id)


@endpoint("PUT", "/comments/<public_id>/like")
def like_comment(me: Actor, public_id: str) -> Likes:
    """Like a comment. Doing it twice changes nothing."""
    _require_comment(me, public_id)
    return _like(me, public_id, on=True)


@endpoint("DELETE", "/comments/<public_id>/like")
def unlike_comment(me: Actor, public_id: str) -> Likes:
    """Take the like back."""
    _require_comment(me, public_id)
    return _like(me, public_id, on=False)


@endpoint("POST", "/comments/<public_id>/accept")
def accept_answer(me: Actor, public_id: str, body: AcceptBody) -> Accepted:
    """Accept an answer to the person's question, or take the acceptance back.

    Another answer that was accepted before no longer is. Who may confirm answers to others' questions confirms it; it
    is accepted when enough people have.
    """
    question = questions.accept(me, public_id, on=body.accepted, seen=body.seen())
    return Accepted(publication=question.public_id, accepted=is_shown(question.id, public_id))


@endpoint("POST", "/files", special="multipart")
def upload_file(me: Actor) -> Created[NewFile]:
    """Upload a file, to be named in a publication or comment within a day."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise Invalid(_("Choose a file."), field="file")
    alt = request.form.get("alt", "")
    kept = files.upload(
        me, cast(BinaryIO, sent.stream), sent.filename, alt, most_bytes=config().upload_max_bytes
    )
    file = NewFile.of(kept)
    return Created(file, file.url)


@endpoint("POST", "/notifications/read")
def read_notifications(me: Actor) -> None:
    """Mark every notification as read."""
    notifications.read_all(me)


def _like(me: Actor, public_id: str, *, on: bool) -> Likes:
    _item, likes = like(me, public_id, on=on)
    return Likes(likes=likes, liked=on)


def _require_comment(me: Actor, public_id: str) -> None:
    item, root = policy.access_item(me, public_id)
    if item is root:
        raise NotFound
