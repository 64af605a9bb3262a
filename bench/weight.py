"""How much is sent, and how many statements a page costs."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys

from bench.clients import Browser
from bench.data import Environment
from bench.report import Goal, Report
from bench.servers import ROOT

PAGES = ("/", "/?feed=company&order=useful", "/questions", "/people", "/groups", "/topics", "/notifications")


def pages(readers: list[Browser], report: Report) -> None:
    """The largest home page of several people."""
    html = max((reader.get("/").encode() for reader in readers), key=len)
    how = f"GET /, the largest of {len(readers)} people's"
    report.add("home feed, HTML", len(html) / 1024, "KiB", how, goal=Goal(most=60))
    report.add("home feed, HTML compressed", len(gzip.compress(html, 6)) / 1024, "KiB", "gzip -6")


def scripts(report: Report) -> None:
    """Every script a page can load, each compressed as it is sent."""
    vendor = ROOT / "static" / "vendor"
    files = [*(ROOT / "static" / "js").rglob("*.js"), *vendor.rglob("*.min.js")]
    size = sum(len(gzip.compress(path.read_bytes(), 9)) for path in files)
    how = f"gzip -9 of {len(files)} files in static/js and static/vendor"
    report.add("JavaScript of all pages, compressed", size / 1024, "KiB", how)


def statements(environment: Environment, token: str, report: Report) -> None:
    """Statements of pages, with a cold and a warm card cache."""
    command = [sys.executable, "-m", "bench.statements", token, *PAGES]
    out = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    ).stdout
    for path, (cold, warm) in json.loads(out.splitlines()[-1]).items():
        how = "python -m bench.statements TOKEN " + path
        report.add(f"statements for {path}", cold, "", how, goal=Goal(most=12), warm=warm)
