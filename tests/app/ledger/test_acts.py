"""Acts stand in the ledger beside the rows, under the actor's name."""

import pytest

from app.db import Database
from app.ledger import acts, history
from tests.app.ledger.small import Note, check


def test_an_act_is_attributed_sealed_and_readable(desk: Database) -> None:
    with desk.writing("editor:ana", "r1", wait_for_seal=True) as session:
        acts.record(session, "export", "appendix", "a1", "issue", {"format": "pdf", "pages": 3})
    with desk.reading() as session:
        entry = history.entries(session, kind="export")[0]
    assert (entry.actor, entry.request, entry.via) == ("editor:ana", "r1", "app")
    assert entry.new == {"format": "pdf", "pages": 3}
    assert check(desk).findings == []


def test_an_act_stands_after_the_work_before_it(desk: Database) -> None:
    with desk.writing("editor:ana") as session:
        session.add(Note(id="n1", title="one"))
        acts.record(session, "act", "note", "n1", "open", {})
    with desk.reading() as session:
        assert [entry.kind for entry in history.entries(session, limit=2)] == ["act", "row"]


def test_an_act_that_failed_did_not_happen(desk: Database) -> None:
    with pytest.raises(ZeroDivisionError), desk.writing("editor:ana") as session:  # noqa: PT012 - the exception is how the block ends.
        acts.record(session, "act", "note", "n1", "open", {})
        raise ZeroDivisionError
    with desk.reading() as session:
        assert history.entries(session, kind="act") == []


@pytest.mark.parametrize("kind", ["row", "migration"])
def test_nobody_records_a_row_or_a_migration_by_hand(desk: Database, kind: str) -> None:
    with pytest.raises(ValueError, match=kind), desk.writing("editor:ana") as session:
        acts.record(session, kind, "note", "n1", "I", {})
