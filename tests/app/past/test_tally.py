"""The claims by status at a number are those the desk had then."""

from app.db import Database
from app.ledger import history
from app.past.tally import tally, tally_now
from claims.models import Claim
from claims.status import VerificationStatus
from claims.vocabulary import Stage
from tests.claims import newsroom


def test_the_counts_of_every_commit_are_those_of_its_day(database: Database) -> None:
    with database.writing("system:test") as session:
        claims = [newsroom.a_claim(session).id for _ in range(3)]
    recorded = {}
    for step, claim in enumerate(claims):
        with database.writing("editor:li.wei") as session:
            found = session.get_one(Claim, claim)
            if step == 2:
                found.stage = Stage.DROPPED
            else:
                found.verification_status = VerificationStatus.REFUTED
                found.where_to_check = '"stage"'
        database.seal()
        with database.reading() as session:
            recorded[history.position(session)] = tally_now(session)
    with database.reading() as session:
        assert {position: tally(session, position) for position in recorded} == recorded
        assert tally(session, 0) == {}
    assert recorded[max(recorded)] == {VerificationStatus.REFUTED: 2}
