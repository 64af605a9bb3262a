"""What editors set for all questions."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, request

from app.core.errors import Invalid
from app.core.i18n import gettext as _
from app.core.web import actor, fragment, go, page, wants_json
from app.routing import forms, queries, service
from app.routing.policy import access_desk
from app.routing.schemas import AUDIENCES, Terms

blueprint = Blueprint("routing_desk", __name__)


@blueprint.get("/desk/routing")
def index() -> Response:
    """The terms, and who looks after which topics."""
    return _desk()


@blueprint.post("/desk/routing")
def change() -> Response:
    """Set the terms."""
    me = actor()
    access_desk(me)
    try:
        service.set_terms(me, forms.terms_of(request.form))
    except Invalid as error:
        if wants_json():
            raise
        return _desk(request.form, error.errors, 422)
    flash(_("Saved."))
    return go("/desk/routing")


@blueprint.post("/desk/routing/preview")
def preview() -> Response:
    """The plan that is typed, in words."""
    access_desk(actor())
    usual = queries.terms()
    typed = forms.typed_terms(usual) | request.form.to_dict() | _switches()
    try:
        terms = forms.terms_of(typed)
    except Invalid:
        return fragment("routing/_preview.html", 422, terms=None)
    return fragment("routing/_preview.html", terms=terms)


def _switches() -> dict[str, str]:
    """A box without its cross is not sent."""
    return {f"on_{audience}": request.form.get(f"on_{audience}", "") for audience in AUDIENCES}


def _desk(typed: Any = None, errors: Any = None, status: int = 200) -> Response:
    found = queries.desk(actor())
    shown: Terms | None = found.terms
    if typed is not None:
        try:
            shown = forms.terms_of(typed)
        except Invalid:
            shown = None
    return page(
        "routing/desk.html", status, desk=found, typed=typed or forms.typed_terms(found.terms), terms=shown,
        errors=errors or {}, audiences=AUDIENCES,
    )  # fmt: skip
