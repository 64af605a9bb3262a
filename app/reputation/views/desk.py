"""The editors' desk of rules and levels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, flash, request

from app.core import clock
from app.core.actor import Actor
from app.core.errors import Invalid
from app.core.i18n import gettext as _
from app.core.web import actor, go, page, wants_json
from app.reputation import forms, policy, queries, service
from app.reputation.schemas import Preview, RuleLine

blueprint = Blueprint("rules", __name__)


@blueprint.get("/desk/rules")
def rules() -> Response:
    """Every rule, and the levels."""
    return _rules_page()


@blueprint.post("/desk/rules/levels")
def set_levels() -> Response:
    """Choose where levels end and what comes with them."""
    me = actor()
    policy.demand_rules(me)
    try:
        ends, granted = forms.level_terms(request.form, policy.DEFAULT_RIGHTS)
        service.set_levels(me, ends, granted)
    except Invalid as error:
        if wants_json():
            raise
        return _rules_page(422, request.form, error.errors)
    flash(_("The levels are changed."))
    return go("/desk/rules")


@blueprint.get("/desk/rules/new")
def new() -> Response:
    """The form of a further rule."""
    return _new_page()


@blueprint.post("/desk/rules")
def make() -> Response:
    """Let an act pay by a further rule."""
    me = actor()
    policy.demand_rules(me)
    try:
        code = service.make_rule(me, forms.new_rule(request.form, me.time_zone))
    except Invalid as error:
        if wants_json():
            raise
        return _new_page(422, request.form, error.errors)
    flash(_("The rule is made."))
    return go(f"/desk/rules/{code}")


@blueprint.post("/desk/rules/preview")
def preview_new() -> Response:
    """What the last month would have been with a further rule."""
    me = actor()
    policy.demand_rules(me)
    try:
        shown = service.preview_new(me, forms.new_rule(request.form, me.time_zone))
    except Invalid as error:
        if wants_json():
            raise
        return _new_page(422, request.form, error.errors)
    return _new_page(200, request.form, shown=shown)


@blueprint.get("/desk/rules/<code>")
def rule(code: str) -> Response:
    """A rule with its versions, and the form for the next one."""
    return _rule_page(code)


@blueprint.post("/desk/rules/<code>")
def change(code: str) -> Response:
    """Let the rule have other terms from a day on."""
    me = actor()
    policy.demand_rules(me)
    try:
        service.change_rule(me, code, forms.rule_change(request.form, me.time_zone))
    except Invalid as error:
        if wants_json():
            raise
        return _rule_page(code, 422, request.form, error.errors)
    flash(_("The rule is changed. What was given stays as it is."))
    return go(f"/desk/rules/{code}")


@blueprint.post("/desk/rules/<code>/preview")
def preview(code: str) -> Response:
    """What the last month would have been under what is typed."""
    me = actor()
    policy.demand_rules(me)
    try:
        shown = service.preview(me, code, forms.rule_change(request.form, me.time_zone))
    except Invalid as error:
        if wants_json():
            raise
        return _rule_page(code, 422, request.form, error.errors)
    return _rule_page(code, 200, request.form, shown=shown)


def _rules_page(status: int = 200, typed: Any = None, errors: Any = None) -> Response:
    policy.demand_rules(actor())
    levels = queries.levels()
    return page(
        "reputation/rules.html",
        status,
        rules=queries.histories(),
        rights=tuple(policy.DEFAULT_RIGHTS),
        now=clock.now(),
        typed=typed or {"thresholds": ", ".join(map(str, levels)), **policy.rights()},
        errors=errors or {},
    )


def _new_page(
    status: int = 200, typed: Any = None, errors: Any = None, shown: Preview | None = None
) -> Response:
    policy.demand_rules(actor())
    return page(
        "reputation/new_rule.html",
        status,
        payable=service.PAYABLE,
        typed=typed or {"what": "answered:doer", "priority_percent": 100, "account": "reputation"},
        errors=errors or {},
        shown=shown,
    )


def _rule_page(
    code: str, status: int = 200, typed: Any = None, errors: Any = None, shown: Preview | None = None
) -> Response:
    me = actor()
    policy.demand_rules(me)
    history = queries.history(code)
    return page(
        "reputation/rule.html",
        status,
        history=history,
        now=clock.now(),
        typed=typed or _written(me, history.current or history.latest),
        errors=errors or {},
        shown=shown,
    )


def _written(me: Actor, rule: RuleLine) -> Mapping[str, object]:
    """The terms of a version as the form takes them."""
    return {
        "title": rule.title,
        "points": rule.points,
        "daily_cap": "" if rule.daily_cap is None else rule.daily_cap,
        "priority_percent": rule.priority_percent,
        "only_priority": "1" if rule.only_priority else "",
        "account": rule.account,
        "valid_from": "",
        "valid_until": forms.day_of(rule.valid_until, me.time_zone),
    }
