"""One word in the spellings in which people write it: Russian in Latin letters and back, codes with letters that look
alike, and the other keyboard layout.

Several ways of writing Russian in Latin letters are in use at once: of passports, of everyday life, of people who
chose one for themselves. Those here are whole ways, so that a word has few spellings and not every mixture of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from app.lib.text import fold, swap_layout, transliterate

#: More spellings of a word than this are not given.
MOST = 6

_CYRILLIC = re.compile("[а-яё]")
_LATIN = re.compile("[a-z]")
_DIGIT = re.compile("[0-9]")

#: Each way: replacements before the everyday spelling of the remaining letters, in their order.
_WAYS: tuple[tuple[tuple[str, str], ...], ...] = (
    (),
    # Passports: Aleksei, Iuliia, Khachaturian, Tsvetkova.
    (("й", "i"), ("ю", "iu"), ("я", "ia"), ("ъ", "ie")),
    # As many sign: Alexey, Yulia, Dmitry, Natalia.
    (("кс", "x"), (r"ия\b", "ia"), (r"ья\b", "ia"), (r"(ий|ый)\b", "y")),
    # Without two letters where one will do: Julia, Hohlova, Schukina, Cvetkova, Dmitri.
    (("х", "h"), ("щ", "sch"), ("ц", "c"), (r"(ия|ья)\b", "ia"), (r"(ий|ый)\b", "i"), ("ю", "ju"), ("я", "ja"),
     ("й", "j")),
    # As it sounds: Yevgeny, Shukina, Pyotr, Haritonov.
    ((r"\bе", "ye"), ("ё", "yo"), ("х", "h"), ("щ", "sh"), (r"(ий|ый)\b", "y"), ("кс", "x")),
)  # fmt: skip

#: Latin letters as they sound in Russian names, longest first; of two readings the second is the rarer.
_SOUNDS: tuple[tuple[str, str, str], ...] = (
    ("shch", "щ", "щ"), ("iya", "ия", "ия"), ("iia", "ия", "ия"), ("hn", "н", "н"), ("sch", "щ", "ш"),
    ("zh", "ж", "ж"), ("kh", "х", "х"), ("ts", "ц", "ц"), ("tz", "ц", "ц"), ("ch", "ч", "х"), ("sh", "ш", "щ"),
    ("ph", "ф", "ф"), ("th", "т", "т"), ("ck", "к", "к"), ("yu", "ю", "ю"), ("iu", "ю", "ю"), ("ju", "ю", "джу"),
    ("ya", "я", "ья"), ("ja", "я", "джа"), ("yo", "е", "йо"), ("jo", "е", "джо"), ("ye", "е", "е"),
    ("je", "е", "дже"), ("iy", "ий", "ий"), ("ii", "ий", "ии"), ("ey", "ей", "ей"), ("ay", "ай", "ай"),
    ("oy", "ой", "ой"), ("uy", "уй", "уй"), ("ee", "и", "ии"), ("oo", "у", "у"), ("ei", "ей", "еи"),
    ("ai", "ай", "аи"), ("ia", "ия", "я"), ("a", "а", "а"), ("b", "б", "б"), ("c", "к", "ц"), ("d", "д", "д"),
    ("e", "е", "э"), ("f", "ф", "ф"), ("g", "г", "г"), ("h", "х", "х"), ("i", "и", "и"), ("j", "дж", "й"),
    ("k", "к", "к"), ("l", "л", "л"), ("m", "м", "м"), ("n", "н", "н"), ("o", "о", "о"), ("p", "п", "п"),
    ("q", "к", "к"), ("r", "р", "р"), ("s", "с", "с"), ("t", "т", "т"), ("u", "у", "у"), ("v", "в", "в"),
    ("w", "в", "у"), ("x", "кс", "кс"), ("y", "ы", "и"), ("z", "з", "з"),
)  # fmt: skip
_SOUND = re.compile("|".join(latin for latin, _usual, _rare in _SOUNDS))
_READINGS = (
    {latin: usual for latin, usual, _rare in _SOUNDS},
    {latin: rare for latin, _usual, rare in _SOUNDS},
)
_LATIN_END = re.compile(r"(?<=[bcdfghklmnpqrstvwxz])y\b")

_ALIKE = "авекмнорстух"
_TO_LATIN = str.maketrans(_ALIKE, "abekmhopctyx")
_TO_CYRILLIC = str.maketrans("abekmhopctyx", _ALIKE)


@lru_cache(maxsize=16_384)
def in_latin(word: str) -> tuple[str, ...]:
    """A folded Russian word in the Latin spellings in use, the everyday one first; empty for another word."""
    if not _CYRILLIC.search(word):
        return ()
    return _different(_written(word, way) for way in _WAYS)


@lru_cache(maxsize=16_384)
def in_russian(word: str) -> tuple[str, ...]:
    """A folded Latin word as it would be written in Russian, the likeliest first; empty for another word."""
    if not _LATIN.search(word) or _CYRILLIC.search(word):
        return ()
    heard = _LATIN_END.sub("iy", word)
    return _different(
        _SOUND.sub(lambda found, sounds=sounds: sounds[found.group()], spelled)  # type: ignore[misc]
        for sounds in _READINGS
        for spelled in ((heard, word) if heard != word else (word,))
    )


def of_name(name: str) -> tuple[str, ...]:
    """Other spellings of the words of a name, without those it has: "Юлия" gives "yuliya", "iuliia", "yulia", …"""
    written = _words(name)
    found: dict[str, None] = {}
    for word in written:
        for spelled in (*in_latin(word), *in_russian(word)):
            found.setdefault(spelled)
    return tuple(spelled for spelled in found if spelled not in written)


@lru_cache(maxsize=16_384)
def of_word(word: str) -> tuple[str, ...]:
    """Other spellings under which a word may stand in a text: in the other alphabet; of a code, also as it looks alike
    and as the other keyboard gives it. Without the word itself.
    """
    folded = fold(word)
    if _DIGIT.search(folded):
        if not folded.isalnum() and "-" not in folded:
            return ()
        alike = (folded.translate(_TO_LATIN), folded.translate(_TO_CYRILLIC))
        sounding = (transliterate(folded), _SOUND.sub(lambda found: _READINGS[0][found.group()], folded))
        found = _different((*alike, *sounding, fold(swap_layout(folded))))
        return tuple(each for each in found if each != folded and len(each) == len(folded))
    if not folded.isalpha():
        return ()
    return (*in_latin(folded)[:2], *in_russian(folded)[:2])


def _written(word: str, way: Sequence[tuple[str, str]]) -> str:
    for russian, latin in way:
        word = re.sub(russian, latin, word)
    return transliterate(word)


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", fold(name))


def _different(spellings: Iterator[str] | Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in spellings if each))[:MOST]
