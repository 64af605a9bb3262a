"""The line of topics below a text: forms show it as a field of its own."""

import re

from app.lib.hashtags import fold_topic, is_topic_name

_TOPICS = r"[ \t]*((?:[#＃][^\s#＃,]+[ \t,]*)+)\s*\Z"
#: The last line of a text, when it consists of topics alone.
_LAST_LINE = re.compile(rf"(?:\A|\n){_TOPICS}")
#: The same, or topics after the last sentence.
_LAST_WORDS = re.compile(rf"(?:\A|\n|(?<=[.!?…])){_TOPICS}")


def topic_names(written: str) -> list[str] | None:
    """The topics somebody typed, with or without "#", each once; None when a word can be no topic."""
    names: dict[str, str] = {}
    for word in written.replace(",", " ").replace(";", " ").split():
        name = word.lstrip("#＃")
        if not is_topic_name(name):
            return None
        names.setdefault(fold_topic(name), name)
    return list(names.values())


def with_topics(text: str, names: list[str]) -> str:
    """A text with its topics on the last line."""
    text = text.rstrip()
    return f"{text}\n\n{' '.join(f'#{name}' for name in names)}" if names and text else text


def split_topics(source: str, *, sentences: bool = False) -> tuple[str, str]:
    """A text without its last line of topics, and that line: the other way of `with_topics`.

    With `sentences` topics after the last sentence are taken as well.
    """
    found = (_LAST_WORDS if sentences else _LAST_LINE).search(source)
    names = topic_names(found.group(1)) if found is not None else None
    if found is None or not names:
        return source, ""
    return source[: found.start()].rstrip(), " ".join(f"#{name}" for name in names)
