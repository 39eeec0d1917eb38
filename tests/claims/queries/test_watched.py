"""Which sources are watched and when they are due."""

import datetime as dt

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from claims.models import Citation, Claim
from claims.queries.watched import due, watched
from claims.vocabulary import Stage
from sources.base import now
from sources.looks.models import SourceLook
from sources.looks.policy import watch_policy
from sources.looks.wishes import wish
from sources.models import Source
from tests.claims.newsroom import CHECKER, a_claim, a_source, attached

DAY = dt.timedelta(days=1)


def a_page(session: Session, name: str = "rain", host: str = "example.org") -> Source:
    return a_source(session, url=f"https://{host}/{name}")


def used(session: Session, source: Source, published: str | None = None) -> Claim:
    claim = a_claim(session)
    claim.article.published = published
    attached(session, claim, source=source)
    return claim


def plan(session: Session, source: Source) -> tuple[int, bool] | None:
    moment = now()
    found = watched(session, watch_policy(), moment, source.id)
    return (found[0].days, found[0].due_at <= moment) if found else None


def ago(days: int) -> str:
    return (now() - days * DAY).date().isoformat()


@pytest.mark.parametrize(
    ("published", "days"),
    [(None, 1), ("2030?", 1), (ago(2), 1), (ago(30), 7), (ago(300), 30), ("unknown", 1)],
)
def test_the_age_of_the_article_says_how_often(
    session: Session, published: str | None, days: int
) -> None:
    source = a_page(session)
    used(session, source, published)

    assert plan(session, source) == (days, True)


def test_the_youngest_article_decides(session: Session) -> None:
    source = a_page(session)
    used(session, source, ago(300))
    used(session, source, ago(30))

    assert plan(session, source) == (7, True)


def test_what_only_the_article_cites_is_watched_too(session: Session) -> None:
    source, claim = a_page(session), a_claim(session)
    session.add(Citation(claim=claim, source=source, created_by=CHECKER))
    session.flush()

    assert plan(session, source) == (1, True)


def test_what_nobody_needs_is_left_alone(session: Session) -> None:
    unused, without, secret, archived, dropped = (a_page(session, f"{n}") for n in range(5))
    without.url, secret.confidential = None, True
    for source in (without, secret, dropped):
        claim = used(session, source)
        claim.stage = Stage.DROPPED if source is dropped else claim.stage
    used(session, archived, "2001")
    session.flush()

    assert [plan(session, one) for one in (unused, without, secret, archived, dropped)] == [
        None
    ] * 5


def test_a_wish_goes_before_the_policy(session: Session) -> None:
    source, never = a_page(session), a_page(session, "b")
    for one in (source, never):
        used(session, one)
    wish(session, source, every_days=90, reason="年报", by=CHECKER)
    wish(session, never, every_days=None, reason="对方请求", by=CHECKER)

    assert plan(session, source) == (90, True)
    assert plan(session, never) is None


def test_a_source_is_due_when_its_interval_is_over_or_its_address_is_another(
    session: Session,
) -> None:
    source = a_page(session)
    used(session, source, ago(300))
    look = SourceLook(source_id=source.id, url=source.url, looks=1, strikes=0, missed=0)
    look.looked_at = now() - 10 * DAY
    session.add(look)
    session.flush()
    assert plan(session, source) == (30, False)

    look.next_at = now() - DAY
    session.flush()
    assert plan(session, source) == (30, True)

    look.next_at, source.url = None, "https://example.org/elsewhere"
    session.flush()
    assert plan(session, source) == (30, True)


def test_a_run_takes_so_many_of_one_site_and_in_all(session: Session) -> None:
    policy = watch_policy()
    for number in range(policy.most_per_host + 3):
        used(session, a_page(session, f"{number}"))
    other = a_page(session, "rain", "other.example")
    used(session, other)

    chosen = due(session, policy, now())

    assert sum(one.host == "example.org" for one in chosen) == policy.most_per_host
    assert any(one.source_id == other.id for one in chosen)


def test_a_thousand_sources_are_planned_in_one_statement(session: Session) -> None:
    for number in range(30):
        used(session, a_page(session, f"{number}"))
    statements: list[str] = []
    engine = session.get_bind().engine

    def count(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    try:
        watched(session, watch_policy(), now())
    finally:
        event.remove(engine, "before_cursor_execute", count)

    assert len(statements) == 1
