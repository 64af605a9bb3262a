"""What editors type of plans, made into values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.core.errors import Invalid
from app.core.i18n import lazy_gettext as _
from app.routing.schemas import (
    AUDIENCES,
    DEFAULT_PLAN,
    MOST_A_DAY,
    MOST_ASKED,
    MOST_HOLD,
    MOST_WAIT,
    CareForm,
    Plan,
    Terms,
    Wave,
)

Typed = Mapping[str, Any]


def typed_terms(terms: Terms) -> dict[str, Any]:
    """The terms as the form shows them."""
    return typed_plan(terms.plan) | {"a_day": terms.a_day, "hold": terms.hold}


def typed_plan(plan: Plan) -> dict[str, Any]:
    """A plan as the form shows it: for each audience whether it is asked, after how long, how many."""
    usual = {wave.audience: wave for wave in DEFAULT_PLAN.waves}
    chosen = {wave.audience: wave for wave in plan.waves}
    typed: dict[str, Any] = {}
    for audience in AUDIENCES:
        wave = chosen.get(audience, usual[audience])
        typed |= {f"wait_{audience}": wave.wait, f"most_{audience}": wave.most}
        typed[f"on_{audience}"] = "1" if audience in chosen else ""
    return typed


def typed_care(form: CareForm, usual: Plan) -> dict[str, Any]:
    """What is set for a topic as the form shows it."""
    return typed_plan(form.plan or usual) | {
        "curators": " ".join(f"@{handle}" for handle in form.curators),
        "department": form.department_id or "",
        "own": "1" if form.plan is not None else "",
    }


def terms_of(form: Typed) -> Terms:
    """The terms that were typed. Raises `Invalid` by field."""
    errors: dict[str, Any] = {}
    waves = _waves(form, errors)
    a_day = _number(form, "a_day", 1, MOST_A_DAY, errors)
    hold = _number(form, "hold", 1, MOST_HOLD, errors)
    _refuse(errors)
    return Terms(Plan(waves), a_day, hold)


def care_of(form: Typed) -> CareForm:
    """What was typed for a topic. Raises `Invalid` by field."""
    errors: dict[str, Any] = {}
    own = form.get("own") == "1"
    waves = _waves(form, errors) if own else ()
    department = str(form.get("department", ""))
    if department and not (department.isdecimal() and len(department) < 10):
        errors["department"] = _("There is no such department.")
    _refuse(errors)
    handles = str(form.get("curators", ""))[:2000].replace(",", " ").split()
    return CareForm(tuple(handles), int(department) if department else None, Plan(waves) if own else None)


def _waves(form: Typed, errors: dict[str, Any]) -> tuple[Wave, ...]:
    waves: list[Wave] = []
    for audience in AUDIENCES:
        if form.get(f"on_{audience}") != "1":
            continue
        first = not waves
        wait = 0 if first else _number(form, f"wait_{audience}", 1, MOST_WAIT, errors)
        waves.append(Wave(audience, wait, _number(form, f"most_{audience}", 1, MOST_ASKED, errors)))
    if not waves:
        errors["on_near"] = _("Choose at least one step.")
    return tuple(waves)


def _number(form: Typed, name: str, least: int, most: int, errors: dict[str, Any]) -> int:
    written = str(form.get(name, "")).strip()
    if not written.isdecimal() or len(written) > 6 or not least <= int(written) <= most:
        errors[name] = _("A whole number from %(least)s to %(most)s.", least=least, most=most)
        return least
    return int(written)


def _refuse(errors: dict[str, Any]) -> None:
    if errors:
        raise Invalid(_("Nothing was saved."), errors=errors)
