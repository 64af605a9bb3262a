"""Use cases of files: upload, claim for content, remove, make sizes, and clearing what nobody claimed."""

from app.files.service.claiming import MAX_FILES, claim, give_up
from app.files.service.clearing import forget_orphans, forget_unclaimed
from app.files.service.copying import copy
from app.files.service.sizes import AT_ONCE, make_sizes, waiting
from app.files.service.uploading import NotKept, upload

__all__ = [
    "AT_ONCE",
    "MAX_FILES",
    "NotKept",
    "claim",
    "copy",
    "forget_orphans",
    "forget_unclaimed",
    "give_up",
    "make_sizes",
    "upload",
    "waiting",
]
