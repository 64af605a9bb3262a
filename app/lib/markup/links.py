"""Where a link may lead: an allowlist, because a blocklist never ends (`view-source:`, `blob:`, …)."""

import re

#: Schemes a link may have; everything else must be relative.
SCHEMES = frozenset(("http", "https", "mailto", "tel"))

#: What a link that leaves the site says about itself: no ranking, no access to our window, no referrer.
EXTERNAL_REL = "nofollow noopener noreferrer"

_SCHEME = re.compile(r"([^:/?#]*):")
_WEB = re.compile(r"https?://[^/?#\\\s]", re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\xa0\\\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def is_safe(url: str) -> bool:
    """Tell whether `url` (entities decoded) is http, https, mailto, tel or relative to this site."""
    if not url or _UNPRINTABLE.search(url) or url.startswith("//"):
        return False
    scheme = _SCHEME.match(url)
    if scheme is None:
        return True
    if scheme.group(1).lower() not in SCHEMES:
        return False
    return is_external(url) or scheme.group(1).lower() in ("mailto", "tel")


def is_external(url: str) -> bool:
    """Tell whether `url` is a full web address."""
    return _WEB.match(url) is not None
