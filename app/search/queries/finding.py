"""The page of search results."""

from __future__ import annotations

from collections.abc import Sequence

from app.content.models import ARTICLE
from app.core.actor import Actor
from app.core.errors import Invalid
from app.core.fulltext.engine import engine
from app.core.fulltext.interface import Hits, Query, SearchUnavailable
from app.core.fulltext.snippets import Marker
from app.core.i18n import lazy_gettext as _
from app.lib.text import squeeze, swap_layout
from app.search.queries import results
from app.search.queries.filters import Scope, filters, narrowed, read_scope
from app.search.queries.worth import whereabouts
from app.search.schemas import (
    BEST_NAMED,
    FILE,
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
    Filters,
    FoundText,
    SearchIsDown,
    SearchPage,
    Wanted,
)  # fmt: skip
from app.topics.schemas import TopicLine
from app.trust.schemas import OVER

#: An article is worth so much more than chatter that fits the words as well.
ARTICLE_WORTH = 1.25


def search_page(actor: Actor, wanted: Wanted) -> SearchPage:
    """What the reader finds. At most seven statements, and two to ten searches of a few milliseconds.

    When nothing is found and the words make sense in the other keyboard layout, those are searched. Without words
    everything is found that the filters let through. Raises `Invalid` for an unknown kind, order or page and for
    filters that are not there, `SearchIsDown` while there is no index.
    """
    q = squeeze(wanted.q)[:MAX_QUERY]
    _check(wanted)
    scope = read_scope(actor, wanted)
    if not q and not wanted.narrowed:
        return SearchPage(wanted, 0)
    try:
        found = _Search(actor, wanted, scope, q)
        if found.is_empty and q and not wanted.exact:
            other = _Search(actor, wanted, scope, swap_layout(q))
            if not other.is_empty:
                return other.page(read_as=other.q)
        return found.page()
    except SearchUnavailable as error:
        raise SearchIsDown(
            _("Search is being rebuilt. Try again in a few minutes; everything else works.")
        ) from error


def _check(wanted: Wanted) -> None:
    if wanted.kind and wanted.kind not in KINDS:
        raise Invalid(_("There is nothing of this kind to look for."), field="kind")
    if wanted.order not in (RELEVANCE, NEWEST):
        raise Invalid(_("Results are ordered by relevance or newest first."), field="order")
    if not 1 <= wanted.page <= LAST_PAGE:
        raise Invalid(_("There is no such page."), field="page")


class _Search:
    """One search in two parts: what is found by its name, and what is found by what it says."""

    def __init__(self, actor: Actor, wanted: Wanted, scope: Scope, q: str) -> None:
        self.actor = actor
        self.wanted = wanted
        self.scope = scope
        self.q = q
        self.named = self._named()
        self.written = self._written()

    @property
    def counts(self) -> dict[str, int]:
        """Matches by kind; kinds without any are absent."""
        named = (FILE,) if self.wanted.narrowed else NAMED
        parts = ((named, self.named.counts), (WRITTEN, self.written.counts))
        return {kind: counts[kind] for kinds, counts in parts for kind in kinds if counts.get(kind)}

    @property
    def is_empty(self) -> bool:
        """Whether nothing of any kind was found."""
        return not self.counts

    def page(self, *, read_as: str = "") -> SearchPage:
        """The page that was wanted, with rows from the database."""
        kind, page = self.wanted.kind, self.wanted.page
        total = self.counts.get(kind, 0) if kind else self.written.total
        topics = results.topics(self.actor, self._ids(TOPIC))
        texts = self._texts()
        return SearchPage(
            wanted=self.wanted,
            total=total,
            counts=self.counts,
            people=results.people(self._ids(PERSON), self._marker(prefix=True)),
            topics=topics,
            groups=results.groups(self.actor, self._ids(GROUP)),
            files=results.files(self.actor, self._ids(FILE), self._marker(prefix=True)),
            texts=texts,
            next_page=page + 1 if page * PAGE < total and page < LAST_PAGE else None,
            read_as=read_as,
            instead=squeeze(self.wanted.q) if read_as else "",
            filters=self._filters(texts, topics),
        )

    def _filters(self, texts: Sequence[FoundText], topics: Sequence[TopicLine]) -> Filters:
        """Beside the first page of texts."""
        if self.wanted.kind in NAMED or self.wanted.page > 1:
            return Filters()
        query = self._query(WRITTEN, 0, prefix=False)
        return filters(
            self.actor, self.wanted, self.scope, query, self.written, engine().search, texts, topics
        )

    def _named(self) -> Hits:
        """A page of the named kind that is wanted; else the best few of each, which stand on the first page only.

        Of these, files alone stand in a place and come from somebody; without words there are no best ones.
        """
        kind = self.wanted.kind
        kinds = (FILE,) if self.wanted.narrowed else NAMED
        if not self.q or (kind in NAMED and kind not in kinds):
            return Hits(0)
        if kind in NAMED:
            return self._ask((kind,), PAGE, prefix=True)
        return self._ask(kinds, 0 if kind or self.wanted.page > 1 else BEST_NAMED, prefix=True)

    def _written(self) -> Hits:
        """A page of texts; only their number when something else is wanted."""
        kind = self.wanted.kind
        return self._ask((kind,) if kind in WRITTEN else WRITTEN, 0 if kind in NAMED else PAGE, prefix=False)

    def _texts(self) -> tuple[FoundText, ...]:
        """The page's texts; by relevance, articles stand a little higher on it than their words alone would."""
        hits = self.written.hits
        found = results.texts(self.actor, [hit.id for hit in hits], self._marker())
        if self.wanted.order == NEWEST:
            return found
        scores = {hit.id: hit.score for hit in hits}
        worth = {each.id: ARTICLE_WORTH if each.kind == ARTICLE else 1.0 for each in found}
        return tuple(sorted(found, key=lambda each: (each.limit == OVER, -scores[each.id] * worth[each.id])))

    def _ask(self, kinds: Sequence[str], limit: int, *, prefix: bool) -> Hits:
        return engine().search(narrowed(self._query(kinds, limit, prefix=prefix), self.scope))

    def _query(self, kinds: Sequence[str], limit: int, *, prefix: bool) -> Query:
        """What was typed, as the index is asked; not yet narrowed by the filters."""
        return Query(
            text=self.q,
            visible_groups=self.actor.group_ids,
            kinds=tuple(kinds),
            order="newest" if self.wanted.order == NEWEST else "relevance",
            limit=limit,
            offset=(self.wanted.page - 1) * PAGE,
            of_each_kind=limit == BEST_NAMED,
            prefix=prefix,
            **whereabouts(self.actor),
        )

    def _marker(self, *, prefix: bool = False) -> Marker:
        return Marker.of(self._query((), 0, prefix=prefix))

    def _ids(self, kind: str) -> list[int]:
        return [hit.id for hit in self.named.hits if hit.kind == kind]
