"""The page of figures."""

from __future__ import annotations

from flask import Blueprint, Response, request

from app.analytics import forms, queries
from app.analytics.policy import held_to
from app.core.errors import Invalid
from app.core.web import actor, page, wants_json

blueprint = Blueprint("figures", __name__)


@blueprint.get("/desk/figures")
def index() -> Response:
    """How well questions find answers in a period."""
    return _page()


@blueprint.get("/desk/figures.csv")
def table() -> Response:
    """The same as a table for spreadsheets, with every topic."""
    me = actor()
    held_to(me)
    try:
        period = forms.chosen_period(request.args, me.time_zone)
    except Invalid:
        if wants_json():
            raise
        return _page()
    found = queries.figures(me, period, most_topics=100_000)
    response = Response(b"".join(forms.as_table(found)), mimetype="text/csv; charset=utf-8")
    name = f"questions-{period.first}-{period.last}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _page() -> Response:
    me = actor()
    held_to(me)
    errors, status = {}, 200
    try:
        period = forms.chosen_period(request.args, me.time_zone)
    except Invalid as error:
        if wants_json():
            raise
        errors, status = error.errors, 422
        period = forms.chosen_period({}, me.time_zone)
    typed = {"from": period.first.isoformat(), "to": period.last.isoformat()}
    if errors:
        typed = {name: request.args.get(name, "") for name in typed}
    return page(
        "analytics/figures.html", status, found=queries.figures(me, period), typed=typed, errors=errors,
        days=forms.DAYS, chosen=_chosen(),
    )  # fmt: skip


def _chosen() -> str:
    """Which of the usual periods is shown, or "" for one of the reader's own."""
    if request.args.get("from") or request.args.get("to"):
        return ""
    days = request.args.get("days", "")
    return days if days in {str(each) for each in forms.DAYS} else str(forms.DAYS[1])
