"""What the spine does when a group opens or closes: everything in it follows at once."""

from __future__ import annotations

from sqlalchemy import update

from app.content.models import COMPANY, MEMBERS, ContentItem
from app.core.db import db
from app.groups.models import OPEN


def follow_group(group_id: int, visibility: str) -> None:
    """Give all content of a group the audience its new visibility means, in the open unit of work. One UPDATE."""
    audience = COMPANY if visibility == OPEN else MEMBERS
    db.session.execute(
        update(ContentItem)
        .where(ContentItem.group_id == group_id, ContentItem.audience != audience)
        .values(audience=audience, version=ContentItem.version + 1)
    )
