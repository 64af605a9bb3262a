"""What files mount."""

from app.core.feature import Feature, Job
from app.files import service
from app.files.cli import files_group
from app.files.views import blueprint

FEATURE = Feature(
    name="files",
    blueprints=(blueprint,),
    jobs=(
        Job("files.forget_unclaimed", 60, service.forget_unclaimed),
        Job("files.forget_orphans", 1440, service.forget_orphans),
        Job("files.make_sizes", 5, service.make_sizes),
    ),
    commands=(files_group,),
)
