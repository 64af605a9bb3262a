"""Pieces of addresses."""

import re
from urllib.parse import quote

_PLAIN = re.compile(r"[\w.\-]+")


def segment(text: str) -> str:
    """`text` as one piece of a path, for use in pages.

    Letters of any script stay as they are: browsers encode them, people can read them, and a page of Russian names is
    a tenth shorter. Anything else is percent-encoded.
    """
    return text if _PLAIN.fullmatch(text) else quote(text, safe="")
