"""The web manifest: what a phone needs to know to install the network as an app."""

from __future__ import annotations

from typing import Any

from flask import url_for

from app.core.i18n import gettext as _
from app.core.i18n import locale_code
from app.core.identity import Identity, identity
from app.lib.accent import DAY_GROUNDS

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
        "background_color": DAY_GROUNDS["paper"],
        "theme_color": mine.bars[0],
        "icons": [
            _icon(mine, "app-192", 192),
            _icon(mine, "app-512", 512),
            _icon(mine, "app-maskable-512", 512, purpose="maskable"),
        ],
        "shortcuts": [
            _shortcut(mine, _("Ask"), "/?write&kind=question#composer", "shortcut-ask"),
            _shortcut(mine, _("Search"), "/search", "shortcut-search"),
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


def _shortcut(mine: Identity, name: str, address: str, icon: str) -> dict[str, Any]:
    return {"name": name, "url": address, "icons": [_icon(mine, icon, 96)]}


def _icon(mine: Identity, name: str, size: int, purpose: str = "any") -> dict[str, str]:
    address = mine.icon_url(name) or url_for("static", filename=f"icons/{name}.png")
    return {"src": address, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
