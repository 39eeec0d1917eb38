"""Places in the ledger: dense, in the order of the commits, and honest about where from."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from app.db import Database
from app.ledger import context, history
from tests.app.ledger.outsider import as_deed, shell
from tests.app.ledger.small import Note, check, migration

WRITERS = 50
EACH = 4


def work(database: Database, writer: int) -> None:
    for turn in range(EACH):
        with database.writing(f"editor:{writer}", f"{writer}-{turn}") as session:
            session.add(Note(id=f"{writer}-{turn}", title=f"{writer}-{turn}"))
            session.flush()
            session.execute(
                text("UPDATE note SET title = :title WHERE id = 'hot'"),
                {"title": f"hot {writer} {turn}"},
            )


def test_fifty_writers_leave_no_gap_and_no_disorder(desk: Database) -> None:
    with desk.writing("editor:first") as session:
        session.add(Note(id="hot", title="hot"))
    before = check(desk)
    with ThreadPoolExecutor(WRITERS) as pool:
        for done in [pool.submit(work, desk, number) for number in range(WRITERS)]:
            done.result()
    report = check(desk)
    assert report.findings == []
    assert report.leaves - before.leaves == WRITERS * EACH * 2
    assert report.events == report.leaves


def test_a_change_is_sealed_at_once_on_sqlite(sqlite_desk: Database) -> None:
    with sqlite_desk.writing("editor:ana") as session:
        session.add(Note(id="n1", title="one"))
    with sqlite_desk.reading() as session:
        newest = history.entries(session, limit=1)[0]
        assert newest.seq == history.position(session) - 1


def test_who_waits_for_the_seal_finds_it(postgresql_desk: Database) -> None:
    with postgresql_desk.writing("editor:ana", wait_for_seal=True) as session:
        session.add(Note(id="n1", title="one"))
    with postgresql_desk.reading() as session:
        assert history.entries(session, limit=1)[0].seq is not None


def test_the_sealer_is_woken_by_a_commit(postgresql_desk: Database) -> None:
    with postgresql_desk.writing("editor:ana") as session:
        session.add(Note(id="n1", title="one"))
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with postgresql_desk.reading() as session:
            if history.entries(session, limit=1)[0].seq is not None:
                return
        time.sleep(0.02)
    pytest.fail("nobody sealed")


def test_a_long_transaction_does_not_hold_up_the_seals_of_others(
    postgresql_desk: Database,
) -> None:
    begun, finish = threading.Event(), threading.Event()

    def slow() -> None:
        with postgresql_desk.writing("editor:slow") as session:
            session.add(Note(id="slow", title="slow"))
            session.flush()
            begun.set()
            finish.wait(20)

    thread = threading.Thread(target=slow)
    thread.start()
    begun.wait(20)
    with postgresql_desk.writing("editor:fast", wait_for_seal=True) as session:
        session.add(Note(id="fast", title="fast"))
    with postgresql_desk.reading() as session:
        assert history.entries(session, actor="editor:fast")[0].seq is not None
    finish.set()
    thread.join()
    assert check(postgresql_desk).findings == []


def test_what_an_outsider_wrote_is_sealed_as_foreign(desk: Database) -> None:
    with shell(desk) as outside:
        as_deed("INSERT INTO receipt VALUES ('r', 'x'); INSERT INTO pair VALUES ('a', 'b', 'x')")(
            outside
        )
    assert desk.seal() == 1
    assert desk.seal() == 0
    with desk.reading() as session:
        newest = history.entries(session, limit=1)[0]
    assert (newest.via, newest.actor) == ("foreign", None)


def test_a_token_is_bound_to_key_transaction_actor_and_request() -> None:
    words = (b"k" * 32, "7", "editor:ana", "r1")
    proof = context.token(*words)
    others = [
        (b"l" * 32, *words[1:]),
        (words[0], "8", *words[2:]),
        (*words[:2], "editor:bo", "r1"),
        (*words[:3], "r2"),
        (*words[:3], None),
    ]
    assert proof not in {context.token(*other) for other in others}


def test_a_migration_is_sealed_when_it_returns(desk: Database) -> None:
    with migration(desk):
        pass
    with desk.reading() as session:
        assert history.migrations(session)[0].seq is not None


def test_rubbish_from_outside_is_sealed_shown_and_holds_nobody_up(desk: Database) -> None:
    here, salt = ("", "'x'") if desk.is_sqlite else ("ledger.", "'x'::bytea")
    with shell(desk) as outside:
        as_deed(
            f"INSERT INTO {here}ledger_event(kind, tbl, pk, op, at, new, salt)"  # noqa: S608
            f" VALUES ('row', 'note', 'n1', 'U', 'never', '[[{{', {salt})"
        )(outside)
        if not desk.is_sqlite:
            as_deed("INSERT INTO ledger.ledger_outbox SELECT max(eid) FROM ledger.ledger_event")(
                outside
            )
    with desk.writing("editor:ana", wait_for_seal=True) as session:
        session.add(Note(id="n2", title="two"))
    with desk.reading() as session:
        shown = history.entries(session, table="note", pk="n1")
        assert [entry.new for entry in shown] == [{"": "[[{"}]
        assert history.entries(session, pk="n2")[0].seq is not None
    assert check(desk).codes == {"FOREIGN", "UNATTRIBUTED", "DISCONTINUITY"}
