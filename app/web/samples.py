"""What the style guide shows that templates cannot make themselves: values with behaviour, and a form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from markupsafe import Markup

from app.accounts.forms import PreferencesForm, SignInForm
from app.analytics.schemas import Figures, FiguresLine
from app.core.clock import DAY, HOUR, MINUTE
from app.core.i18n import gettext as _
from app.lib.comparing import Comparison, compare
from app.lib.markup import outline
from app.rewards.schemas import Picture
from app.trust.schemas import Limits, TrustMark

_BEFORE = "Карту выдаёт управляющий.\n\nЕё ждут две недели.\n\nНаклейку не снимают."
_AFTER = "Карту выдаёт управляющий.\n\nЕё ждут одну неделю, в городе три дня.\n\nНаклейку не снимают."
_ARTICLE = "<h2>Кому</h2><p>Всем.</p><h2>Когда</h2><p>С понедельника.</p><h3>В праздники</h3><p>Нет.</p>"


@cache
def _marks() -> dict[str, TrustMark]:
    official = TrustMark(1, "official", "", 0, official_by="Отдел персонала")
    limits = Limits(date(2026, 1, 1), date(2026, 3, 1), shop_formats=frozenset({"island"}))
    return {
        "official": official,
        "confirmed": TrustMark(2, "confirmed", "", 0),
        "check": replace(official, stored="check", was="official"),
        "limited": replace(official, limits=limits, regions=("Урал",), shop_formats=("island", "flagship")),
    }


def comparison() -> Comparison:
    """Two versions of a text with a change in one of its paragraphs."""
    return compare(_BEFORE, _AFTER)


def _figures() -> tuple[FiguresLine, ...]:
    """Two topics: one that is answered soon, and one where nothing is known yet."""
    quick = Figures(390, 371, 288, 9 * MINUTE, 4 * HOUR, 35 * MINUTE, 2 * DAY, 3, 112)
    return (
        FiguresLine("эквайринг", "#figures", quick),
        FiguresLine("клиентское-обслуживание", "#figures", Figures(1, 0, 0, None, None, None, None, 0)),
    )


def samples() -> dict[str, Any]:
    """Marks of trust, a comparison, figures, a drawing, an article's outline; forms as they open and with errors."""
    wrong = SignInForm(formdata=None)
    wrong.login.errors = [_("Choose one of the list.")]
    preferences = PreferencesForm(formdata=None, data={"theme": "auto"})
    preferences.locale.choices = preferences.time_zone.choices = [("", "—")]
    text = outline(_ARTICLE)
    return {
        "marks": _marks(),
        "compared": comparison(),
        "figures": _figures(),
        "reward_picture": Picture("backpack"),
        "outline": replace(text, html=Markup(text.html)),  # noqa: S704 - a text of this file
        "wrong_form": wrong,
        "preferences_form": preferences,
    }
