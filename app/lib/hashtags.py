"""What makes a topic: the rules for `#words` in text, and when two of them are one.

The rules follow twitter-text: letters of any script, their marks, digits and underscores, at least one letter, and a
boundary in front. Ours allow a single hyphen between two parts as well ("вопрос-ответ", "help-desk").
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from app.lib.characters import MARKS
from app.lib.paths import segment
from app.lib.text import fold

#: Longest topic name in characters; a longer word after `#` is not a topic.
MAX_TOPIC = 100

# Signs that some scripts write inside a word: Hebrew, Japanese, Tibetan, Catalan.
_WORD_SIGNS = "\u05be\u05f3\u05f4\uff5e\u301c\u309b\u309c\u30a0\u30fb\u3003\u0f0b\u0f0c\u00b7"
_ZERO_WIDTH_JOINERS = "\u200c\u200d"
_HYPHENS = "\\-\u2010\u2011"

_CHAR = rf"[\w{MARKS}{_WORD_SIGNS}]"
_NAME = rf"[\w{_WORD_SIGNS}]{_CHAR}*+(?:[{_HYPHENS}{_ZERO_WIDTH_JOINERS}]{_CHAR}++)*+"
_TOPIC = re.compile(rf"[#＃]({_NAME})(?![#＃]|://)")
_WHOLE_NAME = re.compile(_NAME)
_MARKER = re.compile("[#＃]")
_CANNOT_PRECEDE = re.compile(rf"[\w{MARKS}{_WORD_SIGNS}&/]")
_ANY_HYPHEN = re.compile("[\u2010\u2011]")
_INVISIBLE = re.compile(rf"[{_ZERO_WIDTH_JOINERS}\s]")


@dataclass(frozen=True, slots=True)
class TopicMatch:
    """A topic found in a text: `text[start:end]` is the marker and the name."""

    start: int
    end: int
    name: str


def match_topic(text: str, at: int) -> TopicMatch | None:
    """Return the topic whose `#` stands at `text[at]`, or None when there is none."""
    found = _TOPIC.match(text, at)
    if found is None or (at > 0 and _CANNOT_PRECEDE.match(text, at - 1)):
        return None
    name = found.group(1)
    if len(name) > MAX_TOPIC or not _has_letter(name):
        return None
    return TopicMatch(at, found.end(), unicodedata.normalize("NFC", name))


def find_topics(text: str) -> Iterator[TopicMatch]:
    """Yield the topics of a plain text from left to right. Linear."""
    for marker in _MARKER.finditer(text):
        topic = match_topic(text, marker.start())
        if topic is not None:
            yield topic


def is_topic_name(name: str) -> bool:
    """Tell whether `name` (without `#`) is what a topic can be called, whole and as it stands."""
    return len(name) <= MAX_TOPIC and _WHOLE_NAME.fullmatch(name) is not None and _has_letter(name)


def fold_topic(name: str) -> str:
    """Return the key of a topic: equal for "Акции" and "акции", "ёлка" and "елка", full and half width. Idempotent."""
    visible = _INVISIBLE.sub("", fold(name)).lstrip("#＃ ")
    return fold(_ANY_HYPHEN.sub("-", visible))


def topic_path(name: str) -> str:
    """Return the path of a topic's page, for any spelling of its name."""
    return "/topics/" + segment(fold_topic(name))


def _has_letter(name: str) -> bool:
    return any(unicodedata.category(char)[0] == "L" for char in name)
