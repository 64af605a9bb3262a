"""What this feature mounts."""

from app.cli.demo.command import demo_group
from app.cli.doctor import doctor
from app.cli.imports import import_group
from app.cli.maintenance import maintenance_command
from app.cli.questions_group import questions_group
from app.cli.reputation_group import reputation_group
from app.cli.worker import deliver, worker
from app.core.feature import Feature

FEATURE = Feature(
    name="cli",
    commands=(
        import_group,
        demo_group,
        reputation_group,
        questions_group,
        doctor,
        maintenance_command,
        worker,
        deliver,
    ),
)
