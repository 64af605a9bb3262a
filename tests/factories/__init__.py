"""Makes the people, places and texts a test needs, in the product's words, with sensible defaults.

Every function commits (into the test's savepoint) and returns the saved row. Needs the fixture `database`.
"""

from tests.factories.content import answer, comment, like, publication, question, written
from tests.factories.groups import group, join
from tests.factories.people import actor, department, follow, person, position, region, shop
from tests.factories.topics import priority, subscribe, topic

__all__ = [
    "actor",
    "answer",
    "comment",
    "department",
    "follow",
    "group",
    "join",
    "like",
    "person",
    "position",
    "priority",
    "publication",
    "question",
    "region",
    "shop",
    "subscribe",
    "topic",
    "written",
]
