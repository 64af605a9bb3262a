"""How "most useful" is sorted.

The idea is that of Reddit's published "hot" order: a logarithm of what people made of a publication, plus its age on
the same scale. The value never needs to be recomputed as time passes, so an index sorts by it.
"""

from __future__ import annotations

import math

#: A publication ten times as useful stands beside one that is this much newer, in microseconds: two days.
TENFOLD = 2 * 24 * 3600 * 1_000_000


def usefulness(published_at: int, *, likes: int, comments: int, answered: bool) -> int:
    """The sort value of a publication, in microseconds on the scale of its publication moment."""
    weight = 1 + likes + 0.5 * comments + (10 if answered else 0)
    return published_at + int(math.log10(weight) * TENFOLD)
