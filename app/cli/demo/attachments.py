"""Pictures and files of the demo company: drawn and written here, small and pleasant."""

from __future__ import annotations

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
