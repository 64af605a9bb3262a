"""`flask reputation …`, the part that knows of other sites; joined with the commands of the ledger itself."""

from flask.cli import AppGroup

from app.cli.stackexchange.replaying import check_badges, replay_stackexchange
from app.core.schema import make_if_fresh

reputation_group = AppGroup(
    "reputation",
    callback=make_if_fresh,
    help="The ledger of reputation points: check it, bring it up to date.",
)
reputation_group.add_command(replay_stackexchange)
reputation_group.add_command(check_badges)
