"""A command in a fresh data folder finds the tables it needs."""

import os

import pytest

from tests.support.scripts import Script

#: What `flask` is, with its complaints among what it says.
FLASK = """
import os, sys
from flask.cli import main
os.dup2(1, 2)
main()
"""

pytestmark = [pytest.mark.slow, pytest.mark.only_on("sqlite")]


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (("token", "create", "000123"), "Nobody has the personnel number 000123"),
        (("demo", "sign-ins"), ""),
        (("search", "rebuild"), "0 documents indexed"),
    ],
)
def test_a_command_makes_the_tables_of_a_fresh_database(tmp_path, command, says):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SHOPFLOOR_")}
    ended = Script(FLASK, ["--app", "wsgi", *command], {**kept, "SHOPFLOOR_DATA_DIR": str(tmp_path)})
    said, _ = ended.communicate(timeout=120)

    assert says in said
    assert "Traceback" not in said
    assert (tmp_path / "shopfloor.sqlite3").exists()
