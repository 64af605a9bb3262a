"""The page of search results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.core.actor import Actor
from app.core.errors import Invalid
from app.core.fulltext.engine import engine
from app.core.fulltext.interface import Hits, Query, SearchUnavailable
from app.core.fulltext.snippets import Marker
from app.core.i18n import lazy_gettext as _
from app.lib.text import squeeze
from app.lib.typedquery import TOPIC as TOPIC_OPERATOR
from app.search.queries import results
from app.search.queries.asking import Asking, understand
from app.search.queries.filters import Scope, filters, narrowed, read_scope
from app.search.queries.repairing import choices, readdressed, relaid, repaired
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
from app.topics.queries.head import head
from app.topics.schemas import TopicLine

#: So few results are almost none: perhaps something else was meant.
ALMOST_NOTHING = 2
#: In a question of so many words one with a letter amiss, or of the same family, is as good as found.
LONG = 4


def search_page(actor: Actor, wanted: Wanted) -> SearchPage:
    """What the reader finds. At most eight statements and those of `understand`; two to ten searches of a few
    milliseconds, and some more for words that nothing has.

    Words that nothing has are searched as they were meant, in the other keyboard layout or without a slip of the
    finger: when almost nothing is found and more is for those, and always among two or three words; so are names behind
    operators that nobody has. Not with `exact`. Without words everything is found that the filters let through. Raises
    `Invalid` for an unknown kind, order or page and for filters that are not there, `SearchIsDown` while there is no
    index.
    """
    q = squeeze(wanted.q)[:MAX_QUERY]
    _check(wanted)
    scope = read_scope(actor, wanted)
    if not q and not wanted.narrowed:
        return SearchPage(wanted, 0)
    asking = understand(actor, q)
    try:
        if asking.is_possible:
            return _with_topic_told(actor, _found(wanted, scope, asking), scope)
        meant = None if wanted.exact else readdressed(asking)
        if meant is None:
            others = () if wanted.exact else choices(asking)
            return SearchPage(wanted, 0, unknown=asking.filters.unknown, choices=others)
        return _with_topic_told(actor, _found(wanted, scope, meant, read_as=str(meant.typed)), scope)
    except SearchUnavailable as error:
        raise SearchIsDown(
            _("Search is being rebuilt. Try again in a few minutes; everything else works.")
        ) from error


def _with_topic_told(actor: Actor, page: SearchPage, scope: Scope) -> SearchPage:
    """The page, which says so when nothing was found because there is no topic to narrow to. One statement and a search
    then, none otherwise.

    What stands under a topic nobody else knows of is what the reader may see, so that a topic of closed groups is not
    there for others.
    """
    if page.counts or not scope.topics:
        return page
    (name,) = scope.topics
    topic = head(actor, name)
    if topic.known or topic.subscribed:
        return page
    anything = Query("", topics=scope.topics, visible_groups=actor.group_ids, kinds=WRITTEN, limit=0)
    if engine().search(anything).total:
        return page
    return replace(page, is_topic_unknown=True)


def _found(wanted: Wanted, scope: Scope, asking: Asking, read_as: str = "") -> SearchPage:
    found = _Search(asking, wanted, scope)
    if found.is_empty and asking.typed.of(TOPIC_OPERATOR):
        # Nothing has this topic: it is a word like others.
        found = _Search(asking.of(asking.typed.without_topics()), wanted, scope)
    if wanted.exact:
        return found.page()
    few = found.number <= ALMOST_NOTHING
    # Where a single word finds something there is nothing to mend, and a long question finds by its other words.
    mends = few or 1 < len(found.asking.typed.words) < LONG
    meant = repaired(found.asking) if mends else relaid(found.asking)
    if meant is not None:
        other = _Search(meant, wanted, scope)
        # What was put right had no results at all, so that nothing is lost by it.
        if not other.is_empty and (not few or other.number >= found.number):
            return other.page(read_as=str(meant.typed))
    return found.page(read_as=read_as)


def _check(wanted: Wanted) -> None:
    if wanted.kind and wanted.kind not in KINDS:
        raise Invalid(_("There is nothing of this kind to look for."), field="kind")
    if wanted.order not in (RELEVANCE, NEWEST):
        raise Invalid(_("Results are ordered by relevance or newest first."), field="order")
    if not 1 <= wanted.page <= LAST_PAGE:
        raise Invalid(_("There is no such page."), field="page")


class _Search:
    """One search in two parts: what is found by its name, and what is found by what it says."""

    def __init__(self, asking: Asking, wanted: Wanted, scope: Scope) -> None:
        self.asking = asking
        self.actor = asking.actor
        self.wanted = wanted
        self.scope = scope
        self.named = self._named()
        self.written = self._written()

    @property
    def counts(self) -> dict[str, int]:
        """Matches by kind; kinds without any are absent."""
        parts = ((self._named_kinds, self.named.counts), (WRITTEN, self.written.counts))
        return {kind: counts[kind] for kinds, counts in parts for kind in kinds if counts.get(kind)}

    @property
    def is_empty(self) -> bool:
        """Whether nothing of any kind was found."""
        return not self.counts

    @property
    def number(self) -> int:
        """How much was found, of any kind."""
        return sum(self.counts.values())

    @property
    def _named_kinds(self) -> tuple[str, ...]:
        """Of what is found by its name, files alone stand in a place and come from somebody."""
        return (FILE,) if self.wanted.narrowed or self.asking.is_narrowed else NAMED

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
            missed=self._missed(),
        )

    def _missed(self) -> str:
        """The words to be reported as found by nobody: those of a question without operators and filters."""
        typed, wanted = self.asking.typed, self.wanted
        is_first = wanted.page == 1 and not wanted.kind and not wanted.narrowed
        return typed.text if is_first and typed.is_plain and self.is_empty else ""

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

        Without words there are no best ones.
        """
        kind, asked = self.wanted.kind, self.asking.named()
        has_words = asked.text.strip() or asked.phrases or asked.topics
        if not has_words or (kind in NAMED and kind not in self._named_kinds):
            return Hits(0)
        if kind in NAMED:
            return self._ask((kind,), PAGE, prefix=True)
        return self._ask(self._named_kinds, 0 if kind or self.wanted.page > 1 else BEST_NAMED, prefix=True)

    def _written(self) -> Hits:
        """A page of texts; only their number when something else is wanted."""
        kind = self.wanted.kind
        return self._ask((kind,) if kind in WRITTEN else WRITTEN, 0 if kind in NAMED else PAGE, prefix=False)

    def _texts(self) -> tuple[FoundText, ...]:
        """The page's texts."""
        return results.texts(self.actor, [hit.id for hit in self.written.hits], self._marker())

    def _ask(self, kinds: Sequence[str], limit: int, *, prefix: bool) -> Hits:
        return engine().search(narrowed(self._query(kinds, limit, prefix=prefix), self.scope))

    def _query(self, kinds: Sequence[str], limit: int, *, prefix: bool) -> Query:
        """What was typed, as the index is asked; not yet narrowed by the filters."""
        return replace(
            self.asking.named() if prefix else self.asking.written(),
            kinds=tuple(kinds),
            order="newest" if self.wanted.order == NEWEST else "relevance",
            limit=limit,
            offset=(self.wanted.page - 1) * PAGE,
            of_each_kind=limit == BEST_NAMED,
            fuzzy=not prefix and len(self.asking.typed.words) >= LONG,
            **whereabouts(self.actor),
        )

    def _marker(self, *, prefix: bool = False) -> Marker:
        """Marks the words, and the topics that were asked for."""
        query = self.asking.named() if prefix else self.asking.written()
        topics = (f"#{name}" for name in self.asking.typed.of(TOPIC_OPERATOR))
        return Marker.of(replace(query, text=" ".join((*topics, query.text))))

    def _ids(self, kind: str) -> list[int]:
        return [hit.id for hit in self.named.hits if hit.kind == kind]
