"""The design tokens and icons, read from where they are made: so that the style guide shows those there are."""

from __future__ import annotations

import re
from functools import cache

from config import ROOT

_SHEET = ROOT / "static" / "css" / "tokens.css"
_SPRITE = ROOT / "static" / "icons" / "sprite.svg"
_TOKEN = re.compile(r"^  --([\w-]+): (.+);$", re.M)

#: Families of tokens by how their names begin; what begins otherwise is a colour.
_FAMILIES = {
    "space": re.compile(r"s\d"),
    "radius": re.compile(r"r-"),
    "type": re.compile(r"t-|font|mono"),
    "shadow": re.compile(r"shadow"),
    "motion": re.compile(r"fast|slow|ease"),
    "size": re.compile(r"target|top"),
    "face": re.compile(r"av-"),
}


@cache
def tokens() -> dict[str, dict[str, str]]:
    """Family → name → value by day, in the order of the sheet: "colour", "face", "space", "type" and so on."""
    sheet = _SHEET.read_text(encoding="utf-8")
    families: dict[str, dict[str, str]] = {}
    for name, value in _TOKEN.findall(sheet[: sheet.index("@media")]):
        family = next((each for each, begins in _FAMILIES.items() if begins.match(name)), "colour")
        families.setdefault(family, {})[name] = value
    return families


@cache
def icons() -> tuple[str, ...]:
    """The names of the icons in the sprite, in its order."""
    return tuple(re.findall(r'<symbol id="([^"]+)"', _SPRITE.read_text(encoding="utf-8")))
