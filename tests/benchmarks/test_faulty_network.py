"""Writers behind a bad network are neither lost nor doubled, and the check would say so."""

from sqlalchemy import select

from app.db import Database
from app.once.models import FormReceipt
from claims.comments import add_comment
from claims.models import Claim
from tests.app.claim_desk import Desk
from tests.benchmarks import faulty_network


def test_a_bad_network_loses_and_doubles_nothing(sqlite_database: Database) -> None:
    """T-FAULT: requests doubled, unanswered and lost between browser and desk."""
    desk = Desk(sqlite_database)
    with faulty_network.served(desk) as port:
        proxy = faulty_network.Proxy(port, seed=4)
        people = faulty_network.writers(desk, proxy.port, 3)
        problems = faulty_network.work(people, lambda number: number == 8)
        proxy.close()

    assert problems == []
    assert faulty_network.findings(desk, people) == []
    assert {"lost", "unanswered", "doubled"} <= proxy.happened.keys()
    with sqlite_database.reading() as session:
        assert len(session.scalars(select(FormReceipt.key)).all()) == 24
    with sqlite_database.writing("editor:li.wei") as session:
        claim = session.get_one(Claim, desk.claim_id)
        add_comment(session, claim, by="editor:li.wei", body="writer 0 says 0")
    assert faulty_network.findings(desk, people) == ["2 times: writer 0 says 0"]
