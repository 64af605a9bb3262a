"""The catalogue, the levels of loyalty, and the statement of bonus points."""

from __future__ import annotations

from flask import Blueprint, Response, request

from app.core.web import actor, fragment, page, wants_fragment
from app.rewards import queries

blueprint = Blueprint("rewards", __name__)


@blueprint.get("/rewards")
def index() -> Response:
    """What bonus points are spent on."""
    return page("rewards/index.html", catalogue=queries.catalogue(actor()))


@blueprint.get("/rewards/levels")
def levels() -> Response:
    """The levels of loyalty, where one stands, and what each brings."""
    catalogue = queries.catalogue(actor())
    return page(
        "rewards/levels.html", mine=catalogue.loyalty, levels=queries.loyalty_lines(catalogue.rewards)
    )


@blueprint.get("/rewards/points")
def points() -> Response:
    """Every row of one's own bonus points, and what expires when."""
    me, before = actor(), request.args.get("before")
    statement = queries.statement(me, before)
    if wants_fragment() and before:
        return fragment("rewards/_statement.html", statement=statement)
    return page("rewards/points.html", statement=statement)
