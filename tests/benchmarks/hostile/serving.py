"""`manage.py serve` in a process of its own, and what that process holds."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from tests.benchmarks.hostile.site import free_port

ROOT = Path(__file__).parents[3]
PATIENCE = 60.0
"""Seconds a server may take to start, to end, and to give everything back."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the server's process holds at a moment."""

    threads: int
    files: int
    megabytes: int
    connections: int

    def __str__(self) -> str:
        """Say it in one cell of a table."""
        return f"{self.threads} / {self.files} / {self.connections} / {self.megabytes}"


def until(there: Callable[[], bool]) -> bool:
    """Wait for something as long as patience lasts; return whether it came."""
    edge = time.monotonic() + PATIENCE
    while not there():
        if time.monotonic() > edge:
            return False
        time.sleep(0.1)
    return True


class Server:
    """A served desk."""

    def __init__(self, settings: dict[str, str], place: Path) -> None:
        """Start it, and wait until it answers; what it says goes to a file."""
        self.port, self.log = free_port(), place / "server.log"
        command = [sys.executable, "manage.py", "serve", "--port", str(self.port)]
        with self.log.open("wb") as said:
            self.process = subprocess.Popen(
                command, env={**os.environ, **settings}, cwd=ROOT, stdout=said, stderr=said
            )
        if not until(self._answers):
            raise TimeoutError(self.log.read_text("utf-8"))

    def _answers(self) -> bool:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with suppress(OSError, http.client.HTTPException):
            line.request("GET", "/healthz", headers={"Connection": "close"})
            return line.getresponse().status == HTTPStatus.OK
        return False

    def held(self) -> Held:
        """What it holds now."""
        own = Path(f"/proc/{self.process.pid}")
        said = (own / "status").read_text("ascii").splitlines()
        told = dict(line.split(":", 1) for line in said)
        megabytes = int(told["VmRSS"].split()[0]) // 1024
        files = len(list((own / "fd").iterdir()))
        return Held(int(told["Threads"]), files, megabytes, self.connections())

    def connections(self) -> int:
        """How many clients are connected, by the system's own list of connections."""
        mine, rows = f":{self.port:04X}", Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]
        states = (row.split()[1:4] for row in rows)
        return sum(at.endswith(mine) and state == "01" for at, _whose, state in states)

    def worked(self) -> float:
        """Seconds of processor time it has used."""
        after_name = Path(f"/proc/{self.process.pid}/stat").read_text("ascii").rpartition(")")[2]
        used = after_name.split()[11:13]
        return sum(map(int, used)) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        """End it."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE)


@contextmanager
def serving(settings: dict[str, str], place: Path) -> Iterator[Server]:
    """Serve a desk until the block ends."""
    server = Server(settings, place)
    try:
        yield server
    finally:
        server.stop()
