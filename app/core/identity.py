"""Whose network this is: name, logo and accent colour, as an administrator has set them; whatever names it asks here.

Everybody reads it on every page, so it comes from the settings that all readers share (`settings.known`): no statement
of its own where others are known already.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.core import settings

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


#: Raised when the tones that follow from a colour change.
_STYLE = "1"
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
