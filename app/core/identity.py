"""Whose network this is: name, logo and accent colour, as an administrator has set them; whatever names it asks here.

Everybody reads it on every page, so it comes from the settings that all readers share (`settings.known`): no statement
of its own where others are known already.
"""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

from app.core import settings
from app.lib.accent import DAY_GROUNDS, NIGHT_GROUNDS, palette

#: Names of the settings.
NAME = "organisation"
SHORT = "organisation_short"
LOGO = "organisation_logo"
ACCENT = "organisation_accent"
#: Variants of the logo: as it is, and on a square.
LOGO_WIDE = "wide"
LOGO_SQUARE = "square"


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose network this is."""

    name: str
    #: For places where the name does not fit; the name itself where none was set.
    short: str
    #: Key of the logo in the storage; empty for none.
    logo_key: str = ""
    logo_width: int = 0
    logo_height: int = 0
    #: "#rrggbb", or empty for the usual one.
    accent: str = ""

    @property
    def logo_version(self) -> str:
        """Changes with the logo; empty without one."""
        return self.logo_key[-8:]

    @property
    def logo_url(self) -> str:
        """Where the logo is, for everybody; empty without one."""
        return f"/brand/logo/{LOGO_WIDE}?v={self.logo_version}" if self.logo_key else ""

    @property
    def style_version(self) -> str:
        """Changes with the style sheet of the accent; empty for the usual one."""
        return f"{_STYLE}{self.accent[1:]}" if self.accent else ""

    @property
    def style_url(self) -> str:
        """The style sheet that sets the accent; empty for the usual one, which needs none."""
        return f"/brand.css?v={self.style_version}" if self.accent else ""

    @property
    def icon_version(self) -> str:
        """Changes with the icons of the app; empty for the usual ones, which are static files."""
        return f"{_ICONS}{self.accent[1:]}{self.logo_version}" if self.accent or self.logo_key else ""

    def icon_url(self, name: str) -> str:
        """Where an icon of the app is (`app.lib.app_icon.SHAPES`, and the shortcuts); empty for the usual one."""
        return f"/brand/icon/{name}?v={self.icon_version}" if self.icon_version else ""

    @property
    def manifest_version(self) -> str:
        """Changes with whatever the web manifest says of the organisation; empty while nothing was set."""
        said = f"{self.name}\n{self.short}\n{self.icon_version}"
        return "" if said == f"{_default_name}\n{_default_name}\n" else f"{crc32(said.encode()):08x}"

    @property
    def bars(self) -> tuple[str, str]:
        """What phones paint their own bars with, by day and by night: the accent, or the ground of the pages."""
        if not self.accent:
            return DAY_GROUNDS["paper"], NIGHT_GROUNDS["paper"]
        return self.accent, palette(self.accent).night.soft


#: Raised when the tones that follow from a colour change.
_STYLE = "1"
#: Raised when icons are drawn otherwise.
_ICONS = "1"
_default_name = "Shopfloor"


def use_default_name(name: str) -> None:
    """What the network is called until an administrator names it; called once when the application is made."""
    global _default_name
    _default_name = name


def identity() -> Identity:
    """Whose network this is, as it was a moment ago. Mostly no statement."""
    name = settings.known(NAME) or _default_name
    logo = settings.known(LOGO) or {}
    return Identity(
        name=name,
        short=settings.known(SHORT) or name,
        logo_key=logo.get("key", ""),
        logo_width=logo.get("width", 0),
        logo_height=logo.get("height", 0),
        accent=settings.known(ACCENT) or "",
    )
