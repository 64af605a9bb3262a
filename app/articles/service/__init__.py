"""Use cases of articles: write, change, restore; check again, pass on, hand over; read."""

from app.articles.service.caring import confirm, leave_with_owner, pass_on, take_over
from app.articles.service.handing_over import hand_over
from app.articles.service.reading import forget_person, saw
from app.articles.service.reminding import remind
from app.articles.service.writing import change, joined, restore, write

__all__ = [
    "change",
    "confirm",
    "forget_person",
    "hand_over",
    "joined",
    "leave_with_owner",
    "pass_on",
    "remind",
    "restore",
    "saw",
    "take_over",
    "write",
]
