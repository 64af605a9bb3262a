"""The words that scripts say, as a file of its own: browsers keep it until a release changes it."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256

from flask import render_template

from app.core.i18n import locale_code, speaking


def words_url() -> str:
    """Where the reader's words are; the address changes with the words."""
    locale = locale_code()
    return f"/words/{locale}?v={sha256(words(locale).encode()).hexdigest()[:10]}"


@lru_cache(maxsize=8)
def words(locale: str) -> str:
    """The words in a language, as the element that `static/js/lib/words.js` reads."""
    with speaking(locale):
        return render_template("layouts/_words.html")
