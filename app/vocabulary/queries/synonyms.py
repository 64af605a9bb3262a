"""Which words mean the same, for search and for the desk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import select

from app.core import shared
from app.core.actor import Actor
from app.core.db import db
from app.core.fulltext.analysis import fold_words
from app.lib.text import squeeze
from app.vocabulary.forms import stems_of
from app.vocabulary.models import Synonym, SynonymGroup
from app.vocabulary.policy import access_desk
from app.vocabulary.schemas import MOST_PARTS, MOST_SHOWN, GroupLine, Vocabulary, WordsPage


def alternatives(text: str) -> tuple[tuple[str, ...], ...]:
    """The groups of which a word or phrase stands in the text, as `Query.alternatives` takes them.

    Read for all now and then, see `app.core.shared`; no statement otherwise.
    """
    known: Vocabulary = shared.recall("synonyms", _read)
    if not known:
        return ()
    return tuple(dict.fromkeys(known[key] for key in _runs(stems_of(text)) if key in known))


def page(actor: Actor, q: str = "") -> WordsPage:
    """The groups in the order of their first words, or those with a word that begins like `q`.

    Two statements. Raises `Forbidden` for all but editors.
    """
    access_desk(actor)
    groups = _groups()
    wanted = fold_words(squeeze(q))
    if wanted:
        groups = [group for group in groups if any(_has(word, wanted) for word in group.words)]
    groups.sort(key=lambda group: fold_words(group.words[0]))
    return WordsPage(q, len(groups), tuple(groups[:MOST_SHOWN]))


def table(actor: Actor) -> list[tuple[str, ...]]:
    """The words of every group. One statement. Raises `Forbidden` for all but editors."""
    access_desk(actor)
    return sorted((group.words for group in _groups()), key=lambda words: fold_words(words[0]))


def _groups() -> list[GroupLine]:
    rows = db.session.execute(
        select(Synonym.group_id, Synonym.written, SynonymGroup.changed_at)
        .join(SynonymGroup, SynonymGroup.id == Synonym.group_id)
        .order_by(Synonym.group_id, Synonym.place)
    )
    words: dict[int, list[str]] = defaultdict(list)
    changed: dict[int, int] = {}
    for row in rows:
        words[row.group_id].append(row.written)
        changed[row.group_id] = row.changed_at
    return [GroupLine(id_, tuple(found), changed[id_]) for id_, found in words.items()]


def _has(word: str, wanted: str) -> bool:
    folded = fold_words(word)
    return folded.startswith(wanted) or f" {wanted}" in folded or f"-{wanted}" in folded


def _read() -> Vocabulary:
    rows = db.session.execute(
        select(Synonym.key, Synonym.group_id, Synonym.written).order_by(Synonym.group_id, Synonym.place)
    ).all()
    words: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for row in rows:
        words[row.group_id] += (row.written,)
    return {row.key: words[row.group_id] for row in rows}


def _runs(stems: list[str]) -> Iterator[str]:
    """Every run of stems that is short enough for a synonym, from left to right."""
    for start in range(len(stems)):
        for end in range(start + 1, min(start + MOST_PARTS, len(stems)) + 1):
            yield " ".join(stems[start:end])
