"""The price of the past: pages as of a moment against those of today, and a timeline that grew."""

import time
from collections.abc import Callable
from decimal import Decimal

from sqlalchemy import text

from app.db import Database
from app.ledger import history
from claims.models import ClaimAnchor, QuantityMention
from tests.app.views.visit import Visit
from tests.claims import newsroom

CLAIMS = 200
COLD, WARM = 2.0, 1.4
"""Measured 1.5 and 1.06: building the state costs about half a page of 200 claims."""
GROWTH = 1.6
"""Measured about 1: a page of the timeline reads as much of a long ledger as of a short one."""


def best(work: Callable[[], object], times: int = 5) -> float:
    found = float("inf")
    for _ in range(times):
        start = time.process_time()
        work()
        found = min(found, time.process_time() - start)
    return found


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
    visit.get(f"{path}?at={at - 50}")
    live = best(lambda: visit.get(path))
    numbers = iter(range(at - 20, at))
    cold = best(lambda: visit.get(f"{path}?at={next(numbers)}"))
    warm = best(lambda: visit.get(f"{path}?at={at - 50}"))
    assert cold < COLD * live, (cold, live)
    assert warm < WARM * live, (warm, live)


def test_the_timeline_of_twenty_thousand_entries_is_as_fast_as_that_of_two_thousand(
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
    small = {page: best(lambda page=page: visit.get(page)) for page in pages}  # type: ignore[misc]
    for _ in range(100):
        with database.writing("editor:li.wei") as session:
            session.execute(text(more))
    assert position(database) > 20_000
    large = {page: best(lambda page=page: visit.get(page)) for page in pages}  # type: ignore[misc]
    for page in pages:
        assert large[page] < GROWTH * small[page], (page, large[page], small[page])
