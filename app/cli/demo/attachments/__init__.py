"""Pictures and files of the demo company: drawn and written here, small and pleasant."""

from __future__ import annotations

from functools import cache

from app.cli.demo.attachments.documents import DOCUMENTS
from app.cli.demo.attachments.made import Document, Drawing
from app.cli.demo.attachments.scenes import SCENES

__all__ = ["FITTING", "VARIANTS", "Document", "Drawing", "make"]

#: What hangs on a publication with the topic: the first that fits.
FITTING: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("витрина", ("shelf",)),
    ("ценники", ("price-tag",)),
    ("выкладка", ("shelf", "price-tag")),
    ("команда", ("counter",)),
    ("терминал", ("terminal",)),
    ("лайфхак", ("counter",)),
    ("итоги", ("results",)),
    ("инвентаризация", ("stock-list",)),
    ("results", ("results",)),
    ("наставники", ("first-day",)),
    ("planogram", ("shelf",)),
)


#: How many different pictures of a name there are.
VARIANTS = 3


@cache
def make(name: str, variant: int) -> Drawing | Document:
    """Make the picture or file of this name; variants differ in colours and figures. Raises `KeyError` for a stranger.

    A picture takes some tenths of a second, and is kept.
    """
    return (SCENES | DOCUMENTS)[name](variant)
