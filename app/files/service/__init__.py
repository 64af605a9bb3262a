"""Use cases of files: upload, claim for content, remove, and clearing what nobody claimed."""

from app.files.service.claiming import MAX_FILES, claim, give_up
from app.files.service.clearing import forget_orphans, forget_unclaimed
from app.files.service.uploading import NotKept, upload

__all__ = ["MAX_FILES", "NotKept", "claim", "forget_orphans", "forget_unclaimed", "give_up", "upload"]
