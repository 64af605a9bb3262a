"""How often something may be done: moving windows counted in this process, or in Redis where there are several.

A limit is soft: it passes by itself as the window moves on, nothing is ever locked. Should Redis be out of reach, the
counting goes on in this process.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from limits import RateLimitItemPerSecond
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter, RateLimiter

log = logging.getLogger(__name__)

_here: RateLimiter = MovingWindowRateLimiter(MemoryStorage())
_shared: RateLimiter | None = None


class Limit:
    """At most `times` in `seconds` for each key. `name` keeps the keys of different limits apart."""

    def __init__(self, name: str, times: int, seconds: int) -> None:
        self.seconds = seconds
        self._item = RateLimitItemPerSecond(times, seconds, namespace=f"shopfloor:{name}")

    def hit(self, key: str) -> bool:
        """Count one for `key`; False when that is one too many."""
        return _ask(lambda limiter: limiter.hit(self._item, key))

    def is_used_up(self, key: str) -> bool:
        """Whether the next one would be too many; counts nothing."""
        return _ask(lambda limiter: not limiter.test(self._item, key))

    def forget(self, key: str) -> None:
        """Begin anew for `key`."""

        def clear(limiter: RateLimiter) -> bool:
            limiter.clear(self._item, key)
            return True

        _ask(clear)


def use_storage(redis_url: str) -> None:
    """Count anew: in the Redis at `redis_url`, or in this process when it is empty; called at start."""
    global _here, _shared
    _here = MovingWindowRateLimiter(MemoryStorage())
    _shared = MovingWindowRateLimiter(RedisStorage(redis_url, wrap_exceptions=True)) if redis_url else None


def _ask(question: Callable[[RateLimiter], bool]) -> bool:
    if _shared is not None:
        try:
            return question(_shared)
        except StorageError:
            log.warning("Redis does not answer; this process counts by itself")
    return question(_here)
