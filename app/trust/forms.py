"""What people type about validity and scope, made into values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from app.core.errors import Invalid
from app.core.i18n import lazy_gettext as _
from app.trust.schemas import Limits, Seen, SetLimits

#: Scopes of one sort that a form may name.
MOST = 100


def set_limits(form: Any) -> SetLimits:
    """Limits as they were typed. Raises `Invalid` for what is no day and no number (fields as they are named)."""
    errors: dict[str, Any] = {}
    first, last = _day(form, "valid_from", errors), _day(form, "valid_until", errors)
    regions, positions = _ids(form, "regions", errors), _ids(form, "positions", errors)
    if errors:
        raise Invalid(_("Look at the marked fields."), errors=errors)
    formats = frozenset(each for each in form.getlist("formats")[:MOST] if each)
    return SetLimits(Limits(first, last, regions, formats, positions), form.get("owner", "").strip()[:80])


def seen(values: Any) -> Seen:
    """The versions that whoever vouches had before their eyes, where the page says so."""
    return Seen(values.get("revision", type=int), values.get("question_revision", type=int))


def typed(form: Any) -> dict[str, Any]:
    """What was typed, as the fields show it again."""
    return {
        **{name: form.get(name, "") for name in ("valid_from", "valid_until", "owner")},
        **{name: tuple(form.getlist(name)) for name in ("regions", "formats", "positions")},
    }


def shown(limits: Limits, owner: str) -> dict[str, Any]:
    """Limits as their fields show them."""
    return {
        "valid_from": limits.valid_from.isoformat() if limits.valid_from else "",
        "valid_until": limits.valid_until.isoformat() if limits.valid_until else "",
        "owner": owner,
        "regions": _texts(limits.region_ids),
        "formats": _texts(limits.shop_formats),
        "positions": _texts(limits.position_ids),
    }


def confirmations(form: Any) -> int:
    """How many people have to confirm. Raises `Invalid` (field "confirmations") for anything but 1 to 20."""
    written = form.get("confirmations", "").strip()
    if not (written.isascii() and written.isdecimal() and len(written) < 3 and 1 <= int(written) <= 20):
        raise Invalid(_("Write a number from 1 to 20."), field="confirmations")
    return int(written)


def seen_day(form: Any) -> date | None:
    """The last day that a form was about, or None for what is none."""
    return _day(form, "seen", {})


def _day(form: Any, name: str, errors: dict[str, Any]) -> date | None:
    written = form.get(name, "").strip()
    if not written:
        return None
    try:
        found = date.fromisoformat(written)
        if not 2000 <= found.year < 2200:
            raise ValueError(written)
    except ValueError:
        errors[name] = _("Write the day as year, month and day: 2026-03-14.")
        return None
    return found


def _ids(form: Any, name: str, errors: dict[str, Any]) -> frozenset[int]:
    written = [each for each in form.getlist(name)[:MOST] if each]
    if not all(each.isascii() and each.isdecimal() and len(each) < 16 for each in written):
        errors[name] = _("Choose from the list.")
        return frozenset()
    return frozenset(map(int, written))


def _texts(values: Iterable[object]) -> tuple[str, ...]:
    return tuple(sorted(str(each) for each in values))
