"""Plain text: comparing it, tidying it, shortening it, and reading it typed in the wrong alphabet or layout."""

import re
import unicodedata

from app.lib.characters import clean_characters

_STRESS = re.compile("(?<=[\u0400-\u04ff])[\u0300\u0301]+")
_ZERO_WIDTH_ENDS = "\u200b\u200c\u200d\u200e\u200f\u2060\u061c\u00ad"
_TRAILING_PUNCTUATION = " \t,;:.!?-–—(«\"'"

# These look like nothing although their category says letter, symbol or mark.
_INVISIBLE = frozenset("\u2800\u3164\u115f\u1160\uffa0\u034f\u17b4\u17b5\u180b\u180c\u180d\u180f") | {
    chr(point) for point in range(0xFE00, 0xFE10)
}

_LATIN_BY_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu",
    "я": "ya", "і": "i", "ї": "yi", "є": "ye", "ґ": "g", "ў": "u",
}  # fmt: skip

_QWERTY = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./" + '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?'
_YTSUKEN = "ёйцукенгшщзхъфывапролджэячсмитьбю." + "ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"
_TO_YTSUKEN = str.maketrans(_QWERTY, _YTSUKEN)
_TO_QWERTY = str.maketrans(_YTSUKEN, _QWERTY)
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z]")


def fold(text: str) -> str:
    """Return the form under which two spellings of the same words are equal.

    Compatibility forms, case, ё/е and stress marks over Cyrillic vowels make no difference. Idempotent. White space is
    left as it is; see `squeeze`.
    """
    if text.isascii():
        return text.lower()
    previous = ""
    while previous != text:
        previous, text = text, _fold_once(text)
    return text


def _fold_once(text: str) -> str:
    text = _STRESS.sub("", unicodedata.normalize("NFKC", text))
    return unicodedata.normalize("NFKC", text.casefold()).replace("ё", "е")


def squeeze(text: str) -> str:
    """Return `text` on one line, with single spaces and none at the ends."""
    return " ".join(text.split())


def in_a_row(text: str) -> str:
    """Return `text` on one line as `squeeze` does, with a dot where a heading or a line of a list would run on.

    Such a line ends in a letter or a digit, and what follows does not begin with a small letter.
    """
    row = ""
    for line in filter(None, map(squeeze, text.splitlines())):
        apart = row[-1:].isalnum() and not line[0].islower()
        row += (" · " if apart else " ") + line if row else line
    return row


def is_blank(text: str) -> bool:
    """Tell whether a reader would see nothing: only spaces, control, format and other invisible characters."""
    return all(char in _INVISIBLE or unicodedata.category(char) in _BLANK_CATEGORIES for char in text)


_BLANK_CATEGORIES = frozenset(("Cc", "Cf", "Cs", "Zs", "Zl", "Zp"))


def clean_line(text: str, limit: int) -> str:
    """Return `text` as the value of a one-line field, at most `limit` characters long; "" when nothing is visible."""
    line = squeeze(clean_characters(text[: limit * 4])).strip(_ZERO_WIDTH_ENDS + " ")
    if is_blank(line):
        return ""
    return _cut(line, limit).rstrip()


def excerpt(text: str, n: int) -> str:
    """Return the beginning of `text` on one line, at most `n` characters, cut between words and closed with "…"."""
    line = squeeze(text)
    if len(line) <= n:
        return line
    if n < 1:
        return ""
    head = _cut(line, n - 1)
    space = head.rfind(" ") if line[len(head)] != " " else len(head)
    if space > n // 2:
        head = head[:space]
    return head.rstrip(_TRAILING_PUNCTUATION) + "…"


def _cut(line: str, n: int) -> str:
    """Cut to `n` characters, but not between a letter or emoji and what is joined to it."""
    if len(line) <= n:
        return line
    end = n
    while end > 0 and n - end < 16 and (_joins(line[end]) or line[end - 1] == "\u200d"):
        end -= 1
    return line[: end or n]


def _joins(char: str) -> bool:
    return char == "\u200d" or unicodedata.category(char)[0] == "M"


def transliterate(text: str) -> str:
    """Return `text` with Cyrillic letters in everyday Latin spelling ("Юлия Щукина" → "Yuliya Shchukina")."""
    letters = unicodedata.normalize("NFC", text)
    return "".join(_latin(letters, at) for at in range(len(letters)))


def _latin(letters: str, at: int) -> str:
    char = letters[at]
    latin = _LATIN_BY_CYRILLIC.get(char.lower())
    if latin is None:
        return char
    if not char.isupper():
        return latin
    neighbour = letters[at + 1 : at + 2] or letters[at - 1 : at]
    return latin.upper() if neighbour.isupper() else latin.capitalize()


def swap_layout(text: str) -> str:
    """Return what the same keys give in the other keyboard layout ("fyyf" ↔ "анна").

    The alphabet with more letters in `text` tells from which layout to leave; text without letters is read as QWERTY.
    """
    is_russian = len(_CYRILLIC.findall(text)) > len(_LATIN.findall(text))
    return text.translate(_TO_QWERTY if is_russian else _TO_YTSUKEN)
