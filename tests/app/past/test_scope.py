"""A scope at a ledger number holds what the desk's tables held then, on both engines."""

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Column, delete, select, update
from sqlalchemy.orm import Session

from app import schema
from app.db import Database
from app.ledger import history, replay
from app.ledger.audited import UNAUDITED
from app.models import Base
from app.past.copy import Copy
from app.past.scope import Scope, of_article, of_claim, of_queue, replayed
from claims.comments import add_comment
from claims.contests import Dispute, raise_contest
from claims.evidence import withdraw_evidence
from claims.models import Claim, ClaimAnchor, Figure
from claims.queries.claims import claim_with_all
from claims.status import VerificationStatus
from claims.vocabulary import ContestReason, Side
from claims.workflow import submit
from tests.claims import newsroom, outside

Tables = dict[str, list[dict[str, Any]]]
SECRET = {
    (table.name, column.name)
    for table in Base.metadata.sorted_tables
    for column in table.columns
    if column.info.get("ledger") == "secret"
}


EVERYTHING = Scope("everything", dict.fromkeys(Base.metadata.tables))


def columns(table: Any) -> list[Column[Any]]:
    return [column for column in table.columns if (table.name, column.name) not in SECRET]


def held(session: Session, tables: Any = None) -> Tables:
    """Every row of every table of the ledger, read through the types of the models.

    Indexes are made of these rows; nothing is recorded of them.
    """
    found = {}
    for table in Base.metadata.sorted_tables:
        if table.info.get("ledger") == UNAUDITED:
            continue
        if tables is None or table.name in tables:
            query = select(*columns(table)).order_by(*table.primary_key)
            found[table.name] = [dict(row) for row in session.execute(query).mappings()]
    return found


def copied(session: Session, scope: Scope, position: int) -> Tables:
    head = history.schema_revision(session)
    then = replay.era(session, Base.metadata, position)
    copy = Copy(replayed(session, scope, then, head), then)
    with copy.reading() as past:
        found = held(past)
    copy.close()
    return found


def _answer(session: Session, claim: Claim) -> None:
    """Ask somebody outside about the claim, where its text says it, and let them answer."""
    version = claim.article.versions[0]
    if not claim.anchors:
        session.add(
            ClaimAnchor(
                claim=claim,
                article_version=version,
                exact="5%",
                prefix="",
                suffix="",
                start=4,
                stop=6,
                created_by=newsroom.CHECKER,
            )
        )
        session.flush()
        session.refresh(claim, ["anchors"])
    outside.answered(session, outside.invited(session, claim).invitation, claim)


Act = Callable[[Session, Claim, random.Random], Any]
ACTS: tuple[Act, ...] = (
    lambda session, claim, _: newsroom.attached(session, claim),
    lambda session, claim, dice: newsroom.assessed(
        session, claim, dice.choice([VerificationStatus.SUPPORTED, VerificationStatus.REFUTED])
    ),
    lambda session, claim, _: (
        submit(session, claim, by=newsroom.CHECKER)
        if claim.assessments and claim.evidence and claim.stage == "checking"
        else None
    ),
    lambda session, claim, _: add_comment(session, claim, body="份额?", by=newsroom.CHECKER),
    lambda session, claim, _: raise_contest(
        session,
        claim,
        Dispute(
            reason=ContestReason.SOURCES_DISAGREE,
            side=Side.CHECKER,
            statement={"zh": "来源不一。"},
            due_on=dt.date(2026, 12, 1),
        ),
        by=newsroom.CHECKER,
    ),
    lambda session, claim, _: _answer(session, claim),
    lambda session, claim, _: session.add(newsroom.a_figure(claim, len(claim.figures) + 1)),
    lambda session, claim, _: (
        withdraw_evidence(session, claim.evidence[0], by=newsroom.CHECKER, reason="wrong")
        if claim.evidence and claim.evidence[0].withdrawn_by is None
        else None
    ),
    lambda session, _claim, _dice: session.execute(
        update(Claim).values(where_to_check="everywhere", version=Claim.version + 1)
    ),
    lambda session, claim, _: session.execute(
        delete(Figure).where(Figure.claim_id == claim.id, Figure.number > 2)
    ),
)


@pytest.mark.parametrize("seed", range(3))
def test_everything_at_every_commit_is_what_the_tables_held(database: Database, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - a repeatable choice of acts, no secret
    with database.writing("system:test") as session:
        article = newsroom.an_article(session)
        session.add(newsroom.a_version(article, 1, "份额为 5%。"))
        claims = [newsroom.a_claim(session, article=article).id for _ in range(3)]
    moments: dict[int, Tables] = {}
    for step in range(12):
        if step == 6:
            schema.downgrade(database, "0007_appendices", actor="system:test")
            schema.upgrade(database, actor="system:test")
        with database.writing(f"editor:{step}") as session:
            claim = claim_with_all(session, dice.choice(claims))
            dice.choice(ACTS)(session, claim, dice)
        database.seal()
        with database.reading() as session:
            moments[history.position(session)] = held(session)
    with database.reading() as session:
        for position, tables in moments.items():
            assert copied(session, EVERYTHING, position) == tables, position


def test_an_article_is_whole_and_alone(database: Database) -> None:
    with database.writing("system:test") as session:
        one, two = newsroom.an_article(session), newsroom.an_article(session)
        for article in (one, two):
            session.add(newsroom.a_version(article, 1, f"{article.key} 5%"))
            claim = newsroom.a_claim(session, article=article, figures=2)
            newsroom.attached(session, claim)
        key, other = one.id, two.id
    database.seal()
    with database.reading() as session:
        position = history.position(session)
        whole = held(session)
    with database.writing("system:test") as session:
        session.execute(delete(Figure).where(Figure.number == 2, Figure.claim_id.is_not(None)))
    database.seal()
    with database.reading() as session:
        found = copied(session, of_article(key), position)
    assert [row["id"] for row in found["article"]] == [key]
    claims = [row for row in whole["claim"] if row["article_id"] == key]
    assert found["claim"] == claims
    keys = {row["id"] for row in claims}
    evidence = [row for row in whole["evidence"] if row["claim_id"] in keys]
    assert found["evidence"] == evidence
    of_evidence = {row["id"] for row in evidence}
    assert found["figure"] == [
        row
        for row in whole["figure"]
        if row["claim_id"] in keys or row["evidence_id"] in of_evidence
    ]
    assert [row["id"] for row in found["source"]] == [row["source_id"] for row in evidence]
    assert other not in {row["article_id"] for row in found["article_version"]}


def test_a_claim_and_the_queue_hold_what_their_pages_read(database: Database) -> None:
    with database.writing("system:test") as session:
        claim = newsroom.a_submitted_claim(session)
        newsroom.a_claim(session)
        claim_id = claim.id
    database.seal()
    with database.reading() as session:
        position = history.position(session)
        one = copied(session, of_claim(claim_id), position)
        queue = copied(session, of_queue(), position)
        assert len(one["claim"]) == len(one["assessment"]) - 1 == len(one["source"]) == 1
        assert queue == held(session, queue) | {
            name: [] for name in queue if name not in of_queue().keys
        }


def test_a_chain_of_reprints_comes_with_its_origin(database: Database) -> None:
    with database.writing("system:test") as session:
        origin = newsroom.a_source(session)
        reprint = newsroom.a_source(session, derived_from_id=origin.id)
        again = newsroom.a_source(session, derived_from_id=reprint.id)
        claim = newsroom.a_claim(session)
        newsroom.attached(session, claim, source=again)
        claim_id, keys = claim.id, {origin.id, reprint.id, again.id}
    database.seal()
    with database.reading() as session:
        found = copied(session, of_claim(claim_id), history.position(session))
    assert {row["id"] for row in found["source"]} == keys


def test_before_anything_there_is_nothing(database: Database) -> None:
    with database.reading() as session:
        assert not any(copied(session, EVERYTHING, 0).values())
