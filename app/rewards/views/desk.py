"""What editors decide about rewards: the catalogue, orders, levels of loyalty, and the export."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from flask import Blueprint, Response, flash, request, stream_with_context

from app.core.errors import Conflict, DomainError, Invalid
from app.core.i18n import gettext as _
from app.core.web import actor, config, fragment, go, page, switched_on, wants_fragment, wants_json
from app.files import service as files
from app.reputation.queries import pays_bonus
from app.reputation.queries import terms as bonus_terms
from app.reputation.service import OFFERED, offer_bonus
from app.rewards import forms, queries, service
from app.rewards.models import STATES
from app.rewards.policy import access_desk
from app.rewards.schemas import DRAWINGS, RewardDetails

blueprint = Blueprint("reward_desk", __name__)


@blueprint.get("/desk/rewards")
def index() -> Response:
    """Every reward; where nothing gives bonus points yet, rules that would."""
    rewards = queries.desk_rewards(actor())
    offered = () if pays_bonus() else OFFERED
    return page("rewards/desk.html", rewards=rewards, offered=offered)


@blueprint.post("/desk/rewards/offered")
def offered() -> Response:
    """Let bonus points be earned by the rules that are offered."""
    offer_bonus(actor())
    flash(_("Bonus points are earned from now on."))
    return go("/desk/rewards")


@blueprint.get("/desk/rewards/new")
def new() -> Response:
    """The form of a new reward."""
    me = actor()
    access_desk(me)
    return _form(None, forms.typed_reward(RewardDetails(), me.time_zone))


@blueprint.post("/desk/rewards")
def make() -> Response:
    """Put a reward into the catalogue."""
    me = actor()
    access_desk(me)
    typed = request.form.to_dict()
    try:
        _keep_photo(typed)
        service.make_reward(me, forms.reward_details(typed, me.time_zone))
    except Invalid as error:
        return _refused(None, typed, error)
    flash(_("The reward is made."))
    return go("/desk/rewards")


@blueprint.get("/desk/rewards/<int:reward_id>")
def edit(reward_id: int) -> Response:
    """The form of a reward."""
    me = actor()
    details, _taken = queries.reward_details(me, reward_id)
    return _form(reward_id, forms.typed_reward(details, me.time_zone))


@blueprint.post("/desk/rewards/<int:reward_id>")
def change(reward_id: int) -> Response:
    """Change a reward."""
    me = actor()
    access_desk(me)
    typed = request.form.to_dict()
    try:
        _keep_photo(typed)
        service.change_reward(me, reward_id, forms.reward_details(typed, me.time_zone))
    except Invalid as error:
        return _refused(reward_id, typed, error)
    flash(_("Saved."))
    return go("/desk/rewards")


@blueprint.post("/desk/rewards/<int:reward_id>/retire")
def retire(reward_id: int) -> Response:
    """Take a reward out of the catalogue, or with on=0 put it back."""
    service.retire_reward(actor(), reward_id, on=switched_on())
    return go("/desk/rewards")


@blueprint.get("/desk/rewards/orders")
def orders() -> Response:
    """Everybody's orders, or those in a state."""
    return _orders()


@blueprint.post("/desk/rewards/orders/<public_id>/<step>")
def move(public_id: str, step: str) -> Response:
    """Approve an order, hand it out, close it or cancel it."""
    note = request.form.get("note", "")
    try:
        service.move_order(actor(), public_id, step, note)
    except (Conflict, Invalid) as error:
        if wants_json():
            raise
        beside = {"order": public_id, "note": note} if isinstance(error, Invalid) else {}
        return _orders(error.status, str(error.message), beside)
    state = request.args.get("state", "")
    return go(f"/desk/rewards/orders?state={state}" if state in STATES else "/desk/rewards/orders")


@blueprint.get("/desk/rewards/loyalty")
def loyalty() -> Response:
    """The levels of loyalty, and for how long points count."""
    access_desk(actor())
    return _loyalty(forms.typed_loyalty(queries.terms(), bonus_terms()[-1][1]))


@blueprint.post("/desk/rewards/loyalty")
def set_loyalty() -> Response:
    """Choose the levels of loyalty, and for how long points count."""
    me = actor()
    access_desk(me)
    try:
        service.set_loyalty(me, *forms.loyalty_terms(request.form))
    except Invalid as error:
        if wants_json():
            raise
        return _loyalty(request.form, error.errors, 422)
    flash(_("Saved."))
    return go("/desk/rewards/loyalty")


@blueprint.get("/desk/rewards/export")
def export() -> Response:
    """The form that asks for the period of the report."""
    access_desk(actor())
    return page("rewards/export.html", typed=_period_typed(), errors={})


@blueprint.get("/desk/rewards/export.csv")
def export_table() -> Response:
    """The report of a period, as a table for spreadsheets."""
    me = actor()
    access_desk(me)
    try:
        period = forms.typed_period(request.args, me.time_zone)
    except Invalid as error:
        if wants_json():
            raise
        return page("rewards/export.html", 422, typed=request.args, errors=error.errors)
    rows = forms.as_table(period, queries.report(period.begins, period.ends))
    response = Response(stream_with_context(rows), mimetype="text/csv; charset=utf-8")
    name = f"bonus-{period.first}-{period.last}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _keep_photo(typed: dict[str, str]) -> None:
    """Keep a photo that was sent, and name it in the form, so that it stays when something else is wrong."""
    if typed.get("no_picture") == "1":
        typed["picture"] = ""
    sent = request.files.get("photo")
    if sent is None or not sent.filename:
        return
    try:
        kept = files.upload(
            actor(), cast(Any, sent.stream), sent.filename, most_bytes=config().upload_max_bytes
        )
    except DomainError as error:
        raise Invalid(error.message, field="picture") from error
    if kept.kind != "picture":
        raise Invalid(_("Choose a photo: JPEG, PNG or WebP."), field="picture")
    typed["picture"] = kept.id


def _refused(reward_id: int | None, typed: Mapping[str, Any], error: Invalid) -> Response:
    if wants_json():
        raise error
    return _form(reward_id, typed, error.errors, 422)


def _form(reward_id: int | None, typed: Mapping[str, Any], errors: Any = None, status: int = 200) -> Response:
    me = actor()
    regions, formats = queries.choices(me)
    taken = queries.reward_details(me, reward_id)[1] if reward_id else 0
    return page(
        "rewards/edit.html", status, reward_id=reward_id, typed=typed, errors=errors or {}, drawings=DRAWINGS,
        regions=regions, formats=formats, taken=taken,
    )  # fmt: skip


def _orders(status: int = 200, problem: str = "", beside: Mapping[str, str] | None = None) -> Response:
    """`beside`: the order whose note is the problem, and the note as it was typed."""
    me, before = actor(), request.args.get("before")
    state = request.args.get("state", "")
    listing = queries.desk_orders(me, state, before)
    if wants_fragment() and before:
        return fragment("rewards/_desk_orders.html", listing=listing, state=state, beside={})
    return page(
        "rewards/desk_orders.html", status, listing=listing, counts=queries.desk_counts(me), state=state,
        problem=problem, beside=beside or {},
    )  # fmt: skip


def _loyalty(typed: Mapping[str, Any], errors: Any = None, status: int = 200) -> Response:
    return page("rewards/loyalty.html", status, typed=typed, errors=errors or {})


def _period_typed() -> dict[str, str]:
    last_month = forms.period(None, None, actor().time_zone)
    return {"from": last_month.first.isoformat(), "to": last_month.last.isoformat()}
