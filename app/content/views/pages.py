"""The publication's page, and the fragments that keep open pages current."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from flask import Blueprint, Response, request

from app.content import policy
from app.content.models import QUESTION, ContentItem
from app.content.queries.attachments import attachments
from app.content.queries.cards import publication_cards, publication_page
from app.content.queries.comments import comment_cards, comment_row
from app.content.queries.items import files_changed, history, menu
from app.content.queries.likes import likers
from app.content.queries.lines import folded
from app.content.schemas import CommentCard, StreamRow
from app.content.service import drafts, opening
from app.content.views.cards import card_html, page_html
from app.content.views.forms import new_key
from app.core.errors import NotFound
from app.core.web import actor, fragment, is_ahead, page, wants_fragment
from app.lib.text import excerpt

blueprint = Blueprint("content", __name__)


@blueprint.get("/p/<public_id>")
def show(public_id: str) -> Response:
    """A publication with its whole thread. At most twelve statements."""
    return show_page(public_id)


def show_page(
    public_id: str,
    *,
    status: int = 200,
    body: str = "",
    errors: Mapping[str, Any] | None = None,
    files: Sequence[Mapping[str, Any]] = (),
) -> Response:
    """The publication's page; with what was typed and what is wrong after a comment that was refused."""
    me = actor()
    card, thread = publication_page(me, public_id)
    parent = _find_parent(thread, request.args.get("reply", ""))
    if "draft" in request.args and not body:
        body = drafts.find(me.person_id, f"comment-{public_id}").get("body", "")
    html = page_html(me, "content/_publication.html", card, thread=thread, me=me)
    if not is_ahead():
        answers = (card.accepted, *thread)
        opening.opened(me, card.id, [each.trust for each in answers if each is not None])
    return page(
        "content/publication.html",
        status,
        item=card,
        html=html,
        is_question=card.kind == QUESTION,
        parent=parent,
        body=body,
        errors=errors or {},
        files=files,
        idempotency_key=new_key(),
        title=card.title or excerpt(card.body_html.striptags(), 80) or card.author.name,
    )


@blueprint.get("/p/<public_id>/card")
def card(public_id: str) -> Response:
    """One card, as a stream shows it."""
    item = policy.access_publication(actor(), public_id)
    return fragment("content/_html.html", html=card_html(actor(), StreamRow(item.id, item.version)))


@blueprint.get("/p/<public_id>/thread")
def thread(public_id: str) -> Response:
    """Every comment of a publication, for "show all"."""
    card, comments = publication_page(actor(), public_id)
    html = page_html(actor(), "content/_thread.html", card, thread=comments)
    return fragment("content/_html.html", html=html)


@blueprint.get("/items/<public_id>/comment")
def comment(public_id: str) -> Response:
    """One comment, for pages on which it has just arrived."""
    return fragment("content/_html.html", html=comment_html(public_id))


def comment_html(public_id: str) -> str:
    """One comment for the reader. At most ten statements."""
    item, root = policy.access_item(actor(), public_id)
    row = comment_row(item.id)
    if item is root or row is None:
        raise NotFound
    card = publication_cards([root.id])[root.id]
    accepted = {item.id} if card.accepted and card.accepted.id == item.id else set()
    found = comment_cards([row], attachments([item.id]), accepted, whole=True)[item.id]
    return page_html(actor(), "content/_comment.html", card, comment_card=found)


@blueprint.get("/items/<public_id>/body")
def body(public_id: str) -> Response:
    """The whole text of an item that a card shows folded."""
    item, _root = policy.access_item(actor(), public_id)
    return fragment("content/_body.html", body_html=folded(item.body_html, whole=True)[0])


@blueprint.get("/items/<public_id>/menu")
def item_menu(public_id: str) -> Response:
    """What one may do with an item: a fragment, or a page without JavaScript."""
    shown, item = menu(actor(), public_id)
    return _either(
        "content/_menu.html",
        "content/menu.html",
        menu=shown,
        item=item,
        address=_address(shown.root_public_id, item),
    )


@blueprint.get("/items/<public_id>/likers")
def item_likers(public_id: str) -> Response:
    """Who likes it."""
    item, root = policy.access_item(actor(), public_id)
    anonymous = item.likes_count - len(found) if len(found := likers(item.id)) < 200 else 0
    return _either(
        "content/_likers.html", "content/likers.html", item=item, people=found, anonymous=anonymous,
        address=_address(root.public_id, item),
    )  # fmt: skip


@blueprint.get("/items/<public_id>/history")
def item_history(public_id: str) -> Response:
    """How a text read before its edits."""
    item, root, revisions = history(actor(), public_id)
    entries = [
        *((each.at, "text", each) for each in revisions),
        *((each.at, "files", each) for each in files_changed(item)),
    ]
    entries.sort(key=itemgetter(0), reverse=True)
    return page("content/history.html", item=item, entries=entries, address=_address(root.public_id, item))


def _either(part: str, whole: str, **context: Any) -> Response:
    return fragment(part, **context) if wants_fragment() else page(whole, **context)


def _address(root_public_id: str, item: ContentItem) -> str:
    return f"/p/{root_public_id}" + ("" if item.root_id is None else f"#c-{item.public_id}")


def _find_parent(thread: Sequence[CommentCard], public_id: str) -> CommentCard | None:
    for top in thread:
        for each in (top, *top.replies):
            if each.public_id == public_id:
                return each
    return None
