"""What one looks after: checking articles again, taking them over, passing them on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, flash, request, url_for

from app.articles import queries, service
from app.articles.policy import access_article, may_pass_on
from app.content.policy import can_edit
from app.content.views.forms import text
from app.core import clock
from app.core.errors import Forbidden, Invalid
from app.core.i18n import gettext as _
from app.core.web import actor, go, page, safe_next, wants_json
from app.trust.forms import seen

blueprint = Blueprint("article_care", __name__)

#: The date that is offered lies so far ahead.
USUAL_DAYS = 182


@blueprint.get("/knowledge/care")
def index() -> Response:
    """What was handed to me, and the articles I own."""
    return page("articles/care.html", care=queries.care(actor()))


@blueprint.get("/articles/<public_id>/care")
def form(public_id: str) -> Response:
    """The form for saying that an article is still true, and who looks after it."""
    return _form(public_id)


@blueprint.post("/articles/<public_id>/review")
def review(public_id: str) -> Response:
    """Say that an article is still true."""
    written = text("review", most=20)
    try:
        service.confirm(actor(), public_id, _date(written), seen=seen(request.values))
    except Invalid as error:
        if wants_json():
            raise
        return _form(public_id, 422, errors=error.errors, review=written)
    flash(_("Checked. Thank you."))
    return go(safe_next(url_for("content.show", public_id=public_id)))


@blueprint.post("/articles/<public_id>/take")
def take(public_id: str) -> Response:
    """Look after an article oneself."""
    service.take_over(actor(), public_id)
    flash(_("You look after it now."))
    return go(safe_next(url_for("article_care.index")))


@blueprint.post("/articles/<public_id>/leave")
def leave(public_id: str) -> Response:
    """Let the owner, who moved, go on looking after an article."""
    service.leave_with_owner(actor(), public_id)
    flash(_("Its owner goes on looking after it."))
    return go(safe_next(url_for("article_care.index")))


@blueprint.post("/articles/<public_id>/pass")
def pass_on(public_id: str) -> Response:
    """Let a colleague look after an article."""
    written = text("to", most=200)
    try:
        service.pass_on(actor(), public_id, written)
    except Invalid as error:
        if wants_json():
            raise
        return _form(public_id, 422, errors=error.errors, to=written)
    flash(_("Passed on."))
    return go(safe_next(url_for("content.show", public_id=public_id)))


def _form(
    public_id: str,
    status: int = 200,
    *,
    errors: Mapping[str, Any] | None = None,
    review: str | None = None,
    to: str = "",
) -> Response:
    me = actor()
    item, article = access_article(me, public_id)
    passing = may_pass_on(me, item, article.owner_id)
    if not (passing or can_edit(me, item)):
        raise Forbidden(_("Only who looks after it can pass it on."))
    usual = (clock.today() + timedelta(days=USUAL_DAYS)).isoformat()
    return page(
        "articles/care_form.html",
        status,
        item=item,
        can_edit=can_edit(me, item),
        passing=passing,
        mine=article.owner_id == me.person_id,
        review=usual if review is None else review,
        to=to,
        errors=errors or {},
    )


def _date(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise Invalid(_("This is no date."), field="review") from None
