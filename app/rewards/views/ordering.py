"""One reward, ordering it, and one's own orders."""

from __future__ import annotations

from flask import Blueprint, Response, flash, request

from app.content.views.forms import idempotency_key, new_key
from app.core.errors import Conflict, Invalid
from app.core.i18n import gettext as _
from app.core.web import actor, answer, fragment, go, page, wants_fragment, wants_json
from app.rewards import queries, service

blueprint = Blueprint("orders", __name__)


@blueprint.get("/rewards/<public_id>")
def show(public_id: str) -> Response:
    """A reward with its terms, and the button that orders it."""
    return _reward(public_id)


@blueprint.post("/rewards/<public_id>/order")
def order(public_id: str) -> Response:
    """Order it for the price that was shown."""
    written = request.form.get("price", "")
    price = int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else 0
    try:
        made = service.order_reward(actor(), public_id, price, key=idempotency_key())
    except Invalid as error:
        if wants_json():
            raise
        return _reward(public_id, 422, str(error.message))
    if wants_json():
        return answer({"id": made.public_id}, 201 if made.fresh else 200)
    flash(_("Ordered. You will hear as soon as it is approved."))
    return go("/rewards/orders")


@blueprint.get("/rewards/orders")
def mine() -> Response:
    """What I have ordered."""
    return _orders()


@blueprint.post("/rewards/orders/<public_id>/<step>")
def move(public_id: str, step: str) -> Response:
    """Give up an order, or confirm that one has it."""
    try:
        service.move_order(actor(), public_id, step)
    except Conflict as error:
        if wants_json():
            raise
        return _orders(409, str(error.message))
    flash(_("The order is cancelled, your points are back.") if step == "cancel" else _("Enjoy it!"))
    return go("/rewards/orders")


def _reward(public_id: str, status: int = 200, problem: str = "") -> Response:
    shown = queries.reward_page(actor(), public_id)
    return page("rewards/reward.html", status, shown=shown, problem=problem, idempotency_key=new_key())


def _orders(status: int = 200, problem: str = "") -> Response:
    before = request.args.get("before")
    listing = queries.my_orders(actor(), before)
    if wants_fragment() and before:
        return fragment("rewards/_orders.html", listing=listing)
    return page("rewards/orders.html", status, listing=listing, problem=problem)
