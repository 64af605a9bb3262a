"""What the spine mounts."""

from app.content.policy import may_read
from app.content.schemas import ContentKind, register_kind
from app.content.service import drafts
from app.content.views import acts, pages
from app.core.feature import Feature, Job
from app.files.policy import register_parent_rule

register_kind(ContentKind("news"))
register_parent_rule(may_read)

FEATURE = Feature(
    name="content",
    blueprints=(pages.blueprint, acts.blueprint),
    jobs=(Job("content.forget_drafts", 1440, drafts.forget_old),),
)
