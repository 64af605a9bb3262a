"""The page of search results."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.actor import Actor
from app.core.errors import Invalid
from app.core.fulltext.engine import engine
from app.core.fulltext.interface import Hits, Query, SearchUnavailable
from app.core.fulltext.snippets import Marker
from app.core.i18n import lazy_gettext as _
from app.lib.text import squeeze, swap_layout
from app.search.queries import results
from app.search.queries.worth import whereabouts
from app.search.schemas import (
    BEST_NAMED,
    GROUP,
    KINDS,
    LAST_PAGE,
    MAX_QUERY,
    NAMED,
    NEWEST,
    PAGE,
    PERSON,
    RELEVANCE,
    TOPIC,
    WRITTEN,
    FoundText,
    SearchIsDown,
    SearchPage,
    Wanted,
)  # fmt: skip

#: In a question of so many words one with a letter amiss, or of the same family, is as good as found.
LONG = 4


def search_page(actor: Actor, wanted: Wanted) -> SearchPage:
    """What the reader finds. At most five statements, and two to four searches of a few milliseconds.

    When nothing is found and the words make sense in the other keyboard layout, those are searched. Raises `Invalid`
    for an unknown kind, order or page, `SearchIsDown` while there is no index.
    """
    q = squeeze(wanted.q)[:MAX_QUERY]
    _check(wanted)
    if not q:
        return SearchPage(wanted, 0)
    try:
        found = _Search(actor, wanted, q)
        if found.is_empty:
            other = _Search(actor, wanted, swap_layout(q))
            if not other.is_empty:
                return other.page(read_as=other.q)
    except SearchUnavailable as error:
        raise SearchIsDown(
            _("Search is being rebuilt. Try again in a few minutes; everything else works.")
        ) from error
    return found.page()


def _check(wanted: Wanted) -> None:
    if wanted.kind and wanted.kind not in KINDS:
        raise Invalid(_("There is nothing of this kind to look for."), field="kind")
    if wanted.order not in (RELEVANCE, NEWEST):
        raise Invalid(_("Results are ordered by relevance or newest first."), field="order")
    if not 1 <= wanted.page <= LAST_PAGE:
        raise Invalid(_("There is no such page."), field="page")


class _Search:
    """One search in two parts: what is found by its name, and what is found by what it says."""

    def __init__(self, actor: Actor, wanted: Wanted, q: str) -> None:
        self.actor = actor
        self.wanted = wanted
        self.q = q
        self.named = self._named()
        self.written = self._written()

    @property
    def counts(self) -> dict[str, int]:
        """Matches by kind; kinds without any are absent."""
        parts = ((NAMED, self.named.counts), (WRITTEN, self.written.counts))
        return {kind: counts[kind] for kinds, counts in parts for kind in kinds if counts.get(kind)}

    @property
    def is_empty(self) -> bool:
        """Whether nothing of any kind was found."""
        return not self.counts

    def page(self, *, read_as: str = "") -> SearchPage:
        """The page that was wanted, with rows from the database."""
        kind, page = self.wanted.kind, self.wanted.page
        total = self.counts.get(kind, 0) if kind else self.written.total
        return SearchPage(
            wanted=self.wanted,
            total=total,
            counts=self.counts,
            people=results.people(self._ids(PERSON), Marker(self.q, prefix=True)),
            topics=results.topics(self.actor, self._ids(TOPIC)),
            groups=results.groups(self.actor, self._ids(GROUP)),
            texts=self._texts(),
            next_page=page + 1 if page * PAGE < total and page < LAST_PAGE else None,
            read_as=read_as,
        )

    def _named(self) -> Hits:
        """A page of the named kind that is wanted; else the best few of each, which stand on the first page only."""
        if self.wanted.kind in NAMED:
            return self._ask((self.wanted.kind,), PAGE, prefix=True)
        return self._ask(NAMED, 0 if self.wanted.kind or self.wanted.page > 1 else BEST_NAMED, prefix=True)

    def _written(self) -> Hits:
        """A page of texts; only their number when something else is wanted."""
        kind = self.wanted.kind
        return self._ask((kind,) if kind in WRITTEN else WRITTEN, 0 if kind in NAMED else PAGE, prefix=False)

    def _texts(self) -> tuple[FoundText, ...]:
        """The page's texts."""
        return results.texts(self.actor, [hit.id for hit in self.written.hits], Marker(self.q))

    def _ask(self, kinds: Sequence[str], limit: int, *, prefix: bool) -> Hits:
        return engine().search(
            Query(
                text=self.q,
                visible_groups=self.actor.group_ids,
                kinds=tuple(kinds),
                order="newest" if self.wanted.order == NEWEST else "relevance",
                limit=limit,
                offset=(self.wanted.page - 1) * PAGE,
                of_each_kind=limit == BEST_NAMED,
                prefix=prefix,
                fuzzy=not prefix and len(self.q.split()) >= LONG,
                **whereabouts(self.actor),
            )
        )

    def _ids(self, kind: str) -> list[int]:
        return [hit.id for hit in self.named.hits if hit.kind == kind]
