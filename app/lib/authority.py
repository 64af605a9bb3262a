"""How much authority praise gives a person in a topic, and which title that makes.

Plain arithmetic over what is handed in, so that a score can be computed when something happens, computed again from all
facts, and explained to the person, with one and the same result (docs/experts.md).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import exp2

#: What one act of praise is worth while it is new.
WEIGHTS = {"official": 8.0, "accepted": 5.0, "confirmed": 3.0, "thanked": 3.0, "liked": 1.0, "read": 0.2}
#: After so long praise counts half, in microseconds: half a year.
HALF_LIFE = 182 * 24 * 3600 * 1_000_000
#: Strengths are counted as of this moment, the beginning of 2024: what decays is only how they are read.
EPOCH = 1_704_067_200_000_000
#: Each further act of the same colleague counts this much of the one before.
AGAIN = 0.5
#: What praise from the own shop or department counts.
SAME_PLACE = 0.5
#: The n-th colleague counts n of n + `FEW`: little as long as they are few, nearly in full when they are many.
FEW = 10

#: Titles, the lowest first; 0 is none.
LEARNER, CONNOISSEUR, MASTER = 1, 2, 3
#: Score from which a title can be had.
FROM = {LEARNER: 4.0, CONNOISSEUR: 15.0, MASTER: 40.0}
#: How many have it at most: so many, or this share of all who have a score from which titles begin, whichever is more.
PLACES = {CONNOISSEUR: (10, 0.2), MASTER: (3, 0.05)}


@dataclass(frozen=True, slots=True)
class Praise:
    """One act of praise that a person received in a topic."""

    #: A key of `WEIGHTS`.
    kind: str
    #: Who praised; something of its own for praise of which nobody knows from whom.
    giver: Hashable
    at: int
    #: Whether the giver works in the same shop or department.
    same_place: bool = False
    #: How often the person has praised the giver, in whatever topic.
    returned: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """What one colleague's praise adds to a strength."""

    giver: Hashable
    amount: float
    #: What it would add from the last of many colleagues who owe the person nothing.
    whole: float


def shares(received: Iterable[Praise]) -> list[Share]:
    """What each colleague adds to a person's strength in a topic, as of `EPOCH`; the most generous first.

    The acts of one colleague count less and less, and together at most twice the best of them. Praise from the same
    place counts half, and praise in return one part of as many as there were in return. Then the first colleagues count
    little and those who come after more. So neither a friend nor a ring of friends makes an expert.
    """
    by_giver: dict[Hashable, list[Praise]] = defaultdict(list)
    for each in received:
        by_giver[each.giver].append(each)
    found = [(_whole(acts), _independence(acts[0]), giver) for giver, acts in by_giver.items()]
    found.sort(key=lambda one: (-one[0] * one[1], str(one[2])))
    return [
        Share(giver, whole * independence * place / (place + FEW), whole)
        for place, (whole, independence, giver) in enumerate(found, 1)
    ]


def strength(received: Iterable[Praise]) -> float:
    """A person's strength in a topic, as of `EPOCH`. It changes only with the praise, never with time."""
    return sum(each.amount for each in shares(received))


def _whole(acts: Collection[Praise]) -> float:
    worth = sorted((WEIGHTS[each.kind] * exp2((each.at - EPOCH) / HALF_LIFE) for each in acts), reverse=True)
    return sum(amount * AGAIN**before for before, amount in enumerate(worth))


def _independence(praise: Praise) -> float:
    return (SAME_PLACE if praise.same_place else 1.0) / (1 + praise.returned)


def score(strength: float, now: int) -> float:
    """What a strength is worth at a moment: all praise has aged alike."""
    return strength * exp2((EPOCH - now) / HALF_LIFE)


def least_strength(score: float, now: int) -> float:
    """The strength that is worth so much at a moment."""
    return score * exp2((now - EPOCH) / HALF_LIFE)


def titles(scores: Sequence[float]) -> list[int]:
    """The title of each person in a topic, from everybody's scores there, the highest first.

    The points can be reached in a topic that is new; the number of places keeps a title rare in one that is old.
    """
    scored = sum(each >= FROM[LEARNER] for each in scores)
    room = {title: max(least, int(share * scored)) for title, (least, share) in PLACES.items()}
    made = []
    for place, each in enumerate(scores):
        fitting = (
            title
            for title in (MASTER, CONNOISSEUR, LEARNER)
            if each >= FROM[title] and place < room.get(title, len(scores))
        )
        made.append(next(fitting, 0))
    return made
