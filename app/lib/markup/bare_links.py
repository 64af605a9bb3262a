"""Web and e-mail addresses that people write without marking them as links."""

from collections.abc import Iterable
from typing import Protocol

from linkify_it import LinkifyIt


class FoundLink(Protocol):
    """A link as the finder reports it; `schema` is empty when the text had none."""

    url: str
    text: str
    index: int
    last_index: int
    schema: str


class BareLinks:
    """Finds `https://…`, `www.…` and e-mail addresses; the interface is the one the parser expects.

    A bare "example.com" stays text: after a full stop without a space ("привет.ru") a guess does more harm than good.
    Keeps no state between calls, so that threads can share it.
    """

    def __init__(self) -> None:
        self._finder = LinkifyIt(options={"fuzzy_link": True, "fuzzy_email": True, "fuzzy_ip": False})
        self._finder.add("ftp:", None).add("//", None)

    def pretest(self, text: str) -> bool:
        """Tell quickly whether `text` may contain a link."""
        return "@" in text or "://" in text or "www." in text.lower() or "mailto:" in text.lower()

    def test(self, text: str) -> bool:
        """Tell whether `text` contains a link."""
        return self.pretest(text) and bool(self.match(text))

    def match(self, text: str) -> list[FoundLink]:
        """Return the links of `text` from left to right."""
        found: Iterable[FoundLink] = self._finder.match(text) or ()
        return [link for link in found if link.schema or link.text.lower().startswith("www.")]

    def match_at_start(self, text: str) -> FoundLink | None:
        """Return the link with which `text` begins, if it names its scheme."""
        found: FoundLink | None = self._finder.match_at_start(text)
        return found
