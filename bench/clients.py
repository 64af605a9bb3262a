"""Clients that measure: one patient browser, or eight at once."""

from __future__ import annotations

import http.client
import json
import re
import secrets
import shutil
import statistics
import subprocess
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from simple_websocket import Client as WebSocket


@dataclass
class Browser:
    """A signed-in person with one kept-alive connection."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    csrf: str = ""

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def request(
        self, method: str, path: str, form: dict[str, str] | None = None, **headers: str
    ) -> tuple[int, str]:
        """Send a request; (status, text)."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {
            "Cookie": cookie,
            "X-CSRFToken": self.csrf,
            **{k.replace("_", "-"): v for k, v in headers.items()},
        }
        body = None
        if form is not None:
            body = urlencode(form)
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        address = quote(path, safe="/?&=%:")
        try:
            self._connection.request(method, address, body, sent)
            answer = self._connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            # The server ends connections that nobody used for a while.
            self._connection.close()
            self._connection.request(method, address, body, sent)
            answer = self._connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        for line in answer.msg.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, text

    def sign_in(self, who: str, password: str) -> None:
        """Sign in as a person does; stops the run when that fails."""
        _status, page = self.request("GET", "/sign-in")
        self._remember(page)
        fields = set(re.findall(r'<input[^>]*\bname="(\w+)"', page)) - {"csrf_token", "next", "q"}
        names = {"password": password, **{name: who for name in fields if name != "password"}}
        self.request("POST", "/sign-in", names)
        status, page = self.request("GET", "/")
        if status != 200:
            raise SystemExit(f"could not sign in as {who}: {status}")
        self._remember(page)

    def _remember(self, page: str) -> None:
        found = re.search(r'name="csrf-token" content="([^"]+)"', page)
        self.csrf = found.group(1) if found else ""

    def publish(self, text: str) -> str:
        """Publish news; its public id."""
        form = {"kind": "news", "place": "company", "body": text, "idempotency_key": secrets.token_hex(8)}
        status, answer = self.request("POST", "/publications", form, Accept="application/json")
        if status != 201:
            raise SystemExit(f"publishing failed: {status} {answer[:200]}")
        public_id: str = json.loads(answer)["id"]
        return public_id

    def socket(self) -> WebSocket:
        """The live socket of an open page, past its handshake."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        address = f"ws://127.0.0.1:{self.port}/socket.io/?EIO=4&transport=websocket"
        connection = WebSocket.connect(address, headers={"Cookie": cookie})
        connection.receive(timeout=10)
        connection.send("40")
        connection.receive(timeout=10)
        return connection


def milliseconds(act: object, times: int) -> list[float]:
    """How long each of `times` calls took, in milliseconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        act()  # type: ignore[operator]
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def summary(taken: list[float]) -> dict[str, float]:
    """Median and 99th percentile, rounded."""
    ordered = sorted(taken)
    return {
        "p50_ms": round(statistics.median(ordered), 2),
        "p99_ms": round(ordered[int(len(ordered) * 0.99) - 1], 2),
    }


def requests_per_second(
    port: int, path: str, cookies: dict[str, str], *, at_once: int, seconds: int
) -> float:
    """Answers a second with `at_once` clients: by wrk where it is installed, else by processes of our own."""
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    if shutil.which("wrk"):
        address = f"http://127.0.0.1:{port}{path}"
        command = ["wrk", "-t1", f"-c{at_once}", f"-d{seconds}s", "-H", f"Cookie: {cookie}", address]
        out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        found = re.search(r"Requests/sec:\s+([\d.]+)", out)
        return round(float(found.group(1)), 1) if found and "Non-2xx" not in out else 0.0
    with ProcessPoolExecutor(at_once) as pool:
        counts = pool.map(_hammer, *zip(*[(port, path, cookie, seconds)] * at_once, strict=True))
        return round(sum(counts) / seconds, 1)


def _hammer(port: int, path: str, cookie: str, seconds: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    end, count = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        connection.request("GET", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        count += answer.status == 200
    return count
