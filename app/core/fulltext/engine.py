"""The search engine of the running application."""

from app.core.fulltext.interface import SearchBackend

_engine: SearchBackend | None = None


def use_engine(backend: SearchBackend) -> None:
    """Set the engine; called once by the composition root."""
    global _engine
    _engine = backend


def engine() -> SearchBackend:
    """The engine that was set. Raises `RuntimeError` before that."""
    if _engine is None:
        raise RuntimeError("no search engine is set")
    return _engine
