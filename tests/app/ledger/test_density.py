"""The density of the ledger: stretches that add up to it, at a price that does not grow."""

import datetime as dt
from itertools import pairwise

from app.db import Database
from app.ledger import history
from app.ledger.density import density
from tests.statements import statements


def soon() -> dt.datetime:
    return dt.datetime.now(dt.UTC) + dt.timedelta(seconds=1)


def test_the_stretches_add_up_to_the_whole_ledger(worked: Database) -> None:
    with worked.reading() as session:
        found = density(session, soon(), 12)
        position = history.position(session)
    assert len(found) == 12
    assert sum(stretch.count for stretch in found) == position
    assert found[-1].position == position
    assert all(one.stop == other.start for one, other in pairwise(found))


def test_an_empty_ledger_and_a_moment_before_it_have_none(worked: Database) -> None:
    with worked.reading() as session:
        assert density(session, dt.datetime(1999, 1, 1, tzinfo=dt.UTC)) == []


def test_it_is_two_statements_however_many_bars(worked: Database) -> None:
    with statements(worked.engine, "SELECT") as sent, worked.reading() as session:
        density(session, soon(), 40)
    assert len(sent) == 2


def test_the_last_stretch_holds_what_was_written_at_its_very_end(worked: Database) -> None:
    with worked.reading() as session:
        entries = history.entries(session, limit=100)
        end = dt.datetime.fromisoformat(entries[0].at)
        found = density(session, end, 3)
        assert found[-1].position == len(entries)
        begin = dt.datetime.fromisoformat(entries[-1].at)
        assert (found[0].start, found[-1].stop) == (begin, end)
        assert density(session, begin, 3) == []
        # What stands at the first moment itself is in the first stretch's sum, not before it.
        assert sum(one.count for one in found) == found[-1].position
        widths = {one.stop - one.start for one in found}
        assert max(widths) - min(widths) <= dt.timedelta(microseconds=2)
        assert len(density(session, soon())) == 40
