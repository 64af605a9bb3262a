"""The web manifest: what a phone needs to know to install the network as an app."""

from __future__ import annotations

from typing import Any

from flask import url_for

from app.core import settings, web
from app.core.i18n import gettext as _
from app.core.i18n import locale_code

#: The longest name that stands below an icon.
_SHORT = 12
_PAPER = "#f6f4ef"
#: What the upload of files takes, as far as phones share it.
_SHARED = (
    "image/*", "application/pdf", "text/plain", "text/csv", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp",
)  # fmt: skip


def organisation() -> tuple[str, str]:
    """Name and background of the organisation's network; the one place where the app asks for its looks."""
    return settings.known("organisation", web.config().organisation), _PAPER


def manifest() -> dict[str, Any]:
    """The manifest in the language in force. At most one statement, seldom."""
    name, paper = organisation()
    return {
        "id": "/",
        "name": name,
        "short_name": name if len(name) <= _SHORT else name.split()[0][:_SHORT],
        "description": _("News, questions and answers of the people you work with."),
        "lang": locale_code(),
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": paper,
        "theme_color": paper,
        "icons": [
            _icon("app-192", 192), _icon("app-512", 512), _icon("app-maskable-512", 512, purpose="maskable"),
        ],
        "shortcuts": [
            {"name": _("Ask"), "url": "/?write&kind=question#composer", "icons": [_icon("shortcut-ask", 96)]},
            {"name": _("Search"), "url": "/search", "icons": [_icon("shortcut-search", 96)]},
        ],
        "share_target": {
            "action": url_for("sharing.share"),
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {
                "title": "title", "text": "text", "url": "url",
                "files": [{"name": "files", "accept": list(_SHARED)}],
            },
        },
    }  # fmt: skip


def _icon(name: str, size: int, purpose: str = "any") -> dict[str, str]:
    address = url_for("static", filename=f"icons/{name}.png")
    return {"src": address, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
