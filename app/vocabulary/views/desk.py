"""What editors decide about words, and what they see of what was looked for in vain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, flash, request

from app.core.errors import Invalid
from app.core.i18n import gettext as _
from app.core.web import actor, go, page, wants_json
from app.vocabulary import forms, queries, service
from app.vocabulary.policy import access_desk
from app.vocabulary.schemas import KEPT_DAYS, LONGEST_MISSED, MOST_MISSED_SHOWN

blueprint = Blueprint("vocabulary", __name__)

ADDRESS = "/desk/words"


@blueprint.get(ADDRESS)
def index() -> Response:
    """Words that mean the same; `words` stands in the field already, `q` filters."""
    return _words(words=request.args.get("words", "")[:LONGEST_MISSED])


@blueprint.post(ADDRESS)
def add() -> Response:
    """Make a group."""
    access_desk(actor())
    typed = request.form.get("words", "")
    try:
        service.add(actor(), forms.read_words(forms.split_words(typed)))
    except Invalid as error:
        return _refused(error, words=typed)
    flash(_("Search takes them for one word now."))
    return go(ADDRESS)


@blueprint.post(f"{ADDRESS}/<int:group_id>")
def change(group_id: int) -> Response:
    """Give a group other words."""
    access_desk(actor())
    typed = request.form.get("words", "")
    try:
        service.change(actor(), group_id, forms.read_words(forms.split_words(typed)))
    except Invalid as error:
        return _refused(error, group=group_id, changed=typed)
    flash(_("Saved."))
    return go(ADDRESS)


@blueprint.post(f"{ADDRESS}/<int:group_id>/remove")
def remove(group_id: int) -> Response:
    """Forget a group."""
    service.remove(actor(), group_id)
    flash(_("Removed."))
    return go(ADDRESS)


@blueprint.get(f"{ADDRESS}.csv")
def table() -> Response:
    """All groups as a table."""
    return _table(forms.words_table(queries.table(actor())), "synonyms.csv")


@blueprint.post(f"{ADDRESS}/file")
def bring_in() -> Response:
    """Add the groups of a table: all or none."""
    access_desk(actor())
    file = request.files.get("file")
    try:
        brought = service.bring_in(actor(), forms.read_file(file.read() if file else b""))
    except Invalid as error:
        return _refused(error)
    flash(
        _(
            "New groups: %(added)s, with new words: %(extended)s, as they were: %(unchanged)s.",
            added=brought.added,
            extended=brought.extended,
            unchanged=brought.unchanged,
        )
    )
    return go(ADDRESS)


@blueprint.get("/desk/missed")
def missed() -> Response:
    """What was looked for in vain in a period."""
    return _missed()


@blueprint.get("/desk/missed.csv")
def missed_table() -> Response:
    """The same as a table, with every line."""
    me = actor()
    access_desk(me)
    try:
        first, last = forms.chosen_period(request.args, me.time_zone)
    except Invalid:
        if wants_json():
            raise
        return _missed()
    found = queries.missed_page(me, first, last, most=100_000)
    return _table(forms.missed_table(found), f"searches-without-results-{first}-{last}.csv")


def _words(status: int = 200, errors: Mapping[str, Any] | None = None, **typed: Any) -> Response:
    found = queries.page(actor(), request.args.get("q", "")[:LONGEST_MISSED])
    return page("vocabulary/words.html", status, found=found, typed=typed, errors=errors or {})


def _refused(error: Invalid, **typed: Any) -> Response:
    """The desk with what was typed and what is wrong with it; for programs the error itself."""
    if wants_json():
        raise error
    return _words(422, error.errors, **typed)


def _missed() -> Response:
    me = actor()
    access_desk(me)
    errors: Mapping[str, Any] = {}
    try:
        first, last = forms.chosen_period(request.args, me.time_zone)
    except Invalid as error:
        if wants_json():
            raise
        errors = error.errors
        first, last = forms.chosen_period({}, me.time_zone)
    typed = {name: request.args.get(name, "") for name in ("from", "to")} if errors else None
    return page(
        "vocabulary/missed.html",
        422 if errors else 200,
        found=queries.missed_page(me, first, last, most=MOST_MISSED_SHOWN),
        typed=typed or {"from": first.isoformat(), "to": last.isoformat()},
        errors=errors,
        days=forms.DAYS,
        chosen=""
        if request.args.get("from") or request.args.get("to")
        else (last - first + timedelta(1)).days,
        kept=KEPT_DAYS,
    )


def _table(pieces: Iterator[bytes], name: str) -> Response:
    response = Response(b"".join(pieces), mimetype="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
