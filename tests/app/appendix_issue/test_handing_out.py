"""A file leaves byte for byte, to whom may have it, and the ledger knows who took it."""

import uuid
from typing import Any

import pytest
from sqlalchemy import select

from app.appendix_issue.handing_out import HandedOut, handed_out, history_of
from app.db import Database
from claims.errors import Damaged, Forbidden, Missing
from claims.models import Claim, Evidence
from claims.vocabulary import Profile
from sources.models import Source
from sources.need_to_know import name_reader
from sources.registry import add_source
from tests.app.appendix_issue.newsdesk import BY, Newsdesk

KNOWS, OTHER = "editor:zhang.min", "editor:wu.yi"


def fetched(desk: Newsdesk, form: str, by: str = BY, **more: Any) -> HandedOut:
    return handed_out(desk.database, desk.store, (desk.key, 1, form), by=by, **more)


def takers(desk: Newsdesk) -> list[str | None]:
    with desk.database.reading() as session:
        return [entry.actor for entry in history_of(session, desk.row(1))]


def test_the_very_bytes_leave_each_time_and_each_time_is_an_entry(database: Database) -> None:
    desk = Newsdesk(database)
    desk.issue()
    file = desk.make(1, "md")
    found = [b"".join(fetched(desk, "md", by).parts) for by in (BY, OTHER)]
    assert found[0] == found[1] == desk.store.read(file.file_sha256)
    assert fetched(desk, "md", leaves=False).sha256 == file.file_sha256
    database.seal()
    assert takers(desk) == [OTHER, BY]


def test_what_is_not_there_or_damaged_does_not_leave(sqlite_database: Database) -> None:
    desk = Newsdesk(sqlite_database)
    desk.issue()
    with pytest.raises(Missing):
        fetched(desk, "md")
    file = desk.store.root / desk.make(1, "md").file_sha256
    with pytest.raises(Missing, match="no proof"):
        fetched(desk, "md", proof=True)
    file.chmod(0o600)
    file.write_bytes(b"something else")
    with pytest.raises(Damaged):
        fetched(desk, "md")
    file.unlink()
    with pytest.raises(Missing):
        fetched(desk, "md")
    assert takers(desk) == []


def test_a_source_made_confidential_since_is_told_to_nobody_by_an_older_issue(
    database: Database,
) -> None:
    desk = Newsdesk(database)
    key = cited(database)
    desk.issue()
    desk.make(1, "json")
    assert fetched(desk, "json", OTHER).size
    with database.writing(BY) as session:
        session.get_one(Source, key).confidential = True
    assert fetched(desk, "json", BY).size
    with pytest.raises(Forbidden):
        fetched(desk, "json", OTHER)


def cited(database: Database, *, confidential: bool = False) -> uuid.UUID:
    """A source that the first claim rests on."""
    with database.writing(BY) as session:
        source = add_source(session, by=BY, title="Deep Throat", confidential=confidential)
        claim = session.scalars(select(Claim)).first()
        assert claim is not None
        session.add(
            Evidence(
                claim_id=claim.id,
                number=90,
                kind="source",
                source_id=source.id,
                stance="supports",
                created_by=BY,
            )
        )
        return source.id


def test_an_internal_appendix_names_a_source_to_those_alone_who_may_know_it(
    database: Database,
) -> None:
    desk = Newsdesk(database)
    key = cited(database, confidential=True)
    with database.writing(BY) as session:
        name_reader(session, session.get_one(Source, key), KNOWS, by=BY, leads=False)
    assert [desk.issue(by, profile=Profile.INTERNAL).number for by in (BY, OTHER)] == [1, 2]
    told, hidden = (b"".join(desk.document(number).pieces()) for number in (1, 2))
    assert (b"Deep Throat" in told, b"Deep Throat" in hidden) == (True, False)
    desk.make(1, "json")
    assert fetched(desk, "json", KNOWS).size == len(told)
    with pytest.raises(Forbidden):
        fetched(desk, "json", OTHER)
    # Whoever may know the same is answered with the same issue.
    assert [desk.issue(by, profile=Profile.INTERNAL).number for by in (KNOWS, BY)] == [3, 3]
