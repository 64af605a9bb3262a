"""One item's page of trust with its forms, what has changed in a text, and the editors' list."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, request, url_for

from app.core.actor import Actor
from app.core.errors import Invalid
from app.core.i18n import gettext as _
from app.core.i18n import locale_code
from app.core.web import actor, answer, go, page, switched_on, wants_json
from app.trust import forms, service
from app.trust.queries import desk as desk_queries
from app.trust.queries import marks
from app.trust.queries import page as queries
from app.trust.schemas import SHOP_FORMATS, Limits, TrustMark, Where
from app.trust.service.limiting import EXTENSIONS
from app.trust.views.overlays import day_words

blueprint = Blueprint("trust", __name__)


@blueprint.get("/items/<public_id>/trust")
def show(public_id: str) -> Response:
    """How far something may be trusted, and what the reader may say about that. At most twelve statements."""
    return _page(public_id)


@blueprint.post("/items/<public_id>/official")
def official(public_id: str) -> Response:
    """Make official, or withdraw that (on=0)."""
    on = switched_on()
    service.make_official(actor(), public_id, on=on, seen=forms.seen(request.values))
    flash(_("It is official now.") if on else _("It is not official any more."))
    return _back(public_id)


@blueprint.post("/items/<public_id>/confirm")
def confirm(public_id: str) -> Response:
    """Confirm an article, or take that back (on=0)."""
    on = switched_on()
    done, needed = service.confirm_article(actor(), public_id, on=on, seen=forms.seen(request.values))
    if on and done < needed:
        flash(_("Noted: %(done)s of %(needed)s confirmations.", done=done, needed=needed))
    return _back(public_id)


@blueprint.post("/items/<public_id>/checked")
def checked(public_id: str) -> Response:
    """Say after a look that it still stands."""
    done, needed = service.check(actor(), public_id, seen=forms.seen(request.values))
    if done < needed:
        flash(_("Noted: %(done)s of %(needed)s confirmations.", done=done, needed=needed))
    else:
        flash(_("Thank you. It counts as before."))
    return _back(public_id)


@blueprint.post("/items/<public_id>/opened")
def opened(public_id: str) -> Response:
    """A text was unfolded where it stands among others: who reads what is official is told when it changes."""
    me = actor()
    item, _root = queries.access(me, public_id)
    service.opened(me, list(marks([item.id]).values()))
    return Response(status=204)


@blueprint.post("/items/<public_id>/extend")
def extend(public_id: str) -> Response:
    """Answer "still true?" with yes."""
    me = actor()
    months = request.form.get("months", "")
    number = int(months) if months in map(str, EXTENSIONS) else 0
    seen, read = forms.seen_day(request.form), forms.seen(request.values)
    until = service.extend(me, public_id, number, seen=seen, read=read)
    flash(_("Valid until %(day)s now.", day=day_words(until, locale_code(), Where.of(me).today.year)))
    return _back(public_id)


@blueprint.post("/items/<public_id>/limits")
def limits(public_id: str) -> Response:
    """Set until when and for whom it is valid."""
    try:
        service.set_limits(actor(), public_id, forms.set_limits(request.form))
    except Invalid as error:
        if wants_json():
            raise
        return _page(public_id, 422, typed=forms.typed(request.form), errors=error.errors)
    flash(_("Saved."))
    return _back(public_id)


@blueprint.get("/items/<public_id>/changes")
def changes(public_id: str) -> Response:
    """What a text said (?from=revision), or its question (?question=revision), beside what that says now."""
    field = "question" if "question" in request.args else "from"
    older = request.args.get(field, "1")
    if not (older.isascii() and older.isdecimal() and len(older) < 7):
        raise Invalid(_("There is no such version."), field=field)
    me = actor()
    shown = queries.comparison(me, public_id, int(older), of_question=field == "question")
    first, last = _days(me, shown.mark)
    return page("trust/changes.html", shown=shown, first_day=first, last_day=last)


@blueprint.get("/desk/trust")
def desk() -> Response:
    """What is to be checked, has ended or ends soon. At most twelve statements."""
    return _desk()


@blueprint.post("/desk/trust")
def set_confirmations() -> Response:
    """Set how many people have to confirm an answer."""
    try:
        service.set_confirmations(actor(), forms.confirmations(request.form))
    except Invalid as error:
        if wants_json():
            raise
        return _desk(422, request.form.get("confirmations", ""), error.errors)
    flash(_("Saved."))
    return go("/desk/trust")


def _desk(status: int = 200, typed: str | None = None, errors: Any = None) -> Response:
    me = actor()
    listed, year = desk_queries.desk(me), Where.of(me).today.year
    lines = (*listed.to_check, *listed.ended, *listed.soon, *listed.official)
    return page(
        "trust/desk.html",
        status,
        desk=listed,
        days={
            line.public_id: day_words(line.valid_until, locale_code(), year)
            for line in lines
            if line.valid_until is not None
        },
        typed=listed.confirmations if typed is None else typed,
        errors=errors or {},
    )


def _page(public_id: str, status: int = 200, *, typed: Any = None, errors: Any = None) -> Response:
    me = actor()
    shown = queries.trust_page(me, public_id)
    choices = queries.choices() if "limits" in shown.actions else None
    first, last = _days(me, shown.mark)
    return page(
        "trust/index.html",
        status,
        shown=shown,
        choices=choices,
        first_day=first,
        last_day=last,
        formats=SHOP_FORMATS,
        extensions=EXTENSIONS,
        typed=typed or forms.shown(shown.mark.limits, shown.owner.handle if shown.owner else ""),
        errors=errors or {},
    )


def _days(me: Actor, mark: TrustMark | None) -> tuple[str, str]:
    """The first and the last day of validity in words, or ""."""
    year, said = Where.of(me).today.year, mark.limits if mark is not None else Limits()
    first, last = (
        day_words(day, locale_code(), year) if day else "" for day in (said.valid_from, said.valid_until)
    )
    return first, last


def _back(public_id: str) -> Response:
    if wants_json():
        return answer({"done": True})
    return go(url_for("trust.show", public_id=public_id))
