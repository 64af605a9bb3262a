"""Clients that measure: one patient browser, or many at once."""

from __future__ import annotations

import gzip
import http.client
import json
import re
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from urllib.parse import quote, urlencode

from simple_websocket import Client as WebSocket

#: Asks for one path with the cookies of many people in turn, each line of a file being one person's.
LUA = """
local cookies, at = {{}}, 0
for line in io.lines("{cookies}") do cookies[#cookies + 1] = line end
request = function()
  at = at % #cookies + 1
  local headers = {{["Cookie"] = cookies[at], ["Accept"] = "text/html", ["Accept-Encoding"] = "gzip"}}
  return wrk.format("GET", "{path}", headers)
end
"""


class Refused(RuntimeError):
    """An answer that no measurement can go on from."""


@dataclass
class Browser:
    """Somebody with one kept-alive connection; signed in with a session token, if there is one."""

    port: int
    token: str = ""
    cookies: dict[str, str] = field(default_factory=dict)
    csrf: str = ""

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        if self.token:
            self.cookies["session_token"] = self.token
            page = self.get("/")
            found = re.search(r'name="csrf-token" content="([^"]+)"', page)
            if found is None:
                raise Refused("the page has no form token")
            self.csrf = found.group(1)

    @property
    def cookie(self) -> str:
        """The header's value."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def get(self, path: str) -> str:
        """The text at `path`. Raises `Refused`."""
        return self._send("GET", path, None, {"Accept": "text/html"})

    def post(self, path: str, **form: str) -> str:
        """Send a form as the page's scripts do. Raises `Refused`."""
        headers = {"X-CSRFToken": self.csrf, "Content-Type": "application/x-www-form-urlencoded"}
        return self._send("POST", path, urlencode(form), {**headers, "Accept": "application/json"})

    def publish(self, text: str) -> str:
        """Publish news; its public id."""
        form = {"kind": "news", "place": "company", "body": text, "idempotency_key": secrets.token_hex(8)}
        public_id: str = json.loads(self.post("/publications", **form))["id"]
        return public_id

    def socket(self) -> WebSocket:
        """The live socket of an open page, past its handshake."""
        address = f"ws://127.0.0.1:{self.port}/socket.io/?EIO=4&transport=websocket"
        connection = WebSocket.connect(address, headers={"Cookie": self.cookie})
        connection.receive(timeout=10)
        connection.send("40")
        connection.receive(timeout=10)
        return connection

    def _send(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> str:
        address = quote(path, safe="/?&=%:")
        headers = {"Cookie": self.cookie, "Accept-Encoding": "gzip", **headers}
        try:
            answer = self._ask(method, address, body, headers)
        except (http.client.RemoteDisconnected, ConnectionError):
            # The server ends connections that nobody used for a while.
            self._connection.close()
            answer = self._ask(method, address, body, headers)
        packed = answer.read()
        whole = gzip.decompress(packed) if answer.headers["Content-Encoding"] == "gzip" else packed
        text = whole.decode("utf-8", "replace")
        for line in answer.msg.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        if answer.status not in (200, 201, 204, 303):
            raise Refused(f"{method} {path}: {answer.status} {text[:300]}")
        return text

    def _ask(
        self, method: str, address: str, body: str | None, headers: dict[str, str]
    ) -> http.client.HTTPResponse:
        self._connection.request(method, address, body, headers)
        return self._connection.getresponse()


def milliseconds(act: Callable[[], object], times: int) -> list[float]:
    """How long each of `times` calls took, in milliseconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def requests_per_second(
    port: int, path: str, cookies: Sequence[str], *, at_once: int, seconds: int
) -> tuple[float, str]:
    """Answers a second with `at_once` connections, and how it was measured: by wrk, else by processes of our own.

    `cookies` are header values, used in turn. Raises `Refused` when any answer was an error.
    """
    if shutil.which("wrk"):
        return _by_wrk(port, path, cookies, at_once, seconds)
    with ProcessPoolExecutor(at_once) as pool:
        mine = [list(cookies[at::at_once] or cookies) for at in range(at_once)]
        counts = pool.map(_hammer, [port] * at_once, [path] * at_once, mine, [seconds] * at_once)
        return sum(counts) / seconds, f"{at_once} Python processes asking for {path} for {seconds} s"


def _by_wrk(port: int, path: str, cookies: Sequence[str], at_once: int, seconds: int) -> tuple[float, str]:
    command = ["wrk", "-t1", f"-c{at_once}", f"-d{seconds}s"]
    address = f"http://127.0.0.1:{port}{path}"
    with tempfile.TemporaryDirectory() as folder:
        listed, script = Path(folder) / "cookies", Path(folder) / "ask.lua"
        listed.write_text("\n".join(cookies) or "none=")
        script.write_text(LUA.format(cookies=listed, path=path))
        out = subprocess.run(
            [*command, "-s", str(script), address], capture_output=True, text=True, check=True
        ).stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", out)
    if found is None or "Non-2xx" in out or "Socket errors" in out:
        raise Refused(out)
    return float(found.group(1)), f"{' '.join(command)} {address}"


def _hammer(port: int, path: str, cookies: Sequence[str], seconds: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    end, count = time.monotonic() + seconds, 0
    for cookie in cycle(cookies or [""]):
        if time.monotonic() > end:
            return count
        connection.request(
            "GET", path, headers={"Cookie": cookie, "Accept": "text/html", "Accept-Encoding": "gzip"}
        )
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise Refused(f"{path}: {answer.status}")
        count += 1
    return count
