"""Prepares the data, runs the measurements, prints every figure and the whole as JSON in the last line."""

from __future__ import annotations

import argparse
import gzip
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from bench.clients import Browser, milliseconds, requests_per_second, summary
from bench.servers import ROOT, Server, serve

#: Who reads and writes in the measurements: people of the demo company, with its printed password.
READER, WRITER, PASSWORD = "100112", "100120", "green-counter-12"


def main() -> None:
    """Measure everything asked for."""
    with ExitStack() as stack:
        _measure(_options(), stack)


def _measure(options: argparse.Namespace, stack: ExitStack) -> None:
    folder = (
        Path(os.environ.get("SHOPFLOOR_BENCH_DIR", ROOT / "var" / "bench"))
        / f"{options.size}-{options.database}"
    )
    environment = {"SHOPFLOOR_DATA_DIR": str(folder), "SHOPFLOOR_LOG_LEVEL": "WARNING"}
    if options.database == "postgresql":
        if not os.environ.get("SHOPFLOOR_DATABASE_URL"):
            raise SystemExit("for PostgreSQL set SHOPFLOOR_DATABASE_URL to an empty database")
        environment["SHOPFLOOR_DATABASE_URL"] = os.environ["SHOPFLOOR_DATABASE_URL"]
    _prepare(folder, options.size, environment)
    if options.database == "sqlite":
        # The measurements write; the next run finds the data as it was made.
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=folder.parent)))
        shutil.copytree(folder, scratch, dirs_exist_ok=True)
        environment["SHOPFLOOR_DATA_DIR"] = str(scratch)
    figures: dict[str, object] = {"size": options.size, "database": options.database}
    with serve("bench.hello:flask_app", {}) as server:
        _hello(server, figures, options.seconds)
    with serve("wsgi:flask_app", environment) as server:
        reader, writer = Browser(server.port), Browser(server.port)
        reader.sign_in(READER, PASSWORD)
        writer.sign_in(WRITER, PASSWORD)
        _reading(server, reader, figures, options.seconds)
        _writing(writer, figures)
        _arriving(reader, writer, figures)
        _finding(reader, writer, figures)
        figures["memory_mb"] = round(server.memory() / 1e6)
        _say("resident memory of the process, MB", figures["memory_mb"])
    figures["statements"] = _statements(environment)
    _say("statements for the home page (cold cards, warm cards)", figures["statements"])
    figures["javascript_gzip_bytes"] = _javascript()
    _say("all JavaScript, compressed, bytes", figures["javascript_gzip_bytes"])
    print(json.dumps(figures))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--size", choices=("small", "1x", "10x"), default="1x")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seconds", type=int, default=8, help="how long each throughput is measured")
    return parser.parse_args()


def _prepare(folder: Path, size: str, environment: dict[str, str]) -> None:
    """A demo company of this size, made once and kept."""
    done = folder / "prepared"
    if done.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    flask = [sys.executable, "-m", "flask", "--app", "wsgi"]
    for command in (["db", "upgrade"], ["demo", "load", "--size", size]):
        subprocess.run([*flask, *command], cwd=ROOT, env={**os.environ, **environment}, check=True)
    done.touch()


def _say(what: str, figure: object) -> None:
    print(f"{what}: {figure}", flush=True)


def _hello(server: Server, figures: dict[str, object], seconds: int) -> None:
    browser = Browser(server.port)
    milliseconds(lambda: browser.request("GET", "/"), 50)
    figures["hello"] = summary(milliseconds(lambda: browser.request("GET", "/"), 500))
    figures["hello_rps"] = requests_per_second(server.port, "/", {}, at_once=8, seconds=seconds)
    _say("hello, one at a time", figures["hello"])
    _say("hello, 8 at once, requests/s", figures["hello_rps"])


def _reading(server: Server, reader: Browser, figures: dict[str, object], seconds: int) -> None:
    start = time.perf_counter()
    _status, page = reader.request("GET", "/?feed=company")
    figures["home_cold_ms"] = round((time.perf_counter() - start) * 1000, 2)
    figures["home_bytes"] = len(page.encode())
    figures["home_gzip_bytes"] = len(gzip.compress(page.encode(), 6))
    milliseconds(lambda: reader.request("GET", "/"), 30)
    figures["home_warm"] = summary(milliseconds(lambda: reader.request("GET", "/"), 300))
    figures["home_rps"] = requests_per_second(server.port, "/", reader.cookies, at_once=8, seconds=seconds)
    _say("home feed, first after start, ms", figures["home_cold_ms"])
    _say("home feed, HTML bytes (compressed)", (figures["home_bytes"], figures["home_gzip_bytes"]))
    _say("home feed, warm, one at a time", figures["home_warm"])
    _say("home feed, warm, 8 at once, requests/s", figures["home_rps"])


def _writing(writer: Browser, figures: dict[str, object]) -> None:
    made: list[str] = []
    publishing = milliseconds(lambda: made.append(writer.publish("Замер: новая витрина #витрина")), 40)
    root = made[0]

    def comment() -> None:
        form = {"body": "Замер: комментарий", "idempotency_key": secrets.token_hex(8)}
        writer.request("POST", f"/p/{root}/comments", form)

    def like() -> None:
        writer.request("POST", f"/items/{made.pop()}/like", {"on": "1"}, Accept="application/json")

    commenting = milliseconds(comment, 40)
    figures["publish"], figures["comment"] = summary(publishing), summary(commenting)
    figures["like"] = summary(milliseconds(like, 30))
    for name in ("publish", "comment", "like"):
        _say(name, figures[name])


def _arriving(reader: Browser, writer: Browser, figures: dict[str, object]) -> None:
    page = reader.socket()
    taken = []
    for _ in range(10):
        start = time.perf_counter()
        writer.publish("Замер: живая лента")
        while "feed" not in str(page.receive(timeout=10)):
            continue
        taken.append((time.perf_counter() - start) * 1000)
    page.close()
    figures["arrival"] = summary(taken)
    _say("from the tap on Publish to the hint on another's page", figures["arrival"])


def _finding(reader: Browser, writer: Browser, figures: dict[str, object]) -> None:
    taken = []
    # The first waits for what the measurements before it have left to do.
    for _ in range(6):
        word = "замер" + "".join(secrets.choice("бвгджзклмн") for _ in range(10))
        start = time.perf_counter()
        public_id = writer.publish(f"Ищем слово {word}")
        while public_id not in reader.request("GET", f"/search?q={word}")[1]:
            if time.perf_counter() - start > 300:
                raise SystemExit("a publication was not found in five minutes")
        taken.append((time.perf_counter() - start) * 1000)
    figures["search_freshness"] = summary(taken[1:])
    _say("from the tap on Publish to being found", figures["search_freshness"])


def _statements(environment: dict[str, str]) -> list[int]:
    """Statements of the home page in a process of its own, with a cold and a warm card cache."""
    command = [sys.executable, "-m", "bench.statements", READER]
    settings = {**os.environ, **environment, "SHOPFLOOR_WORKER": "none"}
    out = subprocess.run(command, cwd=ROOT, env=settings, check=True, capture_output=True, text=True).stdout
    counts: list[int] = json.loads(out.splitlines()[-1])
    return counts


def _javascript() -> int:
    """Bytes of every script a page can load, each compressed as it is sent."""
    vendor = ROOT / "static" / "vendor"
    scripts = [*(ROOT / "static" / "js").rglob("*.js"), vendor / "htmx" / "htmx.min.js"]
    scripts += list((vendor / "socket.io-client").glob("*.min.js"))
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in scripts)


if __name__ == "__main__":
    main()
