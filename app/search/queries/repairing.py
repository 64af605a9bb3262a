"""Words as they were probably meant: typed in the other keyboard layout, or with a letter amiss.

What a word is compared with is what this person may see: nobody learns by a repair which words stand elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.core.actor import Actor
from app.core.fulltext.analysis import fold_words
from app.core.fulltext.engine import engine
from app.core.fulltext.interface import Query
from app.core.fulltext.stopwords import STOP_WORDS
from app.lib.handles import fold_handle
from app.lib.hashtags import fold_topic, is_topic_name
from app.lib.text import fold, swap_layout
from app.lib.typedquery import FROM, IN, PERSON
from app.search.queries.asking import Asking, handles_of, understand
from app.vocabulary.queries import alternatives

#: Of a long question so many words are looked at.
MOST_WORDS = 12
#: Among so many one chooses.
MOST_CHOICES = 6
#: Shorter words are too like one another to be repaired.
LEAST_LETTERS = 3

#: What the other layout makes of a word, if that is one: «rti,tr» is none.
_ONE_WORD = re.compile(r"\W*[\w-]+\W*")
_TOPIC = "#"
_IN_HANDLE = re.compile(r"[^\W\d_]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z]")
#: Keys that are letters in one of the layouts only.
_SIGNS = "[]{};:'\",.<>`~"


def repaired(asking: Asking) -> Asking | None:
    """The question with the words that nothing has as they were probably meant; None when all are fine or hopeless.

    One to three searches a word, of a millisecond or two each; raises `SearchUnavailable`.
    """
    words = asking.typed.words[:MOST_WORDS]
    return _with(asking, spellings(asking.actor, words))


def relaid(asking: Asking) -> Asking | None:
    """The question with those words in the other layout that nothing has and whose letters differ from the rest.

    In "тариф ghjwtyn" one search for the second; no search at all when all words are of one alphabet.
    """
    words = asking.typed.words[:MOST_WORDS]
    latin = [word for word in words if _LATIN.search(word) and not _CYRILLIC.search(word)]
    cyrillic = [word for word in words if _CYRILLIC.search(word) and not _LATIN.search(word)]
    if not latin or not cyrillic:
        return None
    odd = latin if len(latin) <= len(cyrillic) else cyrillic
    actor = asking.actor
    found = {
        word: swap_layout(word)
        for word in odd
        if len(word) >= LEAST_LETTERS and not _is_known(actor, word) and _is_meant(actor, swap_layout(word))
    }
    return _with(asking, found)


def readdressed(asking: Asking) -> Asking | None:
    """The question with names behind `from:`, `in:` and `@` that nobody has as they were probably meant; None when even
    those name nobody.

    One to three searches for each of their words, two statements for each `@`, and those of `understand`. Raises
    `SearchUnavailable`.
    """
    typed = asking.typed
    handles = [handle for handle in typed.of(PERSON) if f"@{handle}" in asking.filters.unknown]
    for handle in handles:
        meant_by_it = _handles_meant(asking.actor, handle)
        if len(meant_by_it) == 1:
            typed = typed.renamed(PERSON, {handle: meant_by_it[0]})
    for kind in (FROM, IN):
        unknown = {name for name in typed.of(kind) if f"{kind}:{name}" in asking.filters.unknown}
        meant_by = {name: _name_meant(asking.actor, name) for name in unknown}
        typed = typed.renamed(kind, {name: meant for name, meant in meant_by.items() if meant != name})
    meant = asking if typed == asking.typed else understand(asking.actor, str(typed))
    return meant if meant.is_possible else None


def _name_meant(actor: Actor, name: str) -> str:
    words = name.split()[:MOST_WORDS]
    found = spellings(actor, words)
    return " ".join(found.get(word, word) for word in words)


def choices(asking: Asking) -> tuple[str, ...]:
    """What else can be asked where several people may be meant by the only `@` that names nobody; not by too many.

    One to three searches for each of its words, and a statement. Raises `SearchUnavailable`.
    """
    handles = [handle for handle in asking.typed.of(PERSON) if (f"@{handle}",) == asking.filters.unknown]
    if not handles:
        return ()
    meant = _handles_meant(asking.actor, handles[0])
    if not 1 < len(meant) <= MOST_CHOICES:
        return ()
    return tuple(str(asking.typed.renamed(PERSON, {handles[0]: each})) for each in meant)


def _handles_meant(actor: Actor, handle: str) -> tuple[str, ...]:
    """The handle with its words put right if somebody has that, else of everybody whose name they are."""
    words = _IN_HANDLE.findall(handle)[:MOST_WORDS]
    found = spellings(actor, words)
    if not found:
        return ()
    guessed = fold_handle(_IN_HANDLE.sub(lambda word: found.get(word.group(), word.group()), handle))
    return handles_of(guessed, [found.get(word, word) for word in words])


def _with(asking: Asking, found: dict[str, str]) -> Asking | None:
    return asking.of(asking.typed.respelled(found)) if found else None


def spellings(actor: Actor, words: Sequence[str]) -> dict[str, str]:
    """How those words were probably meant that nothing has, in no form and not as a beginning.

    One to three searches for each of them, one for any other. Raises `SearchUnavailable`.
    """
    found: dict[str, str] = {}
    unknown = [word for word in words if not _is_common(word) and not _is_known(actor, word)]
    for word in unknown:
        if word.startswith(_TOPIC):
            topic = _topic_meant(actor, word.removeprefix(_TOPIC))
            if topic:
                found[word] = f"{_TOPIC}{topic}"
            continue
        swapped = swap_layout(word)
        if _is_meant(actor, swapped):
            found[word] = swapped
            continue
        for typed in (word.strip(_SIGNS), swapped):
            fixed = _corrected(actor, typed)
            if fixed:
                found[word] = fixed
                break
    if any(_is_other_layout(word, found[word]) for word in found):
        # Whoever typed one word in the other layout typed the little words beside it there too.
        found |= {
            word: swap_layout(word)
            for word in words
            if word not in found and not _is_common(word) and _is_common(swap_layout(word))
        }
    return found


def _topic_meant(actor: Actor, name: str) -> str:
    """The topic of something this person may see that was probably meant, or nothing."""
    for typed in (name, swap_layout(name)):
        words = typed.split("_")
        meant = fold_topic("_".join(_corrected(actor, word) or word for word in words))
        if is_topic_name(meant):
            asked = Query("", topics=(meant,), visible_groups=actor.group_ids, limit=0)
            if engine().search(asked).total:
                return meant
    return ""


def _corrected(actor: Actor, word: str) -> str:
    """The nearest word that is known, or nothing."""
    folded = fold_words(word)
    if len(folded) < LEAST_LETTERS or not _LETTERS.fullmatch(folded):
        return ""
    (fixed,) = engine().correct([folded], visible_groups=actor.group_ids)
    return "" if fixed == folded else fixed


def _is_meant(actor: Actor, swapped: str) -> bool:
    return bool(_ONE_WORD.fullmatch(swapped)) and _is_known(actor, swapped)


def _is_known(actor: Actor, word: str) -> bool:
    """Whether anything this person may see has the word in some form, or a name that begins so."""
    if alternatives(word):
        return True
    asked = Query(text=word, visible_groups=actor.group_ids, limit=0, prefix=True)
    return engine().search(asked).total > 0


def _is_common(word: str) -> bool:
    return fold(word).strip(_SIGNS) in STOP_WORDS


def _is_other_layout(word: str, fixed: str) -> bool:
    return bool(_CYRILLIC.search(word)) != bool(_CYRILLIC.search(fixed))
