"""An attempt to capture is asked for with an address, and ends once, with a copy or a reason."""

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from app.db import Database
from sources import attempts
from sources.attempt_models import CaptureAttempt
from sources.errors import Refused
from sources.models import Snapshot, Source
from sources.registry import add_source
from sources.vocabulary import Capture, CaptureOutcome

BY = "editor:li.wei"


def test_a_source_without_an_address_cannot_be_captured(sqlite_database: Database) -> None:
    with sqlite_database.writing(BY) as session:
        source = add_source(session, by=BY, title="A book")
        with pytest.raises(Refused) as caught:
            attempts.ask(session, source, by=BY)
    assert caught.value.code == "source_without_address"


def test_a_refused_attempt_says_why_in_both_languages(sqlite_database: Database) -> None:
    problem = Refused("fetch_missing", {"zh": "没有这个网页。", "en": "No such page."}, "url")
    with sqlite_database.writing(BY) as session:
        source = add_source(session, by=BY, url="https://news.example/a")
        attempt = attempts.ask(session, source, by=BY)
        attempts.answered(session, attempt, problem, 404, "https://news.example/b", "c" * 64)
        (listed,) = attempts.attempts_of(session, source)
    assert (listed.outcome, listed.code) == (CaptureOutcome.REFUSED, "fetch_missing")
    assert listed.reason == problem.message
    assert (listed.http_status, listed.final_url) == (404, "https://news.example/b")
    assert listed.ended_at is not None


def test_the_database_holds_that_a_kept_attempt_has_its_copy(database: Database) -> None:
    with database.writing(BY) as session:
        source = add_source(session, by=BY, url="https://news.example/a")
        attempts.ask(session, source, by=BY)
    with pytest.raises(IntegrityError), database.writing(BY) as session:
        session.execute(update(CaptureAttempt).values(outcome="kept", ended_at=source.created_at))


def test_sources_never_captured_are_found(sqlite_database: Database) -> None:
    with sqlite_database.writing(BY) as session:
        book = add_source(session, by=BY, title="A book")
        page = add_source(session, by=BY, url="https://news.example/a")
        done = add_source(session, by=BY, url="https://news.example/b")
        # Its site would learn of it: it is asked for by its key, or not at all.
        add_source(session, by=BY, url="https://news.example/c", confidential=True)
        for source, how in ((page, Capture.UPLOAD), (done, Capture.WEB)):
            session.add(_copy(source, how))
        session.flush()
        found = attempts.uncaptured(session)
    assert [source.key for source in found] == [page.key]
    assert book not in found


def _copy(source: Source, how: Capture) -> Snapshot:
    return Snapshot(
        source=source,
        capture=how,
        sha256="a" * 64,
        media_type="text/plain",
        size=1,
        created_by=BY,
    )
