"""The price of the past: pages as of a moment against those of today, and a timeline that grew."""

from collections.abc import Iterable
from decimal import Decimal
from functools import partial

from sqlalchemy import text

from app.db import Database
from app.ledger import history
from claims.models import ClaimAnchor, QuantityMention
from tests.app.views.visit import Visit
from tests.benchmarks.effort import Effort, settled
from tests.claims import newsroom

CLAIMS = 200
COLD, WARM = 1.5, 1.1
"""Counted 1.13 and 1.0 of today's page in functions called; the copy of the past is built once."""
GROWTH = 1.1
NEW_ENTRIES = 20_000
"""Counted 1.0: a page of the timeline reads as much of a long ledger as of a short one."""


def large_article(database: Database) -> str:
    """An article of 200 claims with two figures, three items of evidence and a verdict each."""
    with database.writing("editor:li.wei") as session:
        article = newsroom.an_article(session)
        lines = [f"第{number}段：2024 年的份额为 5%，增长 {number}%。" for number in range(CLAIMS)]
        version = newsroom.a_version(article, 1, "\n\n".join(lines))
        session.add(version)
        session.flush()
        sources = [newsroom.a_source(session) for _ in range(30)]
        for number, line in enumerate(lines):
            claim = newsroom.a_claim(session, article=article, figures=2)
            start = version.text.index(line)
            session.add(
                ClaimAnchor(
                    claim=claim,
                    version_id=version.id,
                    exact=line,
                    prefix="",
                    suffix="",
                    start=start,
                    stop=start + len(line),
                    created_by="system:test",
                )
            )
            session.add(
                QuantityMention(
                    version_id=version.id,
                    start=start,
                    stop=start + 1,
                    text="5%",
                    kind="number",
                    low=Decimal(5),
                    rule="test",
                    reader_version="1",
                    created_by="system:test",
                )
            )
            for item in range(3):
                newsroom.attached(session, claim, source=sources[(number + item) % 30])
            newsroom.assessed(session, claim)
        return f"/articles/{article.key}"


def position(database: Database) -> int:
    database.seal()
    with database.reading() as session:
        return history.position(session)


def test_a_large_article_as_of_a_moment_costs_at_most_twice_the_page_of_today(
    database: Database,
) -> None:
    path = large_article(database)
    visit = Visit(database)
    at = position(database)
    live = settled(database.engine, lambda: visit.get(path))
    numbers = iter(range(at - 20, at))
    cold = settled(database.engine, lambda: visit.get(f"{path}?at={next(numbers)}"))
    warm = settled(database.engine, lambda: visit.get(f"{path}?at={at - 50}"))
    assert cold.calls < COLD * live.calls, (cold, live)
    assert warm.calls < WARM * live.calls, (warm, live)


def analysed(database: Database) -> None:
    """Let PostgreSQL count its rows, as it does by itself after a while."""
    if database.engine.dialect.name == "postgresql":
        with database.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))


def timeline(database: Database, visit: Visit, pages: Iterable[str]) -> dict[str, Effort]:
    """What each page of the timeline costs."""
    analysed(database)
    return {page: settled(database.engine, partial(visit.get, page)) for page in pages}


def test_the_timeline_of_twenty_thousand_entries_costs_what_that_of_two_thousand_does(
    database: Database,
) -> None:
    with database.writing("editor:li.wei") as session:
        for _ in range(CLAIMS):
            newsroom.a_claim(session, figures=0)
    visit = Visit(database)
    more = "UPDATE claim SET version = version + 1"
    for _ in range(10):
        with database.writing("editor:li.wei") as session:
            session.execute(text(more))
    few = position(database)
    pages = ("/audit", "/audit?kind=data", "/audit.json?actor=li.wei", f"/audit.json?until={few}")
    small = timeline(database, visit, pages)
    for _ in range(NEW_ENTRIES // CLAIMS):
        with database.writing("editor:li.wei") as session:
            session.execute(text(more))
    assert position(database) > NEW_ENTRIES
    large = timeline(database, visit, pages)
    for page in pages:
        assert large[page].calls < GROWTH * small[page].calls, (page, large[page], small[page])
        if database.engine.dialect.name == "sqlite":
            # PostgreSQL chooses its plans by counts of its own, and another time others.
            more_read = large[page].database - small[page].database
            assert more_read < NEW_ENTRIES / 4, (page, large[page], small[page])
