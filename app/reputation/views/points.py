"""How reputation is raised, and one's own points."""

from __future__ import annotations

from flask import Blueprint, Response, request

from app.core import clock
from app.core.web import actor, fragment, page, wants_fragment
from app.lib.points import PAIR_DAYS, PAIR_STEP
from app.reputation import queries, service
from app.reputation.schemas import bonus_place

blueprint = Blueprint("reputation", __name__)


@blueprint.get("/reputation")
def guide() -> Response:
    """What acts are worth, what makes them worth less, the levels and what comes with them."""
    return page(
        "reputation/guide.html",
        guide=queries.guide(actor()),
        pair_step=PAIR_STEP,
        pair_days=PAIR_DAYS,
        newcomer_hours=service.NEWCOMER // clock.HOUR,
    )


@blueprint.get("/reputation/points")
def points() -> Response:
    """Every entry of one's own ledger, latest first."""
    before = request.args.get("before")
    listing = queries.points(actor(), before)
    if wants_fragment() and before:
        return fragment("reputation/_points.html", listing=listing)
    return page("reputation/points.html", listing=listing, place=bonus_place(actor()))
