"""The token in the context: who opened a transaction, provable by the ledger's key alone."""

from hashlib import sha256
from hmac import new

import pytest
from sqlalchemy import text

from app.db import Database
from app.ledger import history
from app.ledger.context import token
from tests.app.ledger.small import KEY, Note, check


def test_a_token_is_the_hmac_of_purpose_transaction_actor_and_request() -> None:
    words = b"desk-transaction\0" + b"731\0" + b"editor:ana\0" + b"r1"
    assert token(KEY, "731", "editor:ana", "r1") == new(KEY, words, sha256).hexdigest()
    nobody = b"desk-transaction\0\0\0"
    assert token(KEY, None, None, None) == new(KEY, nobody, sha256).hexdigest()


@pytest.mark.parametrize("request_id", ["r1", None])
def test_a_change_of_the_application_bears_actor_and_request(
    desk: Database, request_id: str | None
) -> None:
    with desk.writing("editor:ana", request_id, wait_for_seal=True) as session:
        session.add(Note(id="n1", title="one"))
    with desk.reading() as session:
        entry = history.entries(session, limit=1)[0]
    assert (entry.actor, entry.request, entry.via) == ("editor:ana", request_id, "app")
    assert check(desk).findings == []


def test_a_name_taken_over_into_another_transaction_is_foreign(postgresql_desk: Database) -> None:
    """T-LED-4: the program's own database role can forge nothing."""
    with postgresql_desk.writing("editor:ana", "r1") as session:
        settings = session.execute(
            text("SELECT current_setting('desk.actor'), current_setting('desk.token')")
        ).one()
    with postgresql_desk.keeping() as connection:
        connection.exec_driver_sql(
            "SELECT set_config('desk.actor', %s, true), set_config('desk.token', %s, true)",
            tuple(settings),
        )
        connection.exec_driver_sql("INSERT INTO note(id, title, done) VALUES ('x', 'x', true)")
    report = check(postgresql_desk)
    assert report.codes == {"FOREIGN"}
    with postgresql_desk.reading() as session:
        entry = history.entries(session, limit=1)[0]
    assert (entry.actor, entry.via) == ("editor:ana", "foreign")
