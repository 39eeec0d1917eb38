"""Handlers whose effect is a row and a file, so that a lost or doubled job shows."""

import datetime as dt
import io
import threading
import time

import pytest

from app.config import agent
from app.db import Database
from app.jobs.handlers import HANDLERS, Handler
from app.jobs.task import Extensions, Task
from app.jobs.worker import Worker
from sources.errors import Passing, Refused
from sources.fetching import Fetcher
from sources.models import Source
from sources.store import Store
from sources.vocabulary import SourceKind, Tier

WORDS = {"zh": "测试", "en": "Test"}
SAID = {"zh": "不行。", "en": "It will not do."}
LONG = dt.timedelta(hours=1)
"""Longer than any pause between two attempts."""
GO_ON = threading.Event()
KINDS = ("row", "refusal", "passing", "breaking", "network", "waiting", "stubborn")


def handler(name: str, *, lease_seconds: float = 60.0, most_attempts: int = 5) -> Handler:
    """What carries out a kind of this file."""
    return Handler(
        f"tests.app.jobs.deeds:{name}",
        WORDS,
        at_once=8,
        most_attempts=most_attempts,
        lease_seconds=lease_seconds,
    )


def register(patch: pytest.MonkeyPatch) -> None:
    """Let the kinds of this file be known for a test."""
    for kind in KINDS:
        patch.setitem(HANDLERS, kind, handler(kind))


def extensions(database: Database) -> Extensions:
    """What the server gives to its worker."""
    return Extensions(Store(database.settings.store), Fetcher(agent=agent()))


def work(database: Database) -> None:
    """Carry out every job that is ready."""
    Worker(database, extensions(database), 1).run_ready()


def row(task: Task) -> None:
    """Store a file, then write one row in the transaction that ends the job."""
    name = str(task.payload["name"])
    task.progress(0, 2, {"en": "storing"})
    task.extensions.store.put(io.BytesIO(name.encode()))
    time.sleep(task.payload.get("pause", 0))
    task.progress(1, 2, {"en": "stored"})
    _write(task, name)


def _write(task: Task, name: str) -> None:
    """Write a row in the transaction that ends the job."""
    with task.finishing() as session:
        kind, tier = SourceKind.OTHER, Tier.POINTER
        key = f"{name}.{task.held.holder}"
        session.add(Source(key=key, title=name, kind=kind, tier=tier, created_by=task.by))


def refusal(task: Task) -> None:
    """Do what the domain does with input that cannot be taken."""
    raise Refused("no", SAID | {"en": f"{SAID['en']} {task.attempt}"})


def passing(task: Task) -> None:
    """Succeed in the second attempt."""
    if task.attempt == 1:
        raise Passing("slow", SAID)
    row(task)


def breaking(task: Task) -> None:
    """Do what no test foresaw."""
    raise KeyError(task.payload["name"])


def network(task: Task) -> None:
    """Do what a network does."""
    raise ConnectionResetError(task.payload["name"])


def waiting(task: Task) -> None:
    """Report progress until told to stop, as a long fetch would between two steps."""
    while True:
        task.progress(1, 2, {"en": "waiting"})
        time.sleep(0.02)


def stubborn(task: Task) -> None:
    """Hear of nothing until a test lets it go on."""
    GO_ON.wait()
    _write(task, "late")
