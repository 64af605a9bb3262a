"""The editor's page: writing and changing articles, also from a thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, request, url_for

from app.articles import queries, service
from app.articles.policy import access_article
from app.articles.schemas import ArticleText, ChangeArticle, WriteArticle
from app.content.models import ContentItem
from app.content.policy import can_edit
from app.content.queries.lines import folded
from app.content.schemas import Place
from app.content.service import drafts, texts
from app.content.service.changing import StaleEdit
from app.content.views.acts import tell_unreached
from app.content.views.forms import file_alts, idempotency_key, new_key, offered_files, take_files, text
from app.core import clock
from app.core.errors import Forbidden, Invalid
from app.core.i18n import gettext as _
from app.core.web import actor, answer, fragment, go, page, wants_fragment, wants_json
from app.files import queries as files
from app.lib.topicline import split_topics

blueprint = Blueprint("articles", __name__)

#: The date that is offered for a new article lies so far ahead.
USUAL_DAYS = 182


@blueprint.get("/articles/new")
def new() -> Response:
    """An empty article; with `from` one made of a thread, after the choice of what to take of it."""
    source = request.args.get("from", "")[:40]
    if "draft" in request.args:
        return _new_page(drafts.find(actor().person_id, "article"))
    if not source:
        place = request.args.get("place", "")[:140]
        typed = {"place": place, "topics": request.args.get("topics", "")[:200]}
        return _new_page({"title": request.args.get("title", "")[:200], **typed})
    if "chosen" not in request.args:
        found = queries.thread(actor(), source)
        if found.pieces:
            return page("articles/choose.html", thread=found)
    chosen = request.args.getlist("answer")[:100]
    begun = queries.begin(actor(), source, chosen)
    typed = {"title": begun.title, "body": begun.body, "topics": begun.topics, "place": begun.place}
    kept = [asdict(each) for each in begun.files]
    return _new_page({**typed, "files": kept}, source=source, answers=chosen, bound=begun.bound)


@blueprint.post("/articles")
def write() -> Response:
    """Publish an article."""
    typed = _typed()
    source, answers = text("source", most=40), tuple(request.form.getlist("answer")[:100])
    try:
        place = Place.parse(typed["place"] or "company")
        made = service.write(
            actor(), WriteArticle(_text(typed), place, source, answers), key=idempotency_key()
        )
    except (Invalid, Forbidden) as error:
        if wants_json():
            raise
        errors = error.errors if isinstance(error, Invalid) else {"place": error.message}
        return _new_page(typed, error.status, errors=errors, source=source, answers=answers)
    address = url_for("content.show", public_id=made.public_id)
    drafts.forget(actor().person_id, "article")
    if wants_json():
        return answer({"id": made.public_id, "url": address}, 201)
    tell_unreached(made.unreached)
    return go(address)


@blueprint.get("/articles/<public_id>/edit")
def edit(public_id: str) -> Response:
    """The article in the editor."""
    item, article = access_article(actor(), public_id)
    if not can_edit(actor(), item):
        raise Forbidden(_("Only the owner and editors can change this. Suggest it in a comment."))
    if "draft" in request.args:
        kept = drafts.find(actor().person_id, f"article-{public_id}")
        if kept:
            return _edit_page(item, kept, revision=kept.get("version", item.revision), touched=True)
    body, topics = split_topics(item.body_source)
    review = article.review_by.isoformat() if article.review_by else ""
    typed = {"title": item.title, "body": body, "topics": topics, "review": review}
    return _edit_page(item, typed, revision=item.revision)


@blueprint.post("/articles/<public_id>")
def change(public_id: str) -> Response:
    """Save a changed article; 409 with what differs when somebody was faster."""
    revision = request.form.get("version", "")
    if not revision.isdecimal() or len(revision) > 9:
        raise Invalid(_("The form is out of date; open it again."), field="version")
    typed = _typed()
    try:
        command = ChangeArticle(_text(typed), int(revision), text("note", most=1000))
        tell_unreached(service.change(actor(), public_id, command))
    except StaleEdit as stale:
        if wants_json():
            raise
        differs = queries.compared_with(stale.theirs, typed["title"], _body(typed))
        return _edit_page(
            stale.theirs, typed, 409, revision=stale.theirs.revision, differs=differs, touched=True
        )
    except Invalid as error:
        if wants_json():
            raise
        item, _article = access_article(actor(), public_id)
        return _edit_page(item, typed, 422, revision=revision, errors=error.errors, touched=True)
    address = url_for("content.show", public_id=public_id)
    drafts.forget(actor().person_id, f"article-{public_id}")
    return answer({"url": address}) if wants_json() else go(address)


@blueprint.post("/articles/preview")
def preview() -> Response:
    """How the article will read, for a look before it is published."""
    typed = _typed()
    html, _long = folded(texts.preview(actor(), typed["body"]), whole=True)
    template = "articles/_preview.html" if wants_fragment() else "articles/preview.html"
    show = fragment if wants_fragment() else page
    return show(template, title=typed["title"], body_html=html)


def _typed() -> dict[str, str]:
    fields = {"title": 1000, "topics": 2000, "place": 140, "review": 20}
    return {"body": text("body"), **{name: text(name, most=most) for name, most in fields.items()}}


def _text(typed: Mapping[str, str]) -> ArticleText:
    return ArticleText(
        typed["title"], typed["body"], typed["topics"], _date(typed["review"]), take_files(), file_alts()
    )


def _date(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise Invalid(_("This is no date."), field="review") from None


def _body(typed: Mapping[str, str]) -> str:
    """The text with its topics as it would be stored; topics that can't be read are left out."""
    try:
        return service.joined(typed["body"], typed["topics"])
    except Invalid:
        return typed["body"]


def _new_page(
    typed: Mapping[str, Any],
    status: int = 200,
    *,
    errors: Mapping[str, Any] | None = None,
    source: str = "",
    answers: Any = (),
    bound: bool = False,
) -> Response:
    me = actor()
    review = (clock.today() + timedelta(days=USUAL_DAYS)).isoformat()
    taken = queries.taken_ids(me, source, answers) if errors else ()
    kept = offered_files(*taken) if errors else typed.get("files", [])
    return page(
        "articles/edit.html",
        status,
        item=None,
        typed={"review": review, "title": "", "body": "", "topics": "", "place": "company", **typed},
        errors=errors or {},
        kept=kept,
        source=source,
        answers=answers,
        bound=bound,
        department=f"department:{me.department_id}" if me.department_id else "",
        idempotency_key=new_key(),
        differs=None,
        touched=bool(errors),
    )


def _edit_page(
    item: ContentItem,
    typed: Mapping[str, Any],
    status: int = 200,
    *,
    revision: Any,
    errors: Mapping[str, Any] | None = None,
    differs: Any = None,
    touched: bool = False,
) -> Response:
    posted = touched and request.method == "POST"
    kept = offered_files(item.id) if posted else [asdict(each) for each in files.attached(item.id)]
    return page(
        "articles/edit.html",
        status,
        item=item,
        typed={"title": "", "body": "", "topics": "", "review": "", **typed},
        errors=errors or {},
        kept=kept,
        revision=revision,
        differs=differs,
        touched=touched,
        idempotency_key="",
    )
