"""What the spine mounts."""

from app.content.schemas import ContentKind, register_kind
from app.content.service import drafts
from app.content.views import acts, pages
from app.core.feature import Feature, Job

register_kind(ContentKind("news"))

FEATURE = Feature(
    name="content",
    blueprints=(pages.blueprint, acts.blueprint),
    jobs=(Job("content.forget_drafts", 1440, drafts.forget_old),),
)
