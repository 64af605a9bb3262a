"""The page that a proxy shows while the server is down: one file that needs nothing else, in both languages."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from pathlib import Path

from flask import render_template
from markupsafe import Markup

from app.core.i18n import LOCALES, speaking
from app.core.identity import LOGO_WIDE, Identity
from app.core.storage import ObjectMissing, the_storage
from app.lib.accent import DAY_GROUNDS, DAY_INK, NIGHT_GROUNDS, NIGHT_INK, USUAL, Tones, palette
from app.lib.pictures import MEDIA_TYPE

_SHEET = Path(__file__).with_name("standalone.css")


def standalone_page(mine: Identity, locale: str) -> str:
    """The whole page, with the organisation's name, logo and colours; `locale` comes first. No SQL."""
    parts = []
    for each in sorted(LOCALES, key=lambda each: each != locale):
        with speaking(each):
            parts.append(Markup(render_template("offline/_standalone.html", locale=each)))  # noqa: S704
    # It was written here, of colours that were checked when they were set.
    sheet = Markup(f"<style>\n{_colours(mine)}{_SHEET.read_text(encoding='utf-8')}</style>")  # noqa: S704
    with speaking(locale):
        brand = replace(mine, logo_key="")
        values = {"locale": locale, "brand": brand, "logo": _logo(mine), "sheet": sheet, "parts": parts}
        return render_template("offline/standalone.html", **values)


def _logo(mine: Identity) -> str:
    """The logo as an address that holds it; empty without one."""
    if not mine.logo_key:
        return ""
    try:
        with the_storage().open(mine.logo_key, LOGO_WIDE) as source:
            return f"data:{MEDIA_TYPE};base64,{b64encode(source.read()).decode()}"
    except ObjectMissing:
        return ""


def _colours(mine: Identity) -> str:
    tones = palette(mine.accent or USUAL)
    day = _theme(tones.day, DAY_GROUNDS, DAY_INK, "#e7e2d9")
    night = _theme(tones.night, NIGHT_GROUNDS, NIGHT_INK, "#312e2b")
    logo = ".brand-logo { padding: 6px; border-radius: 8px; background: #fff; }"
    return f":root {{ {day} }}\n@media (prefers-color-scheme: dark) {{ :root {{ {night} }} {logo} }}\n"


def _theme(tones: Tones, grounds: dict[str, str], ink: str, line: str) -> str:
    return (
        f"--paper: {grounds['paper']}; --card: {grounds['card']}; --ink: {ink}; --line: {line}; "
        f"--accent: {tones.accent}; --accent-strong: {tones.strong}; --accent-ink: {tones.ink};"
    )
