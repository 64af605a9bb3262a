"""A process that has the product's code in memory and forks a process for each script, in place of an import for each.

`python -m tests.support.nursery SOCKET` serves one test process on the inherited socket of that number: a message
that starts with "{" names a script to run, one that is a number a process to wait for. It ends, with all that it
started, when the test process does.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import traceback
from typing import Any

from app import bootstrap

#: No request is larger.
LONGEST = 128 * 1024


def main(descriptor: int) -> None:
    """Serve until the other side is gone."""
    bootstrap.load_features()
    connection = socket.socket(fileno=descriptor)
    children: set[int] = set()
    while True:
        message, streams, _flags, _address = socket.recv_fds(connection, LONGEST, 2)
        if not message:
            break
        if streams:
            answer = _begin(json.loads(message), connection, streams)
            children.add(answer)
        else:
            answer = os.waitstatus_to_exitcode(os.waitpid(int(message), 0)[1])
            children.discard(int(message))
        connection.send(str(answer).encode())
    for child in children:
        os.kill(child, signal.SIGKILL)


def _begin(wanted: dict[str, Any], connection: socket.socket, streams: list[int]) -> int:
    """Fork a process that runs the script; its number."""
    child = os.fork()
    if child:
        for stream in streams:
            os.close(stream)
        return child
    connection.close()
    _be(wanted, streams)
    raise AssertionError("unreachable")


def _be(wanted: dict[str, Any], streams: list[int]) -> None:
    """Become the script's process, with the two streams as its standard input and output; never returns."""
    code = 1
    try:
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        os.environ.clear()
        os.environ.update(wanted["environ"])
        sys.argv = ["-c", *wanted["arguments"]]
        sys.stdin = os.fdopen(0, "r", encoding="utf-8")
        sys.stdout = os.fdopen(1, "w", encoding="utf-8")
        exec(compile(wanted["script"], "<script>", "exec"), {"__name__": "__main__"})
        sys.stdout.flush()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


if __name__ == "__main__":
    main(int(sys.argv[1]))
