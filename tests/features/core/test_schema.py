"""A command in a fresh data folder finds the tables it needs."""

import os
import subprocess
import sys

import pytest

from config import ROOT

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
    ended = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *command],
        cwd=ROOT,
        env={**kept, "SHOPFLOOR_DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert says in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr
