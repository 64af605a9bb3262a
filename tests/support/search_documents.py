"""Documents for tests of the search engines."""

from app.core.fulltext.interface import Document, Hits, Query, SearchBackend

KINDS = ("person", "publication", "comment", "topic", "group")


def document(
    id_: int,
    text: str = "",
    *,
    title: str = "",
    kind: str = "publication",
    created: int = 0,
    **others: object,
) -> Document:
    """A document that is company-wide and was written at its id's second unless said otherwise."""
    return Document(kind=kind, id=id_, title=title, text=text, created=created or id_, **others)  # type: ignore[arg-type]


def ids(hits: Hits) -> list[int]:
    return [hit.id for hit in hits.hits]


def found(backend: SearchBackend, text: str) -> list[int]:
    """Ids of everything found company-wide, in ascending order."""
    return sorted(ids(backend.search(Query(text, limit=1000))))
