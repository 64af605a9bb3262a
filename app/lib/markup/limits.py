"""How much markup is read as markup: parsing costs more than linear time, so it gets a bounded input."""

from app.lib.text import is_blank

#: Longest text people may send, in characters; what a longer one has beyond is shown as plain text.
MAX_SOURCE = 10_000

#: How many `[` may open a link; those after them are plain characters.
MAX_BRACKETS = 200


class MarkupError(ValueError):
    """A text that must not be accepted from a form."""


class TextEmpty(MarkupError):
    """A text in which a reader would see nothing."""


class MarkupTooLong(MarkupError):
    """A text of more than MAX_SOURCE characters; `length` says how many."""

    def __init__(self, length: int) -> None:
        super().__init__(f"{length} characters, at most {MAX_SOURCE} are allowed")
        self.length = length


def check(source: str) -> None:
    """Accept a text from a form, or raise TextEmpty or MarkupTooLong."""
    if len(source) > MAX_SOURCE:
        raise MarkupTooLong(len(source))
    if is_blank(source):
        raise TextEmpty("nothing to read")


def split(source: str) -> tuple[str, str]:
    """Split a text into what is parsed (at most MAX_SOURCE characters, whole lines if possible) and the plain rest."""
    if len(source) <= MAX_SOURCE:
        return source, ""
    line_end = source.rfind("\n", MAX_SOURCE // 2, MAX_SOURCE)
    end = line_end + 1 if line_end >= 0 else MAX_SOURCE
    return source[:end], source[end:]
