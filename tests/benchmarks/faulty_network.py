"""Writers behind a network that loses, delays, doubles and cuts what is sent: each write, once.

Usage: python -m tests.benchmarks.faulty_network [--requests 10000] [--engine postgresql]

The desk's own server stands behind a proxy. Each writer sends remarks with words nobody else sends,
and sends a remark again, with the same key, until an answer has come; all of them remark upon the
same claim at about the same time, and go on to the next. At the end each remark must be there once,
its answer must have been the same each time, and the ledger must be whole.
"""

import argparse
import http.client
import itertools
import logging
import random
import socket
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from sqlalchemy import select

from app import schema
from app.config import Settings
from app.db import Database
from app.ledger.verify import verify
from app.once.asked import FIELD, new_key
from claims.models import Comment
from tests import engines
from tests.app.browser import Person
from tests.app.claim_desk import Desk
from tests.app.serving.served import served as product
from tests.claims.newsroom import a_claim

FAULTS = {"lost": 4, "unanswered": 4, "cut": 3, "doubled": 5, "late": 3, "whole": 10}
"""How often each thing happens to a request, as shares of all."""
WRITERS = 8
PATIENCE = 5.0
MOST_TRIES = 300
LATEST = 0.03
OF_A_CLAIM = 40
"""Remarks upon a claim before people go on to the next, as remarking loads those that are there."""
UNLIMITED = {"DESK_QUOTAS": "writes=0"}
"""Eight people who write without a pause through one account are no subject of these."""


class Proxy:
    """A proxy of one request for each connection, which does to it what a bad network does."""

    def __init__(self, port: int, seed: int) -> None:
        """Listen in front of a server's port."""
        self.behind = port
        self.happened: Counter[str] = Counter()
        self._chance = random.Random(seed)  # noqa: S311 - no secret hangs on it
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._socket.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Listen no more."""
        self._socket.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                line, _address = self._socket.accept()
                fault = self._chance.choices(list(FAULTS), list(FAULTS.values()))[0]
                self.happened[fault] += 1
                threading.Thread(target=self._serve, args=(line, fault), daemon=True).start()

    def _serve(self, line: socket.socket, fault: str) -> None:
        with line, suppress(OSError):
            asked = whole_request(line)
            if fault == "lost":
                return
            if fault == "late":
                time.sleep(LATEST)
            answer = self._answers(asked, 2 if fault == "doubled" else 1)
            if fault == "unanswered":
                return
            line.sendall(answer[: len(answer) // 3] if fault == "cut" else answer)

    def _answers(self, asked: bytes, times: int) -> bytes:
        """Send a request so many times at the same moment; return one of the answers."""
        answers: list[bytes] = []
        several = [
            threading.Thread(target=lambda: answers.append(self._through(asked)))
            for _ in range(times)
        ]
        for one in several:
            one.start()
        for one in several:
            one.join()
        return answers[-1]

    def _through(self, asked: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.behind), timeout=PATIENCE * 4) as line:
            line.sendall(asked)
            return b"".join(iter(lambda: line.recv(65536), b""))


def whole_request(line: socket.socket) -> bytes:
    """Read a request with its body."""
    found = b""
    while b"\r\n\r\n" not in found:
        more = line.recv(65536)
        if not more:
            raise OSError
        found += more
    head, _end, body = found.partition(b"\r\n\r\n")
    length = next(
        int(one.split(b":")[1])
        for one in head.lower().split(b"\r\n")
        if one.startswith(b"content-length:")
    )
    while len(body) < length:
        more = line.recv(65536)
        if not more:
            raise OSError
        body += more
    return head + b"\r\n\r\n" + body


@dataclass
class Writer:
    """Somebody who sends each remark until an answer has come."""

    port: int
    cookie: str
    token: str
    paths: list[str]
    name: str
    places: dict[str, set[str]] = field(default_factory=dict)
    told: Counter[int] = field(default_factory=Counter)

    def write(self, number: int) -> None:
        """Send one remark, and once more after its answer, as a hand that clicks twice does."""
        said = f"{self.name} says {number}"
        body = urlencode({"csrf_token": self.token, FIELD: new_key(), "body": said})
        places = self.places.setdefault(said, set())
        for _again in range(1 + number % 2):
            places.add(self._sent(self.paths[number // OF_A_CLAIM % len(self.paths)], body))

    def _sent(self, path: str, body: str) -> str:
        for tries in range(MOST_TRIES):
            with suppress(OSError, http.client.HTTPException):
                status, place = self._once(path, body)
                self.told[status] += 1
                if status == http.HTTPStatus.SEE_OTHER:
                    return place
                if status not in {409, 503}:
                    message = f"{status} for {body[-40:]}"
                    raise AssertionError(message)
            time.sleep(0.02 * min(tries, 20))
        message = f"no answer for {body[-40:]}"
        raise AssertionError(message)

    def _once(self, path: str, body: str) -> tuple[int, str]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            headers = {
                "Cookie": self.cookie,
                "Content-Type": "application/x-www-form-urlencoded",
                "Connection": "close",
            }
            line.request("POST", path, body, headers)
            answer = line.getresponse()
            answer.read()
            return answer.status, answer.headers.get("Location", "")
        finally:
            line.close()


@contextmanager
def served(desk: Desk) -> Iterator[int]:
    """Serve a desk on a free port, as `manage.py serve` does."""
    with product(desk.database, desk.app) as found:
        yield found.port


def writers(desk: Desk, port: int, number: int, claims: int = 1) -> list[Writer]:
    """People with a session of their own each, who remark upon the desk's claims."""
    found = []
    for at in range(number):
        person = Person(desk.app, "li.wei")
        form = person.open(desk.path, "body")
        cookie = person.client.get_cookie("desk_session")
        assert cookie is not None
        sent = f"desk_session={cookie.value}; desk_language=en"
        token = form.fields["csrf_token"][0]
        found.append(Writer(port, sent, token, [form.action], f"writer {at}"))
    paths = found[0].paths + more(desk, found[0].paths[0], claims - 1)
    return [replace(writer, paths=paths) for writer in found]


def more(desk: Desk, path: str, number: int) -> list[str]:
    """Where remarks upon so many further claims of the article are sent."""
    with desk.database.writing("system:test") as session:
        first = desk.claim(session)
        made = [a_claim(session, article=first.article) for _ in range(number)]
        return [path.replace(str(first.id), str(claim.id)) for claim in made]


def work(people: list[Writer], over: Callable[[int], bool]) -> list[BaseException]:
    """Let everybody write until it is over by the number of theirs; return what went wrong."""
    problems: list[BaseException] = []

    def go(writer: Writer) -> None:
        try:
            for number in itertools.count():
                if over(number):
                    return
                writer.write(number)
        except AssertionError as problem:
            problems.append(problem)

    threads = [threading.Thread(target=go, args=(writer,)) for writer in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return problems


def findings(desk: Desk, people: list[Writer]) -> list[str]:
    """What is not as it was promised: lost, doubled, answered in two ways, a ledger not whole."""
    promised = {said: places for writer in people for said, places in writer.places.items()}
    with desk.database.reading() as session:
        kept = Counter(session.scalars(select(Comment.body)))
    wrong = [f"lost: {said}" for said in promised if not kept[said]]
    wrong += [f"{number} times: {said}" for said, number in kept.items() if number > 1]
    wrong += [
        f"answered in two ways: {said}" for said, places in promised.items() if len(places) > 1
    ]
    if verify(desk.database).findings:
        wrong.append("the ledger is not whole")
    return wrong


def run(desk: Desk, requests: int, seed: int) -> tuple[list[str], Counter[str], Counter[int]]:
    """Write through the proxy; return what is wrong, what happened, and what was answered."""
    with served(desk) as port:
        proxy = Proxy(port, seed)
        people = writers(desk, proxy.port, WRITERS, 1 + requests // OF_A_CLAIM)
        problems = work(people, lambda _number: proxy.happened.total() >= requests)
        proxy.close()
        told = sum((writer.told for writer in people), Counter[int]())
        return [*map(str, problems), *findings(desk, people)], proxy.happened, told


@contextmanager
def a_desk(engine: str) -> Iterator[Desk]:
    """A desk with a claim on an engine, whose people may write as often as they like."""
    server = engines.started(engines.data_folder()) if engine == "postgresql" else None
    try:
        with tempfile.TemporaryDirectory() as folder:
            known = {"DESK_HOME": folder, **UNLIMITED}
            if server is not None:
                engines.execute(server, "CREATE DATABASE faulty")
                known["DESK_DATABASE_URL"] = engines.address(server, "faulty")
            database = Database(Settings.load(known))
            schema.upgrade(database, actor="system:test")
            yield Desk(database)
            database.close()
    finally:
        if server is not None:
            server.cleanup()


def main() -> int:
    """Run by hand."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--requests", type=int, default=10_000)
    asked.add_argument("--engine", choices=engines.ENGINES, default="sqlite")
    asked.add_argument("--seed", type=int, default=1)
    chosen = asked.parse_args()
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    with a_desk(chosen.engine) as desk:
        begun, worked = time.monotonic(), time.process_time()
        wrong, happened, told = run(desk, chosen.requests, chosen.seed)
        seconds, worked = time.monotonic() - begun, time.process_time() - worked
        writes = desk.count(Comment)
    sys.stdout.write(
        f"{chosen.engine}: {happened.total()} requests, {writes} remarks in {seconds:.0f} s "
        f"({worked:.0f} s of them working); {dict(happened)}; {dict(told)}\n"
    )
    for one in wrong:
        sys.stdout.write(f"{one}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
