"""Running a few lines of the product's code in a process of their own, to race or to be killed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.support.sources import ROOT


def start_script(script: str, *arguments: object, database: str, folder: Path) -> subprocess.Popen[str]:
    """Run Python `script` on the database at an address, with `folder` for its files; talk to it by text lines."""
    settings = {"DATABASE_URL": database, "DATA_DIR": str(folder), "WORKER": "none", "LOG_LEVEL": "ERROR"}
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        env={
            **os.environ,
            **{f"SHOPFLOOR_{name}": value for name, value in settings.items()},
            "PYTHONPATH": str(ROOT),
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
