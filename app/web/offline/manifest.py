"""The web manifest: what a phone needs to know to install the network as an app."""

from __future__ import annotations

from typing import Any

from flask import url_for

from app.core.i18n import gettext as _
from app.core.i18n import locale_code
from app.core.identity import identity

#: The ground of every page by day; the pages themselves say theirs by night.
_PAPER = "#f6f4ef"
#: What the upload of files takes, as far as phones share it.
_SHARED = (
    "image/*", "application/pdf", "text/plain", "text/csv", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp",
)  # fmt: skip


def manifest() -> dict[str, Any]:
    """The manifest in the language in force. At most one statement, seldom."""
    mine = identity()
    return {
        "id": "/",
        "name": mine.name,
        "short_name": mine.short,
        "description": _("News, questions and answers of the people you work with."),
        "lang": locale_code(),
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": _PAPER,
        "theme_color": _PAPER,
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
