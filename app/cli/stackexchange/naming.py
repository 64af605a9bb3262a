"""Names of the other site in our terms: topics from tags, parts of a person's name, licences, links."""

import re
from datetime import UTC, datetime

from app.lib.hashtags import MAX_TOPIC, is_topic_name
from app.lib.text import clean_line, is_blank
from app.people.schemas import Naming

_SPELLED = (("c++", "cpp"), ("+", "-plus"), ("#", "-sharp"), (".", "-"))
_NOT_IN_TOPICS = re.compile(r"[^\w-]+")
_HYPHENS = re.compile(r"-{2,}")

#: From which moment contributions stand under which licence, newest first; for dumps that do not say so themselves.
_LICENCES = (
    (datetime(2018, 5, 2, tzinfo=UTC), "CC BY-SA 4.0"),
    (datetime(2011, 4, 8, tzinfo=UTC), "CC BY-SA 3.0"),
    (datetime.min.replace(tzinfo=UTC), "CC BY-SA 2.5"),
)


def topic_name(tag: str) -> str:
    """The topic for a tag: the tag itself where it can be written behind "#", else its nearest spelling."""
    if is_topic_name(tag):
        return tag
    name = tag
    for sign, spelling in _SPELLED:
        name = name.replace(sign, spelling)
    name = _HYPHENS.sub("-", _NOT_IN_TOPICS.sub("-", name)).strip("-")[:MAX_TOPIC].rstrip("-")
    if is_topic_name(name):
        return name
    return f"tag-{name}"[:MAX_TOPIC].rstrip("-") if name else "tag"


def naming_of(display_name: str, fallback: str) -> Naming:
    """A display name as first and last name; `fallback` for one in which nothing is visible."""
    name = clean_line(display_name, 120)
    if is_blank(name):
        name = fallback
    first, _, last = name.partition(" ")
    return Naming(first, last)


def licence_of(stated: str, created: datetime) -> str:
    """The licence a row states, or the one that was in force when it was written."""
    return stated or next(licence for since, licence in _LICENCES if created >= since)


def post_url(site: str, post_id: int, *, is_question: bool) -> str:
    """The short address of a question or an answer."""
    return f"https://{site}/{'q' if is_question else 'a'}/{post_id}"


def comment_url(site: str, comment_id: int) -> str:
    """The address that leads to a comment."""
    return f"https://{site}/posts/comments/{comment_id}"


def user_url(site: str, user_id: int) -> str:
    """The address of a user's profile."""
    return f"https://{site}/users/{user_id}"
