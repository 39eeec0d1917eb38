"""A queued look is done once, also when the worker that does it is killed in the middle."""

import base64
import pickle
import signal
import socket
import subprocess
import sys
import threading

from sqlalchemy import func, select, update

from app.config import ROOT
from app.db import Database
from app.jobs.models import Job
from app.jobs.vocabulary import JobState
from app.ledger.verify import verify
from app.looks.queueing import queue
from claims.models import Observation
from sources.base import now
from sources.models import Snapshot
from tests.app.looks.site import ARTICLE, Site, Watching, page, site

LOOKING = """
import base64, pickle, sys
from app.db import Database
from tests.app.looks.site import Site, Watching
from tests.sources.servers import Server
database = Database(pickle.loads(base64.b64decode(sys.argv[1])))
server = Server.__new__(Server)
server.port = int(sys.argv[2])
Watching(database, Site(server=server)).worker().run_ready()
"""


class Holding(Site):
    """A site that does not finish its answer while it is told to hold."""

    def __init__(self) -> None:
        super().__init__({"/rain": page(ARTICLE)})
        self.hold, self.asked_for_it = False, threading.Event()

    def __call__(self, connection: socket.socket, head: bytes) -> None:
        if self.hold and b" /rain " in head:
            self.asked_for_it.set()
            connection.sendall(self.pages["/rain"][:40])
            connection.recv(1)
            return
        super().__call__(connection, head)


def counted(database: Database, model: type[Observation] | type[Snapshot]) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_a_killed_look_is_done_again_once(database: Database) -> None:
    """T-FAULT: a worker killed while it looks at a page."""
    holding = Holding()
    with site() as found:
        assert found.server is not None
        found.server.handler = holding
        holding.server = found.server
        watching = Watching(database, holding)
        item = watching.evidence("/rain")
        watching.look(item)
        holding.pages["/rain"] = page(ARTICLE.replace("12.5%", "13.1%"))
        holding.hold = True
        _kill_while_it_is_asked(watching, holding, item.source_id)
        assert counted(database, Observation) == 0

        holding.hold = False
        with database.writing("system:test") as session:
            running = update(Job).where(Job.state == JobState.RUNNING)
            session.execute(running.values(leased_until=now()))
        watching.wait_no_longer()
        watching.worker().run_ready()

    assert counted(database, Observation) == 1
    assert counted(database, Snapshot) == 2
    assert verify(database).findings == []


def _kill_while_it_is_asked(watching: Watching, holding: Holding, source: object) -> None:
    """Kill a worker's process when the site has begun to answer."""
    assert holding.server is not None
    with watching.database.writing("system:watch") as session:
        queue(session, source)  # type: ignore[arg-type]
    watching.wait_no_longer()
    told = base64.b64encode(pickle.dumps(watching.database.settings)).decode()
    command = [sys.executable, "-c", LOOKING, told, str(holding.server.port)]
    with subprocess.Popen(command, cwd=ROOT) as process:
        assert holding.asked_for_it.wait(60)
        process.send_signal(signal.SIGKILL)
