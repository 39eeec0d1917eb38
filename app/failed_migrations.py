"""A migration that failed: nothing of it stands, but the ledger knows that it was tried."""

from sqlalchemy.exc import SQLAlchemyError

from app.config import release
from app.db import Database, DatabaseProblem
from app.ledger import acts, history, tables

FAILED = "F"
LONGEST = 500
"""Characters of the engine's complaint that are kept; it may quote a whole statement."""


def note_failure(database: Database, actor: str, command: str, problem: BaseException) -> None:
    """Write an act into the ledger, if there is one and it takes writes.

    A process that is killed outright can write nothing: its attempt leaves no trace.
    """
    try:
        with database.reading() as session:
            if not tables.exists(session.connection()):
                return
            at = history.schema_revision(session)
        with database.writing(actor) as session:
            story = {
                "command": command,
                "from": at,
                "error": f"{type(problem).__name__}: {problem}"[:LONGEST],
                "app": release(),
            }
            acts.record(session, "act", "schema", at, FAILED, story)
    except (DatabaseProblem, SQLAlchemyError):
        # Whatever stopped the migration may stop this too; the first complaint is the one to hear.
        return
